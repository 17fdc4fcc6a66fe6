"""Scalar texts → values: what is accepted, what is not, and the bounds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.reading.scalars import (
    AmbiguousTextError,
    parse_bool,
    parse_date,
    parse_decimal,
    parse_int,
    rewrite_bool,
    rewrite_decimal,
)


def test_a_date_is_year_month_day() -> None:
    assert parse_date("2025-07-01") == date(2025, 7, 1)


@pytest.mark.parametrize(
    "text",
    ["01/07/2025", "2025-7-1", "2025-02-29", "2025-13-01", "25-07-01", "2025-07-01 ", "20250701"],
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the text is the message
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [("1799-12-31", False), ("1800-01-01", True), ("2199-12-31", True), ("2200-01-01", False)],
)
def test_a_year_that_must_be_mistyped_is_refused(text: str, known: bool) -> None:
    if known:
        assert parse_date(text).isoformat() == text
    else:
        with pytest.raises(ValueError, match=text):
            parse_date(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234567.89", "1234567.89"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u202f567,5", "1234567.5"),
        ("-12,50", "-12.50"),
        ("−12", "-12"),
        ("+3", "3"),
        ("0", "0"),
        ("9" * 15 + ".999999", "9" * 15 + ".999999"),
    ],
)
def test_a_number_may_be_written_the_french_way(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "douze", "1e5", "310E78140", "NaN", "Infinity", "1.2.3", "1,2,3", "12 €", "9" * 16, "٣"],
)
def test_a_number_is_never_guessed(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the text is the message
        parse_decimal(text)


@given(st.decimals(-(10**14), 10**14, places=2))
def test_an_amount_written_in_french_is_read_back(amount: Decimal) -> None:
    assert parse_decimal(f"{amount:,}".replace(",", "\u00a0").replace(".", ",")) == amount


def test_a_whole_number_has_no_decimals() -> None:
    assert parse_int("1 200") == 1200
    assert parse_int("12,0") == 12
    with pytest.raises(ValueError, match="4,5"):
        parse_int("4,5")


@pytest.mark.parametrize("text", ["Oui", "NON", "yes", "true", "1", ""])
def test_only_oui_and_non_answer_a_question(text: str) -> None:
    assert parse_bool("oui") is True
    assert parse_bool("non") is False
    with pytest.raises(ValueError):  # noqa: PT011 — the text is the message
        parse_bool(text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("12.500", ("12500", "12.50")),
        ("1,250", ("1250", "1.25")),
        ("-1.234", ("-1234", "-1.2340")),
        ("123,000", ("123000", "123")),
    ],
)
def test_three_digits_after_one_separator_have_two_readings(
    text: str, readings: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguousTextError) as caught:
        parse_decimal(text)
    assert caught.value.readings == readings
    with pytest.raises(AmbiguousTextError):
        parse_int(text)


@pytest.mark.parametrize("text", ["0.125", "1234.567", "12.5000", "1 234,567"])
def test_three_decimals_that_cannot_be_thousands_are_decimals(text: str) -> None:
    assert parse_decimal(text) == Decimal(text.replace(" ", "").replace(",", "."))


@pytest.mark.parametrize("text", ["12 50", "1 2 3", "1 23 456", "12 ,5", "12  500"])
def test_digits_grouped_otherwise_than_by_three_are_no_number(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the text is the message
        parse_decimal(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("398 450 000,00 €", "398450000.00"), ("12,5 %", "12.5"), ("3 euros", "3"), ("douze", None)],
)
def test_an_amount_with_its_unit_is_told_without_it(text: str, meant: str | None) -> None:
    assert rewrite_decimal(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Oui", "oui"), ("yes", "oui"), ("NON", "non"), ("faux", "non"), ("peut-être", None)],
)
def test_another_word_for_yes_or_no_is_told_as_it_should_be_written(
    text: str, meant: str | None
) -> None:
    assert rewrite_bool(text) == meant
