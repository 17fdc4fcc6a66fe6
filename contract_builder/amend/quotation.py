"""Quoted paragraphs and tables, as blocks of the avenant and as lines of text.

« opens each paragraph and one » closes the last; a table inside stands as a table. What a contract
fills in or links is plain text in its avenant; a gap stays a marked gap.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from contract_builder.amend.wording import CLOSING, OPENING, inner_marks
from contract_builder.model.blocks import (
    Block,
    CrossReference,
    Drawing,
    Field,
    Footnote,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Note,
    NoteInline,
    Paragraph,
    SubHeading,
    Table,
    Text,
    inline_text,
    iter_blocks,
)
from contract_builder.model.contract import Section

_GAP: Final = re.compile(r"\[à compléter : ([^\]]+)\]")
_GAP_KEY: Final = "avenant"


def plain_inlines(text: str) -> Inlines:
    """A text as inlines: its gaps are marked gaps, its line ends forced ones."""
    found: list[Inline] = []
    for index, line in enumerate(text.split("\n")):
        if index:
            found.append(LineBreak())
        pieces = _GAP.split(line)
        for at, piece in enumerate(pieces):
            if at % 2:
                found.append(Gap(_GAP_KEY, piece))
            elif piece:
                found.append(Text(piece))
    return tuple(found) or (Text(""),)


def text_paragraph(text: str) -> Paragraph:
    """A paragraph that says this text."""
    return Paragraph(plain_inlines(text))


def section_blocks(section: Section) -> tuple[Block, ...]:
    """A section and all below it as blocks: each heading a paragraph before what it heads."""
    return tuple(_iter_section_blocks(section))


def _iter_section_blocks(section: Section) -> Iterator[Block]:
    if section.heading:
        yield Paragraph((Text(section.heading, bold=True),))
    yield from section.blocks
    for child in section.children:
        yield from _iter_section_blocks(child)


def quote_blocks(blocks: tuple[Block, ...], ending: str = "") -> tuple[Block, ...]:
    """The blocks as a quotation; ``ending`` follows the closing mark.

    Where no paragraph is quoted, tables alone, there are no marks.
    """
    total = sum(_is_quoted(block) for block in iter_blocks(blocks))
    return _Quoter(total, f"{CLOSING}{ending}").quote(tuple(_lift_inner_lists(blocks)))


def _lift_inner_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without items that have no words of their own: they would print a bullet alone.

    So is an item of an inner list quoted that comes after an item that stands.
    """
    for block in blocks:
        if not isinstance(block, ListBlock):
            yield block
            continue
        for is_inner, items in groupby(block.items, lambda item: isinstance(item[0], ListBlock)):
            if is_inner:
                yield from _lift_inner_lists(inner for item in items for inner in item)
            else:
                yield replace(block, items=tuple(items))


def _is_quoted(block: Block) -> bool:
    return isinstance(block, Paragraph | SubHeading)


@dataclass(slots=True)
class _Quoter:
    """Opens each paragraph, closes the last one."""

    left: int
    closing: str

    def quote(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with their marks."""
        return tuple([self._quote_one(block) for block in blocks])

    def _quote_one(self, block: Block) -> Block:
        match block:
            case Paragraph(content=content) | SubHeading(content=content):
                return replace(block, content=self._mark(content))
            case ListBlock(items=items):
                return replace(block, items=tuple([self.quote(item) for item in items]))
            case Note(blocks=inner):
                return replace(block, blocks=self.quote(inner))
            case Table():
                return settled_table(block)
            case Drawing():
                return block

    def _mark(self, content: Inlines) -> Inlines:
        self.left -= 1
        quoted = tuple([_inside(item) for item in content])
        last = () if self.left else (Text(self.closing),)
        return (Text(OPENING), *quoted, *last)


def _inside(item: Inline) -> Inline:
    """An inline as it stands in a quotation."""
    match settled(item):
        case Text() as text:
            return replace(text, text=inner_marks(text.text))
        case Footnote(key=key, content=content):
            return Footnote(key, tuple([_note_inside(part) for part in content]))
        case other:
            return other


def _note_inside(item: NoteInline) -> NoteInline:
    found = _inside(item)
    return item if isinstance(found, Footnote) else found


def settled(item: Inline) -> Inline:
    """An inline without what ties it to its contract: a value or a link becomes plain text."""
    match item:
        case Field(text=text, bold=bold, italic=italic):
            return Text(text, bold, italic)
        case CrossReference(text=text, bold=bold, italic=italic):
            return Text(text, bold, italic)
        case Footnote(key=key, content=content):
            return Footnote(key, tuple([_settled_note(part) for part in content]))
        case _:
            return item


def _settled_note(item: NoteInline) -> NoteInline:
    found = settled(item)
    return item if isinstance(found, Footnote) else found


def settled_table(table: Table) -> Table:
    """The table with plain texts."""
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, content=tuple([settled(item) for item in cell.content]))
                for cell in row.cells
            ),
        )
        for row in table.rows
    )
    notes = tuple(tuple([settled(item) for item in note]) for note in table.notes)
    return replace(table, rows=rows, notes=notes)


def settled_section(section: Section) -> Section:
    """A joined section with plain texts, all below it too."""
    blocks = tuple([_settled_block(block) for block in section.blocks])
    children = tuple([settled_section(child) for child in section.children])
    return replace(section, blocks=blocks, children=children, provenance=None)


def _settled_block(block: Block) -> Block:
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            return replace(block, content=tuple([settled(item) for item in content]))
        case ListBlock(items=items):
            return replace(
                block, items=tuple(tuple([_settled_block(b) for b in item]) for item in items)
            )
        case Note(blocks=inner):
            return replace(block, blocks=tuple([_settled_block(b) for b in inner]))
        case Table():
            return settled_table(block)
        case Drawing():
            return block


def count_paragraphs(blocks: tuple[Block, ...]) -> int:
    """How many alinéas the blocks hold: sub-headings and tables count for none."""
    return sum(isinstance(block, Paragraph) for block in iter_blocks(blocks))


def block_lines(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The texts of blocks in reading order; of a table its caption, titles, cells and notes."""
    return tuple(line for block in iter_blocks(tuple(blocks)) for line in _iter_lines(block))


def table_cells(table: Table) -> tuple[tuple[str, ...], ...]:
    """The titles, each row's cells, then each note alone, as texts."""
    return (
        tuple(column.title for column in table.columns),
        *(tuple(inline_text(cell.content) for cell in row.cells) for row in table.rows),
        *((inline_text(note),) for note in table.notes),
    )


def _iter_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            yield inline_text(content)
        case Table():
            yield block.caption
            for texts in table_cells(block):
                yield from texts
        case _:
            pass
