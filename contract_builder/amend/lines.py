"""Every line of a text changed by one rule: paragraphs, sub-headings, cells, notes under tables."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from contract_builder.model.blocks import (
    Block,
    Drawing,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
)

LineRule = Callable[[Inlines], Inlines]


def map_lines(blocks: Iterable[Block], rule: LineRule) -> tuple[Block, ...]:
    """The blocks with each of their lines as ``rule`` makes it."""
    return tuple([_map_block(block, rule) for block in blocks])


def _map_block(block: Block, rule: LineRule) -> Block:
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            return replace(block, content=rule(content))
        case ListBlock(items=items):
            return replace(block, items=tuple([map_lines(item, rule) for item in items]))
        case Note(blocks=inner):
            return replace(block, blocks=map_lines(inner, rule))
        case Table(rows=rows, notes=notes):
            return replace(
                block,
                rows=tuple([_map_row(row, rule) for row in rows]),
                notes=tuple([rule(note) for note in notes]),
            )
        case Drawing():
            return block


def _map_row(row: Row, rule: LineRule) -> Row:
    return replace(
        row, cells=tuple([replace(cell, content=rule(cell.content)) for cell in row.cells])
    )
