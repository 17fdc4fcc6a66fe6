"""Scalar texts of YAML and spreadsheets → values; ValueError when the text is not one."""

import re
from datetime import date
from decimal import Decimal

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACES = re.compile(r"[ \u00a0\u202f]")
# Beyond any amount or count, and far from the 28 digits at which a Decimal rounds in silence.
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?")
_YEARS = range(1800, 2200)


def parse_date(text: str) -> date:
    """The date written ``AAAA-MM-JJ``, from 1800 to 2199: further off, a digit was mistyped."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) for part in match.groups())
    if year not in _YEARS:
        raise ValueError(text)
    return date(year, month, day)


def parse_decimal(text: str) -> Decimal:
    """A number written with a point or a comma; spaces between digits are ignored.

    At most fifteen digits before the point and six after it.
    """
    cleaned = _SPACES.sub("", text).replace(",", ".").replace("−", "-")
    if not _NUMBER.fullmatch(cleaned):
        raise ValueError(text)
    return Decimal(cleaned)


def parse_int(text: str) -> int:
    """A whole number."""
    value = parse_decimal(text)
    if value != value.to_integral_value():
        raise ValueError(text)
    return int(value)


def parse_bool(text: str) -> bool:
    """``oui`` or ``non``."""
    if text not in ("oui", "non"):
        raise ValueError(text)
    return text == "oui"
