"""A number as a spreadsheet shows it, in French: percentages, currencies, units, decimals.

Reads the first section of a format code for what is positive or zero, the second for what is
negative (ECMA-376 Part 1, 18.8.31). A code that this does not know shows the plain number.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

_NBSP = "\u00a0"
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<pattern>[#0?][#0?.,\u00a0 ]*[#0?]|[#0?])|(?P<percent>%)|(?P<plain>[€$£+\-() :])"
    r"|(?P<other>.)"
)


def show_number(number: Decimal, code: str) -> str:
    """The text of ``number`` under a format code; a percentage is given as 65 for « 65 % »."""
    sections = _sections(code)
    parts, shown = sections[0], number
    if number < 0 and len(sections) > 1:
        parts, shown = sections[1], -number
    if parts is None:
        return f"{number:f}".replace(".", ",")
    before, pattern, after = parts
    digits = _digits(abs(shown), pattern)
    sign = "-" if shown < 0 else ""
    return " ".join(f"{sign}{before}{digits}{after}".split(" ")).strip()


@cache
def _sections(code: str) -> tuple[tuple[str, str, str] | None, ...]:
    """The parts of the section of what is positive and, when there is one, of what is negative."""
    return tuple(_parts(section) for section in code.split(";")[:2] if section) or (None,)


def _parts(section: str) -> tuple[str, str, str] | None:
    """The words before the digits, the pattern of the digits, the words after; None if unknown."""
    words: list[str] = ["", ""]
    pattern = ""
    for token in _TOKENS.finditer(section):
        if token["other"] or (token["pattern"] and pattern):
            return None
        if token["pattern"]:
            pattern = token["pattern"]
            continue
        text = next(
            (token[name] for name in ("quoted", "escaped", "currency", "plain") if token[name]), ""
        )
        if token["percent"]:
            text = "%" if words[1].endswith((" ", _NBSP)) else f"{_NBSP}%"
        words[1 if pattern else 0] += text
    return (words[0], pattern, words[1]) if pattern else None


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    least, most = decimals.count("0"), len(decimals.replace(",", ""))
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    if re.search(r"[,\u00a0 ]", whole):
        left = f"{int(left):,}".replace(",", _NBSP)
    return f"{left},{right}" if right else left
