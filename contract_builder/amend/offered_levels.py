"""At what other levels each operation of an avenant could change the contract.

Found by drafting once more with the other level everywhere. What is offered is proved only when it
is chosen: the avenant is then drafted and proved as any other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contract_builder.amend.applying import parents_by_id
from contract_builder.amend.chosen_levels import (
    LEVEL_BY_KIND,
    AmendedPassage,
    LevelsByPassage,
    call_passage,
    find_followed,
    name_passage,
    passage_of,
    resolve_levels,
)
from contract_builder.amend.drafting import try_levels
from contract_builder.amend.unit_names import UnitNames
from contract_builder.amend.units import UnitKind, list_units
from contract_builder.model.amending_levels import IN_DETAIL, WHOLE, AmendingLevel, ChosenLevel
from contract_builder.model.amendment import Operation
from contract_builder.model.contract import Contract

_NEVER_WHOLE: frozenset[UnitKind] = frozenset({"visas", "considerants", "parties", "partie"})
"""Units whose alinéas are changed one by one: no sentence replaces the visas as a whole."""
_OTHER: dict[AmendingLevel, AmendingLevel] = {
    "mots": "alinea",
    "alinea": "mots",
    "lignes": "tableau",
    "tableau": "lignes",
    WHOLE: IN_DETAIL,
}


@dataclass(frozen=True, slots=True)
class AmendedTexts:
    """What an avenant was drafted from: the old contract, the new one with the numbers of the
    amended text, and the levels that were chosen.
    """

    old: Contract
    consolidated: Contract
    chosen: LevelsByPassage


@dataclass(frozen=True, slots=True)
class LevelOffer:
    """A level at which a passage could be changed."""

    passage: AmendedPassage
    level: AmendingLevel


@dataclass(frozen=True, slots=True)
class OfferedLevels:
    """The level of one operation, by its id; None where it only adds, suppresses or moves.

    ``others`` are those that may be chosen instead; ``chosen`` are its passages, the finest first,
    whose level somebody chose.
    """

    operation: str
    level: AmendingLevel | None
    kind: UnitKind
    others: tuple[LevelOffer, ...]
    chosen: tuple[AmendedPassage, ...]


def offer_levels(texts: AmendedTexts, operations: Sequence[Operation]) -> tuple[OfferedLevels, ...]:
    """The levels of each operation, in order."""
    units = {unit.id: unit for unit in list_units(texts.old)}
    passages = [passage_of(operation, units[operation.where.unit]) for operation in operations]
    wanted: dict[AmendedPassage, AmendingLevel] = {}
    for operation, passage in zip(operations, passages, strict=True):
        level = LEVEL_BY_KIND.get(operation.kind)
        if level is not None:
            wanted[passage] = _OTHER[level]
    trial = {**texts.chosen, **wanted}
    tried = try_levels(texts.old, texts.consolidated, trial)
    possible = find_followed(tried, wanted, units, parents_by_id(texts.old))
    found = []
    for operation, passage in zip(operations, passages, strict=True):
        level, unit = LEVEL_BY_KIND.get(operation.kind), units[operation.where.unit]
        others = []
        if passage in possible and level is not None:
            others.append(LevelOffer(passage, _OTHER[level]))
        if level != WHOLE and unit.kind not in _NEVER_WHOLE and _is_inside(operation):
            others.append(LevelOffer(passage.whole, WHOLE))
        own = dict.fromkeys((passage, passage.whole))
        chosen = tuple(item for item in own if item in texts.chosen)
        found.append(OfferedLevels(operation.id, level, unit.kind, tuple(others), chosen))
    return tuple(found)


def find_ignored(
    levels: Iterable[ChosenLevel],
    texts: AmendedTexts,
    operations: Sequence[Operation],
    names: UnitNames,
) -> Iterator[ChosenLevel]:
    """The levels that the avenant does not follow, those for what the contract has not first."""
    units = {unit.id: unit for unit in list_units(texts.old)}
    followed = find_followed(operations, texts.chosen, units, parents_by_id(texts.old))
    passages, unknown = resolve_levels(levels, names)
    yield from unknown
    for passage, level in passages.items():
        if passage not in followed:
            yield name_passage(passage, names, level)


def tell_ignored(
    levels: Iterable[ChosenLevel],
    texts: AmendedTexts,
    operations: Sequence[Operation],
    names: UnitNames,
) -> Iterator[str]:
    """The same, as remarks in French."""
    for item in find_ignored(levels, texts, operations, names):
        yield (
            f"le profil choisit ce qui est remplacé pour {call_passage(item)}, et l’avenant ne "
            "peut pas le suivre ou n’y change rien : il est rédigé sans en tenir compte."
        )


def _is_inside(operation: Operation) -> bool:
    """True for what changes the text of a unit that stands."""
    beside = ("insert_section", "insert_sheet", "insert_annex", "move_section")
    gone = ("delete_section", "delete_sheet", "delete_annex")
    return operation.kind not in (*beside, *gone)
