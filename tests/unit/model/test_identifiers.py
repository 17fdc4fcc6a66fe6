"""Shapes and check digits of numbers, identifiers of sections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.model.identifiers import (
    has_luhn_key,
    is_finess,
    is_identifier,
    section_id_of_sheet,
)


@pytest.mark.parametrize("number", ["990000010", "269900015", "26990001500018", "732829320"])
def test_a_right_key_is_recognised(number: str) -> None:
    assert has_luhn_key(number)


@pytest.mark.parametrize("number", ["2A0000154", "2A0000204"])
def test_the_letter_of_a_corsican_number_counts_in_its_key(number: str) -> None:
    assert has_luhn_key(number)
    assert not has_luhn_key(number.replace("A", "B"))


@given(st.text("0123456789", min_size=8, max_size=13))
def test_exactly_one_digit_is_the_key_of_a_number(digits: str) -> None:
    assert sum(has_luhn_key(f"{digits}{key}") for key in "0123456789") == 1


@given(st.text("0123456789", min_size=8, max_size=13), st.integers(0, 11))
def test_the_key_finds_two_neighbours_exchanged_except_0_and_9(digits: str, index: int) -> None:
    number = next(f"{digits}{key}" for key in "0123456789" if has_luhn_key(f"{digits}{key}"))
    first, second = number[index % 8], number[index % 8 + 1]
    position = index % 8
    exchanged = number[:position] + second + first + number[position + 2 :]
    unseen = first == second or {first, second} == {"0", "9"}
    assert has_luhn_key(exchanged) is unseen


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("990000010", True),
        ("2A0000154", True),
        ("2a0000154", False),
        ("99000001", False),
        ("9900000100", False),
        ("A90000010", False),
        ("99000001A", False),
        ("٩90000010", False),
        ("990000010\n", False),
    ],
)
def test_a_finess_number_has_nine_characters(text: str, known: bool) -> None:
    assert is_finess(text) is known


@pytest.mark.parametrize(
    ("text", "known"),
    [("duree-2", True), ("durée", False), ("Duree", False), ("a_b", False), ("", False)],
)
def test_an_identifier_is_lower_case_with_hyphens(text: str, known: bool) -> None:
    assert is_identifier(text) is known


@pytest.mark.parametrize(
    ("code", "section"),
    [("CPOM_OS_2", "cpom-os-2"), ("PACA_AMP_DON", "paca-amp-don"), ("X (1)", "x-1")],
)
def test_a_sheet_gives_an_identifier_of_section(code: str, section: str) -> None:
    assert section_id_of_sheet(code) == section
    assert is_identifier(section)
