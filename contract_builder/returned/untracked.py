"""What nobody tracked: the differences between the file sent and the returned one, all refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contract_builder.returned.change import (
    ReturnedChange,
    ReturnedKind,
    ReturnedPlace,
    class_of,
)
from contract_builder.returned.lines import CELL_MARK, LineParagraph, WordLine
from contract_builder.returned.pairing import LinePairing
from contract_builder.returned.sent import SentVersion
from contract_builder.returned.values import find_hunks, find_value


def tell_untracked(
    sent: SentVersion, refused: Sequence[WordLine], pairing: LinePairing
) -> list[ReturnedChange]:
    """Each difference once, in the order of the file that was sent."""
    return _Teller(sent, refused, pairing).tell()


class _Teller:
    def __init__(
        self, sent: SentVersion, refused: Sequence[WordLine], pairing: LinePairing
    ) -> None:
        self._sent = sent
        self._refused = refused
        self._pairing = pairing
        self._removed = self._find_removed()

    def tell(self) -> list[ReturnedChange]:
        told: list[tuple[float, ReturnedChange]] = []
        told += [(at, change) for at, change in self._iter_sent()]
        told += [(at + 0.5, change) for at, change in self._iter_added()]
        return [change for _, change in sorted(told, key=lambda item: item[0])]

    def _find_removed(self) -> dict[int, list[int]]:
        """First line of each section that is gone as a whole → all its lines."""
        found = {}
        for name, lines in self._sent.section_lines().items():
            title = self._sent.titles[name]
            is_clause = len(lines) > 1 or title.is_own
            if is_clause and not any(
                at in self._pairing.stays or at in self._pairing.moves for at in lines
            ):
                found[lines[0]] = lines
        return found

    def _iter_sent(self) -> Iterator[tuple[int, ReturnedChange]]:
        skipped: set[int] = set()
        moved: dict[str, int] = {}
        for at, line in enumerate(self._sent.lines):
            if at in skipped:
                continue
            if at in self._removed:
                lines = self._removed[at]
                skipped.update(lines)
                text = "\n".join(self._sent.lines[n].text for n in lines)
                place = replace(self._sent.place(at), table="", row="")
                yield at, ReturnedChange("section-removed", "substance", place, text)
            elif at in self._pairing.moves:
                if line.section in moved and self._follows(moved[line.section], at):
                    moved[line.section] = at
                    continue
                moved[line.section] = at
                yield at, self._moved(at)
            elif at in self._pairing.stays:
                yield from ((at, c) for c in self._compare(at, self._pairing.stays[at]))
            else:
                yield at, ReturnedChange("delete", "substance", self._sent.place(at), line.text)

    def _follows(self, before: int, at: int) -> bool:
        """True for lines that moved together."""
        moves = self._pairing.moves
        return at == before + 1 and moves[at] == moves[before] + 1

    def _moved(self, at: int) -> ReturnedChange:
        """A move; of a whole clause when its lines moved together."""
        texts = [self._sent.lines[at].text]
        following = at + 1
        section = self._sent.lines[at].section
        while (
            following in self._pairing.moves
            and self._sent.lines[following].section == section
            and self._follows(following - 1, following)
        ):
            texts.append(self._sent.lines[following].text)
            following += 1
        text = "\n".join(texts)
        return ReturnedChange("move", "substance", self._sent.place(at), text, text)

    def _compare(self, at: int, index: int) -> Iterator[ReturnedChange]:
        old, new = self._sent.lines[at], self._refused[index]
        if old.is_row and len(old.cells) == len(new.cells):
            offset = 0
            for before, after, cell in zip(old.texts, new.texts, new.cells, strict=True):
                if before != after:
                    yield self._modified(at, offset, before, after, _stamps(cell))
                offset += len(before) + len(CELL_MARK)
        elif not are_the_same_line(old, new, self._label(old)):
            yield self._modified(at, 0, old.text, new.text, _line_stamps(new))
        if old.text == new.text and _looks(old) != _looks(new):
            yield ReturnedChange("format", "format", self._sent.place(at), old.text, new.text)

    def _label(self, line: WordLine) -> str:
        title = self._sent.titles.get(line.section)
        return title.label if title is not None and line.starts else ""

    def _modified(
        self, at: int, offset: int, old: str, new: str, stamps: tuple[int, ...]
    ) -> ReturnedChange:
        """A cell or a paragraph that says something else."""
        line = self._sent.lines[at].text
        hunks = [(a + offset, b + offset, text) for a, b, text in find_hunks(old, new)]
        place = self._sent.place(at)
        if hunks:
            place = replace(place, start=hunks[0][0], end=hunks[-1][1])
        found = find_value(line, self._sent.values(at), hunks)
        value = None
        if found is not None:
            place = replace(place, value=found[0])
            value = found[1]
        kind: ReturnedKind = "modify" if old and new else "insert" if new else "delete"
        cls = class_of(old, new)
        return ReturnedChange(kind, cls, place, old, new, value=value, paragraphs=stamps)

    def _iter_added(self) -> Iterator[tuple[int, ReturnedChange]]:
        """Lines that nobody sent; those under a new heading make a new clause."""
        known = self._pairing.returned
        last, group, group_at = -1, list[WordLine](), -1
        for index, line in enumerate(self._refused):
            if index in known:
                if group:
                    yield group_at, self._added(group_at, group)
                    group = []
                if index in self._pairing.stays.values():
                    last = known[index]
                continue
            if line.story in ("body", "note") and line.style in self._sent.heading_styles:
                if group:
                    yield group_at, self._added(group_at, group)
                group, group_at = [line], last
            elif group and line.story in ("body", "note"):
                group.append(line)
            else:
                if group:
                    yield group_at, self._added(group_at, group)
                    group = []
                place = self._place_of_added(last, line)
                stamps = _line_stamps(line)
                yield (
                    last,
                    ReturnedChange("insert", "substance", place, "", line.text, paragraphs=stamps),
                )
        if group:
            yield group_at, self._added(group_at, group)

    def _added(self, last: int, lines: list[WordLine]) -> ReturnedChange:
        place = self._place_of_added(last, lines[0])
        place = replace(place, table="", row="", title=lines[0].text)
        text = "\n".join(line.text for line in lines)
        stamps = tuple(stamp for line in lines for stamp in _line_stamps(line))
        return ReturnedChange("section-added", "substance", place, "", text, paragraphs=stamps)

    def _place_of_added(self, last: int, line: WordLine) -> ReturnedPlace:
        section = "" if last < 0 else self._sent.lines[last].section
        place = self._sent.place_in(line, section)
        return replace(place, line=last, start=-1, end=-1)


def _line_stamps(line: WordLine) -> tuple[int, ...]:
    return tuple(stamp for cell in line.cells for stamp in _stamps(cell))


def _stamps(paragraphs: Sequence[LineParagraph]) -> tuple[int, ...]:
    return tuple(paragraph.stamp for paragraph in paragraphs)


def are_the_same_line(old: WordLine, new: WordLine, label: str) -> bool:
    """True for equal texts, a printed number before a heading aside: others write it in full."""
    if old.text == new.text:
        return True
    before, after = old.text.strip(), new.text.strip()
    if not label or not after.endswith(before):
        return False
    lead = after.removesuffix(before).strip(" \u00a0–-.")
    return lead.lower() in (label.lower(), label.rpartition(" ")[2].lower())


def _looks(line: WordLine) -> list[tuple[str, frozenset[str]]]:
    """The line cut where its look changes; spaces have no look."""
    found: list[tuple[str, frozenset[str]]] = []
    for cell in line.cells:
        for paragraph in cell:
            for piece in paragraph.pieces:
                text = "".join(piece.text.split())
                if not text:
                    continue
                if found and found[-1][1] == piece.looks:
                    found[-1] = (found[-1][0] + text, piece.looks)
                else:
                    found.append((text, piece.looks))
    return found
