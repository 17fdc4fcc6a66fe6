"""The edit script, told of the units of both files: which paragraph and table became which.

A section's units are found by its bookmark; each of its blocks takes as many units as the writer
makes of it. ``LayoutError`` when a file does not have the units that its contract asks for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contract_builder.compare.alignment import Pairs
from contract_builder.compare.redline.pairing import PairingPlan
from contract_builder.compare.redline.units import RedlineUnit
from contract_builder.compare.script import (
    BlockEdit,
    Detail,
    ItemEdit,
    ListEdit,
    NoteEdit,
    Script,
    SectionEdit,
    Side,
    TableEdit,
)
from contract_builder.errors import InternalRenderError
from contract_builder.model.blocks import Block, Drawing, ListBlock, Note, Paragraph, Table
from contract_builder.model.contract import Section
from contract_builder.word.markers import BOOKMARK_PREFIX, bookmark_name
from contract_builder.word.ooxml import w
from contract_builder.word.revisions import BOOKMARK_START

_NAME = w("name")


class LayoutError(InternalRenderError):
    """A file is not laid out as its contract says."""


@dataclass(slots=True)
class _Cursor:
    """Walks the units of one file."""

    units: Sequence[RedlineUnit]
    starts: dict[str, int]
    at: int = 0

    def take(self, count: int) -> range:
        """The next ``count`` units."""
        start, self.at = self.at, self.at + count
        if self.at > len(self.units):
            raise LayoutError("Le document Word a moins de paragraphes que le contrat.")
        return range(start, self.at)

    def open(self, section: Section) -> range:
        """Goes to a section: the unit of its heading, an empty range without one."""
        name = bookmark_name(section.id)
        if name not in self.starts:
            raise LayoutError(f"Le document Word n’a pas le signet « {name} ».")
        self.at = self.starts[name]
        return self.take(1 if section.heading else 0)


@dataclass(slots=True)
class _Walk:
    old: _Cursor
    new: _Cursor
    plan: PairingPlan = field(default_factory=PairingPlan)
    left: dict[tuple[str, int | None], range] = field(default_factory=dict)
    came: dict[tuple[str, int | None], range] = field(default_factory=dict)

    def cursor(self, side: Side) -> _Cursor:
        """The walk through one file."""
        return self.old if side == "old" else self.new


def plan_from_script(
    script: Script, old: Sequence[RedlineUnit], new: Sequence[RedlineUnit]
) -> PairingPlan:
    """The pairs, moves and rows that the script tells; what is not of a section stays open."""
    walk = _Walk(_Cursor(old, _find_starts(old)), _Cursor(new, _find_starts(new)))
    for edit in script.sections:
        _walk_section(walk, edit)
    for key, arrived in walk.came.items():
        gone = walk.left.get(key, range(0))
        if len(gone) == len(arrived):
            walk.plan.moves += zip(gone, arrived, strict=True)
    return walk.plan


def _find_starts(units: Sequence[RedlineUnit]) -> dict[str, int]:
    """Where each section's bookmark starts: the unit that holds it or follows it."""
    starts: dict[str, int] = {}
    for index, unit in enumerate(units):
        for mark in (*unit.marks, *unit.element.iterchildren(BOOKMARK_START)):
            name = mark.get(_NAME, "")
            if name.startswith(BOOKMARK_PREFIX):
                starts[name] = index
    return starts


def _walk_section(walk: _Walk, edit: SectionEdit) -> None:
    before = range(0) if edit.old is None else walk.old.open(edit.old)
    after = range(0) if edit.new is None else walk.new.open(edit.new)
    walk.plan.fixed_old.update(before)
    walk.plan.fixed_new.update(after)
    if before and after:
        walk.plan.pairs.append((before[0], after[0]))
    key = ("section", edit.move)
    if edit.op == "move_from":
        walk.left[key] = before
    elif edit.op == "move_to" and edit.source is not None and edit.new is not None:
        walk.came[key] = after
    _walk_blocks(walk, edit.blocks)


def _walk_blocks(walk: _Walk, edits: Iterable[BlockEdit]) -> None:
    for edit in edits:
        if edit.old is not None and edit.new is not None and edit.detail is not None:
            _walk_detail(walk, edit.old, edit.new, edit.detail)
            continue
        before = _take(walk, "old", () if edit.old is None else (edit.old,))
        after = _take(walk, "new", () if edit.new is None else (edit.new,))
        _note(walk, before, after, ("bloc", edit.move), edited=edit.detail is not None)


