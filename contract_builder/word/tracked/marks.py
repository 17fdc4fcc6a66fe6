"""The marks of revisions in a tree, each with what it says and what it is about.

Source: ECMA-376 Part 1, 17.13.5; for formulas 22.1.2.87. Marks that stand inside the old
properties of another mark (a ``…Change``) repeat what is told elsewhere and count for none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w

M: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def m(name: str) -> str:
    """The qualified lxml name of an element of a formula (22.1)."""
    return f"{{{M}}}{name}"


P, PPR, RPR, R, TBL, TR, TC = (w(name) for name in ("p", "pPr", "rPr", "r", "tbl", "tr", "tc"))
SDT, SDT_CONTENT, CUSTOM_XML, SMART_TAG = (
    w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag")
)
SECTION: Final = w("sectPr")
MATH_RUN: Final = m("r")
INS, DEL, MOVE_FROM, MOVE_TO = (w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
CELL_INS, CELL_DEL, CELL_MERGE = (w(name) for name in ("cellIns", "cellDel", "cellMerge"))
NUMBERING_CHANGE: Final = w("numberingChange")
GRID_CHANGE: Final = w("tblGridChange")
WRAPPERS: Final = frozenset({INS, DEL, MOVE_FROM, MOVE_TO})
CONTROLS: Final = frozenset({SDT, CUSTOM_XML, SMART_TAG})

_CONTROL_KINDS: Final = ("Ins", "Del", "MoveFrom", "MoveTo")
CONTROL_STARTS: Final = tuple(w(f"customXml{kind}RangeStart") for kind in _CONTROL_KINDS)
CONTROL_ENDS: Final = tuple(w(f"customXml{kind}RangeEnd") for kind in _CONTROL_KINDS)
MOVE_STARTS: Final = (w("moveFromRangeStart"), w("moveToRangeStart"))
MOVE_ENDS: Final = (w("moveFromRangeEnd"), w("moveToRangeEnd"))


class Kind(StrEnum):
    """What a revision does."""

    INSERTION = "insertion"
    DELETION = "deletion"
    MOVED_FROM = "moved-from"
    MOVED_TO = "moved-to"
    MERGE = "merge"
    """Cells merged or split vertically (17.13.5.3)."""
    FORMATTING = "formatting"


class Target(StrEnum):
    """What a revision is about."""

    TEXT = "text"
    PARAGRAPH_MARK = "paragraph-mark"
    ROW = "row"
    CELL = "cell"
    CONTROL = "control"
    FORMULA = "formula"
    """The sign of a fraction, a root, a power…, not the characters in it."""
    NUMBERING = "numbering"
    RUN_LOOK = "run-look"
    PARAGRAPH_LOOK = "paragraph-look"
    SECTION_LOOK = "section-look"
    TABLE_LOOK = "table-look"
    ROW_LOOK = "row-look"
    CELL_LOOK = "cell-look"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in a tree."""

    element: etree._Element
    kind: Kind
    target: Target

    def keeps(self, *, accepted: bool) -> bool:
        """True when what the mark is on stays as it is shown now."""
        return accepted != (self.kind in (Kind.DELETION, Kind.MOVED_FROM))


_KINDS: Final = {
    INS: Kind.INSERTION, DEL: Kind.DELETION,
    MOVE_FROM: Kind.MOVED_FROM, MOVE_TO: Kind.MOVED_TO,
    CELL_INS: Kind.INSERTION, CELL_DEL: Kind.DELETION, CELL_MERGE: Kind.MERGE,
    w("customXmlInsRangeStart"): Kind.INSERTION,
    w("customXmlDelRangeStart"): Kind.DELETION,
    w("customXmlMoveFromRangeStart"): Kind.MOVED_FROM,
    w("customXmlMoveToRangeStart"): Kind.MOVED_TO,
}  # fmt: skip
_LOOKS: Final = {
    w("rPrChange"): Target.RUN_LOOK,
    w("pPrChange"): Target.PARAGRAPH_LOOK,
    w("sectPrChange"): Target.SECTION_LOOK,
    w("tblPrChange"): Target.TABLE_LOOK,
    w("tblPrExChange"): Target.TABLE_LOOK,
    GRID_CHANGE: Target.TABLE_LOOK,
    w("trPrChange"): Target.ROW_LOOK,
    w("tcPrChange"): Target.CELL_LOOK,
    NUMBERING_CHANGE: Target.NUMBERING,
}
_OLD_PROPERTIES: Final = frozenset(_LOOKS)
_ALL_NAMES: Final = (*_KINDS, *_LOOKS)
_CELL_MARKS: Final = frozenset({CELL_INS, CELL_DEL, CELL_MERGE})
_BY_PARENT: Final = {
    w("trPr"): Target.ROW,
    w("numPr"): Target.NUMBERING,
    m("ctrlPr"): Target.FORMULA,
}
_DEEPEST_REPEAT: Final = 3
"""``ins`` in ``numPr`` in ``pPr`` in ``pPrChange``."""


def iter_marks(root: etree._Element) -> Iterator[Mark]:
    """The marks of a part, in document order; ranges of controls once, by their start."""
    for element in root.iter(*_ALL_NAMES):
        if _is_repeated(element):
            continue
        tag = str(element.tag)
        look = _LOOKS.get(tag)
        if look is not None:
            yield Mark(element, Kind.FORMATTING, look)
        else:
            yield Mark(element, _KINDS[tag], _find_target(element, tag))


def _find_target(element: etree._Element, tag: str) -> Target:
    if tag in _CELL_MARKS:
        return Target.CELL
    if tag in CONTROL_STARTS:
        return Target.CONTROL
    parent = element.getparent()
    if parent is None:
        return Target.TEXT
    if parent.tag == RPR:
        holder = parent.getparent()
        outer = None if holder is None else holder.tag
        if outer == PPR:
            return Target.PARAGRAPH_MARK
        return Target.FORMULA if outer == m("ctrlPr") else Target.TEXT
    return _BY_PARENT.get(str(parent.tag), Target.TEXT)


def _is_repeated(element: etree._Element) -> bool:
    """True inside the old properties of another mark."""
    outer = element.getparent()
    for _ in range(_DEEPEST_REPEAT):
        if outer is None:
            return False
        if outer.tag in _OLD_PROPERTIES:
            return True
        outer = outer.getparent()
    return False


def remove(element: etree._Element) -> None:
    """Takes the element out of its parent, when it has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element, content: etree._Element | None = None) -> None:
    """What ``content`` (by default the element itself) holds, in the place of the element."""
    for child in list(element if content is None else content):
        element.addprevious(child)
    remove(element)
