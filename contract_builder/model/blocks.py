"""The text of a contract as a tree of typed blocks, independent of any file format.

Made by ``reading.markdown`` (clauses, sheets) and by ``assembly`` (tables, filled values),
read by every writer of ``render`` and by the comparison. Holds no I/O and no format detail.

Text is stored with the spaces and punctuation that the reader will see: French typography is
applied once, in ``assembly.typography``; writers must reproduce every character.
"""

from collections.abc import Iterator
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.trajectory import Trajectory

Align = Literal["left", "center", "right"]
RowKind = Literal["data", "total", "group"]
ParagraphRole = Literal["body", "visa", "centered", "small"]
RowIdentity = Literal["key", "content"]


@dataclass(frozen=True, slots=True)
class Text:
    """A run of literal characters with one emphasis."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A value that comes from the profile or the campaign, already formatted in French.

    ``key`` names the value for ever (``contrat.date_effet``, ``cible.CPOM_OS_2.2025``); writers
    that can mark a value (a Word content control, an HTML ``data-`` attribute) use it. The same
    key may occur several times in a contract.
    """

    key: str
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to a section of the same contract, with its final text (« article 7 »)."""

    target: str
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A datum that the profile does not have: shown as a marked gap, « [à compléter : …] »."""

    key: str
    label: str

    @property
    def text(self) -> str:
        """The characters every writer prints for this gap."""
        return f"[à compléter : {self.label}]"


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced new line inside a paragraph or a cell."""


NOTE_OPENING, NOTE_CLOSING = "\u00a0[note\u00a0: ", "]"
NoteInline = Text | Field | CrossReference | Gap | LineBreak


@dataclass(frozen=True, slots=True)
class Footnote:
    """A remark on what stands just before it, called here and printed at the foot of the page.

    ``key`` is unique in the contract and stable for ever (``doute.cible.CPOM_OS_2.2025``). Notes
    have no number of their own: they are counted in reading order through the contract, so one
    note more changes no other. ``content`` is one paragraph, never empty.
    """

    key: str
    content: tuple[NoteInline, ...]

    @property
    def text(self) -> str:
        """The remark in the running text, where there is no foot of a page to print it at."""
        return f"{NOTE_OPENING}{inline_text(self.content)}{NOTE_CLOSING}"


Inline = NoteInline | Footnote
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; never empty."""

    content: Inlines
    role: ParagraphRole = "body"


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a sequence of blocks (paragraphs and nested lists).

    ``start`` is the first number of an ordered list; every ordered list restarts.
    """

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """A framed remark (a doubt, a warning for the parties); from a Markdown block quote."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class SubHeading:
    """A small unnumbered heading inside a section (« Définition de l’indicateur »)."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header text, its relative width (positive, any unit) and alignment."""

    title: str
    width: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``colspan`` counts the columns it covers (at least 1)."""

    content: Inlines
    colspan: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``key`` is stable within the table; the colspans add up to the column count."""

    key: str
    cells: tuple[Cell, ...]
    kind: RowKind = "data"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row (the column titles), at least one row, and notes below it.

    ``key`` is unique in the contract. The first cell of each data row is its row header.
    ``caption`` is the text above the table, without number. ``row_identity`` says what makes a row
    the same one in another version: its key (a number, a code), or, where nothing names it for
    ever, what it says; its key is then only drawn from its words.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Inlines, ...] = ()
    row_identity: RowIdentity = "key"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing under its caption; the caption, never empty, stays on its page.

    ``key`` is unique in the contract. ``plot`` is what is drawn: writers draw it all alike, with
    ``tables``. ``width`` and ``height`` are its size on a page, in points; where less width is
    left, it shrinks in proportion.
    """

    key: str
    caption: str
    plot: Trajectory
    width: int
    height: int

    @property
    def text(self) -> str:
        """All that it shows, in words, for who does not see it."""
        return self.plot.told


Block = Paragraph | ListBlock | Note | SubHeading | Table | Drawing


def inline_text(content: Inlines) -> str:
    """The characters a reader sees for these inlines; a line break is ``\\n``.

    A footnote is told in place; documents with pages print it apart (``render.text``).
    """
    return "".join("\n" if isinstance(item, LineBreak) else item.text for item in content)


def iter_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, containers before what they hold."""
    for block in blocks:
        yield block
        match block:
            case ListBlock(items=items):
                for item in items:
                    yield from iter_blocks(item)
            case Note(blocks=inner):
                yield from iter_blocks(inner)
            case _:
                pass


def iter_inlines(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline of the blocks in reading order, table cells and notes included.

    A footnote comes before what it holds.
    """
    for item in _iter_called(blocks):
        yield item
        if isinstance(item, Footnote):
            yield from item.content


def _iter_called(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    for block in iter_blocks(blocks):
        match block:
            case Paragraph(content=content) | SubHeading(content=content):
                yield from content
            case Table(rows=rows, notes=notes):
                for row in rows:
                    for cell in row.cells:
                        yield from cell.content
                for note in notes:
                    yield from note
            case _:
                pass
