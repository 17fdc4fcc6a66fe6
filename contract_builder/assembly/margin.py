"""The margin of a draft: remarks of those who prepare the contract, for those who prepare it.

Where a sheet comes from, what its source leaves in doubt, how it was read, who agreed to a target
and why: footnotes of a draft, content of the instruction file (``assembly.instruction``), and never
part of a contract that is sent or signed. Footnotes written in clauses are contract text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contract_builder.model.blocks import (
    Block,
    Drawing,
    Footnote,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Table,
)
from contract_builder.model.contract import Section

MARGIN_KINDS = ("source", "doute", "lecture", "negociation")
"""The first word of the key of a marginal footnote (« doute.cible.CPOM_OS_2.2025 »)."""


def is_marginal(note: Footnote) -> bool:
    """True for a remark of the workshop, False for a footnote of a clause."""
    kind, separator, _ = note.key.partition(".")
    return bool(separator) and kind in MARGIN_KINDS


def without_margin(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections as they are sent: the same text without its marginal footnotes."""
    for section in sections:
        yield replace(
            section,
            blocks=tuple(_clean_block(block) for block in section.blocks),
            children=tuple(without_margin(section.children)),
        )


def _clean(content: Inlines) -> Inlines:
    return tuple(item for item in content if not (isinstance(item, Footnote) and is_marginal(item)))


def _clean_block(block: Block) -> Block:
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            return replace(block, content=_clean(content))
        case ListBlock(items=items):
            return replace(
                block, items=tuple(tuple(_clean_block(inner) for inner in item) for item in items)
            )
        case Note(blocks=blocks):
            return replace(block, blocks=tuple(_clean_block(inner) for inner in blocks))
        case Table():
            return _clean_table(block)
        case Drawing():
            return block


def _clean_table(table: Table) -> Table:
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(cell, content=_clean(cell.content)) for cell in row.cells),
        )
        for row in table.rows
    )
    notes = tuple(_clean(note) for note in table.notes)
    return replace(table, rows=rows, notes=tuple(note for note in notes if note))
