"""Numbers as printed → exact numbers, to tell how far they moved."""

import re
from decimal import Decimal

from contract_builder.compare.change import Difference, make_difference

_DIGITS = r"(?P<sign>[−+-]?)\s?(?P<whole>\d{1,3}(?:\s\d{3})+|\d+)(?:,(?P<decimals>\d+))?"
_NUMBER = re.compile(rf"{_DIGITS}\s?(?P<unit>[€%])")
_BARE = re.compile(rf"{_DIGITS}(?:\s?[€%])?")


def find_difference(old: str, new: str) -> Difference | None:
    """The difference between two printed sums or percentages; None for anything else.

    Each must be one number with its unit, and the unit the same: a number alone may be a year, a
    code or a rank.
    """
    before, after = parse_amount(old), parse_amount(new)
    if before is None or after is None or before[1] != after[1] or before[0] == after[0]:
        return None
    return make_difference(before[0], after[0], before[1])


def parse_amount(text: str) -> tuple[Decimal, str] | None:
    """The number and its unit, « € » or « % », when the text is that and nothing else."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    return _decimal(match), match["unit"]


def parse_number(text: str) -> Decimal | None:
    """The number that the text is, with or without a unit; None for anything else."""
    match = _BARE.fullmatch(text.strip())
    if match is None:
        return None
    return _decimal(match)


def _decimal(match: re.Match[str]) -> Decimal:
    digits = re.sub(r"\s", "", match["whole"])
    sign = "-" if match["sign"] in ("−", "-") else ""
    return Decimal(f"{sign}{digits}.{match['decimals'] or 0}")
