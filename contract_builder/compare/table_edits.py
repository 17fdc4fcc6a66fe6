"""Two tables with one key → their edits: columns by title, cells by column.

Which rows correspond is said in ``row_pairs``.
"""

from collections.abc import Container, Iterator, Sequence

from contract_builder.compare.alignment import (
    increasing_chain,
    iter_merged,
    match_keys,
)
from contract_builder.compare.inlines import edit_inlines, edit_plain
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.row_pairs import match_notes, match_rows
from contract_builder.compare.script import CellEdit, ColumnEdit, LineEdit, RowEdit, TableEdit
from contract_builder.compare.typography import normal_form
from contract_builder.model.blocks import Cell, Column, Inlines, Row, Table


def edit_table(old: Table, new: Table, numbering: Numbering, moves: Iterator[int]) -> TableEdit:
    """The edits of a table's caption, columns, rows and notes."""
    kept = _match_columns(old.columns, new.columns)
    in_order = increasing_chain(kept, [1] * len(old.columns))
    return TableEdit(
        caption=edit_plain(old.caption, new.caption, numbering),
        columns=tuple(_edit_columns((old, new), (kept, in_order), numbering, moves)),
        rows=tuple(_edit_rows((old, new), in_order, numbering, moves)),
        notes=tuple(_edit_notes(old.notes, new.notes, numbering, moves)),
    )


def _match_columns(old: Sequence[Column], new: Sequence[Column]) -> dict[int, int]:
    """Same title first; then, between two that stand, the same number of renamed columns.

    A column of a year is never renamed into another year.
    """
    kept = match_keys(
        [normal_form(column.title) for column in old],
        [normal_form(column.title) for column in new],
    )
    chain = increasing_chain(kept, [1] * len(old))
    taken = set(kept.values())
    old_at = new_at = 0
    for i, j in [*sorted(chain.items()), (len(old), len(new))]:
        left = [k for k in range(old_at, i) if k not in kept and not _is_year(old[k])]
        right = [k for k in range(new_at, j) if k not in taken and not _is_year(new[k])]
        if len(left) == len(right):
            kept.update(zip(left, right, strict=True))
        old_at, new_at = i + 1, j + 1
    return kept


def _is_year(column: Column) -> bool:
    title = column.title.strip()
    return len(title) == 4 and title.isdecimal()


def _edit_columns(
    tables: tuple[Table, Table],
    matches: tuple[dict[int, int], dict[int, int]],
    numbering: Numbering,
    moves: Iterator[int],
) -> Iterator[ColumnEdit]:
    old, new = tables[0].columns, tables[1].columns
    kept, in_order = matches
    numbers = {i: next(moves) for i in kept if i not in in_order}
    reverse = {j: i for i, j in kept.items()}
    for i, j in iter_merged(len(old), len(new), in_order):
        if i >= 0 and j >= 0:
            title = edit_plain(old[i].title, new[j].title, numbering)
            yield ColumnEdit("equal" if old[i] == new[j] else "modify", old[i], new[j], title)
        elif i >= 0:
            yield ColumnEdit(
                "move_from" if i in numbers else "delete", old[i], None, move=numbers.get(i)
            )
        elif j not in reverse:
            yield ColumnEdit("insert", None, new[j])
        else:
            source = reverse[j]
            was = old[source]
            title = edit_plain(was.title, new[j].title, numbering)
            yield ColumnEdit("move_to", None, new[j], title, was, numbers[source])


