"""Seeded edits of tables: rows and columns that come, go, move; cells that merge."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from contract_builder.model.blocks import Block, Cell, Column, LineBreak, Row, Table, Text
from contract_builder.model.contract import Contract
from tests.unit.compare.tree_edits import WORDS, change_block, swapped


def add_row(contract: Contract, random: Random) -> Contract:
    def change(table: Table) -> Table:
        cells = tuple(Cell((Text(random.choice(WORDS)),)) for _ in table.columns)
        row = Row(f"nouvelle-{random.randrange(10**6)}", cells)
        at = random.randrange(len(table.rows) + 1)
        return replace(table, rows=(*table.rows[:at], row, *table.rows[at:]))

    return _change_table(contract, random, change)


def drop_row(contract: Contract, random: Random) -> Contract:
    """A row goes; a table keeps its last one."""

    def change(table: Table) -> Table:
        at = random.randrange(len(table.rows))
        rows = (*table.rows[:at], *table.rows[at + 1 :])
        return replace(table, rows=rows or table.rows)

    return _change_table(contract, random, change)


def reorder_rows(contract: Contract, random: Random) -> Contract:
    return _change_table(
        contract, random, lambda table: replace(table, rows=swapped(table.rows, random))
    )


def add_column(contract: Contract, random: Random) -> Contract:
    def change(table: Table) -> Table:
        at = random.randrange(len(table.columns) + 1)
        column = Column(random.choice(WORDS))
        rows = (
            replace(row, cells=(*row.cells[:at], Cell((Text("neuf"),)), *row.cells[at:]))
            for row in table.rows
        )
        columns = (*table.columns[:at], column, *table.columns[at:])
        return replace(table, columns=columns, rows=tuple(rows))

    return _change_table(contract, random, lambda table: change(_spread_table(table)))


def drop_column(contract: Contract, random: Random) -> Contract:
    """A column goes; a table keeps its last one."""

    def change(table: Table) -> Table:
        order = list(range(len(table.columns)))
        if len(order) > 1:
            del order[random.randrange(len(order))]
        return _pick_columns(table, order)

    return _change_table(contract, random, change)


def reorder_columns(contract: Contract, random: Random) -> Contract:
    def change(table: Table) -> Table:
        order = list(range(len(table.columns)))
        random.shuffle(order)
        return _pick_columns(table, order)

    return _change_table(contract, random, change)


def rename_column(contract: Contract, random: Random) -> Contract:
    def change(table: Table) -> Table:
        columns = list(table.columns)
        at = random.randrange(len(columns))
        columns[at] = replace(columns[at], title=random.choice(WORDS), width=5)
        return replace(table, columns=tuple(columns))

    return _change_table(contract, random, change)


def _change_table(contract: Contract, random: Random, change: Callable[[Table], Table]) -> Contract:
    def apply(block: Block) -> Block:
        assert isinstance(block, Table)
        return change(block)

    return change_block(contract, random, Table, apply)


def _pick_columns(table: Table, order: Sequence[int]) -> Table:
    """The columns of these numbers, in this order; merged cells are spread first."""
    spread = _spread_table(table)
    return replace(
        spread,
        columns=tuple(spread.columns[i] for i in order),
        rows=tuple(replace(r, cells=tuple(r.cells[i] for i in order)) for r in spread.rows),
    )


def _spread_table(table: Table) -> Table:
    count = len(table.columns)
    return replace(table, rows=tuple(replace(row, cells=_spread(row, count)) for row in table.rows))


def _spread(row: Row, count: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for cell in row.cells:
        cells.append(replace(cell, colspan=1))
        cells.extend(Cell(()) for _ in range(cell.colspan - 1))
    assert len(cells) == count
    return tuple(cells)


def merge_cells(contract: Contract, random: Random) -> Contract:
    """Two neighbouring cells of a row become one."""

    def change(block: Block) -> Block:
        assert isinstance(block, Table)
        at = random.randrange(len(block.rows))
        row = block.rows[at]
        if len(row.cells) < 2:
            return block
        first = random.randrange(len(row.cells) - 1)
        left, right = row.cells[first : first + 2]
        merged = Cell((*left.content, LineBreak(), *right.content), left.colspan + right.colspan)
        cells = (*row.cells[:first], merged, *row.cells[first + 2 :])
        rows = (*block.rows[:at], replace(row, cells=cells), *block.rows[at + 1 :])
        return replace(block, rows=rows)

    return change_block(contract, random, Table, change)
