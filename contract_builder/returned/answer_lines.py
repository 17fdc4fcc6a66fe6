"""Changes that nobody tracked, answered: from what the file says to what was sent, under our name.

One that stays open is marked too, under the name of nobody (``UNTRACKED_AUTHOR``), so that who
opens the file sees it.
"""

from collections.abc import Mapping, Sequence

from lxml import etree

from contract_builder.returned.answer_runs import (
    copy_clean,
    make_paragraph,
    rewrite_paragraph,
    show_rewritten,
)
from contract_builder.returned.change import ReturnedChange
from contract_builder.returned.lines import WordLine
from contract_builder.returned.readback import FileReadback
from contract_builder.word.revisions import ROW, TABLE, Reviser

UNTRACKED_AUTHOR = "Modification non suivie"


class LineAnswerer:
    """Answers the untracked changes of one file.

    ``paragraphs`` are those of the file by their stamps, ``sent_lines`` the lines that were sent
    with the stamps of ``sent_paragraphs``.
    """

    def __init__(
        self,
        read: FileReadback,
        paragraphs: Mapping[int, etree._Element],
        sent_lines: Sequence[WordLine],
        sent_paragraphs: Mapping[int, etree._Element],
    ) -> None:
        self._read = read
        self._paragraphs = paragraphs
        self._sent_lines = sent_lines
        self._sent_paragraphs = sent_paragraphs
        self._last_put: dict[int, etree._Element] = {}

    def refuse(self, change: ReturnedChange, ours: Reviser) -> bool:
        """What was sent stands again; False when this has to be done by hand."""
        if not change.paragraphs:
            return self._put_back(change, ours, "ins")
        if not change.old:
            self._mark_added(change, ours, "del")
            return True
        return self._rewrite(change, change.old, ours)

    def counter(self, change: ReturnedChange, text: str, ours: Reviser) -> bool:
        """``text`` stands in the place of the line; False when this has to be done by hand."""
        if not change.paragraphs:
            return self._put_texts(change, text, ours)
        if not change.old:
            self._mark_added(change, ours, "del")
            return self._put_texts(change, text, ours)
        return self._rewrite(change, text, ours)

    def show(self, change: ReturnedChange, nobody: Reviser) -> bool:
        """The change as a revision of nobody; False when a mark cannot show it."""
        if not change.paragraphs:
            return self._put_back(change, nobody, "del")
        if not change.old:
            self._mark_added(change, nobody, "ins")
            return True
        held = self._held(change)
        befores = change.old.split("\n")
        if len(befores) != len(held):
            return False
        for paragraph, before in zip(held, befores, strict=True):
            show_rewritten(paragraph, before, nobody)
        return True

    def _held(self, change: ReturnedChange) -> list[etree._Element]:
        return [self._paragraphs[stamp] for stamp in change.paragraphs]

    def _rewrite(self, change: ReturnedChange, target: str, ours: Reviser) -> bool:
        held = self._held(change)
        targets = target.split("\n")
        if len(targets) != len(held):
            return False
        for paragraph, text in zip(held, targets, strict=True):
            rewrite_paragraph(paragraph, text, ours)
        return True

    def _mark_added(self, change: ReturnedChange, reviser: Reviser, mark: str) -> None:
        """Paragraphs or rows that nobody sent: marked as a whole."""
        kind = "del" if mark == "del" else "ins"
        rows = dict.fromkeys(_row_of(paragraph) for paragraph in self._held(change))
        for row in rows:
            if row is not None and change.where.row:
                reviser.mark_row(row, kind)  # type: ignore[arg-type]  # one of two words
        for paragraph in self._held(change):
            if not change.where.row:
                reviser.mark_paragraph(paragraph, kind)  # type: ignore[arg-type]

    def _put_back(self, change: ReturnedChange, reviser: Reviser, mark: str) -> bool:
        """The lines that were sent and are gone, inserted again or shown as deleted."""
        lines = self._gone(change)
        for at in lines:
            copies = self._copies(at, reviser)
            anchor = self._anchor(at, is_row=self._sent_lines[at].is_row)
            if not copies or anchor is None:
                return False
            for copied in copies:
                if copied.tag == ROW:
                    reviser.mark_row(copied, mark)  # type: ignore[arg-type]  # one of two words
                else:
                    reviser.mark_paragraph(copied, mark)  # type: ignore[arg-type]
                anchor.addnext(copied)
                anchor = copied
            self._last_put[at] = anchor
        return bool(lines)

    def _gone(self, change: ReturnedChange) -> list[int]:
        """The sent lines that the change took out, in order."""
        first = change.where.line
        if first < 0:
            return []
        count = len(change.old.split("\n")) if change.kind == "section-removed" else 1
        found = self._read.pairing
        known = {*found.stays, *found.moves}
        following = range(first, min(first + count, len(self._sent_lines)))
        return [at for at in following if at not in known]

    def _put_texts(self, change: ReturnedChange, text: str, ours: Reviser) -> bool:
        at = change.where.line
        held = self._held(change)
        gone = self._gone(change)
        like = held[-1] if held else next(iter(self._elements(gone[0])), None) if gone else None
        anchor = held[-1] if held else self._anchor(at, is_row=False)
        if like is None or anchor is None:
            return False
        for words in text.split("\n"):
            paragraph = make_paragraph(words, like, ours)
            anchor.addnext(paragraph)
            anchor = paragraph
        return True

    def _elements(self, at: int) -> list[etree._Element]:
        return [
            self._sent_paragraphs[paragraph.stamp]
            for cell in self._sent_lines[at].cells
            for paragraph in cell
        ]

    def _copies(self, at: int, reviser: Reviser) -> list[etree._Element]:
        """Clean copies of a sent line: its paragraph, or its row."""
        found = self._elements(at)
        if self._sent_lines[at].is_row:
            rows = dict.fromkeys(row for item in found if (row := _row_of(item)) is not None)
            return [copy_clean(row, reviser) for row in rows]
        return [copy_clean(paragraph, reviser) for paragraph in found]

    def _anchor(self, at: int, *, is_row: bool) -> etree._Element | None:
        """What a line that was sent at ``at`` comes after in the file; None when nothing tells."""
        line = self._sent_lines[at] if at < len(self._sent_lines) else None
        story = line.story if line is not None else "body"
        for before in range(at - 1, -1, -1):
            if self._sent_lines[before].story != story:
                continue
            if before in self._last_put:
                return self._last_put[before]
            index = self._read.pairing.stays.get(before)
            if index is None:
                continue
            stamps = [p.stamp for cell in self._read.refused[index].cells for p in cell]
            element = self._paragraphs.get(stamps[-1]) if stamps else None
            if element is None:
                continue
            row = _row_of(element)
            if is_row:
                same = line is not None and self._sent_lines[before].table == line.table
                return row if same else None
            tables = list(element.iterancestors(TABLE))
            return tables[-1] if tables else element
        return None


def _row_of(paragraph: etree._Element) -> etree._Element | None:
    return next(paragraph.iterancestors(ROW), None)
