"""What people write or paste: read when it has one reading, asked when it has two."""

from datetime import date
from decimal import Decimal

import pytest

from contract_builder.reading.scalars import AmbiguousTextError
from contract_builder.reading.written_values import (
    TooPreciseError,
    parse_finess,
    parse_written_amount,
    parse_written_date,
    parse_written_number,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234567.89", "1234567.89"),
        ("1 234 567,89 €", "1234567.89"),
        ("1\u202f234\u202f567,89\u00a0€", "1234567.89"),
        ("1.234.567,89 EUR", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("12.500,00 euros", "12500"),
        ("12.5000", "12.5"),
        ("-12 500 €", "-12500"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_in_the_forms_that_have_one_reading(text: str, amount: str) -> None:
    assert parse_written_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["12.500", "1,250", "12,500 €", "999.999"])
def test_thousands_or_thousandths_are_asked(text: str) -> None:
    with pytest.raises(AmbiguousTextError):
        parse_written_amount(text)


@pytest.mark.parametrize("text", ["1234.567", "0,125", "12.3456", "1 234,567 €"])
def test_an_amount_stops_at_the_cent(text: str) -> None:
    with pytest.raises(TooPreciseError):
        parse_written_amount(text)


@pytest.mark.parametrize(
    "text", ["12 50", "12,5 %", "12 k€", "douze", "", "€", "1,2,3", "1.234,567,8", "12.34.567"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the text is the message
        parse_written_amount(text)


def test_a_number_may_have_more_decimals_than_an_amount() -> None:
    assert parse_written_number("0,1234") == Decimal("0.1234")


@pytest.mark.parametrize(
    "text",
    ["2025-03-11", "11/03/2025", "11-03-2025", "11.3.2025", "11 mars 2025", " 11 Mars 2025 "],
)
def test_a_day_is_read_in_the_forms_that_have_one_reading(text: str) -> None:
    assert parse_written_date(text) == date(2025, 3, 11)


def test_the_first_of_a_month_and_accents_are_read() -> None:
    assert parse_written_date("1er août 2025") == date(2025, 8, 1)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("11/03/25", ("2025-03-11", "2011-03-25")),
        ("25-07-01", ("2001-07-25", "2025-07-01")),
        ("30/06/31", ("2031-06-30",)),
    ],
)
def test_a_year_of_two_digits_is_asked(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousTextError) as caught:
        parse_written_date(text)
    assert caught.value.readings == readings


@pytest.mark.parametrize(
    "text",
    ["31/06/2025", "03/25/2025", "2025-02-30", "mars 2025", "11/03-2025", "45000", "11 marz 2025"],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the text is the message
        parse_written_date(text)


@pytest.mark.parametrize("text", ["990000119", "990 000 119", "99 000\u00a0011\u202f9"])
def test_a_finess_number_may_be_spaced(text: str) -> None:
    assert parse_finess(text) == "990000119"


def test_a_corsican_number_may_be_in_small_letters() -> None:
    assert parse_finess("2a0 000 154") == "2A0000154"


@pytest.mark.parametrize("text", ["99", "9900001190", "990-000-119", ""])
def test_what_is_no_finess_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the text is the message
        parse_finess(text)
