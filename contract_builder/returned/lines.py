"""What a Word file says, line by line: a line is a paragraph, a row of a table or a footnote.

Both the file that was sent and the one that came back are read so. A footnote stands just after
the line that calls it. The table of contents and page numbers are left out: Word computes them.
"""

from dataclasses import dataclass, field
from typing import Literal

LineStory = Literal["body", "note", "header", "footer"]
MarkKind = Literal["ins", "del", "from", "to", "format"]
CELL_MARK = " | "
TOLD_LOOKS = ("b", "i", "u", "strike", "dstrike", "vanish", "highlight")
"""What is told where nobody tracked it: bold, italic, underlined, struck, hidden, highlighted."""


@dataclass(frozen=True, slots=True)
class LineMark:
    """One mark of a tracked change: who, when (ISO 8601 as written); ``name`` is that of a move.

    ``stamp`` is the mark's own rank in a file that was stamped, 0 in another one.
    """

    kind: MarkKind
    author: str | None
    date: str | None
    name: str = ""
    stamp: int = field(default=0, compare=False)

    @property
    def adds(self) -> bool:
        """True for what is not there when the change is refused."""
        return self.kind in ("ins", "to")

    @property
    def removes(self) -> bool:
        """True for what is not there when the change is accepted."""
        return self.kind in ("del", "from")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look under the same marks, the outermost first.

    ``looks`` are the names of what is set on them, of ``TOLD_LOOKS``; ``control`` is the tag of the
    value's content control; ``look`` the mark of a change of look.
    """

    text: str
    marks: tuple[LineMark, ...] = ()
    looks: frozenset[str] = frozenset()
    control: str = ""
    look: LineMark | None = None


@dataclass(frozen=True, slots=True)
class LineParagraph:
    """One paragraph; ``ends`` are the marks on its end, ``stamp`` its rank in the file."""

    pieces: tuple[Piece, ...]
    ends: tuple[LineMark, ...] = ()
    look: LineMark | None = None
    style: str = ""
    stamp: int = 0

    @property
    def text(self) -> str:
        """All its characters, those that are inserted or deleted included."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class WordLine:
    """A paragraph (one cell), a row of a table (its cells) or a footnote.

    ``section`` is the bookmark that the line stands in, ``starts`` those that start in it,
    ``table`` the rank of its table from 0 and -1 outside, ``caption`` the line above that table.
    ``row`` holds the marks on a whole row, ``looks`` those on the look of the row or the table.
    """

    story: LineStory
    cells: tuple[tuple[LineParagraph, ...], ...]
    section: str = ""
    starts: tuple[str, ...] = ()
    table: int = -1
    caption: str = ""
    row: tuple[LineMark, ...] = ()
    looks: tuple[LineMark, ...] = ()

    @property
    def is_row(self) -> bool:
        """True for a row of a table."""
        return self.table >= 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each cell, paragraphs apart by line ends."""
        return tuple("\n".join(p.text for p in cell) for cell in self.cells)

    @property
    def text(self) -> str:
        """The whole line, cells apart by bars."""
        return CELL_MARK.join(self.texts)

    @property
    def style(self) -> str:
        """The style of its first paragraph."""
        return self.cells[0][0].style if self.cells and self.cells[0] else ""
