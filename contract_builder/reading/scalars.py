"""Scalar texts of YAML and spreadsheets → values; ValueError when the text is not one.

``rewrite_`` gives the form that ``parse_`` accepts for a text whose meaning is plain: a French
date, an amount with its unit. It is told to the reader and never taken for the value.
"""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

from contract_builder.model.french import MONTHS

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACES = re.compile(r"[ \u00a0\u202f]")
# Beyond any amount or count, and far from the 28 digits at which a Decimal rounds in silence.
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?")
_YEARS = range(1800, 2200)
_FRENCH_DATE = re.compile(r"(\d{1,2})(?:er)?[ /.\u00a0-]+(\d{1,2}|[a-zûé]+)[ /.\u00a0-]+(\d{4})")
_UNIT = re.compile(r"[\s\u00a0\u202f]*(?:€|euros?|eur|%)", re.IGNORECASE)
_YES = {"oui", "o", "yes", "y", "true", "vrai", "x", "1"}
_NO = {"non", "n", "no", "false", "faux", "0"}


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


def rewrite_date(text: str) -> str | None:
    """« 1er juillet 2025 » or « 01/07/2025 » as 2025-07-01; None when it is no such day."""
    match = _FRENCH_DATE.fullmatch(text.strip().lower())
    if match is None:
        return None
    day, month, year = match.groups()
    if month in MONTHS:
        month = str(MONTHS.index(month) + 1)
    with suppress(ValueError):
        return date(int(year), int(month), int(day)).isoformat()
    return None


def rewrite_decimal(text: str) -> str | None:
    """« 398 450,00 € » as 398450.00; None when it is no number with a unit."""
    with suppress(ValueError):
        return str(parse_decimal(_UNIT.sub("", text)))
    return None


def rewrite_bool(text: str) -> str | None:
    """« Oui », « yes » or « vrai » as oui, their contraries as non; None for any other word."""
    word = text.strip().lower()
    return "oui" if word in _YES else "non" if word in _NO else None
