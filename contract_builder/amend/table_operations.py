"""Two versions of a table → the operations between them: rows, notes, or the whole table.

A row is replaced whole, however little of it changed. Other columns, another caption, a note that
goes, or most rows at once, and the table is replaced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from contract_builder.amend.chosen_levels import LevelsByPassage, passage_at
from contract_builder.amend.sameness import block_said, frame_said, row_said, say_the_same
from contract_builder.amend.units import PrintedTable, Unit, quoted_text, row_ranks
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.script import LineEdit, RowEdit
from contract_builder.compare.table_edits import edit_table
from contract_builder.model.amendment import Operation, OperationPlace, OperationSide
from contract_builder.model.blocks import Inlines, Paragraph, Row, Table

_FEWEST_ROWS = 4
_MOST_OF_A_TABLE = 0.6
"""Where more rows change, and at least four, the table is replaced."""


def draft_table(
    unit: Unit, old: PrintedTable, new: Table, chosen: LevelsByPassage
) -> tuple[Operation, ...]:
    """The operations that make a table of the unit say what ``new`` says; none when it does.

    ``chosen`` says whether its rows or all of it are wanted; where it says nothing, the table is
    replaced when most of its rows change.
    """
    before = old.block
    if block_said(before) == block_said(new):
        return ()
    named = OperationPlace(unit.id, unit.label, unit.sheet, table=old.title, table_rank=old.rank)
    level = chosen.get(passage_at(named, unit))
    if frame_said(before) != frame_said(new) or level == "tableau":
        return (_replace_table(named, before, new),)
    edit = edit_table(before, new, Numbering({}, {}), count(1))
    notes = _draft_notes(named, edit.notes)
    rows = tuple(_RowDrafter(named, before).draft(edit.rows))
    touched = sum(row_changes(operation) for operation in rows)
    most = max(_FEWEST_ROWS, _MOST_OF_A_TABLE * max(len(before.rows), len(new.rows)))
    if notes is None or (touched >= most and level is None):
        return (_replace_table(named, before, new),)
    return (*rows, *notes)


def row_changes(operation: Operation) -> int:
    """How many rows an operation touches."""
    return len(operation.content or ()) or 1


def _replace_table(place: OperationPlace, old: Table, new: Table) -> Operation:
    return Operation("", "", "replace_table", place, None, None, None, (new,))


def row_texts(row: Row) -> tuple[str, ...]:
    """The cells of a row, as they are quoted."""
    return tuple(quoted_text(cell.content) for cell in row.cells)


@dataclass(slots=True)
class _RowDrafter:
    place: OperationPlace
    table: Table

    def draft(self, edits: Sequence[RowEdit]) -> Iterator[Operation]:
        """The operations on rows, in the order of the old table."""
        names = row_ranks(self.table)
        at, standing = -1, -1
        run: list[Row] = []
        for edit in edits:
            if edit.old is None and edit.new is not None:
                run.append(edit.new)
                continue
            yield from self._insert(run, standing, names, at_end=False)
            run = []
            at += 1
            name, rank = names[at]
            place = replace(self.place, row=name, row_rank=rank)
            if edit.new is None:
                yield Operation("", "", "delete_row", place, None, (row_texts(edit.get("old")),))
                continue
            standing = at
            if row_said(edit.get("old")) != row_said(edit.new):
                texts = (row_texts(edit.get("old")),), (row_texts(edit.new),)
                yield Operation("", "", "replace_row", place, None, *texts, (edit.new,))
        yield from self._insert(run, standing, names, at_end=standing == at)

    def _insert(
        self,
        run: Sequence[Row],
        standing: int,
        names: Sequence[tuple[str | None, int | None]],
        *,
        at_end: bool,
    ) -> Iterator[Operation]:
        """The rows of a run, after the last one that stands."""
        if not run:
            return
        side: OperationSide = "end" if at_end else "after" if standing >= 0 else "start"
        name, rank = names[standing] if side == "after" else (None, None)
        place = replace(self.place, row=name, row_rank=rank)
        new = tuple(map(row_texts, run))
        yield Operation("", "", "insert_rows", place, side, None, new, tuple(run))


def _draft_notes(place: OperationPlace, edits: Sequence[LineEdit]) -> tuple[Operation, ...] | None:
    """The operations on the notes; None where one goes, moves or comes before another."""
    found: list[Operation] = []
    total = sum(edit.old is not None for edit in edits)
    at = 0
    for edit in edits:
        if edit.old is None and edit.new is not None and edit.op == "insert":
            if at < total:
                return None
            content = _note_row(edit.new)
            new = quoted_text(edit.new)
            found.append(Operation("", "", "replace_note", place, "end", None, new, content))
            continue
        if edit.old is None or edit.new is None:
            return None
        at += 1
        if not say_the_same(edit.old, edit.new):
            named = replace(place, occurrence=at if total > 1 else None)
            old, new = quoted_text(edit.old), quoted_text(edit.new)
            content = _note_row(edit.new)
            found.append(Operation("", "", "replace_note", named, None, old, new, content))
    return tuple(found)


def _note_row(note: Inlines) -> tuple[Paragraph, ...]:
    """A note as the content of an operation: one paragraph."""
    return (Paragraph(note),)
