"""The levels that somebody chose for passages of the old contract, and which of them are followed.

A passage is an alinéa, a table or all of a unit. What is chosen inside a unit keeps it, and what
holds it, from being replaced whole only because most of it changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from contract_builder.amend.unit_names import UnitNames
from contract_builder.amend.units import Unit
from contract_builder.model.amending_levels import IN_DETAIL, WHOLE, AmendingLevel, ChosenLevel
from contract_builder.model.amendment import Operation, OperationKind, OperationPlace
from contract_builder.model.french import NBSP


@dataclass(frozen=True, slots=True)
class AmendedPassage:
    """A passage of the old contract: ``unit`` is the id of its unit, alone for all of it.

    ``part`` is the id of the titled part that ``paragraph`` is counted in. A table is called as
    ``PrintedTable`` is.
    """

    unit: str
    part: str | None = None
    paragraph: int | None = None
    table: str | None = None
    table_rank: int | None = None

    @property
    def whole(self) -> "AmendedPassage":
        """All of the unit."""
        return AmendedPassage(self.unit)


LevelsByPassage = Mapping[AmendedPassage, AmendingLevel]

LEVEL_BY_KIND: Final[Mapping[OperationKind, AmendingLevel]] = {
    "replace_words": "mots",
    "insert_words": "mots",
    "delete_words": "mots",
    "replace_paragraph": "alinea",
    "replace_row": "lignes",
    "insert_rows": "lignes",
    "delete_row": "lignes",
    "replace_note": "lignes",
    "replace_table": "tableau",
    "replace_section": WHOLE,
    "replace_sheet": WHOLE,
    "replace_annex": WHOLE,
}
"""The level of an operation; what only comes, goes or moves has none."""


def passage_at(place: OperationPlace, unit: Unit) -> AmendedPassage:
    """The alinéa or table of a place, whatever is touched inside it."""
    part = unit.find_part(place.section) if place.section else None
    return AmendedPassage(
        unit.id,
        None if part is None else part.id,
        place.paragraph,
        place.table,
        place.table_rank,
    )


def passage_of(operation: Operation, unit: Unit) -> AmendedPassage:
    """The passage that an operation changes: all of the unit, where it names no more of it."""
    if LEVEL_BY_KIND.get(operation.kind, WHOLE) == WHOLE:
        return AmendedPassage(unit.id)
    return passage_at(operation.where, unit)


def resolve_levels(
    chosen: Iterable[ChosenLevel], names: UnitNames
) -> tuple[dict[AmendedPassage, AmendingLevel], tuple[ChosenLevel, ...]]:
    """The levels by passage, the last one for each; then those for what the contract has not."""
    found: dict[AmendedPassage, AmendingLevel] = {}
    unknown: list[ChosenLevel] = []
    for item in chosen:
        passage = _find_passage(item, names)
        if passage is None:
            unknown.append(item)
        else:
            found[passage] = item.niveau
    return found, tuple(unknown)


def _find_passage(item: ChosenLevel, names: UnitNames) -> AmendedPassage | None:
    name = names.find_any(item.ou)
    if name is None:
        return None
    named = (part for part in name.unit.parts if part.title == item.partie)
    part = next((part for part in named if name.find_part(part.id)), None)
    if item.partie and part is None:
        return None
    table = item.tableau or None
    if (table or item.rang) and name.unit.find_table(table, item.rang) is None:
        return None
    return AmendedPassage(
        name.unit.id, None if part is None else part.id, item.alinea, table, item.rang
    )


def name_passage(passage: AmendedPassage, names: UnitNames, level: AmendingLevel) -> ChosenLevel:
    """A choice as a profile writes it; ``resolve_levels`` finds the passage again."""
    part = names.get(passage.unit).find_part(passage.part)
    return ChosenLevel(
        ou=names.call(passage.unit),
        partie="" if part is None else part.title,
        alinea=passage.paragraph,
        tableau=passage.table or "",
        rang=passage.table_rank,
        niveau=level,
    )


def call_passage(item: ChosenLevel) -> str:
    """A passage in French, as a profile names it: « « 6.2 », alinéa 3 »."""
    told = [f"«{NBSP}{item.ou}{NBSP}»"]
    if item.partie:
        told.append(f"partie «{NBSP}{item.partie}{NBSP}»")
    if item.alinea is not None:
        told.append(f"alinéa{NBSP}{item.alinea}")
    if item.tableau or item.rang is not None:
        title = f" «{NBSP}{item.tableau}{NBSP}»" if item.tableau else ""
        rank = "" if item.rang is None else f" n°{NBSP}{item.rang}"
        told.append(f"tableau{title}{rank}")
    return ", ".join(told)


def find_kept_units(chosen: LevelsByPassage, parents: Mapping[str, str]) -> frozenset[str]:
    """The units that are amended in detail since something inside them was chosen."""
    kept: set[str] = set()
    for passage, level in chosen.items():
        is_whole = level == WHOLE and passage == passage.whole
        kept.update(_iter_above(parents.get(passage.unit) if is_whole else passage.unit, parents))
    return frozenset(kept)


def find_followed(
    operations: Sequence[Operation],
    chosen: LevelsByPassage,
    units: Mapping[str, Unit],
    parents: Mapping[str, str],
) -> frozenset[AmendedPassage]:
    """The passages that the operations change at the level chosen for them."""
    made = {(passage_of(op, units[op.where.unit]), LEVEL_BY_KIND.get(op.kind)) for op in operations}
    touched = {above for op in operations for above in _iter_above(op.where.unit, parents)}
    return frozenset(
        passage
        for passage, level in chosen.items()
        if (
            passage.unit in touched and (passage.whole, WHOLE) not in made
            if level == IN_DETAIL
            else (passage, level) in made
        )
    )


def _iter_above(unit: str | None, parents: Mapping[str, str]) -> Iterator[str]:
    """A unit and those that hold it, upwards; none without one."""
    at = unit
    while at is not None:
        yield at
        at = parents.get(at)
