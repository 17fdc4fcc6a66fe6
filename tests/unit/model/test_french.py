"""How dates, amounts and numbers are written in French."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.model.french import (
    enumerate_words,
    format_amount,
    format_number,
    long_date,
    short_date,
    tell_ago,
)
from contract_builder.reading.scalars import parse_decimal


def plain(text: str) -> str:
    """The text with ordinary spaces, to be read in a test."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 1, 1), "1er janvier 2025"),
        (date(2025, 1, 2), "2 janvier 2025"),
        (date(2025, 8, 31), "31 août 2025"),
        (date(2025, 2, 1), "1er février 2025"),
        (date(2025, 12, 11), "11 décembre 2025"),
    ],
)
def test_a_date_is_written_in_full_with_1er(day: date, text: str) -> None:
    assert plain(long_date(day)) == text


def test_a_date_is_never_cut_at_the_end_of_a_line() -> None:
    assert " " not in long_date(date(2025, 7, 14))


@pytest.mark.parametrize(
    ("elapsed", "text"),
    [
        (timedelta(minutes=-5), "à l’instant"),
        (timedelta(seconds=59), "à l’instant"),
        (timedelta(minutes=1), "il y a 1 min"),
        (timedelta(minutes=59, seconds=59), "il y a 59 min"),
        (timedelta(hours=2, minutes=40), "il y a 2 h"),
        (timedelta(hours=25), "il y a 1 jour"),
        (timedelta(days=6, hours=23), "il y a 6 jours"),
        (timedelta(days=7), ""),
    ],
)
def test_what_happened_within_a_week_is_told_from_now(elapsed: timedelta, text: str) -> None:
    assert plain(tell_ago(elapsed)) == text


def test_a_short_date_has_two_digits_for_day_and_month() -> None:
    assert short_date(date(2025, 7, 1)) == "01/07/2025"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234567.89", "1 234 567,89 €"),
        ("0", "0,00 €"),
        ("999", "999,00 €"),
        ("1000", "1 000,00 €"),
        ("-12.5", "−12,50 €"),
        ("0.005", "0,01 €"),
        ("-0.005", "−0,01 €"),
        ("2.675", "2,68 €"),
    ],
)
def test_an_amount_has_groups_of_three_a_comma_and_two_decimals(amount: str, text: str) -> None:
    assert plain(format_amount(Decimal(amount))) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1234.50", "1 234,5"),
        ("45", "45"),
        ("45.000", "45"),
        ("1.03", "1,03"),
        ("-1234", "−1 234"),
        ("100", "100"),
        ("1E+3", "1 000"),
        ("0", "0"),
    ],
)
def test_a_number_has_no_useless_zero(number: str, text: str) -> None:
    assert plain(format_number(Decimal(number))) == text


@given(st.decimals(-(10**12), 10**12, places=2))
def test_an_amount_is_read_back_to_the_cent(amount: Decimal) -> None:
    text = format_amount(amount)
    assert " " not in text
    assert parse_decimal(text.removesuffix("\u00a0€")) == amount


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_words_are_enumerated(words: list[str], text: str) -> None:
    assert enumerate_words(words) == text
    assert enumerate_words(words, "ou") == text.replace(" et ", " ou ")
