"""Seeded edits of tables: rows and columns that come, go, move; cells that merge."""

from dataclasses import replace
from random import Random

from contract_builder.model.blocks import Block, Cell, Column, LineBreak, Row, Table, Text
from contract_builder.model.contract import Contract
from tests.unit.compare.tree_edits import WORDS, change_block, swapped


def change_rows(contract: Contract, random: Random) -> Contract:
    """A row comes, goes, or changes places."""

    def change(block: Block) -> Block:
        assert isinstance(block, Table)
        rows = list(block.rows)
        match random.randrange(3):
            case 0:
                cells = tuple(Cell((Text(random.choice(WORDS)),)) for _ in block.columns)
                row = Row(f"nouvelle-{random.randrange(10**6)}", cells)
                rows.insert(random.randrange(len(rows) + 1), row)
            case 1 if len(rows) > 1:
                del rows[random.randrange(len(rows))]
            case _:
                rows = list(swapped(tuple(rows), random))
        return replace(block, rows=tuple(rows))

    return change_block(contract, random, Table, change)


def change_columns(contract: Contract, random: Random) -> Contract:
    """A column comes, goes, is renamed or changes places; merged rows are spread first."""

    def change(block: Block) -> Block:
        assert isinstance(block, Table)
        count = len(block.columns)
        rows = [replace(row, cells=_spread(row, count)) for row in block.rows]
        columns = list(block.columns)
        order = list(range(count))
        match random.randrange(4):
            case 0:
                at = random.randrange(count + 1)
                columns.insert(at, Column(random.choice(WORDS)))
                rows = [
                    replace(r, cells=(*r.cells[:at], Cell((Text("neuf"),)), *r.cells[at:]))
                    for r in rows
                ]
                return replace(block, columns=tuple(columns), rows=tuple(rows))
            case 1 if count > 1:
                del order[random.randrange(count)]
            case 2:
                at = random.randrange(count)
                columns[at] = replace(columns[at], title=random.choice(WORDS), width=5)
            case _:
                random.shuffle(order)
        return replace(
            block,
            columns=tuple(columns[i] for i in order),
            rows=tuple(replace(r, cells=tuple(r.cells[i] for i in order)) for r in rows),
        )

    return change_block(contract, random, Table, change)


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
