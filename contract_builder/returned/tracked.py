"""Tracked changes of a returned file, told against the version that was sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from contract_builder.returned.change import (
    ReturnedChange,
    ReturnedKind,
    ReturnedPlace,
    class_of,
)
from contract_builder.returned.gestures import Gesture, iter_gestures
from contract_builder.returned.lines import LineMark, WordLine
from contract_builder.returned.pairing import LinePairing
from contract_builder.returned.sent import SentVersion
from contract_builder.returned.values import find_value

_CONTEXT: Final = 8
"""Characters on each side that decide whether a change is one of typography."""


class TrackedTeller:
    """Tells the tracked changes of one file.

    ``lines`` are those of the file as it came, ``refused`` those of the same file with everything
    refused; both bear the same stamps.
    """

    def __init__(
        self,
        sent: SentVersion,
        lines: Sequence[WordLine],
        refused: Sequence[WordLine],
        pairing: LinePairing,
    ) -> None:
        self._sent = sent
        self._lines = lines
        known = pairing.returned
        by_stamp = {
            paragraph.stamp: known[rank]
            for rank, line in enumerate(refused)
            if rank in known
            for cell in line.cells
            for paragraph in cell
        }
        self._refused = {
            paragraph.stamp: line for line in refused for cell in line.cells for paragraph in cell
        }
        self._at = [_find(line, by_stamp) for line in lines]
        self._before: list[int] = []
        last = -1
        for at in self._at:
            self._before.append(last)
            last = last if at is None else at

    def tell(self) -> list[ReturnedChange]:
        """Every gesture once, in document order."""
        told: list[tuple[int, ReturnedChange]] = []
        moves: dict[str, list[Gesture]] = {}
        for gesture in iter_gestures(self._lines):
            if gesture.move:
                name = gesture.move_name or _move_text(gesture)
                moves.setdefault(name, []).append(gesture)
            else:
                told += self._tell_gesture(gesture)
        for sides in moves.values():
            told.append(self._tell_move(sides))
        told += self._iter_rows()
        told += self._iter_looks()
        return [change for _, change in sorted(told, key=lambda item: item[0])]

    def stamped_place(self, stamp: int) -> ReturnedPlace:
        """The place of the paragraph that bears this stamp."""
        for rank, line in enumerate(self._lines):
            if any(p.stamp == stamp for cell in line.cells for p in cell):
                return self._place(rank)
        return ReturnedPlace()

    def _place(self, rank: int) -> ReturnedPlace:
        at = self._at[rank]
        line = self._lines[rank]
        if at is not None:
            place = self._sent.place(at)
            return replace(place, start=0, end=0)
        before = self._before[rank]
        section = "" if before < 0 else self._sent.lines[before].section
        place = self._sent.place_in(line, section)
        return replace(place, line=before, start=-1, end=-1)

    def _tell_gesture(self, gesture: Gesture) -> list[tuple[int, ReturnedChange]]:
        told: list[tuple[int, ReturnedChange]] = []
        parts = gesture.by_line()
        whole = [self._is_whole(part) for part in parts]
        at = 0
        while at < len(parts):
            size = self._clause_size(parts[at:], whole[at:])
            rank = parts[at].atoms[0][0].line
            if size:
                told.append((rank, self._tell_clause(parts[at : at + size])))
                at += size
                continue
            told.append((rank, self._tell_part(parts[at], is_whole=whole[at])))
            at += 1
        return told

    def _is_whole(self, part: Gesture) -> bool:
        """True for a line that comes or goes as a whole."""
        kinds = {mark.adds for atom, mark in part.atoms if not atom.is_end}
        texts = sum(len(atom.text) for atom, _ in part.atoms if not atom.is_end)
        line = self._lines[part.atoms[0][0].line]
        return len(kinds) == 1 and not line.is_row and texts == len(line.text.replace("\n", ""))

    def _clause_size(self, parts: Sequence[Gesture], whole: Sequence[bool]) -> int:
        """How many lines from here on make a clause that came or went as a whole; 0 for none."""
        if not whole[0]:
            return 0
        first = parts[0].atoms[0]
        line = self._lines[first[0].line]
        adds = first[1].adds
        size = 1
        if adds:
            if line.style not in self._sent.heading_styles:
                return 0
            while size < len(parts) and whole[size] and self._continues(parts[size], adds=True):
                size += 1
            return size
        at = self._at[first[0].line]
        if at is None or not self._sent.is_heading(self._sent.lines[at]):
            return 0
        lines = self._sent.section_lines().get(self._sent.lines[at].section, [])
        while size < len(parts) and whole[size] and self._continues(parts[size], adds=False):
            size += 1
        text_lines = [n for n in lines if not self._sent.lines[n].is_row]
        return len(text_lines) if 0 < len(text_lines) <= size else 0

    def _continues(self, part: Gesture, *, adds: bool) -> bool:
        atom, mark = part.atoms[0]
        return mark.adds == adds and self._lines[atom.line].style not in self._sent.heading_styles

    def _tell_clause(self, parts: Sequence[Gesture]) -> ReturnedChange:
        first, mark = parts[0].atoms[0]
        text = "\n".join(part.text(added=mark.adds).strip("\n") for part in parts)
        place = self._place(first.line)
        kind: ReturnedKind = "section-added" if mark.adds else "section-removed"
        old, new = ("", text) if mark.adds else (text, "")
        if mark.adds:
            place = replace(place, title=text.partition("\n")[0])
        marks = tuple(stamp for part in parts for stamp in part.stamps)
        return ReturnedChange(
            kind, "substance", place, old, new, True, parts[0].author, parts[0].date, marks=marks
        )

    def _tell_part(self, part: Gesture, *, is_whole: bool) -> ReturnedChange:
        first = part.atoms[0][0]
        old, new = (part.text(added=side).strip("\n") for side in (False, True))
        place = self._place(first.line)
        if all(atom.is_end for atom, _ in part.atoms):
            text = first.paragraph.text
            return ReturnedChange(
                "modify", "format", place, text, text, True, part.author, part.date,
                marks=part.stamps,
            )  # fmt: skip
        kind: ReturnedKind = "modify" if old and new else "insert" if new else "delete"
        change = ReturnedChange(
            kind, "substance", place, old, new, True, part.author, part.date, marks=part.stamps
        )
        return self._with_value(change, part) if not is_whole or first.size else change

    def _with_value(self, change: ReturnedChange, part: Gesture) -> ReturnedChange:
        """The change with its characters in the line that was sent, its class and its value."""
        atoms = [atom for atom, _ in part.atoms if not atom.is_end]
        start = min(atom.at for atom in atoms)
        end = max(atom.at + atom.size for atom in atoms)
        rank = atoms[0].line
        refused = self._refused.get(atoms[0].paragraph.stamp)
        text = "" if refused is None else refused.text
        left, right = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        cls = class_of(left + change.old + right, left + change.new + right)
        at = self._at[rank]
        if at is None:
            return replace(change, cls=cls)
        where = replace(change.where, line=at, start=start, end=end)
        if text != self._sent.lines[at].text:
            return replace(change, cls=cls, where=where)
        found = find_value(text, self._sent.values(at), [(start, end, change.new)])
        if found is None:
            return replace(change, cls=cls, where=where)
        return replace(change, cls=cls, where=replace(where, value=found[0]), value=found[1])

    def _tell_move(self, sides: Sequence[Gesture]) -> tuple[int, ReturnedChange]:
        gone = next((side for side in sides if side.move == "from"), sides[0])
        come = next((side for side in sides if side.move == "to"), sides[-1])
        first = gone.atoms[0][0]
        old, new = (
            "".join(s.text(added=s.move == "to") for s in sides if s.move == kind).strip("\n")
            for kind in ("from", "to")
        )
        place = self._place(first.line)
        change = ReturnedChange(
            "move", "substance", place, old or new, new or old, True, come.author, come.date,
            marks=tuple(stamp for side in sides for stamp in side.stamps),
        )  # fmt: skip
        return first.line, change

    def _iter_rows(self) -> Iterator[tuple[int, ReturnedChange]]:
        """Rows that come or go as a whole."""
        for rank, line in enumerate(self._lines):
            for mark in line.row:
                old, new = ("", line.text) if mark.adds else (line.text, "")
                kind: ReturnedKind = "insert" if mark.adds else "delete"
                yield (
                    rank,
                    ReturnedChange(
                        kind, "substance", self._place(rank), old, new, True, mark.author,
                        mark.date, marks=_row_stamps(line, mark),
                    ),
                )  # fmt: skip

    def _iter_looks(self) -> Iterator[tuple[int, ReturnedChange]]:
        """Changes of look alone: of words, of paragraphs, of tables."""
        for rank, line in enumerate(self._lines):
            for mark, text, stamps in _iter_look_marks(line):
                yield (
                    rank,
                    ReturnedChange(
                        "format",
                        "format",
                        self._place(rank),
                        text,
                        text,
                        True,
                        mark.author,
                        mark.date,
                        marks=stamps,
                    ),
                )


def _row_stamps(line: WordLine, row: LineMark) -> tuple[int, ...]:
    """The mark of a whole row, then those of the same hand inside it."""
    inner = (
        mark.stamp
        for cell in line.cells
        for paragraph in cell
        for marks in (*(piece.marks for piece in paragraph.pieces), paragraph.ends)
        for mark in marks
        if (mark.kind, mark.author) == (row.kind, row.author)
    )
    return tuple(dict.fromkeys((row.stamp, *inner)))


def _iter_look_marks(line: WordLine) -> Iterator[tuple[LineMark, str, tuple[int, ...]]]:
    """Each mark of a look with the words that it is on and the stamps of all that make it."""
    told: dict[tuple[str | None, str | None], list[LineMark]] = {}
    for mark in line.looks:
        told.setdefault((mark.author, mark.date), []).append(mark)
    for marks in told.values():
        yield marks[0], line.text, tuple(mark.stamp for mark in marks)
    for cell in line.cells:
        for paragraph in cell:
            if paragraph.look is not None:
                yield paragraph.look, paragraph.text, (paragraph.look.stamp,)
                continue
            last, text, stamps = None, "", list[int]()
            for piece in (*paragraph.pieces, None):
                look = None if piece is None or piece.marks else piece.look
                if last is not None and look != last:
                    yield last, text, tuple(stamps)
                    text, stamps = "", []
                last = look
                if piece is not None and look is not None:
                    text += piece.text
                    stamps.append(look.stamp)


def _find(line: WordLine, by_stamp: Mapping[int, int]) -> int | None:
    """The sent line that this one was, by the first of its paragraphs that is known."""
    stamps = (paragraph.stamp for cell in line.cells for paragraph in cell)
    return next((by_stamp[stamp] for stamp in stamps if stamp in by_stamp), None)


def _move_text(gesture: Gesture) -> str:
    """What names a move that the file does not name: its author and its words."""
    return f"{gesture.author}:{gesture.text(added=gesture.move == 'to').strip()}"


def accepted_text(lines: Sequence[WordLine]) -> str:
    """The words that stand once everything is accepted, without white space, as the marks say."""
    return "".join(
        piece.text
        for line in lines
        if not any(mark.removes for mark in line.row)
        for cell in line.cells
        for paragraph in cell
        for piece in paragraph.pieces
        if not any(mark.removes for mark in piece.marks)
    )
