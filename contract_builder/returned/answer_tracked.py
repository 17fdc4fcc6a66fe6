"""Tracked changes answered: refused or countered by marks of ours, theirs standing as they came.

What they inserted is deleted inside their insertion; what they deleted is inserted again after
their deletion. Refusing our marks gives their file back; accepting ours gives what was sent.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from contract_builder.returned.answer_runs import (
    copy_clean,
    make_paragraph,
    make_run,
    revive,
    wrap_run,
)
from contract_builder.returned.change import ReturnedChange
from contract_builder.returned.pieces import PARAGRAPH_TAG, STAMP
from contract_builder.word.ooxml import w
from contract_builder.word.revisions import ROW, ROW_PROPERTIES, RUN, RUN_PROPERTIES, Reviser
from contract_builder.word.tracked.marks import DEL, INS, MOVE_TO, WRAPPERS

_COMES: Final = frozenset({INS, MOVE_TO})
_CALLS: Final = (w("footnoteReference"), w("endnoteReference"))


class TrackedAnswerer:
    """Answers the tracked changes of one file; ``marks`` are its marks by their stamps."""

    def __init__(self, marks: Mapping[int, etree._Element], ours: Reviser) -> None:
        self._marks = marks
        self._ours = ours

    def refuse(self, change: ReturnedChange) -> None:
        """What came goes again, what went comes again, all under our name."""
        marks = self._find(change)
        row = next((mark for mark in marks if _is_of_row(mark)), None)
        if row is not None and row.tag == DEL:
            self._restore_row(row)
            return
        for mark in marks:
            if mark.tag in _COMES:
                self._strike(mark)
            elif mark.tag in WRAPPERS:
                self._restore(mark)

    def counter(self, change: ReturnedChange, text: str) -> None:
        """What came goes again, and ``text`` stands there; what went stays gone."""
        marks = self._find(change)
        for mark in marks:
            if mark.tag in _COMES:
                self._strike(mark)
        ends = [paragraph for mark in marks if (paragraph := _paragraph_ended(mark)) is not None]
        if ends:
            anchor = ends[-1]
            for line in text.split("\n"):
                paragraph = make_paragraph(line, ends[0], self._ours)
                anchor.addnext(paragraph)
                anchor = paragraph
            return
        last = next(mark for mark in reversed(marks) if not _is_of_row(mark))
        run = make_run(text.replace("\n", " "), last.find(f".//{RUN}"))
        last.addnext(self._ours.wrap_runs([run], "ins"))

    def _find(self, change: ReturnedChange) -> list[etree._Element]:
        return [self._marks[stamp] for stamp in change.marks if stamp in self._marks]

    def _strike(self, mark: etree._Element) -> None:
        """Our deletion inside their insertion: of text, of the end of a paragraph, of a row."""
        parent = mark.getparent()
        if parent is not None and parent.tag in (RUN_PROPERTIES, ROW_PROPERTIES):
            mark.addnext(self._ours.make("del"))
            return
        for run in list(mark.iter(RUN)):
            nearest = next(outer for outer in run.iterancestors() if outer.tag in WRAPPERS)
            if nearest is mark:
                wrap_run(run, self._ours, "del")

    def _restore(self, mark: etree._Element) -> None:
        """Our insertion after their deletion, of the same words; of the end of a paragraph."""
        paragraph = _paragraph_ended(mark)
        if paragraph is not None:
            paragraph.addnext(make_paragraph("", paragraph, self._ours))
            return
        runs = []
        for run in mark.iter(RUN):
            if run.find(_CALLS[0]) is None and run.find(_CALLS[1]) is None:
                copied = deepcopy(run)
                copied.attrib.pop(STAMP, "")
                revive(copied)
                runs.append(copied)
        if runs:
            mark.addnext(self._ours.wrap_runs(runs, "ins"))

    def _restore_row(self, mark: etree._Element) -> None:
        row = next(mark.iterancestors(ROW))
        clean = copy_clean(row, self._ours)
        self._ours.mark_row(clean, "ins")
        row.addnext(clean)


def _is_of_row(mark: etree._Element) -> bool:
    parent = mark.getparent()
    return parent is not None and parent.tag == ROW_PROPERTIES


def _paragraph_ended(mark: etree._Element) -> etree._Element | None:
    """The paragraph whose end bears the mark; None for a mark on anything else."""
    parent = mark.getparent()
    if parent is None or parent.tag != RUN_PROPERTIES:
        return None
    holder = parent.getparent()
    if holder is None or holder.tag != w("pPr"):
        return None
    return next(mark.iterancestors(PARAGRAPH_TAG), None)
