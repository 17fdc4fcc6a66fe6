"""Calendar years and months, the 29th of February included."""

from datetime import date

import pytest

from contract_builder.model.dates import (
    add_months,
    add_years,
    find_mid_term,
    last_day_of_five_years,
    last_day_of_months,
)
from tests.profile_samples import make_profile


@pytest.mark.parametrize(
    ("start", "years", "expected"),
    [
        (date(2025, 7, 1), 5, date(2030, 7, 1)),
        (date(2025, 7, 1), -1, date(2024, 7, 1)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
    ],
)
def test_a_year_later_is_the_same_day(start: date, years: int, expected: date) -> None:
    assert add_years(start, years) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2024, 3, 15), date(2024, 7, 15)),
        (date(2023, 10, 31), date(2024, 2, 29)),
        (date(2024, 10, 31), date(2025, 2, 28)),
        (date(2024, 8, 31), date(2024, 12, 31)),
        (date(2024, 9, 1), date(2025, 1, 1)),
        (date(2023, 12, 31), date(2024, 4, 30)),
        (date(2024, 2, 29), date(2024, 6, 29)),
    ],
)
def test_four_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    start: date, expected: date
) -> None:
    assert add_months(start, 4) == expected


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2025, 7, 1), date(2030, 6, 30)),
        (date(2025, 1, 1), date(2029, 12, 31)),
        (date(2023, 3, 1), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2024, 2, 28), date(2029, 2, 27)),
        (date(2023, 2, 28), date(2028, 2, 27)),
        (date(2024, 12, 31), date(2029, 12, 30)),
    ],
)
def test_five_years_end_the_day_before_the_anniversary_or_with_a_month_that_has_none(
    start: date, last: date
) -> None:
    assert last_day_of_five_years(start) == last
    assert make_profile(terms={"date_effet": start}).contrat.last_day == last


def test_a_written_end_wins_over_the_five_years() -> None:
    end = date(2028, 12, 31)
    assert make_profile(terms={"date_fin": end}).contrat.last_day == end


@pytest.mark.parametrize(
    ("start", "last", "middle"),
    [
        (date(2026, 1, 1), date(2030, 12, 31), date(2028, 6, 30)),
        (date(2025, 7, 1), date(2030, 6, 30), date(2027, 12, 31)),
        (date(2019, 7, 1), date(2024, 6, 30), date(2021, 12, 31)),
        (date(2027, 9, 1), date(2032, 8, 31), date(2030, 2, 28)),
        (date(2025, 9, 1), date(2030, 8, 31), date(2028, 2, 29)),
        (date(2025, 8, 31), date(2030, 8, 30), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2029, 2, 28), date(2026, 8, 28)),
        (date(2025, 3, 15), date(2030, 3, 14), date(2027, 9, 14)),
        (date(2025, 1, 1), date(2028, 12, 31), date(2026, 12, 31)),  # four years
        (date(2025, 1, 1), date(2025, 3, 31), date(2025, 2, 14)),  # three months: half of February
        (date(2025, 1, 1), date(2025, 1, 31), date(2025, 1, 15)),
        (date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_middle_of_a_contract_is_half_of_its_months_from_date_to_date(
    start: date, last: date, middle: date
) -> None:
    assert find_mid_term(start, last) == middle


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 30), 2, date(2025, 3, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2025, 12, 1), 1, date(2025, 12, 31)),
        (date(2025, 12, 1), 0, date(2025, 11, 30)),
    ],
)
def test_months_end_the_day_before_the_same_day_or_on_the_last_of_a_shorter_month(
    start: date, months: int, last: date
) -> None:
    assert last_day_of_months(start, months) == last
