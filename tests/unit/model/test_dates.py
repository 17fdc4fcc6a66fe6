"""Calendar years and months, the 29th of February included."""

from datetime import date

import pytest

from contract_builder.model.dates import add_months, add_years, last_day_of_five_years
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
        (date(2024, 2, 29), date(2029, 2, 27)),
    ],
)
def test_five_years_end_the_day_before_the_anniversary(start: date, last: date) -> None:
    assert last_day_of_five_years(start) == last
    assert make_profile(terms={"date_effet": start}).contrat.last_day == last


def test_a_written_end_wins_over_the_five_years() -> None:
    end = date(2028, 12, 31)
    assert make_profile(terms={"date_fin": end}).contrat.last_day == end
