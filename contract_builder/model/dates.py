"""Arithmetic on calendar years."""

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
