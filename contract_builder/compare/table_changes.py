"""Edits of a table → the printed changes that they make: caption, columns, rows, cells, notes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from contract_builder.compare.change import Where
from contract_builder.compare.inlines import edit_inlines
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.printed import (
    Contents,
    Printed,
    field_keys,
    make_look,
    make_modified,
    make_whole,
)
from contract_builder.compare.script import (
    CellEdit,
    ColumnEdit,
    LineEdit,
    RowEdit,
    TableEdit,
    iter_numbered,
    iter_side,
)
from contract_builder.compare.table_edits import iter_cells
from contract_builder.compare.texts import print_alike, row_text
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Cell, Column, Inlines, Row, Table, Text, inline_text

TABLE_NOTE = "note du tableau"
_RANK_TITLES = frozenset({"N°", "Nº", "N"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A row on both sides, its cells, and its rank among the rows of each side, from 1."""

    old: Row
    new: Row
    cells: tuple[CellEdit, ...]
    old_rank: int
    new_rank: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table on both sides; ``moved``: new index → old index."""

    old: tuple[Column, ...]
    new: tuple[Column, ...]
    old_standing: frozenset[int]
    new_standing: frozenset[int]
    moved: Mapping[int, int]


class TableWalker:
    """Tells the changes of tables; counts what differs by renumbering alone."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.renumbered_lines = 0

    def walk(self, old: Table, new: Table, edit: TableEdit, where: Where) -> Iterator[Printed]:
        """The changes of one table; ``where.path`` leads to it."""
        if old.caption != new.caption:
            contents = Contents(_plain(old.caption), _plain(new.caption), edit.caption)
            yield from self._line(replace(where, column="titre du tableau"), contents)
        yield from self._columns(old, new, edit, where)
        yield from self._rows(old, edit, where)
        for note in edit.notes:
            yield from self._note(note, replace(where, column=TABLE_NOTE))

    def _line(self, where: Where, contents: Contents) -> Iterator[Printed]:
        if print_alike(contents.old, contents.new):
            return
        printed = make_modified(where, contents, self._numbering)
        if printed is None:
            self.renumbered_lines += 1
        else:
            yield printed

    def _note(self, edit: LineEdit, where: Where) -> Iterator[Printed]:
        old, new = edit.old, edit.new
        if edit.op in ("move_from", "move_to"):
            if edit.source is not None and new is not None:
                text = inline_text(new)
                yield _as_format(make_whole("move", where, inline_text(edit.source), text))
        elif old is None or new is None:
            kind = "insert" if old is None else "delete"
            before, after = inline_text(old or ()), inline_text(new or ())
            yield make_whole("insert" if kind == "insert" else "delete", where, before, after)
        elif old != new:
            yield from self._line(where, Contents(old, new, edit.content))

    def _columns(self, old: Table, new: Table, edit: TableEdit, where: Where) -> Iterator[Printed]:
        """What the columns say; widths that follow from the words of the rows are not told."""
        fitted = any(row.op != "equal" for row in edit.rows)
        for column in edit.columns:
            place = _column_place(where, column.latest)
            if column.op == "insert":
                yield make_whole("insert", place, "", _column_text(new, column.get("new")))
            elif column.op == "delete":
                yield make_whole("delete", place, _column_text(old, column.get("old")), "")
            elif column.op == "move_to":
                yield from self._moved_column(column, place)
            elif column.op == "modify" and not (fitted and _is_other_width(column)):
                yield from self._modified_column(column, place)

    def _moved_column(self, edit: ColumnEdit, where: Where) -> Iterator[Printed]:
        was = edit.source or edit.latest
        yield _as_format(make_whole("move", where, was.title, edit.latest.title))

    def _modified_column(self, edit: ColumnEdit, where: Where) -> Iterator[Printed]:
        old, new = edit.get("old"), edit.get("new")
        if old.title != new.title:
            yield from self._line(where, Contents(_plain(old.title), _plain(new.title), edit.title))
        else:
            yield make_look(where, _column_look(old), _column_look(new))

    def _rows(self, old: Table, edit: TableEdit, where: Where) -> Iterator[Printed]:
        columns = _columns(edit)
        ranks = {id(item): rank for rank, item in enumerate(old.rows, start=1)}
        old_rank = new_rank = 0
        for row in edit.rows:
            index = old_rank if row.new is None else new_rank
            place = replace(
                where, key=row.latest.key, row=_row_title(row.latest), path=(*where.path, index)
            )
            if row.op in ("insert", "delete"):
                yield _whole_row(row, place)
            elif row.op in ("modify", "move_to"):
                was = row.source or row.get("old")
                rows = _Row(was, row.get("new"), row.cells, ranks[id(was)], new_rank + 1)
                if row.op == "move_to":
                    printed = make_whole("move", place, row_text(was), row_text(row.get("new")))
                    yield _as_format(printed)
                yield from self._cells(rows, columns, place)
            old_rank += row.old is not None
            new_rank += row.new is not None

    def _cells(self, rows: _Row, columns: _Columns, where: Where) -> Iterator[Printed]:
        """What the cells say; those of a column that comes or goes are told with it."""
        told = False
        for index, edit in iter_numbered(rows.cells):
            place = replace(where, path=(*where.path, index))
            for printed in self._one_cell(rows, edit, columns, place):
                told = True
                yield printed
        if not told and rows.old.kind != rows.new.kind:
            yield make_look(where, f"ligne « {rows.old.kind} »", f"ligne « {rows.new.kind} »")

    def _one_cell(
        self, rows: _Row, edit: CellEdit, columns: _Columns, where: Where
    ) -> Iterator[Printed]:
        at = edit.new_column
        if edit.op == "modify":
            place = _column_place(where, columns.new[at])
            yield from self._cell(rows, edit, columns.new[at], place)
        elif edit.op == "delete" and _is_left_alone(edit.old_column, rows, columns):
            place = _column_place(where, columns.old[edit.old_column])
            before = edit.get("old").content
            yield make_whole("delete", place, inline_text(before), "", field_keys(before))
        elif edit.op == "insert":
            place = _column_place(where, columns.new[at])
            after = edit.get("new").content
            if at in columns.new_standing:
                yield make_whole("insert", place, "", inline_text(after), field_keys(after))
            elif at in columns.moved:
                before = _content_at(rows.old, columns.moved[at])
                if before != after:
                    edits = edit_inlines(before, after, self._numbering)
                    yield from self._line(place, Contents(before, after, edits))

    def _cell(self, rows: _Row, edit: CellEdit, column: Column, where: Where) -> Iterator[Printed]:
        old, new = edit.get("old"), edit.get("new")
        if print_alike(old.content, new.content):
            if _cell_look(old) != _cell_look(new):
                yield make_look(where, _cell_look(old), _cell_look(new))
        elif column.title.strip() in _RANK_TITLES and _are_ranks(rows, old, new):
            self.renumbered_lines += 1
        else:
            yield from self._line(where, Contents(old.content, new.content, edit.content))


