"""A contract's text as every format must show it: the yardstick of the gates.

One string for each paragraph, heading, list item, table cell, note and signatory line, in reading
order. Where asked for, a list item begins with its marker: « • » or « – » by depth, or its number « 2. ».
Numbers of articles and clauses are part of their heading.
"""

from collections.abc import Iterator

from contract_builder.model.blocks import (
    Block,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Table,
    inline_text,
)
from contract_builder.model.contract import Contract, ContractHeader, Section, Signatory

SIGNATURES = "signatures"
BULLETS = ("•", "–", "▪")


def contract_text(contract: Contract, *, markers: bool = True) -> list[str]:
    """The texts of the contract after its cover, in reading order, empty ones left out.

    Without ``markers``, list items have neither bullet nor number.
    """
    found: list[str] = []
    for section in contract.sections:
        found.extend(_iter_section(section, markers=markers))
        if section.kind == SIGNATURES:
            found.extend(_iter_signatories(contract.header.signatories))
    return [text for text in found if text]


def cover_text(header: ContractHeader) -> list[str]:
    """The texts that the cover shows, in no imposed order: officers own the cover."""
    lines = [text for line in header.cover_lines for text in (line.label, line.value)]
    return [text for text in (header.title, header.subtitle, *lines) if text]


def table_headers(contract: Contract) -> list[str]:
    """The header row of each table, cells joined: what a new page may repeat."""
    return [
        "".join(column.title for column in block.columns)
        for section in contract.iter_sections()
        for block in _iter_tables(section.blocks)
    ]


def _iter_section(section: Section, *, markers: bool) -> Iterator[str]:
    yield section.heading
    for block in section.blocks:
        yield from _iter_block(block, 0 if markers else None)
    for child in section.children:
        yield from _iter_section(child, markers=markers)


def _iter_block(block: Block, depth: int | None) -> Iterator[str]:
    """The texts of a block at a depth of bullets; None for no markers at all."""
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            yield inline_text(content)
        case ListBlock(items=items):
            for number, item in enumerate(items, start=block.start):
                if depth is not None:
                    yield f"{number}." if block.ordered else BULLETS[depth % len(BULLETS)]
                inner_depth = None if depth is None else depth + (not block.ordered)
                for inner in item:
                    yield from _iter_block(inner, inner_depth)
        case Note(blocks=blocks):
            for inner in blocks:
                yield from _iter_block(inner, depth)
        case Table():
            yield block.caption
            yield from (column.title for column in block.columns)
            for row in block.rows:
                yield from (inline_text(cell.content) for cell in row.cells)
            yield from (inline_text(note) for note in block.notes)


def _iter_tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        match block:
            case Table():
                yield block
            case ListBlock(items=items):
                for item in items:
                    yield from _iter_tables(item)
            case Note(blocks=inner):
                yield from _iter_tables(inner)
            case _:
                pass


def _iter_signatories(signatories: tuple[Signatory, ...]) -> Iterator[str]:
    for signatory in signatories:
        yield from (signatory.organisation, signatory.function, signatory.capacity)
