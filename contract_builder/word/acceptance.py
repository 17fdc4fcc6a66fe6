"""Every tracked change of a Word file accepted or refused, as Word does it.

Works on WordprocessingML alone and shares nothing with what writes redlines: it reads any file.
Source: ECMA-376 Part 1, 17.13.5. A paragraph whose mark goes joins the next one, or goes with
its text when it has none left.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from contract_builder.word.footnotes import CALL, is_note
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    find_related,
    get_main_document,
    read_parts,
    serialise,
    write_package,
)

_KEPT_TEXT: Final = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_INLINE_HOLDERS: Final = (w("hyperlink"), w("fldSimple"), w("smartTag"))
_PROPERTY_CHANGES: Final = tuple(
    w(name)
    for name in (
        "pPrChange", "rPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
        "sectPrChange", "tblPrExChange", "numberingChange",
    )
)  # fmt: skip
_RANGES: Final = tuple(
    w(f"{kind}Range{end}")
    for kind in (
        "moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom",
        "customXmlMoveTo",
    )
    for end in ("Start", "End")
)  # fmt: skip
_NOT_OF_PARAGRAPH_BASE: Final = (w("rPr"), w("sectPr"))
_NOT_OF_SECTION_BASE: Final = (w("headerReference"), w("footerReference"))
_P, _PPR, _RPR, _R, _TBL, _TR, _SDT = (
    w(name) for name in ("p", "pPr", "rPr", "r", "tbl", "tr", "sdt")
)
_SECTION: Final = w("sectPr")
_ALL_MARKS: Final = frozenset(w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
_SIGNS: Final = (b":author=", b"RangeEnd")
"""What a part with tracked changes holds; the others stay as they are, byte for byte."""

_GOES: Final = "goes"
"""Set on a control while its fate is known and its content is not settled yet."""

_MARKERS: Final = frozenset({w("bookmarkStart"), w("bookmarkEnd"), w("proofErr"), _PPR})


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Which marks go with their text, and which leave their text."""

    dropped: frozenset[str]
    kept: frozenset[str]
    accept: bool

    @property
    def dropped_controls(self) -> str:
        """How the range of a control that goes begins."""
        return "Del" if self.accept else "Ins"


_ACCEPT: Final = _Verdict(
    frozenset({w("del"), w("moveFrom")}), frozenset({w("ins"), w("moveTo")}), accept=True
)
_REJECT: Final = _Verdict(
    frozenset({w("ins"), w("moveTo")}), frozenset({w("del"), w("moveFrom")}), accept=False
)


def accept_all(docx: bytes) -> bytes:
    """The file with every change accepted, and no mark left."""
    return _settle(docx, _ACCEPT)


def reject_all(docx: bytes) -> bytes:
    """The file with every change refused, and no mark left."""
    return _settle(docx, _REJECT)


def _settle(docx: bytes, verdict: _Verdict) -> bytes:
    parts = read_parts(docx)
    for name, data in parts.items():
        is_xml = name.startswith("word/") and name.endswith(".xml")
        if is_xml and any(sign in data for sign in _SIGNS):
            root = parse_xml(data)
            settle_part(root, verdict)
            parts[name] = serialise(root)
    _drop_notes(parts)
    return write_package(parts)


def _drop_notes(parts: dict[str, bytes]) -> None:
    """Word drops a footnote with its call (17.11.14)."""
    main = get_main_document(parts)
    name = find_related(parts, main, "footnotes")
    if name is None:
        return
    called = {call.get(w("id")) for call in parse_xml(parts[main]).iter(CALL)}
    root = parse_xml(parts[name])
    left = [note for note in root if is_note(note) and note.get(w("id")) not in called]
    for note in left:
        root.remove(note)
    if left:
        parts[name] = serialise(root)


def settle_part(root: etree._Element, verdict: _Verdict) -> None:
    """One part, in place: runs, controls, properties, rows, then paragraphs."""
    _settle_controls(root, verdict)
    going = [p for p in root.iter(_P) if _mark_goes(p, verdict)]
    _settle_rows(root, verdict)
    _settle_runs(root, verdict)
    _settle_properties(root, accept=verdict.accept)
    for control in list(root.iter(_SDT)):
        if control.get(_GOES) is not None:
            _unwrap(control, control.find(w("sdtContent")))
    for holder in list(root.iter(*_INLINE_HOLDERS)):
        if len(holder) == 0:
            _remove(holder)
    _drop_ranges(root)
    for paragraph in going:
        _settle_mark(paragraph)
    for table in list(root.iter(_TBL)):
        if table.find(_TR) is None:
            _remove(table)