def _whole_row(edit: RowEdit, where: Where) -> Printed:
    row = edit.latest
    fields = frozenset[str]().union(*(field_keys(cell.content) for cell in row.cells))
    text = row_text(row)
    if edit.new is None:
        printed = make_whole("delete", where, text, "", fields)
    else:
        printed = make_whole("insert", where, "", text, fields)
    return replace(printed, row_kind=row.kind)


def _row_title(row: Row) -> str:
    return inline_text(row.cells[0].content) if row.cells else ""


def _as_format(printed: Printed) -> Printed:
    """The order of rows and columns is a matter of presentation: what they say stands."""
    return replace(printed, change=replace(printed.change, cls="format"))


def _are_ranks(rows: _Row, old: Cell, new: Cell) -> bool:
    """True when a column « N° » only counts the rows."""
    return (inline_text(old.content), inline_text(new.content)) == (
        str(rows.old_rank),
        str(rows.new_rank),
    )


def _column_place(where: Where, column: Column) -> Where:
    title = column.title.strip()
    year = int(title) if len(title) == 4 and title.isascii() and title.isdecimal() else None
    return replace(where, column=column.title, year=year)


def _column_text(table: Table, column: Column) -> str:
    """The header and, after it, what the column says in each row."""
    at = next(index for index, item in enumerate(table.columns) if item is column)
    values = [text for row in table.rows if (text := inline_text(_content_at(row, at)))]
    return f"{column.title} : {' ; '.join(values)}" if values else column.title


def _is_left_alone(column: int, rows: _Row, columns: _Columns) -> bool:
    """True for a removed cell that neither its removed column nor its moved one tells."""
    if column in columns.old_standing:
        return True
    target = next((j for j, i in columns.moved.items() if i == column), None)
    arrived = {edit.new_column for edit in rows.cells if edit.op == "insert"}
    return target is not None and target not in arrived


def _content_at(row: Row, column: int) -> Inlines:
    """The content of the cell that begins at a column; empty when none does."""
    return next((cell.content for start, cell in iter_cells(row) if start == column), ())


def _columns(edit: TableEdit) -> _Columns:
    old = list(iter_side(edit.columns, "old"))
    new = list(iter_side(edit.columns, "new"))
    left = {column.move: index for index, column in enumerate(old) if column.op == "move_from"}
    return _Columns(
        old=tuple(column.get("old") for column in old),
        new=tuple(column.get("new") for column in new),
        old_standing=frozenset(i for i, c in enumerate(old) if c.op in ("equal", "modify")),
        new_standing=frozenset(j for j, c in enumerate(new) if c.op in ("equal", "modify")),
        moved={j: left[c.move] for j, c in enumerate(new) if c.op == "move_to"},
    )


def _is_other_width(edit: ColumnEdit) -> bool:
    old, new = edit.get("old"), edit.get("new")
    return replace(old, width=new.width) == new


def _column_look(column: Column) -> str:
    return f"largeur {column.width}, alignement {column.align}"


def _cell_look(cell: Cell) -> str:
    return f"{cell.colspan} colonne(s), alignement {cell.align or 'de la colonne'}"


def _plain(text: str) -> Inlines:
    return (Text(text),) if text else ()
