"""Totals and notes of a row of targets, once some of its cells were negotiated.

A printed total is kept while every cell is the sheet's. After a negotiation it is recomputed where
what it means is plain (the sum of the years, or the state of the last one), else dropped; so is a
note whose sign no cell bears any more. A total in doubt is never printed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contract_builder.assembly.negotiation import ResolvedCell, is_doubtful
from contract_builder.frozen import dataclass
from contract_builder.model.fiche import TargetCell, TargetRow
from contract_builder.model.french import format_number
from contract_builder.reading.target_values import number_of

SUMMABLE = frozenset({"nombre", "increment"})
_ADDED = SUMMABLE | {"seuil"}
_NUMBER = re.compile(r"\d+(?:[,.]\d+)?")
_SIGNS = ("*",)


@dataclass(frozen=True, slots=True)
class ResolvedTotal:
    """The total that is printed, None for none; ``dropped`` is the sheet's, no longer printed."""

    cell: TargetCell | None = None
    is_printed: bool = True
    dropped: TargetCell | None = None


def resolve_total(row: TargetRow, cells: Sequence[ResolvedCell]) -> ResolvedTotal:
    """The total over the years, as the sheet prints it or as the negotiated targets make it."""
    total = row.total
    if total is None or (total.type == "vide" and not total.doute):
        return ResolvedTotal()
    if is_doubtful(total):
        return ResolvedTotal(dropped=total)
    if all(item.origin == "fiche" for item in cells):
        return ResolvedTotal(total)
    printed = [cell for _, cell in row.iter_cells()]
    if _sum_of(printed) is not None and _sum_of(printed) == number_of(total):
        added = _sum_of([item.cell for item in cells])
        if added is not None and not any(item.is_question for item in cells):
            return ResolvedTotal(_with_number(total, added), is_printed=False)
        return ResolvedTotal(dropped=total)
    last = max(cells, key=lambda item: item.years[-1])
    if _is_state_of(total, printed[-1]):
        if last.origin == "fiche":
            return ResolvedTotal(total)
        return ResolvedTotal(replace(last.cell, doute="", repare=""), is_printed=False)
    return ResolvedTotal(dropped=total)


def resolve_note(row: TargetRow, cells: Sequence[ResolvedCell]) -> str:
    """The note below the table; empty when no cell calls it any more."""
    sign = row.note[:1]
    if sign not in _SIGNS or all(item.origin == "fiche" for item in cells):
        return row.note
    texts = [item.cell.texte for item in cells if not is_doubtful(item.cell)]
    return row.note if any(sign in text for text in texts) else ""


def _sum_of(cells: Sequence[TargetCell]) -> Decimal | None:
    """The sum of the cells; None when one of them is not a number that adds up."""
    numbers = [number_of(cell) for cell in cells if cell.type != "sans_objet"]
    known = [number for number in numbers if number is not None]
    numeric = all(cell.type in _ADDED for cell in cells if number_of(cell) is not None)
    plain = all(cell.type in (*_ADDED, "jalon", "vide", "sans_objet") for cell in cells)
    return sum(known, Decimal(0)) if known and numeric and plain else None


def _is_state_of(total: TargetCell, last: TargetCell) -> bool:
    """True for a total that repeats the target of the last year."""
    if total.valeur and last.valeur:
        same = {total.type, last.type} <= SUMMABLE | {"seuil"} or total.type == last.type
        return same and total.valeur == last.valeur
    return total.texte == last.texte


def _with_number(total: TargetCell, number: Decimal) -> TargetCell:
    """The total with another number in its text."""
    shown = format_number(number)
    text, count = _NUMBER.subn(shown, total.texte, count=1)
    return replace(total, texte=text if count else shown, valeur=str(number), repare="")
