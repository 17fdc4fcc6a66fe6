"""What a reader sees of a Word file, as plain text lines: two files are equal when these are.

Per part: every paragraph with its properties, its text with the look of every character, the
links around it; every table with its shape; every section break. Left out: bookmarks,
identifiers, how text is cut into runs, controls round words (``iter_controls`` tells them). Lists
are named by their order, definition and restarts, footnotes by the order of their calls.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from lxml import etree

from contract_builder.word.footnotes import CALL
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import find_related, get_main_document, read_parts

_P, _PPR, _RPR, _R, _T, _TBL, _TR, _TC, _SDT = (
    w(name) for name in ("p", "pPr", "rPr", "r", "t", "tbl", "tr", "tc", "sdt")
)
_IGNORED: Final = frozenset(
    w(name) for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak")
)
_CONTROL_ID: Final = re.compile(rb'<w:id w:val="-?\d+"/>')
_VAL, _ID, _NUM_ID, _ABSTRACT = w("val"), w("id"), w("numId"), w("abstractNumId")
_NAMES: Final = frozenset({w("nsid"), w("tmpl")})
"""Identifiers of a list's definition, which nobody sees (17.9.15, 17.9.30)."""

_MARKS: Final = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "pPrChange"))

Fingerprint = dict[str, list[str]]


@dataclass(slots=True)
class _Lists:
    """The names of lists: order of first use, definition, restarts; ``calls`` names the notes."""

    definitions: dict[str, str]
    calls: dict[str, int]
    names: dict[str, str] = field(default_factory=dict)

    def name(self, num_id: str) -> str:
        """The same for the same list of two files that differ in their numbers alone."""
        known = self.definitions.get(num_id, "?")
        return self.names.setdefault(num_id, f"liste {len(self.names)} {known}")


Seen = dict[bytes, list[str]]


@dataclass(slots=True)
class _Reader:
    """Reads one file; ``seen`` remembers what was read of elements that are in no list."""

    lists: _Lists
    seen: Seen

    def read(self, element: etree._Element) -> list[str]:
        """The lines of a paragraph, a row, or anything that holds no paragraph."""
        raw = _CONTROL_ID.sub(b"", etree.tostring(element, with_tail=False))
        if b"<w:numId" in raw or b"<w:footnoteReference" in raw:
            return self._lines(element)
        lines = self.seen.get(raw)
        if lines is None:
            lines = self.seen[raw] = self._lines(element)
        return lines

    def _lines(self, element: etree._Element) -> list[str]:
        if element.tag == _P:
            return [_paragraph(element, self.lists)]
        if element.tag == _TR:
            return ["<tr>", *_iter_lines(element, self), "</tr>"]
        return [_text(element, self.lists)]


def fingerprint(docx: bytes, seen: Seen | None = None) -> Fingerprint:
    """The lines of each part that holds text, and of the styles and settings as they are.

    Files that resemble each other are read faster with the same ``seen``.
    """
    parts = read_parts(docx)
    main = get_main_document(parts)
    text = parse_xml(parts[main])
    calls = {call.get(_ID, ""): number for number, call in enumerate(text.iter(CALL), start=1)}
    lists = _Lists(_load_lists(parts.get(find_related(parts, main, "numbering") or "")), calls)
    reader = _Reader(lists, {} if seen is None else seen)
    result: Fingerprint = {}
    for name in sorted(parts):
        if not name.startswith("word/") or name.endswith("numbering.xml"):
            continue
        is_xml = name.endswith((".xml", ".rels"))
        root = text if name == main else parse_xml(parts[name]) if is_xml else None
        if root is None:
            result[name] = [parts[name].hex()]
        elif next(root.iter(_P), None) is None:
            result[name] = reader.read(root)
        else:
            result[name] = list(
                _iter_notes(root, reader)
                if name == find_related(parts, main, "footnotes")
                else _iter_lines(root, reader)
            )
    return result


Controls = tuple[tuple[str, str], ...]
"""Tag and text of each inline content control of a paragraph, in order."""


def iter_controls(
    root: etree._Element, *, only_unmarked: bool = False
) -> Iterator[tuple[str, Controls]]:
    """The text of each paragraph with its controls; of those without tracked changes on demand."""
    for paragraph in root.iter(_P):
        if only_unmarked and _is_marked(paragraph):
            continue
        controls = tuple(
            ("" if (tag := item.find(f"{w('sdtPr')}/{w('tag')}")) is None else tag.get(_VAL, ""),
             _words(item))
            for item in paragraph.iter(_SDT)
        )  # fmt: skip
        yield _words(paragraph), controls


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(_T))


