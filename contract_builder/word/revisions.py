"""The marks of tracked changes (ECMA-376 Part 1, 17.13.5): who, when, and an id each.

Knows WordprocessingML only. Marking changes the given elements in place.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Final, Literal

from lxml import etree

from contract_builder.word.ooxml import WP, w

RevisionMark = Literal["ins", "del", "moveFrom", "moveTo"]

RUN: Final = w("r")
PARAGRAPH: Final = w("p")
TABLE: Final = w("tbl")
ROW: Final = w("tr")
CONTROL: Final = w("sdt")
CONTROL_CONTENT: Final = w("sdtContent")
PARAGRAPH_PROPERTIES: Final = w("pPr")
RUN_PROPERTIES: Final = w("rPr")
ROW_PROPERTIES: Final = w("trPr")
BOOKMARK_START: Final = w("bookmarkStart")
BOOKMARK_END: Final = w("bookmarkEnd")

_CONTROL_RANGES: Final = {"ins": "Ins", "del": "Del", "moveFrom": "MoveFrom", "moveTo": "MoveTo"}
_DELETED_NAMES: Final = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_AFTER_RUN_PROPERTIES: Final = frozenset({w("sectPr"), w("pPrChange")})
_ROW_CHANGE: Final = w("trPrChange")


class Reviser:
    """Makes marks with one author, one date, and ids above ``last_id`` that nothing else has."""

    def __init__(self, author: str, at: datetime, last_id: int) -> None:
        self._author = author
        moment = at if at.tzinfo is None else at.astimezone(UTC)
        self._date = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._ids: Iterator[int] = count(last_id + 1)
        self._move_names: Iterator[int] = count(1)

    def next_id(self) -> str:
        """A new id."""
        return str(next(self._ids))

    def next_move_name(self) -> str:
        """The name that joins both places of one move."""
        return f"deplacement{next(self._move_names)}"

    def make(self, name: str) -> etree._Element:
        """An empty mark with author and date: ``ins``, ``del``, ``pPrChange``…"""
        return etree.Element(
            w(name),
            {w("id"): self.next_id(), w("author"): self._author, w("date"): self._date},
        )

    def range_pair(self, name: str, label: str = "") -> tuple[etree._Element, etree._Element]:
        """``…RangeStart`` and ``…RangeEnd`` with one id; ``label`` is the name of a move."""
        start = self.make(f"{name}RangeStart")
        if label:
            start.set(w("name"), label)
        end = etree.Element(w(f"{name}RangeEnd"), {w("id"): start.get(w("id"), "")})
        return start, end

    def wrap_runs(self, runs: list[etree._Element], mark: RevisionMark) -> etree._Element:
        """The runs inside one mark; deleted text takes its own element names."""
        outer = self.make(mark)
        for run in runs:
            if mark == "del":
                _rename_deleted(run)
            outer.append(run)
        return outer

    def mark_paragraph(self, paragraph: etree._Element, mark: RevisionMark) -> None:
        """The whole paragraph, its mark included."""
        self.mark_inlines(paragraph, mark)
        properties = paragraph.find(PARAGRAPH_PROPERTIES)
        if properties is None:
            properties = etree.Element(PARAGRAPH_PROPERTIES)
            paragraph.insert(0, properties)
        own = properties.find(RUN_PROPERTIES)
        if own is None:
            own = etree.Element(RUN_PROPERTIES)
            at = next(
                (i for i, child in enumerate(properties) if child.tag in _AFTER_RUN_PROPERTIES),
                len(properties),
            )
            properties.insert(at, own)
        own.insert(0, self.make(mark))

    def make_separator(self) -> etree._Element:
        """An empty paragraph, inserted and deleted: it goes whatever is decided."""
        paragraph = etree.Element(PARAGRAPH)
        own = etree.SubElement(etree.SubElement(paragraph, PARAGRAPH_PROPERTIES), RUN_PROPERTIES)
        own.extend([self.make("ins"), self.make("del")])
        return paragraph

    def mark_inlines(self, container: etree._Element, mark: RevisionMark) -> None:
        """All runs below a paragraph or link, whose controls give way to what they hold."""
        unwrap_controls(container)
        runs: list[etree._Element] = []
        for child in list(container):
            if child.tag == RUN:
                runs.append(child)
                continue
            self._flush(container, runs, mark)
            if child.tag != PARAGRAPH_PROPERTIES and child.find(f".//{RUN}") is not None:
                self.mark_inlines(child, mark)
        self._flush(container, runs, mark)

    def mark_table(self, table: etree._Element, mark: RevisionMark) -> None:
        """All rows; a moved table is deleted and inserted, as rows have no mark for moving."""
        for row in table.iterchildren(ROW):
            self.mark_row(row, mark)

    def mark_row(self, row: etree._Element, mark: RevisionMark) -> None:
        """The row and every paragraph in it."""
        plain: RevisionMark = "del" if mark in ("del", "moveFrom") else "ins"
        properties = row.find(ROW_PROPERTIES)
        if properties is None:
            properties = etree.Element(ROW_PROPERTIES)
            row.insert(sum(child.tag == w("tblPrEx") for child in row), properties)
        change = properties.find(_ROW_CHANGE)
        at = len(properties) if change is None else properties.index(change)
        properties.insert(at, self.make(plain))
        for paragraph in list(row.iter(PARAGRAPH)):
            self.mark_paragraph(paragraph, plain)

    def mark_block(self, element: etree._Element, mark: RevisionMark) -> list[etree._Element]:
        """A paragraph, table or block control, whole: the elements to write in its place."""
        if element.tag == PARAGRAPH:
            self.mark_paragraph(element, mark)
        elif element.tag == TABLE:
            self.mark_table(element, mark)
        elif element.tag == CONTROL:
            for child in list(element.iterfind(f"{CONTROL_CONTENT}/*")):
                self.mark_block(child, mark)
            start, end = self.range_pair(f"customXml{_CONTROL_RANGES[mark]}")
            return [start, element, end]
        return [element]

    def _flush(
        self, container: etree._Element, runs: list[etree._Element], mark: RevisionMark
    ) -> None:
        if runs:
            at = container.index(runs[0])
            container.insert(at, self.wrap_runs(runs, mark))
            runs.clear()

    def refresh_ids(self, element: etree._Element) -> None:
        """New ids for the controls and drawings of an element that comes from the old file."""
        for identifier in element.iterfind(f".//{w('sdtPr')}/{w('id')}"):
            identifier.set(w("val"), self.next_id())
        for drawing in element.iter(f"{{{WP}}}docPr"):
            drawing.set("id", self.next_id())


def unwrap_controls(container: etree._Element) -> None:
    """What the controls directly in a container hold, in their place, in place.

    LibreOffice (7.4) shows a change inside an inline control unmarked and settles it wrongly.
    """
    for control in container.findall(CONTROL):
        content = control.find(CONTROL_CONTENT)
        for child in list(content) if content is not None else ():
            control.addprevious(child)
        container.remove(control)
    if container.find(CONTROL) is not None:
        unwrap_controls(container)


def _rename_deleted(run: etree._Element) -> None:
    for child in run.iter(*_DELETED_NAMES):
        child.tag = _DELETED_NAMES[str(child.tag)]
