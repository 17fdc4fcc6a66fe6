"""A contract's text as every format must show it: the yardstick of the gates.

One string for each paragraph, heading, list item, table cell, note and signatory line, in reading
order. Where asked for, a list item begins with its marker: « • » or « – » by depth, or its number
« 2. ». Numbers of articles and clauses are part of their heading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contract_builder.model.blocks import (
    Block,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Table,
    inline_text,
)
from contract_builder.model.contract import Contract, ContractHeader, Section
from contract_builder.render.list_markers import BULLETS, item_number

SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class Line:
    """One text; ``header`` is the header row, cells joined, of the table that it stands in.

    A page that begins at such a line repeats that header. Texts outside tables have none.
    """

    text: str
    header: str = ""


def contract_text(
    contract: Contract, *, markers: bool = True, signatures: Sequence[str] | None = None
) -> list[str]:
    """The texts of the contract after its cover, in reading order, empty ones left out.

    Without ``markers``, list items have neither bullet nor number. ``signatures`` replace the
    signatories.
    """
    lines = _iter_lines(contract, _Nesting(BULLETS) if markers else None, signatures)
    return [line.text for line in lines if line.text]


def contract_lines(
    contract: Contract,
    signatures: Sequence[str] | None = None,
    bullets: Sequence[str] = BULLETS,
) -> list[Line]:
    """The same texts, empty cells included, each with the table header above it.

    ``signatures`` are the texts under the signatures where they are not the signatories' alone;
    ``bullets`` what a document prints for each depth of a list.
    """
    return list(_iter_lines(contract, _Nesting(tuple(bullets)), signatures))


def section_text(section: Section) -> list[str]:
    """The texts of one section without those of the sections below it, without markers."""
    return [line.text for line in _iter_own(section, None)]


def signature_text(contract: Contract) -> list[str]:
    """The texts under the signatures, none where the contract has no place for them."""
    if all(section.kind != SIGNATURES for section in contract.sections):
        return []
    return [
        text
        for signatory in contract.header.signatories
        for text in (signatory.organisation, signatory.function, signatory.capacity)
        if text
    ]


def _iter_lines(
    contract: Contract, nesting: "_Nesting | None", signatures: Sequence[str] | None
) -> Iterator[Line]:
    for section in contract.sections:
        yield from _iter_section(section, nesting)
        if section.kind == SIGNATURES:
            yield from map(Line, signature_text(contract) if signatures is None else signatures)


def cover_text(header: ContractHeader) -> list[str]:
    """The texts that the cover shows, in no imposed order: officers own the cover."""
    lines = [text for line in header.cover_lines for text in (line.label, line.value)]
    return [text for text in (header.title, header.subtitle, *lines) if text]


@dataclass(frozen=True, slots=True)
class _Nesting:
    """In how many lists of each kind a block stands."""

    bullets: tuple[str, ...]
    bulleted: int = 0
    numbered: int = 0

    def marker(self, block: ListBlock, number: int) -> str:
        """What stands before an item of this list."""
        if block.ordered:
            return item_number(number, self.numbered)
        return self.bullets[self.bulleted % len(self.bullets)]

    def inside(self, block: ListBlock) -> "_Nesting":
        """The nesting of what stands in this list."""
        if block.ordered:
            return replace(self, numbered=self.numbered + 1)
        return replace(self, bulleted=self.bulleted + 1)


def _iter_section(section: Section, nesting: _Nesting | None) -> Iterator[Line]:
    yield from _iter_own(section, nesting)
    for child in section.children:
        yield from _iter_section(child, nesting)


def _iter_own(section: Section, nesting: _Nesting | None) -> Iterator[Line]:
    yield Line(section.heading)
    for block in section.blocks:
        yield from _iter_block(block, nesting)


def _iter_block(block: Block, nesting: _Nesting | None) -> Iterator[Line]:
    """The texts of a block; without a nesting, no markers at all."""
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            yield Line(inline_text(content))
        case ListBlock(items=items):
            for number, item in enumerate(items, start=block.start):
                if nesting is not None:
                    yield Line(nesting.marker(block, number))
                inside = None if nesting is None else nesting.inside(block)
                for inner in item:
                    yield from _iter_block(inner, inside)
        case Note(blocks=blocks):
            for inner in blocks:
                yield from _iter_block(inner, nesting)
        case Table():
            yield from _iter_table(block)


def _iter_table(table: Table) -> Iterator[Line]:
    titles = [column.title for column in table.columns]
    header = "".join(titles)
    yield Line(table.caption)
    yield from map(Line, titles)
    for row in table.rows:
        for cell in row.cells:
            yield Line(inline_text(cell.content), header)
    for note in table.notes:
        yield Line(inline_text(note))
