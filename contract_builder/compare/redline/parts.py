"""One part of both files (body, header, footer, contents) → its merged units, in order."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from contract_builder.compare.alignment import iter_merged
from contract_builder.compare.redline.blocks import RedlineMerger
from contract_builder.compare.redline.pairing import (
    PairingPlan,
    complete_plan,
    is_control,
    join_ends,
    match_contents,
)
from contract_builder.compare.redline.paragraph_marks import shift_paragraph_marks
from contract_builder.compare.redline.units import (
    RedlineUnit,
    Units,
    are_alike,
    loose_signature,
    read_units,
    signature,
)
from contract_builder.word.ooxml import w
from contract_builder.word.revisions import (
    BOOKMARK_END,
    BOOKMARK_START,
    CONTROL_CONTENT,
    RevisionMark,
)

_ID, _NAME = w("id"), w("name")
_REFERENCES = frozenset({w("headerReference"), w("footerReference"), w("sectPrChange")})


@dataclass(frozen=True, slots=True)
class Bookmarks:
    """The bookmarks of the old file that the new one lacks: kept where their text is deleted.

    ``ids`` maps their ids in the old file to their ids in the redline.
    """

    ids: dict[str, str]

    def keep(self, marks: Sequence[etree._Element]) -> list[etree._Element]:
        """Copies of those among ``marks`` that the redline needs."""
        kept = []
        for mark in marks:
            identifier = self.ids.get(mark.get(_ID, ""))
            if identifier is not None:
                copy = deepcopy(mark)
                copy.tail = None
                copy.set(_ID, identifier)
                kept.append(copy)
        return kept


class PartMerger:
    """Writes the units of one part; used once."""

    def __init__(self, old: Units, new: Units, merger: RedlineMerger, bookmarks: Bookmarks) -> None:
        self._old = old
        self._new = new
        self._merger = merger
        self._reviser = merger.reviser
        self._bookmarks = bookmarks

    @property
    def sides(self) -> tuple[Sequence[RedlineUnit], Sequence[RedlineUnit]]:
        """The units of the old and of the new file."""
        return self._old.items, self._new.items

    def plan(self, plan: PairingPlan | None = None) -> PairingPlan:
        """Which units correspond, as far as that can be told inside them."""
        before, after = self._old.items, self._new.items
        plan = complete_plan(plan or PairingPlan(), before, after)
        plan.moves = [
            (i, j)
            for i, j in plan.moves
            if self._merger.width != "bloc"
            and before[i].is_paragraph
            and loose_signature(before[i].element) == loose_signature(after[j].element)
        ]
        join_ends(plan, before, after)
        return plan

    def merge(self, plan: PairingPlan) -> list[etree._Element]:
        """The merged units with their bookmarks, without the last ``w:sectPr``."""
        before, after = self._old.items, self._new.items
        plan.pairs = [(i, j) for i, j in plan.pairs if self._can_merge(before[i], after[j])]
        away: dict[int, str] = {}
        come: dict[int, str] = {}
        for i, j in plan.moves:
            away[i] = come[j] = self._reviser.next_move_name()
        result: list[etree._Element] = []
        after_table = False
        for i, j in iter_merged(len(before), len(after), dict(plan.pairs)):
            unit = before[i] if j < 0 else after[j]
            if after_table and unit.is_table:  # Word would make one table of both
                result.append(self._reviser.make_separator())
            after_table = unit.is_table
            if i >= 0:
                result += self._bookmarks.keep(_marks_of(before[i]))
            if j < 0:
                result += self._leave(unit, away.get(i))
                continue
            result += unit.marks
            if i < 0:
                result += self._arrive(unit, come.get(j))
            else:
                result += self._stay(before[i], unit, plan.rows.get(i))
        shift_paragraph_marks(result)
        return [*result, *self._bookmarks.keep(self._old.rest), *self._new.rest]

    def last_page(self) -> etree._Element | None:
        """The last ``w:sectPr`` with its change, headers and footers being those of the new."""
        before, after = self._old.last_page, self._new.last_page
        if before is None or after is None or signature(before) == signature(after):
            return after
        change = self._reviser.make("sectPrChange")
        base = etree.SubElement(change, w("sectPr"))
        base.extend(deepcopy(child) for child in before if child.tag not in _REFERENCES)
        after.append(change)
        return after

    def _can_merge(self, old: RedlineUnit, new: RedlineUnit) -> bool:
        if is_control(old) and is_control(new):
            return True
        ends = old is self._old.items[-1] and new is self._new.items[-1]
        merger = replace(self._merger, width="mot") if ends else self._merger
        return merger.can_merge(old.element, new.element)

    def _stay(
        self, old: RedlineUnit, new: RedlineUnit, rows: list[tuple[int, int]] | None
    ) -> list[etree._Element]:
        if not is_control(new):
            return [self._merger.merge(old.element, new.element, rows)]
        if not are_alike(old.element, new.element):
            self._merge_control(old.element, new.element)
        return [new.element]

    def _merge_control(self, old: etree._Element, new: etree._Element) -> None:
        """The table of contents: its lines are merged inside the control of the new file."""
        before, after = old.find(CONTROL_CONTENT), new.find(CONTROL_CONTENT)
        if before is None or after is None:
            return
        inner = PartMerger(read_units(before), read_units(after), self._merger, self._bookmarks)
        lines = inner.sides
        plan = match_contents(*lines)
        edges = [plan.pairs[0], plan.pairs[-1]] if plan.pairs else []
        # The field begins in the first line and ends in the last: both or none.
        if not all(
            self._merger.can_merge(lines[0][i].element, lines[1][j].element) for i, j in edges
        ):
            plan = PairingPlan()
        merged = inner.merge(plan)
        for child in list(after):
            after.remove(child)
        after.extend(merged)

    def _leave(self, unit: RedlineUnit, move: str | None) -> list[etree._Element]:
        written = self._merger.copy_old(unit.element, "del" if move is None else "moveFrom")
        return self._in_range(written, "moveFrom", move)

    def _arrive(self, unit: RedlineUnit, move: str | None) -> list[etree._Element]:
        mark: RevisionMark = "ins" if move is None else "moveTo"
        return self._in_range(self._reviser.mark_block(unit.element, mark), mark, move)

    def _in_range(
        self, written: list[etree._Element], mark: RevisionMark, move: str | None
    ) -> list[etree._Element]:
        """A moved unit lies between the start and the end of its range."""
        if move is None:
            return written
        start, end = self._reviser.range_pair(mark, move)
        return [start, *written, end]


def _marks_of(unit: RedlineUnit) -> list[etree._Element]:
    return [*unit.marks, *unit.element.iter(BOOKMARK_START, BOOKMARK_END)]


def iter_bookmarks(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The id and name of every bookmark of a part."""
    for mark in root.iter(BOOKMARK_START):
        yield mark.get(_ID, ""), mark.get(_NAME, "")
