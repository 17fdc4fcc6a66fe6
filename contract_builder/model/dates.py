"""Arithmetic on calendar years and months."""

from calendar import monthrange
from datetime import date, timedelta


def add_years(start: date, years: int) -> date:
    """The same day ``years`` later (or earlier); 29 February becomes 28 February."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def last_day_of_five_years(start: date) -> date:
    """The last day, inclusive, of five years that begin on ``start`` (CSP L6114-1)."""
    return add_years(start, 5) - timedelta(days=1)


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later; the last day of a month that has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
