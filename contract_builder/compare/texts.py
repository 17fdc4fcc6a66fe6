"""The plain text of blocks, rows and sections, as a change shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contract_builder.model.blocks import (
    Block,
    Drawing,
    Field,
    Footnote,
    Gap,
    Inline,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    inline_text,
)

TextUnit = Block | tuple[Block, ...]
"""What is paired as a whole: a block, or the blocks of one item of a list."""

CELL_SEPARATOR = " | "


def row_text(row: Row) -> str:
    """The cells of a row, separated by bars."""
    return CELL_SEPARATOR.join(inline_text(cell.content) for cell in row.cells)


def unit_text(unit: TextUnit) -> str:
    """The lines of a block or item."""
    return "\n".join(_iter_lines(unit if isinstance(unit, tuple) else (unit,)))


def blocks_text(blocks: Iterable[Block]) -> str:
    """The lines of several blocks."""
    return "\n".join(_iter_lines(blocks))


def lines_content(block: Block) -> Inlines:
    """The content of a paragraph or small heading; empty for any other block."""
    return block.content if isinstance(block, Paragraph | SubHeading) else ()


def print_alike(old: Inlines, new: Inlines) -> bool:
    """True when no reader sees a difference: the keys of values and notes are not printed."""
    return _without_keys(old) == _without_keys(new)


def _without_keys(content: Iterable[Inline]) -> tuple[Inline, ...]:
    return tuple(map(_without_key, content))


def _without_key(item: Inline) -> Inline:
    match item:
        case Field() | Gap():
            return replace(item, key="")
        case Footnote(content=content):
            bare = tuple(n for n in _without_keys(content) if not isinstance(n, Footnote))
            return replace(item, key="", content=bare)
        case _:
            return item


def _iter_lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(content=content) | SubHeading(content=content):
                yield inline_text(content)
            case ListBlock(items=items, ordered=ordered, start=start):
                for number, item in enumerate(items, start=start):
                    mark = f"{number}. " if ordered else "– "
                    yield mark + "\n".join(_iter_lines(item))
            case Note(blocks=inner):
                yield from _iter_lines(inner)
            case Table():
                yield from _table_lines(block)
            case Drawing(caption=caption, text=text):
                yield from (caption, text)


def _table_lines(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption
    yield CELL_SEPARATOR.join(column.title for column in table.columns)
    yield from (row_text(row) for row in table.rows)
    yield from (inline_text(note) for note in table.notes)