def _is_marked(paragraph: etree._Element) -> bool:
    if next(paragraph.iter(*_MARKS), None) is not None:
        return True
    return any(
        row.find(f"{w('trPr')}/{name}") is not None
        for row in paragraph.iterancestors(_TR)
        for name in _MARKS
    )


def _iter_notes(root: etree._Element, reader: _Reader) -> Iterator[str]:
    """The separators, then the notes in the order of their calls."""
    calls = reader.lists.calls
    for note in sorted(root, key=lambda item: calls.get(item.get(_ID, ""), 0)):
        yield f"<{note.get(w('type'), 'note')} {calls.get(note.get(_ID, ''))}>"
        yield from _iter_lines(note, reader)


def _load_lists(part: bytes | None) -> dict[str, str]:
    if part is None:
        return {}
    root = parse_xml(part)
    followed = {
        item.get(_ABSTRACT, ""): "".join(_plain(child) for child in item if child.tag not in _NAMES)
        for item in root.iterfind(w("abstractNum"))
    }
    return {
        num.get(_NUM_ID, ""): "".join(
            followed.get(child.get(_VAL, ""), "?") if child.tag == _ABSTRACT else _plain(child)
            for child in num
        )
        for num in root.iterfind(w("num"))
    }


def _iter_lines(container: etree._Element, reader: _Reader) -> Iterator[str]:
    for child in container.iterchildren(etree.Element):
        if child.tag in _IGNORED:
            continue
        if child.tag in (_TBL, _TC, _SDT, w("sdtContent"), w("body")):
            yield f"<{etree.QName(child).localname}>"
            yield from _iter_lines(child, reader)
            yield f"</{etree.QName(child).localname}>"
        else:
            yield from reader.read(child)


def _paragraph(paragraph: etree._Element, lists: _Lists) -> str:
    pieces: list[tuple[str, str]] = []
    look = "|"
    for child in paragraph.iterchildren(etree.Element):
        if child.tag == _PPR:
            look = f"{_text(child, lists)}|"
        else:
            pieces += _iter_pieces(child, lists)
    text = "".join(
        f"[{properties}]{''.join(text for _, text in group)}"
        for properties, group in groupby(pieces, key=lambda piece: piece[0])
    )
    return look + text


def _iter_pieces(element: etree._Element, lists: _Lists) -> Iterator[tuple[str, str]]:
    """The characters and their look; what stands round them opens and closes."""
    if element.tag in _IGNORED:
        return
    if element.tag != _R:
        if element.tag == _SDT:
            for child in element.iterfind(f"{w('sdtContent')}/*"):
                yield from _iter_pieces(child, lists)
            return
        name = etree.QName(element).localname
        attributes = sorted((str(k), str(v)) for k, v in element.attrib.items() if k != _ID)
        yield "", f"<{name} {attributes}>"
        for child in element.iterchildren(etree.Element):
            yield from _iter_pieces(child, lists)
        yield "", f"</{name}>"
        return
    own = element.find(_RPR)
    look = "" if own is None else _text(own, lists)
    for child in element.iterchildren(etree.Element):
        if child.tag == _T:
            if child.text:
                yield look, _escape(child.text)
        elif child.tag != _RPR and child.tag not in _IGNORED:
            yield look, _text(child, lists)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;")


def _text(element: etree._Element, lists: _Lists) -> str:
    """Markup without identifiers, lists by their names."""
    name = etree.QName(element).localname
    if element.tag == CALL:
        return f"<{name} {lists.calls.get(element.get(_ID, ''))}>"
    if element.tag == _NUM_ID:
        return f"<{name} {lists.name(element.get(_VAL, ''))}>"
    if element.tag == _ID or element.tag in _IGNORED:
        return ""
    if len(element) == 0:
        return _plain(element)
    attributes = sorted((str(key), str(value)) for key, value in element.attrib.items())
    inner = "".join(_text(child, lists) for child in element.iterchildren(etree.Element))
    return f"<{name} {attributes}>{inner}</{name}>"


def _plain(element: etree._Element) -> str:
    name = etree.QName(element).localname
    attributes = sorted((str(key), str(value)) for key, value in element.attrib.items())
    inner = "".join(_plain(child) for child in element.iterchildren(etree.Element))
    return f"<{name} {attributes}>{_escape(element.text or '')}{inner}</{name}>"
