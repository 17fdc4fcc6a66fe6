"""A contract's text as every format must show it: the yardstick of the gates.

One string for each paragraph, heading, list item, table cell, note and signatory line, in reading
order. Where asked for, a list item begins with its marker: « • » or « – » by depth, or its number
« 2. ». Numbers of articles and clauses are part of their heading. A footnote is called by « (3) »,
its number through the contract; its text stands at its call, or apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import count
from typing import Literal

from contract_builder.frozen import dataclass
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
    inline_text,
)
from contract_builder.model.contract import Contract, ContractHeader, Section
from contract_builder.model.text_marks import BULLETS, item_number, note_in_text
from contract_builder.render.figures import figure_labels

SIGNATURES = "signatures"
FigureReading = Literal["seen", "drawn", "told"]
"""What a document shows of a figure besides its caption: a picture without text, a drawing whose
texts are text, or the words that tell it."""


def note_call(number: int) -> str:
    """What stands in the text, raised, where a footnote is called."""
    return f"({number})"


@dataclass(frozen=True, slots=True)
class CalledNote:
    """A footnote of a line: its number, its text, and where in the line its call ends."""

    number: int
    text: str
    at: int

    @property
    def printed(self) -> str:
        """The note as it stands at the foot of a page."""
        return f"{self.number} {self.text}"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text; ``header`` is the header row, cells joined, of the table that it stands in.

    A page that begins at such a line repeats that header. Texts outside tables have none.
    ``text`` holds the calls of the footnotes alone.
    """

    text: str
    header: str = ""
    notes: tuple[CalledNote, ...] = ()

    @property
    def with_notes(self) -> str:
        """The text with each footnote told at its call, between its number and the parenthesis."""
        told, at = "", 0
        for note in self.notes:
            told += self.text[at : note.at - 1] + note_in_text(note.text)
            at = note.at - 1
        return told + self.text[at:]


def contract_text(
    contract: Contract,
    *,
    markers: bool = True,
    signatures: Sequence[str] | None = None,
    figures: FigureReading = "seen",
) -> list[str]:
    """The texts of the contract after its cover, in reading order, empty ones left out.

    Without ``markers``, list items have neither bullet nor number. ``signatures`` replace the
    signatories. Footnotes stand at their calls.
    """
    reading = _Reading(_Nesting(BULLETS) if markers else None, figures)
    lines = _iter_lines(contract, reading, signatures)
    return [line.with_notes for line in lines if line.text]


def contract_lines(
    contract: Contract,
    signatures: Sequence[str] | None = None,
    bullets: Sequence[str] = BULLETS,
    *,
    figures: FigureReading = "seen",
) -> list[TextLine]:
    """The same texts, empty cells included, each with the table header above it.

    ``signatures`` are the texts under the signatures where they are not the signatories' alone;
    ``bullets`` what a document prints for each depth of a list.
    """
    reading = _Reading(_Nesting(tuple(bullets)), figures)
    return list(_iter_lines(contract, reading, signatures))


def section_text(section: Section) -> list[str]:
    """The texts of one section without those of the sections below it, without markers.

    Footnotes are counted from 1, for the number of the first one depends on what stands before.
    """
    return [line.with_notes for line in _iter_own(section, _Reading(None))]


def signature_text(contract: Contract) -> list[str]:
    """The texts under the signatures, none where the contract has no place for them."""
    if all(section.kind != SIGNATURES for section in contract.sections):
        return []
    return [
        text
        for signatory in contract.header.signatories
        for text in (*signatory.who, *signatory.blanks)
    ]


def required_signature_text(contract: Contract) -> list[str]:
    """Those of them that no layout may leave out: who signs, for what, and when it is known."""
    if all(section.kind != SIGNATURES for section in contract.sections):
        return []
    return [
        text
        for signatory in contract.header.signatories
        for text in (*signatory.who, signatory.date)
        if text
    ]


def _iter_lines(
    contract: Contract, reading: "_Reading", signatures: Sequence[str] | None
) -> Iterator[TextLine]:
    for section in contract.sections:
        yield from _iter_section(section, reading)
        if section.kind == SIGNATURES:
            yield from map(TextLine, signature_text(contract) if signatures is None else signatures)


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where a block stands in lists (None: no markers wanted), and how many notes were called.

    ``figures`` says what the document shows of them.
    """

    nesting: _Nesting | None
    figures: FigureReading = "seen"
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def inside(self, block: ListBlock) -> "_Reading":
        """The reading of what stands in this list; the notes go on counting."""
        return self if self.nesting is None else replace(self, nesting=self.nesting.inside(block))

    def line(self, content: Inlines, header: str = "") -> TextLine:
        """The line of these inlines, their footnotes called by number."""
        if not any(isinstance(item, Footnote) for item in content):
            return TextLine(inline_text(content), header)
        text, notes = "", []
        for item in content:
            if isinstance(item, Footnote):
                number = next(self.numbers)
                text += note_call(number)
                notes.append(CalledNote(number, inline_text(item.content), len(text)))
            else:
                text += inline_text((item,))
        return TextLine(text, header, tuple(notes))


def _iter_section(section: Section, reading: _Reading) -> Iterator[TextLine]:
    yield from _iter_own(section, reading)
    for child in section.children:
        yield from _iter_section(child, reading)


def _iter_own(section: Section, reading: _Reading) -> Iterator[TextLine]:
    yield TextLine(section.heading)
    for block in section.blocks:
        yield from _iter_block(block, reading)


def _iter_block(block: Block, reading: _Reading) -> Iterator[TextLine]:
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            yield reading.line(content)
        case ListBlock(items=items):
            inside = reading.inside(block)
            for number, item in enumerate(items, start=block.start):
                if reading.nesting is not None:
                    yield TextLine(reading.nesting.marker(block, number))
                for inner in item:
                    yield from _iter_block(inner, inside)
        case Note(blocks=blocks):
            for inner in blocks:
                yield from _iter_block(inner, reading)
        case Table():
            yield from _iter_table(block, reading)
        case Drawing():
            yield from map(TextLine, _figure_texts(block, reading.figures))


def _figure_texts(figure: Drawing, reading: FigureReading) -> Iterator[str]:
    yield figure.caption
    if reading == "told":
        yield figure.text
    elif reading == "drawn":
        yield from figure_labels(figure)


def _iter_table(table: Table, reading: _Reading) -> Iterator[TextLine]:
    titles = [column.title for column in table.columns]
    header = "".join(titles)
    yield TextLine(table.caption)
    yield from map(TextLine, titles)
    for row in table.rows:
        for cell in row.cells:
            yield reading.line(cell.content, header)
    for note in table.notes:
        yield reading.line(note)
