"""Two contracts → the operations that turn one into the other, at the level a lawyer would choose.

Order: the new contract is numbered as the consolidated text will be; units that both contracts hold
are compared, the others come or go; each unit's difference is drafted in words, alinéas and rows,
or, where most of it changed, as a whole, unless another level was chosen; then everything is
applied to the old contract, and what does not come out right is drafted one level higher.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from contract_builder.amend.applying import apply_operations, parents_by_id
from contract_builder.amend.chosen_levels import AmendedPassage, LevelsByPassage, find_kept_units
from contract_builder.amend.failures import NotAmendableError, OperationError
from contract_builder.amend.levels import is_mostly_changed
from contract_builder.amend.numbers import find_successors, number_as_consolidated
from contract_builder.amend.sameness import (
    comparable_sections,
    contracts_say_the_same,
    section_said,
    sections_say_the_same,
)
from contract_builder.amend.text_operations import Unsayable, draft_text, place_of
from contract_builder.amend.units import Unit, list_units, own_units
from contract_builder.compare.alignment import increasing_chain, match_keys
from contract_builder.compare.typography import normal_form
from contract_builder.model.amending_levels import WHOLE
from contract_builder.model.amendment import Operation, OperationKind, OperationSide
from contract_builder.model.contract import Contract, Section, iter_tree

_WHOLE: dict[str, tuple[OperationKind, OperationKind, OperationKind]] = {
    "fiche": ("replace_sheet", "insert_sheet", "delete_sheet"),
    "annexe": ("replace_annex", "insert_annex", "delete_annex"),
}
_SECTION: tuple[OperationKind, OperationKind, OperationKind] = (
    "replace_section",
    "insert_section",
    "delete_section",
)


_NONE_CHOSEN: LevelsByPassage = MappingProxyType({})


def draft_operations(old: Contract, new: Contract) -> tuple[Operation, ...]:
    """The operations that turn ``old`` into ``new``, in reading order, with their ids.

    None when the two say the same. They are applied to ``old`` before they are given; what does
    not give ``new`` back is replaced at a higher level. NotAmendableError when nothing does.
    """
    return draft_towards(old, number_as_consolidated(old, new))


def draft_towards(
    old: Contract, consolidated: Contract, chosen: LevelsByPassage = _NONE_CHOSEN
) -> tuple[Operation, ...]:
    """The same, for a new contract that bears the numbers of the amended text already.

    ``chosen`` are levels wanted for passages: each is followed where it can be, and is proved.
    """
    drafter = _Drafter(old, consolidated, chosen)
    for _ in range(_HIGHEST_LEVEL):
        operations = tuple(
            replace(operation, id=f"op-{rank}")
            for rank, operation in enumerate(drafter.draft(), start=1)
        )
        wrong = find_wrong_units(operations, old, consolidated)
        if not wrong:
            return operations
        if not drafter.widen(wrong):
            break
    raise NotAmendableError(tuple(wrong))


def try_levels(
    old: Contract, consolidated: Contract, chosen: LevelsByPassage
) -> tuple[Operation, ...]:
    """The operations at the levels chosen, not yet proved: to tell which are possible."""
    return tuple(_Drafter(old, consolidated, chosen).draft())


_MOST_MOVES = 2
"""A unit that comes first is not moved where so few others can be moved after it instead."""
_HIGHEST_LEVEL = 6
"""Attempts: words, the unit, what holds it, the top level."""


def find_wrong_units(
    operations: Sequence[Operation], old: Contract, consolidated: Contract
) -> tuple[str, ...]:
    """The ids of the units that do not come out as the consolidated text has them.

    A unit at the top stands for an order of units that is not the right one.
    """
    try:
        made = apply_operations(operations, old)
    except OperationError as error:
        return (error.operation.where.unit,)
    if contracts_say_the_same(made, consolidated):
        return ()
    return tuple(_iter_wrong(made, consolidated))


def _iter_wrong(made: Contract, consolidated: Contract) -> Iterator[str]:
    told = {unit.id: _text_said(unit) for unit in list_units(made)}
    meant = {unit.id: _text_said(unit) for unit in list_units(consolidated)}
    wrong = [name for name in (*meant, *told) if told.get(name) != meant.get(name)]
    if wrong:
        yield from dict.fromkeys(wrong)
        return
    pairs = zip(comparable_sections(made), comparable_sections(consolidated), strict=False)
    yield from (after.id for before, after in pairs if not sections_say_the_same(before, after))


def _text_said(unit: Unit) -> object:
    return tuple(section_said(replace(section, children=())) for section in unit.sections)


def _find_following(
    section: Section, at: int, standing: Mapping[int, Section], moved: Mapping[int, int]
) -> Section | None:
    """What stands next, where a section that comes is the first of its kind before it.

    None where something moves to the same place: what comes keeps its place after it.
    """
    next_at = min((j for j in standing if j > at), default=-1)
    last_at = max((j for j in standing if j < at), default=-1)
    if next_at < 0 or any(j in moved for j in range(last_at + 1, next_at)):
        return None
    return standing[next_at] if standing[next_at].kind == section.kind else None


@dataclass(slots=True)
class _Drafter:
    old: Contract
    new: Contract
    chosen: LevelsByPassage = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    _olds: dict[str, Unit] = field(init=False)
    _news: dict[str, Unit] = field(init=False)
    _parents: tuple[dict[str, str], dict[str, str]] = field(init=False)
    _successors: dict[str, str] = field(init=False)
    _kept: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Lists the units of both sides."""
        self._olds = {unit.id: unit for unit in list_units(self.old)}
        self._news = {unit.id: unit for unit in list_units(self.new)}
        self._successors = find_successors(self.old, self.new)
        self._parents = (parents_by_id(self.old), parents_by_id(self.new))
        self._kept = find_kept_units(self.chosen, self._parents[0])

    def widen(self, wrong: Sequence[str]) -> bool:
        """Has these units replaced whole next time, or what holds them; False when all were."""
        before = set(self.whole)
        for name in wrong:
            for parents in self._parents:
                level: str | None = name
                while level is not None and (level in before or not self._is_on_both(level)):
                    level = parents.get(level)
                if level is not None:
                    self.whole.add(level)
                    break
        return self.whole != before

    def _is_on_both(self, unit: str) -> bool:
        return unit in self._olds and unit in self._news

    def draft(self) -> Iterator[Operation]:
        """The operations of the whole contract."""
        olds = [s for s in self.old.sections if s.kind != "lacunes"]
        yield from self._group(None, olds, self.new.sections)

    def _group(
        self, parent: Unit | None, olds: Sequence[Section], news: Sequence[Section]
    ) -> Iterator[Operation]:
        """The units below one parent: what goes, stands, moves and comes, in reading order."""
        before, after = (
            own_units(olds, at_top=parent is None),
            own_units(news, at_top=parent is None),
        )
        chain, pairs = self._match(before, after)
        reverse = {j: i for i, j in pairs.items()}
        placed = self._placed(parent, before, after, (chain, reverse))
        yield from placed.get(None, ())
        for i, section in enumerate(before):
            unit = self._olds[section.id]
            if i not in pairs:
                yield self._whole(unit, 2, ())
            else:
                yield from self._unit(unit, self._news[after[pairs[i]].id])
            yield from placed.get(section.id, ())

    def _match(
        self, before: Sequence[Section], after: Sequence[Section]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """The pairs that keep their order, and all pairs."""
        pairs = {
            i: j
            for i, j in match_keys(
                [s.id for s in before], [self._successors.get(s.id, s.id) for s in after]
            ).items()
            if before[i].kind == after[j].kind and before[i].number == after[j].number
        }
        weights = [len(s.blocks) + 1 for s in before]
        chain = increasing_chain(pairs, weights)
        first = min(pairs, key=lambda i: pairs[i], default=-1)
        if first < 0 or first in chain:
            return chain, pairs
        weights[first] += sum(weights)
        other = increasing_chain(pairs, weights)
        return (other if len(pairs) - len(other) <= _MOST_MOVES else chain), pairs

    def _placed(
        self,
        parent: Unit | None,
        before: Sequence[Section],
        after: Sequence[Section],
        matched: tuple[dict[int, int], dict[int, int]],
    ) -> dict[str | None, list[Operation]]:
        """What comes or moves, by the old section that it is put after (None: before all)."""
        chain, reverse = matched
        standing = {j: before[i] for i, j in chain.items()}
        placed: dict[str | None, list[Operation]] = {}
        anchor: Section | None = None
        first = standing[min(standing)] if standing else None
        for j, section in enumerate(after):
            if j in standing:
                anchor = standing[j]
                continue
            following = _find_following(section, j, standing, reverse)
            leads = anchor is None or (following is not None and anchor.kind != section.kind)
            side: OperationSide = "after" if not leads else "before" if first else "end"
            target = (following or first) if leads else anchor
            at = self._olds[target.id] if target else parent
            if at is None:
                continue
            moved = before[reverse[j]] if j in reverse else None
            key = anchor.id if anchor else None
            placed.setdefault(key, []).append(self._come(section, moved, at, side))
        return placed

    def _come(
        self, section: Section, moved: Section | None, at: Unit, side: OperationSide
    ) -> Operation:
        """A section that comes, or moves, next to a unit that stands."""
        if moved is not None:
            place = place_of(self._olds[moved.id])
            return Operation("", "", "move_section", place, side, None, at.name)
        unit = self._news[section.id]
        content = self._content(unit)
        kind = _WHOLE.get(unit.kind, _SECTION)[1]
        return Operation("", "", kind, place_of(at), side, None, None, content)

    def _content(self, unit: Unit) -> tuple[Section, ...]:
        """A unit whole: its tree, and the clauses without number that continue it beside it."""
        inside = {section.id for section in iter_tree(unit.section)}
        return (unit.section, *(s for s in unit.sections if s.id not in inside))

    def _whole(self, unit: Unit, verb: int, content: tuple[Section, ...]) -> Operation:
        kind = _WHOLE.get(unit.kind, _SECTION)[verb]
        return Operation("", "", kind, place_of(unit), None, None, None, content or None)

    def _unit(self, old: Unit, new: Unit) -> Iterator[Operation]:
        """A unit that both contracts hold, with the units below it."""
        if (old.section, old.sections) == (new.section, new.sections):
            return
        if old.id in self.whole or old.id != new.id:
            yield self._whole(old, 0, self._content(new))
            return
        try:
            operations = tuple(self._inside(old, new))
        except Unsayable:
            yield self._whole(old, 0, self._content(new))
            return
        if operations and self._is_better_whole(old, new, operations):
            yield self._whole(old, 0, self._content(new))
        else:
            yield from operations

    def _is_better_whole(self, old: Unit, new: Unit, operations: Sequence[Operation]) -> bool:
        """As chosen, else by how much of the unit changes."""
        if self.chosen.get(AmendedPassage(old.id)) == WHOLE:
            return True
        return old.id not in self._kept and is_mostly_changed(old, new, operations, self._olds)

    def _inside(self, old: Unit, new: Unit) -> Iterator[Operation]:
        """The operations on a unit that stands and on the units below it."""
        if normal_form(old.section.title) != normal_form(new.section.title):
            titles = old.section.title, new.section.title
            yield Operation("", "", "replace_title", place_of(old), None, *titles)
        yield from draft_text(old, new, self.chosen)
        yield from self._group(old, old.section.children, new.section.children)
