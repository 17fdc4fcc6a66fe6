"""Scalar texts of YAML and spreadsheets → values; ValueError when the text is not one."""

import re
from datetime import date
from decimal import Decimal

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACES = re.compile(r"[ \u00a0\u202f]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def parse_date(text: str) -> date:
    """The date written ``AAAA-MM-JJ``."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return date(*(int(part) for part in match.groups()))


def parse_decimal(text: str) -> Decimal:
    """A finite number written with a point or a comma; spaces between digits are ignored."""
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