def _note(
    walk: _Walk, before: range, after: range, key: tuple[str, int | None], *, edited: bool
) -> None:
    if before and after:
        _pair_all(walk, before, after)
    elif key[1] is not None and before:
        walk.left[key] = before
    elif key[1] is not None and not edited:
        walk.came[key] = after


def _pair_all(walk: _Walk, before: range, after: range) -> None:
    if len(before) != len(after):
        raise LayoutError("Des blocs égaux n’ont pas le même nombre de paragraphes.")
    walk.plan.pairs += zip(before, after, strict=True)


def _walk_detail(walk: _Walk, old: Block, new: Block, detail: Detail) -> None:
    match detail:
        case ListEdit(items=items):
            for item in items:
                _walk_item(walk, item)
        case NoteEdit(blocks=blocks):
            _walk_blocks(walk, blocks)
        case TableEdit() if isinstance(old, Table) and isinstance(new, Table):
            _walk_table(walk, old, new, detail)
        case _:
            _pair_all(walk, _take(walk, "old", (old,)), _take(walk, "new", (new,)))


def _walk_item(walk: _Walk, edit: ItemEdit) -> None:
    """An item without a first paragraph has an empty one for its number."""
    old, new = edit.old, edit.new
    if old is not None and new is not None and edit.blocks:
        before = walk.old.take(not _begins_with_paragraph(old))
        after = walk.new.take(not _begins_with_paragraph(new))
        walk.plan.fixed_old.update(before)
        walk.plan.fixed_new.update(after)
        if before and after:
            _pair_all(walk, before, after)
        _walk_blocks(walk, edit.blocks)
        return
    taken_old = range(0) if old is None else _take_item(walk, "old", old)
    taken_new = range(0) if new is None else _take_item(walk, "new", new)
    _note(walk, taken_old, taken_new, ("point", edit.move), edited=bool(edit.blocks))


def _walk_table(walk: _Walk, old: Table, new: Table, edit: TableEdit) -> None:
    before, after = _take(walk, "old", (old,)), _take(walk, "new", (new,))
    at_old, at_new = before[0] + bool(old.caption), after[0] + bool(new.caption)
    if old.caption and new.caption:
        walk.plan.pairs.append((before[0], after[0]))
    walk.plan.pairs.append((at_old, at_new))
    walk.plan.rows[at_old] = _row_pairs(edit)
    if not (old.notes or new.notes):
        walk.plan.pairs.append((at_old + 1, at_new + 1))
        return
    i = j = 0
    for line in edit.notes:
        if line.old is not None and line.new is not None:
            walk.plan.pairs.append((at_old + 1 + i, at_new + 1 + j))
        i += line.old is not None
        j += line.new is not None


def _row_pairs(edit: TableEdit) -> Pairs:
    """The rows that correspond, headers included."""
    pairs: Pairs = [(0, 0)]
    i = j = 1
    for row in edit.rows:
        if row.old is not None and row.new is not None:
            pairs.append((i, j))
        i += row.old is not None
        j += row.new is not None
    return pairs


def _take(walk: _Walk, side: Side, blocks: Iterable[Block]) -> range:
    return _fix(walk, side, sum(_count(block) for block in blocks))


def _take_item(walk: _Walk, side: Side, item: Sequence[Block]) -> range:
    return _fix(walk, side, _count_item(item))


def _fix(walk: _Walk, side: Side, count: int) -> range:
    taken = walk.cursor(side).take(count)
    (walk.plan.fixed_old if side == "old" else walk.plan.fixed_new).update(taken)
    return taken


def _count(block: Block) -> int:
    """How many units the writer makes of a block."""
    match block:
        case ListBlock(items=items):
            return sum(_count_item(item) for item in items)
        case Note(blocks=blocks):
            return sum(_count(inner) for inner in blocks)
        case Table(caption=caption, notes=notes):
            return bool(caption) + 1 + (len(notes) or 1)
        case Drawing():
            return 2
        case _:
            return 1


def _count_item(item: Sequence[Block]) -> int:
    return (not _begins_with_paragraph(item)) + sum(_count(block) for block in item)


def _begins_with_paragraph(item: Sequence[Block]) -> bool:
    return bool(item) and isinstance(item[0], Paragraph)
