"""A table after the operations on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from contract_builder.amend.failures import OperationError
from contract_builder.amend.fragments import Blocks, block_at, exchange_block
from contract_builder.amend.sameness import read_alike
from contract_builder.amend.table_operations import row_texts
from contract_builder.amend.units import BlockPath, quoted_text, row_ranks
from contract_builder.model.amendment import Operation, OperationKind
from contract_builder.model.blocks import Inlines, Paragraph, Row, Table

TABLE_KINDS: frozenset[OperationKind] = frozenset(
    {"replace_row", "insert_rows", "delete_row", "replace_table", "delete_table", "replace_note"}
)


def edit_table_block(blocks: Blocks, path: BlockPath, operations: Sequence[Operation]) -> Blocks:
    """The blocks with the table at ``path`` after the operations on it."""
    table = block_at(blocks, path)
    if not isinstance(table, Table):
        raise OperationError(operations[0], "unknown_table")
    whole = [o for o in operations if o.kind in ("replace_table", "delete_table")]
    if whole:
        if len(operations) > 1:
            raise OperationError(operations[1], "overlap")
        return exchange_block(blocks, path, _other_table(whole[0]))
    editor = _TableEditor(table)
    for operation in operations:
        editor.plan(operation)
    return exchange_block(blocks, path, (editor.finish(),))


def _other_table(operation: Operation) -> tuple[Table, ...]:
    content = operation.content or ()
    tables = tuple(item for item in content if isinstance(item, Table))
    if len(tables) != (operation.kind == "replace_table") or len(tables) < len(content):
        raise OperationError(operation, "content")
    return tables


@dataclass(slots=True)
class _TableEditor:
    table: Table
    new: dict[int, Row | None] = field(default_factory=dict)
    after: dict[int, list[Row]] = field(default_factory=dict)
    notes: dict[int, Inlines] = field(default_factory=dict)
    more_notes: list[Inlines] = field(default_factory=list)

    def plan(self, operation: Operation) -> None:
        """Notes what happens to a row or a note; -1 stands before the first row."""
        match operation.kind:
            case "replace_note":
                self._plan_note(operation)
            case "insert_rows":
                self._plan_rows(operation)
            case _:
                self._plan_row(operation)

    def _plan_row(self, operation: Operation) -> None:
        at = self._row(operation)
        if at in self.new:
            raise OperationError(operation, "overlap")
        told = operation.old
        if told is not None and not read_alike(told, (row_texts(self.table.rows[at]),)):
            raise OperationError(operation, "other_text")
        rows = _rows(operation)
        if len(rows) != (operation.kind == "replace_row"):
            raise OperationError(operation, "content")
        self.new[at] = rows[0] if rows else None

    def _plan_rows(self, operation: Operation) -> None:
        rows = _rows(operation)
        if not rows:
            raise OperationError(operation, "content")
        match operation.side:
            case "start":
                at = -1
            case "end":
                at = len(self.table.rows) - 1
            case "before":
                at = self._row(operation) - 1
            case _:
                at = self._row(operation)
        self.after.setdefault(at, []).extend(rows)

    def _plan_note(self, operation: Operation) -> None:
        content = operation.content or ()
        paragraph = content[0] if len(content) == 1 else None
        if not isinstance(paragraph, Paragraph):
            raise OperationError(operation, "content")
        if operation.side == "end":
            self.more_notes.append(paragraph.content)
            return
        rank = operation.where.occurrence
        at = (rank if isinstance(rank, int) else 1) - 1
        if not 0 <= at < len(self.table.notes) or (rank is None and len(self.table.notes) > 1):
            raise OperationError(operation, "unknown_note")
        told = operation.old
        if told is not None and not read_alike(told, quoted_text(self.table.notes[at])):
            raise OperationError(operation, "other_text")
        if at in self.notes:
            raise OperationError(operation, "overlap")
        self.notes[at] = paragraph.content

    def _row(self, operation: Operation) -> int:
        name = (operation.where.row, operation.where.row_rank)
        names = row_ranks(self.table)
        if name not in names:
            raise OperationError(operation, "unknown_row")
        return names.index(name)

    def finish(self) -> Table:
        """The table after all that was planned."""
        rows: list[Row] = list(self.after.get(-1, ()))
        for at, row in enumerate(self.table.rows):
            left = self.new.get(at, row)
            rows.extend(() if left is None else (left,))
            rows.extend(self.after.get(at, ()))
        notes = [self.notes.get(at, note) for at, note in enumerate(self.table.notes)]
        return replace(self.table, rows=tuple(rows), notes=(*notes, *self.more_notes))


def _rows(operation: Operation) -> tuple[Row, ...]:
    content = operation.content or ()
    rows = tuple(item for item in content if isinstance(item, Row))
    if len(rows) < len(content):
        raise OperationError(operation, "content")
    return rows
