"""Typed values that read otherwise in a returned file, and what is wrong with the new ones.

A value keeps the form that it was printed in: an amount stays an amount, a date a date.
"""

from collections.abc import Callable
from typing import Final

from contract_builder.compare.alignment import match_sequences
from contract_builder.compare.tokens import split_tokens
from contract_builder.reading.written_values import (
    parse_written_amount,
    parse_written_date,
    parse_written_number,
    parse_written_percentage,
)
from contract_builder.returned.change import ReturnedValue
from contract_builder.returned.sent import ValueSpan

Hunk = tuple[int, int, str]
"""Characters of the old line from, to, and what stands there in the new one."""

_FORMS: Final[tuple[tuple[str, Callable[[str], object]], ...]] = (
    ("un montant en euros, comme « 1 250 000 € »", parse_written_amount),
    ("un pourcentage, comme « 12,5 % »", parse_written_percentage),
    ("une date, comme « 1er janvier 2026 »", parse_written_date),
    ("un nombre, comme « 1 250 »", parse_written_number),
)
_SIGNS: Final = {"€": 0, "%": 1}
_OPERATORS: Final = "≥≤><= \u00a0\u202f"


def find_hunks(old: str, new: str) -> list[Hunk]:
    """The smallest stretches of words that differ."""
    before, after = split_tokens(old), split_tokens(new)
    hunks: list[Hunk] = []
    at, i, j = 0, 0, 0
    for a, b in [*match_sequences(before, after), (len(before), len(after))]:
        if a > i or b > j:
            gone = sum(map(len, before[i:a]))
            hunks.append((at, at + gone, "".join(after[j:b])))
            at += gone
        if a < len(before):
            at += len(before[a])
        i, j = a + 1, b + 1
    return hunks


def find_shown_hunks(old: str, new: str) -> list[Hunk]:
    """As ``find_hunks``, with those that spaces alone part made one: marks that people read.

    Woven word by word, « tous les six mois » for « chaque année » could not be read.
    """
    joined: list[Hunk] = []
    for start, end, text in find_hunks(old, new):
        between = old[joined[-1][1] : start] if joined else "-"
        if between.strip():
            joined.append((start, end, text))
        else:
            first, _, before = joined[-1]
            joined[-1] = (first, end, f"{before}{between}{text}")
    return joined


def find_value(
    line: str, spans: list[ValueSpan], hunks: list[Hunk]
) -> tuple[str, ReturnedValue] | None:
    """The first value that these hunks change: its key, what it was, what it is now."""
    for span in spans:
        touching = [hunk for hunk in hunks if _touches(hunk, span)]
        if touching:
            old = line[span.start : span.end]
            new = _apply(old, span.start, touching)
            if old != new:
                return span.key, ReturnedValue(old, new, find_problem(old, new))
    return None


def split_values(
    line: str, spans: list[ValueSpan], hunks: list[Hunk]
) -> tuple[list[tuple[str, ReturnedValue]], list[Hunk]]:
    """The values that change, by their keys, and the hunks that change words.

    A hunk that reaches beyond a value changes words, the value's place among them.
    """
    values: list[tuple[str, ReturnedValue]] = []
    words = list(hunks)
    for span in spans:
        touching = [hunk for hunk in hunks if _touches(hunk, span)]
        if touching and all(span.start <= a and b <= span.end for a, b, _ in touching):
            old = line[span.start : span.end]
            new = _apply(old, span.start, touching)
            values.append((span.key, ReturnedValue(old, new, find_problem(old, new))))
            words = [hunk for hunk in words if hunk not in touching]
    return values, words


def _touches(hunk: Hunk, span: ValueSpan) -> bool:
    start, end, new = hunk
    if start == end:
        return span.start < start < span.end or (
            start in (span.start, span.end)
            and bool(new.strip())
            and new.strip()[0].isalnum()
            and span.end > span.start
            and not new.startswith(" ")
            and not new.endswith(" ")
        )
    return start < span.end and end > span.start


def _apply(old: str, offset: int, hunks: list[Hunk]) -> str:
    for start, end, new in reversed(hunks):
        first, last = max(0, start - offset), max(0, end - offset)
        old = old[:first] + new + old[last:]
    return old.strip()


def find_problem(old: str, new: str) -> str:
    """Why the new value cannot take the place of the old one; empty when it can."""
    if not new.strip():
        return "la valeur a été effacée"
    form = _form_of(old)
    if form is None:
        return ""
    name, parse = form
    if not _reads(parse, new):
        return f"« {new} » ne se lit pas : il faut {name}"
    sign = next((sign for sign in _SIGNS if sign in old), "")
    others = [other for other in _SIGNS if other in new and other != sign]
    if others:
        return f"« {new} » change d’unité : il faut {name}"
    return ""


def _form_of(text: str) -> tuple[str, Callable[[str], object]] | None:
    for sign, rank in _SIGNS.items():
        if sign in text:
            return _FORMS[rank] if _reads(_FORMS[rank][1], text) else None
    return next((form for form in _FORMS[2:] if _reads(form[1], text)), None)


def _reads(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text.strip().lstrip(_OPERATORS))
    except ValueError:
        return False
    return True
