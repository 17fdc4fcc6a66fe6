"""What holds of every date that is reckoned from date to date."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contract_builder.model.dates import (
    add_months,
    count_months_and_days,
    find_mid_term,
    last_day_of_five_years,
    last_day_of_months,
)
from contract_builder.model.renewal_law import last_day_to_answer, last_day_to_request

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
LENGTHS = st.integers(min_value=1, max_value=240)
ONE_DAY = timedelta(days=1)


@given(DAYS)
def test_the_middle_of_five_years_ends_thirty_months(start: date) -> None:
    assert find_mid_term(start, last_day_of_five_years(start)) == last_day_of_months(start, 30)


@given(DAYS, st.integers(min_value=0, max_value=4000))
def test_the_middle_lies_in_the_period_and_its_halves_differ_by_a_month_s_length_at_most(
    start: date, days: int
) -> None:
    last = start + timedelta(days=days)
    middle = find_mid_term(start, last)
    assert start <= middle <= last
    assert abs((middle - start).days + 1 - (last - middle).days) <= 6


@given(DAYS, LENGTHS)
def test_a_length_that_is_counted_leads_back_to_the_same_day(start: date, months: int) -> None:
    last = last_day_of_months(start, months)
    counted, days = count_months_and_days(start, last)
    assert last_day_of_months(start, counted) + timedelta(days=days) == last
    assert (counted, days) == (months, 0)


@given(DAYS.filter(lambda day: day.day <= 28), LENGTHS, LENGTHS)
def test_periods_that_follow_each_other_add_up(start: date, first: int, second: int) -> None:
    halfway = last_day_of_months(start, first) + ONE_DAY
    assert last_day_of_months(halfway, second) == last_day_of_months(start, first + second)


@given(DAYS)
def test_a_later_start_never_ends_earlier(start: date) -> None:
    assert last_day_of_five_years(start) <= last_day_of_five_years(start + ONE_DAY)


@given(DAYS)
def test_a_request_comes_a_year_before_the_term_and_its_answer_within_four_months(
    term: date,
) -> None:
    asked = last_day_to_request(term)
    assert asked.year == term.year - 1
    assert (asked.month, min(asked.day, 28)) == (term.month, min(term.day, 28))
    assert last_day_to_answer(asked) == add_months(asked, 4)
