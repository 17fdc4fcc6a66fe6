"""Marks of tracked changes → gestures: what one author did in one place at one time.

Word writes several marks for one gesture (each run, the end of the paragraph); a word replaced is a
deletion and an insertion side by side. Marks of one author that touch are one gesture, unless time
passed between two of one kind. An author's marks inside another's make gestures of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from contract_builder.returned.lines import CELL_MARK, LineMark, LineParagraph, WordLine

END = "\n"


@dataclass(frozen=True, slots=True)
class GestureAtom:
    """Characters under one set of marks, or the end of a paragraph, and where they stand.

    ``line`` is the rank of the line, ``at`` the characters before it in that line when everything
    is refused, ``size`` how many of its own count there.
    """

    line: int
    paragraph: LineParagraph
    text: str
    marks: tuple[LineMark, ...]
    at: int
    size: int
    is_end: bool = False


@dataclass(slots=True)
class Gesture:
    """What one author did in one place: its atoms, each with the author's own mark."""

    author: str | None
    atoms: list[tuple[GestureAtom, LineMark]] = field(default_factory=list)

    @property
    def date(self) -> str | None:
        """When it began."""
        return self.atoms[0][1].date

    @property
    def move(self) -> str:
        """The side of a move that it is: « from », « to », or empty."""
        kind = self.atoms[0][1].kind
        return kind if kind in ("from", "to") else ""

    @property
    def move_name(self) -> str:
        """The name of the move; the end of its first paragraph may stand before it."""
        return next((mark.name for _, mark in self.atoms if mark.name), "")

    @property
    def stamps(self) -> tuple[int, ...]:
        """The stamps of its marks, in order."""
        return tuple(dict.fromkeys(mark.stamp for _, mark in self.atoms))

    def text(self, *, added: bool) -> str:
        """The words that came, or those that went."""
        return "".join(
            atom.text for atom, mark in self.atoms if (mark.adds if added else mark.removes)
        )

    def by_line(self) -> "list[Gesture]":
        """The same, line by line; the ends of paragraphs alone are nothing of their own."""
        lines: dict[int, Gesture] = {}
        for atom, mark in self.atoms:
            lines.setdefault(atom.line, Gesture(self.author)).atoms.append((atom, mark))
        told = [part for part in lines.values() if any(not a.is_end for a, _ in part.atoms)]
        return told or list(lines.values())[:1]


def iter_gestures(lines: Sequence[WordLine]) -> Iterator[Gesture]:
    """The gestures of these lines, those of a whole row aside (``Line.row`` tells them)."""
    stream: list[GestureAtom] = []
    story = None
    for rank, line in enumerate(lines):
        if line.is_row:
            yield from _group(stream)
            stream = []
            for cell in _iter_cells(rank, line):
                yield from _group(cell)
        elif line.story == "note" or line.story != story:
            yield from _group(stream)
            stream = list(_iter_line(rank, line))
        else:
            stream += _iter_line(rank, line)
        story = line.story
    yield from _group(stream)


def _iter_cells(rank: int, line: WordLine) -> Iterator[list[GestureAtom]]:
    """The atoms of each cell; what goes or comes with the whole row is the row's own."""
    offset = 0
    for number, cell in enumerate(line.cells):
        offset += len(CELL_MARK) if number else 0
        atoms = list(_iter_paragraphs(rank, cell, offset))
        offset = atoms[-1].at if atoms else offset
        yield [_without(atom, line.row) for atom in atoms]


def _without(atom: GestureAtom, row: tuple[LineMark, ...]) -> GestureAtom:
    """The atom without the marks that its row bears."""
    if not row:
        return atom
    whole = {(mark.kind, mark.author) for mark in row}
    kept = tuple(mark for mark in atom.marks if (mark.kind, mark.author) not in whole)
    return replace(atom, marks=kept)


def _iter_line(rank: int, line: WordLine) -> Iterator[GestureAtom]:
    for cell in line.cells:
        yield from _iter_paragraphs(rank, cell, 0)


def _iter_paragraphs(
    rank: int, paragraphs: Sequence[LineParagraph], offset: int
) -> Iterator[GestureAtom]:
    at = offset
    for number, paragraph in enumerate(paragraphs):
        at += 1 if number else 0
        for piece in paragraph.pieces:
            size = 0 if any(mark.adds for mark in piece.marks) else len(piece.text)
            yield GestureAtom(rank, paragraph, piece.text, piece.marks, at, size)
            at += size
        yield GestureAtom(rank, paragraph, END, paragraph.ends, at, 0, is_end=True)


def _group(atoms: Sequence[GestureAtom]) -> Iterator[Gesture]:
    """Neighbours of one author."""
    opened: dict[tuple[str | None, str], Gesture] = {}
    for atom in atoms:
        own = {(mark.author, _side(mark)): mark for mark in atom.marks}
        for key in [key for key in opened if key not in own]:
            yield opened.pop(key)
        for key, mark in own.items():
            gesture = opened.get(key)
            if gesture is not None and not atom.is_end and _is_later(gesture, mark):
                yield opened.pop(key)
                gesture = None
            if gesture is None:
                gesture = opened[key] = Gesture(mark.author)
            gesture.atoms.append((atom, mark))
    yield from opened.values()


def _side(mark: LineMark) -> str:
    return mark.kind if mark.kind in ("from", "to") else ""


def _is_later(gesture: Gesture, mark: LineMark) -> bool:
    """True for a mark of the last one's kind and another time, or of another move."""
    last = next((own for atom, own in reversed(gesture.atoms) if not atom.is_end), mark)
    if mark.kind in ("from", "to") and mark.name and gesture.move_name:
        return mark.name != gesture.move_name
    return last.kind == mark.kind and last.date != mark.date
