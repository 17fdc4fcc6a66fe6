"""Paragraphs and tables that exist in both files → one of each, with its changes marked."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from contract_builder.compare.alignment import Pairs, iter_merged
from contract_builder.compare.redline.content import can_read, merge_content
from contract_builder.compare.redline.pairing import match_elements
from contract_builder.compare.redline.units import are_alike, signature
from contract_builder.word.ooxml import w
from contract_builder.word.revisions import (
    BOOKMARK_END,
    BOOKMARK_START,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    ROW,
    RUN_PROPERTIES,
    TABLE,
    Reviser,
    RevisionMark,
)

Width = Literal["mot", "paragraphe", "bloc"]
WIDTHS: Final[tuple[Width, ...]] = ("mot", "paragraphe", "bloc")
"""How wide a change is told: by words, by whole paragraphs and rows, by whole blocks."""

_CELL: Final = w("tc")
_SECTION: Final = w("sectPr")
_TABLE_PROPERTIES: Final = w("tblPr")
_MARKED: Final = (w("ins"), w("del"))
_NOT_OF_CONTENT: Final = frozenset({PARAGRAPH_PROPERTIES, BOOKMARK_START, BOOKMARK_END})
_NOT_OF_BASE: Final = frozenset({RUN_PROPERTIES, _SECTION, w("pPrChange")})


@dataclass(frozen=True, slots=True)
class RedlineMerger:
    """Merges what corresponds; ``width`` limits how closely."""

    reviser: Reviser
    width: Width

    def can_merge(self, old: etree._Element, new: etree._Element) -> bool:
        """True when changes between the two can be told inside them."""
        if are_alike(old, new):
            return True
        if old.tag == PARAGRAPH == new.tag:
            return self.width == "mot" and _same_mark(old, new) and can_read(old) and can_read(new)
        if old.tag == TABLE == new.tag:
            grids = [signature(table.find(w("tblGrid"))) for table in (old, new)]
            return self.width != "bloc" and grids[0] == grids[1]
        return False

    def merge(
        self, old: etree._Element, new: etree._Element, rows: Pairs | None = None
    ) -> etree._Element:
        """``new`` with its changes from ``old``; only for what ``can_merge``."""
        if are_alike(old, new):
            return new
        if new.tag == TABLE:
            return self._merge_table(old, new, rows)
        return self._merge_paragraph(old, new)

    def copy_old(self, element: etree._Element, mark: RevisionMark) -> list[etree._Element]:
        """A unit of the old file, to be written as deleted or moved away, without bookmarks."""
        copy = deepcopy(element)
        copy.tail = None
        for bookmark in list(copy.iter(BOOKMARK_START, BOOKMARK_END)):
            parent = bookmark.getparent()
            if parent is not None:
                parent.remove(bookmark)
        self.reviser.refresh_ids(copy)
        return self.reviser.mark_block(copy, mark)

    def _merge_paragraph(self, old: etree._Element, new: etree._Element) -> etree._Element:
        content = merge_content(old, new, self.reviser)
        if not any(next(item.iter(*_MARKED), None) is not None for item in content):
            # Nothing that a reader sees changes: the controls stay.
            content = [deepcopy(child) for child in new if child.tag not in _NOT_OF_CONTENT]
        starts = [deepcopy(mark) for mark in new.iterchildren(BOOKMARK_START)]
        ends = [deepcopy(mark) for mark in new.iterchildren(BOOKMARK_END)]
        merged = etree.Element(PARAGRAPH)
        properties = self._merge_properties(old, new)
        merged.extend([*properties, *starts, *content, *ends])
        return merged

    def _merge_properties(self, old: etree._Element, new: etree._Element) -> list[etree._Element]:
        before, after = old.find(PARAGRAPH_PROPERTIES), new.find(PARAGRAPH_PROPERTIES)
        if signature(before) == signature(after):
            return [] if after is None else [deepcopy(after)]
        properties = etree.Element(PARAGRAPH_PROPERTIES) if after is None else deepcopy(after)
        change = self.reviser.make("pPrChange")
        base = etree.SubElement(change, PARAGRAPH_PROPERTIES)
        if before is not None:
            base.extend(deepcopy(child) for child in before if child.tag not in _NOT_OF_BASE)
        properties.append(change)
        return [properties]

    def _merge_table(
        self, old: etree._Element, new: etree._Element, pairs: Pairs | None
    ) -> etree._Element:
        before, after = list(old.iterchildren(ROW)), list(new.iterchildren(ROW))
        if pairs is None:
            pairs = match_elements(before, after)
        chain = {i: j for i, j in pairs if self._can_merge_rows(before[i], after[j])}
        table = etree.Element(TABLE)
        table.extend(deepcopy(child) for child in new if child.tag != ROW)
        self._tell_properties(old, table)
        for i, j in iter_merged(len(before), len(after), chain):
            if j < 0:
                row = deepcopy(before[i])
                self.reviser.refresh_ids(row)
                self.reviser.mark_row(row, "del")
            elif i < 0:
                row = deepcopy(after[j])
                self.reviser.mark_row(row, "ins")
            else:
                row = self._merge_row(before[i], after[j])
            table.append(row)
        return table

    def _tell_properties(self, old: etree._Element, table: etree._Element) -> None:
        """The table's properties as changed, when they are."""
        before, after = old.find(_TABLE_PROPERTIES), table.find(_TABLE_PROPERTIES)
        if before is None or after is None or signature(before) == signature(after):
            return
        change = self.reviser.make("tblPrChange")
        change.append(deepcopy(before))
        after.append(change)

    def _can_merge_rows(self, old: etree._Element, new: etree._Element) -> bool:
        if are_alike(old, new):
            return True
        if self.width != "mot":
            return False
        before, after = _row_parts(old), _row_parts(new)
        return [kind for kind, _ in before] == [kind for kind, _ in after] and all(
            a.tag != PARAGRAPH or self.can_merge(a, b)
            for (_, a), (_, b) in zip(before, after, strict=True)
        )

    def _merge_row(self, old: etree._Element, new: etree._Element) -> etree._Element:
        row = deepcopy(new)
        if are_alike(old, new):
            return row
        parts = zip(_row_parts(old), _row_parts(row), strict=True)
        for (_, before), (_, after) in list(parts):
            if before.tag == PARAGRAPH:
                parent = after.getparent()
                if parent is not None:
                    parent.replace(after, self.merge(before, after))
        return row


def _same_mark(old: etree._Element, new: etree._Element) -> bool:
    """True when both paragraphs end alike: same look of the mark, same section break or none."""
    paths = (f"{PARAGRAPH_PROPERTIES}/{RUN_PROPERTIES}", f"{PARAGRAPH_PROPERTIES}/{_SECTION}")
    return all(signature(old.find(path)) == signature(new.find(path)) for path in paths)


def _row_parts(row: etree._Element) -> list[tuple[str, etree._Element]]:
    """What makes a row, in order: properties, by what they are, and the paragraphs of its cells.

    Rows correspond part by part or not at all.
    """
    parts: list[tuple[str, etree._Element]] = []
    for child in row.iterchildren(etree.Element):
        if child.tag != _CELL:
            parts.append((signature(child), child))
            continue
        for at, inner in enumerate(child.iterchildren(etree.Element)):
            kind = "p" if inner.tag == PARAGRAPH else signature(inner)
            parts.append((f"{kind} {at}", inner))
    return parts