def _edit_rows(
    tables: tuple[Table, Table],
    columns: dict[int, int],
    numbering: Numbering,
    moves: Iterator[int],
) -> Iterator[RowEdit]:
    old, new = tables[0].rows, tables[1].rows
    matches = match_rows(*tables)
    chain = increasing_chain(matches, [1] * len(old))
    numbers = {i: next(moves) for i in matches if i not in chain}
    reverse = {j: i for i, j in matches.items()}
    same_columns = tables[0].columns == tables[1].columns
    for i, j in iter_merged(len(old), len(new), chain):
        if i >= 0 and j >= 0:
            if same_columns and old[i] == new[j]:
                yield RowEdit("equal", old[i], new[j])
                continue
            cells = tuple(_edit_cells(old[i], new[j], columns, numbering))
            changed = old[i].kind != new[j].kind or any(cell.op != "equal" for cell in cells)
            yield RowEdit("modify" if changed else "equal", old[i], new[j], cells)
        elif i >= 0:
            yield RowEdit(
                "move_from" if i in numbers else "delete", old[i], None, move=numbers.get(i)
            )
        elif j not in reverse:
            yield RowEdit("insert", None, new[j])
        else:
            source = reverse[j]
            was = old[source]
            same = same_columns and was == new[j]
            cells = () if same else tuple(_edit_cells(was, new[j], columns, numbering))
            yield RowEdit("move_to", None, new[j], cells, was, numbers[source])


def _edit_cells(
    old: Row, new: Row, columns: dict[int, int], numbering: Numbering
) -> Iterator[CellEdit]:
    """Cells correspond when the first standing column that each covers is the same."""
    old_starts = [start for start, _ in iter_cells(old)]
    new_starts = [start for start, _ in iter_cells(new)]
    standing = set(columns.values())
    at = {
        _first(range(start, start + cell.colspan), standing): index
        for index, (start, cell) in enumerate(iter_cells(new))
    }
    chain: dict[int, int] = {}
    for index, (start, cell) in enumerate(iter_cells(old)):
        first = _first(range(start, start + cell.colspan), columns)
        if first is not None and (match := at.get(columns[first])) is not None:
            chain[index] = match
    for i, j in iter_merged(len(old.cells), len(new.cells), chain):
        before = old.cells[i] if i >= 0 else None
        after = new.cells[j] if j >= 0 else None
        starts = (old_starts[i] if i >= 0 else -1, new_starts[j] if j >= 0 else -1)
        yield _edit_cell(before, after, starts, numbering)


def _edit_cell(
    old: Cell | None, new: Cell | None, starts: tuple[int, int], numbering: Numbering
) -> CellEdit:
    if old is None:
        return CellEdit("insert", None, new, (), *starts)
    if new is None:
        return CellEdit("delete", old, None, (), *starts)
    if old == new:
        return CellEdit("equal", old, new, (), *starts)
    content = edit_inlines(old.content, new.content, numbering)
    return CellEdit("modify", old, new, content, *starts)


def iter_cells(row: Row) -> Iterator[tuple[int, Cell]]:
    """Each cell with the index of the first column that it covers."""
    column = 0
    for cell in row.cells:
        yield column, cell
        column += cell.colspan


def _first(columns: range, known: Container[int]) -> int | None:
    return next((column for column in columns if column in known), None)


def _edit_notes(
    old: Sequence[Inlines], new: Sequence[Inlines], numbering: Numbering, moves: Iterator[int]
) -> Iterator[LineEdit]:
    matches = match_notes(old, new)
    chain = increasing_chain(matches, [1] * len(old))
    numbers = {i: next(moves) for i in matches if i not in chain}
    reverse = {j: i for i, j in matches.items()}
    for i, j in iter_merged(len(old), len(new), chain):
        if i >= 0 and j >= 0:
            same = old[i] == new[j]
            content = () if same else edit_inlines(old[i], new[j], numbering)
            yield LineEdit("equal" if same else "modify", old[i], new[j], content)
        elif i >= 0:
            yield LineEdit(
                "move_from" if i in numbers else "delete", old[i], None, move=numbers.get(i)
            )
        elif j not in reverse:
            yield LineEdit("insert", None, new[j])
        else:
            was = old[reverse[j]]
            yield LineEdit("move_to", None, new[j], source=was, move=numbers[reverse[j]])
