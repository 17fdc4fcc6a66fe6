"""Arithmetic on calendar years and months, from date to date.

A period of months ends on the day before the same day of its last month; a month that has no such
day ends it on its own last day (the rule of article 641 of the code de procédure civile).
"""

from calendar import monthrange
from datetime import date, timedelta

_MONTHS_IN_FIVE_YEARS = 60


def add_years(start: date, years: int) -> date:
    """The same day ``years`` later (or earlier); 29 February becomes 28 February."""
    return add_months(start, 12 * years)


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later (or earlier); the last of a month that has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_day_of_months(start: date, months: int) -> date:
    """The last day, inclusive, of ``months`` that begin on ``start``; the day before it for 0."""
    same_day = add_months(start, months)
    return same_day if same_day.day < start.day else same_day - timedelta(days=1)


def last_day_of_five_years(start: date) -> date:
    """The last day, inclusive, of five years that begin on ``start`` (CSP L6114-1)."""
    return last_day_of_months(start, _MONTHS_IN_FIVE_YEARS)


def count_months_and_days(start: date, last: date) -> tuple[int, int]:
    """The whole months, then the days left, from ``start`` to ``last``, both inclusive.

    ``last`` is not before ``start``.
    """
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    while last_day_of_months(start, months) > last:
        months -= 1
    return months, (last - last_day_of_months(start, months)).days


def find_mid_term(start: date, last: date) -> date:
    """The last day, inclusive, of the first half of a period; both its ends are inclusive.

    Half of the months is reckoned from date to date: thirty months of a contract of five years. An
    odd month and the days left are halved in days, the odd day left to the second half.
    """
    months, days = count_months_and_days(start, last)
    half = last_day_of_months(start, months // 2)
    if months % 2:
        days += (last_day_of_months(start, months // 2 + 1) - half).days
    return max(start, half + timedelta(days=days // 2))


def find_whole_years(start: date, end: date) -> range:
    """The calendar years that a contract covers from 1 January to 31 December; empty for none."""
    first = start.year if (start.month, start.day) == (1, 1) else start.year + 1
    last = end.year if (end.month, end.day) == (12, 31) else end.year - 1
    return range(first, last + 1)