def _mark_goes(paragraph: etree._Element, verdict: _Verdict) -> bool:
    own = paragraph.find(f"{_PPR}/{_RPR}")
    return own is not None and any(child.tag in verdict.dropped for child in own)


def _settle_controls(root: etree._Element, verdict: _Verdict) -> None:
    """Notes which controls stand in a range that goes."""
    names = {
        w(f"customXml{kind}Range{end}"): end
        for kind in (
            verdict.dropped_controls,
            "MoveFrom" if verdict.accept else "MoveTo",
        )
        for end in ("Start", "End")
    }
    depth = 0
    for element in root.iter(*names, _SDT):
        if element.tag == _SDT:
            if depth:
                element.set(_GOES, "1")
        else:
            depth += 1 if names[str(element.tag)] == "Start" else -1


def _settle_rows(root: etree._Element, verdict: _Verdict) -> None:
    for row in list(root.iter(_TR)):
        properties = row.find(w("trPr"))
        for mark in list(properties) if properties is not None else ():
            if mark.tag in verdict.dropped:
                _remove(row)
            elif mark.tag in verdict.kept:
                _remove(mark)
        if properties is not None and len(properties) == 0:
            _remove(properties)


def _settle_runs(root: etree._Element, verdict: _Verdict) -> None:
    for mark in list(root.iter(*verdict.dropped)):
        _remove(mark)
    for mark in list(root.iter(*verdict.kept)):
        _unwrap(mark, mark)
    if not verdict.accept:
        for text in root.iter(*_KEPT_TEXT):
            text.tag = _KEPT_TEXT[str(text.tag)]


def _settle_properties(root: etree._Element, *, accept: bool) -> None:
    """Changed properties: the old ones come back, or are forgotten."""
    for change in list(root.iter(*_PROPERTY_CHANGES)):
        current = change.getparent()
        if current is None:
            continue
        if not accept and len(change):
            _restore(current, change)
        _remove(change)


def _restore(current: etree._Element, change: etree._Element) -> None:
    base = change[0]
    if current.tag == _PPR:
        outside = [child for child in current if child.tag in _NOT_OF_PARAGRAPH_BASE]
        current[:] = [*map(deepcopy, base), *outside, change]
    elif current.tag == _SECTION:
        outside = [child for child in current if child.tag in _NOT_OF_SECTION_BASE]
        current[:] = [*outside, *map(deepcopy, base), change]
    else:
        current[:] = [*map(deepcopy, base), change]


def _settle_mark(paragraph: etree._Element) -> None:
    """The paragraph's mark is gone: its text joins the next paragraph.

    The last mark of a text or cell cannot go, only its text.
    """
    parent = paragraph.getparent()
    if parent is None:
        return
    left = [child for child in paragraph if child.tag != _PPR]
    following = next((item for item in paragraph.itersiblings(etree.Element)), None)
    holds_text = any(child.tag not in _MARKERS for child in left)
    is_last = following is None or following.tag == _SECTION
    if is_last and parent.tag != w("sdtContent"):
        own = paragraph.find(f"{_PPR}/{_RPR}")
        for mark in list(own) if own is not None else ():
            if mark.tag in _ALL_MARKS:
                _remove(mark)
    elif not holds_text:
        for child in left:
            paragraph.addprevious(child)
        _remove(paragraph)
    elif following is not None and following.tag == _P:
        at = 1 if following.find(_PPR) is not None else 0
        following[at:at] = left
        _remove(paragraph)


def _drop_ranges(root: etree._Element) -> None:
    """Takes away the ends of moves and tracked controls, and marks' holders left empty."""
    for element in list(root.iter(*_RANGES)):
        _remove(element)
    for empty in list(root.iter(_RPR)):
        parent = empty.getparent()
        if len(empty) == 0 and parent is not None and parent.tag == _PPR:
            _remove(empty)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element, content: etree._Element | None) -> None:
    """What an element holds, in its place."""
    for child in list(content) if content is not None else ():
        element.addprevious(child)
    _remove(element)
