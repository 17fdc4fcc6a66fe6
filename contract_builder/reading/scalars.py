"""Scalar texts → values in one form each; ValueError when the text is not one.

The forms of files that we own: library, imported layers, JSON. What officers write or paste, in
profiles and in spreadsheets, goes through ``written_values``, which ends here.
``rewrite_`` gives the form that ``parse_`` accepts for a text whose meaning is plain. It is told to
the reader and never taken for the value.
"""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACE = "[ \u00a0\u2009\u202f]"
# Beyond any amount or count, and far from the 28 digits at which a Decimal rounds in silence.
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?")
# Groups of three digits, or none: « 12 50 » is a mistyped number, not 1250.
_GROUPED = re.compile(
    rf"[+-]?{_SPACE}?(?:[0-9]+|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+)(?:[.,][0-9]+)?"
)
# One separator and three digits after it: thousands for some, thousandths for others.
_TWO_READINGS = re.compile(r"([+-]?[1-9][0-9]{0,2})[.,]([0-9]{3})")
_YEARS = range(1800, 2200)
_UNIT = re.compile(r"[\s\u00a0\u202f]*(?:€|euros?|eur|%)", re.IGNORECASE)
_YES = {"oui", "o", "yes", "y", "true", "vrai", "x", "1"}
_NO = {"non", "n", "no", "false", "faux", "0"}


class AmbiguousTextError(ValueError):
    """A text that has several readings; ``readings`` holds each in the form that has one."""

    def __init__(self, text: str, readings: tuple[str, ...]) -> None:
        super().__init__(text)
        self.readings = readings


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
    """A number written with a point or a comma; spaces may part its groups of three digits.

    At most fifteen digits before the point and six after it. Raises AmbiguousTextError for
    « 12.500 » or « 1,250 »: thousands or thousandths, nobody can tell.
    """
    plain = text.strip(" \u00a0\u2009\u202f").replace("−", "-")
    if not _GROUPED.fullmatch(plain):
        raise ValueError(text)
    match = _TWO_READINGS.fullmatch(plain)
    if match is not None:
        whole, rest = match.groups()
        decimals = rest.rstrip("0")
        # Three decimals are shown as four, which have one reading.
        small = (
            f"{whole}.{decimals.ljust(4 if len(decimals) > 2 else 2, '0')}" if decimals else whole
        )
        raise AmbiguousTextError(text, (f"{whole}{rest}", small))
    cleaned = re.sub(_SPACE, "", plain).replace(",", ".")
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


def rewrite_decimal(text: str) -> str | None:
    """« 398 450,00 € » as 398450.00; None when it is no number with a unit."""
    with suppress(ValueError):
        return str(parse_decimal(_UNIT.sub("", text)))
    return None


def rewrite_bool(text: str) -> str | None:
    """« Oui », « yes » or « vrai » as oui, their contraries as non; None for any other word."""
    word = text.strip().lower()
    return "oui" if word in _YES else "non" if word in _NO else None
