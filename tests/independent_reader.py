"""What a Word file says once all its tracked changes are accepted, or refused; read anew.

Written from the standard alone (ECMA-376 Part 1, 17.13.5), with nothing of the program: it judges
the redlines of any program. A part is a list of lines: one a paragraph, with marks where tables,
rows and cells begin; footnotes are those that the text calls, in the order of their calls.
Formatting and computed numbers are not looked at.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from lxml import etree

Choice = Literal["accept", "reject"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {"accept": {"del", "moveFrom"}, "reject": {"ins", "moveTo"}}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SKIPPED = {"pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr",
            "instrText", "delInstrText"}  # fmt: skip
_NOTES = {"footnoteReference", "endnoteReference"}


@dataclass(slots=True)
class _Reading:
    """The lines so far, and the text that waits for the end of its paragraph."""

    gone: set[str]
    lines: list[str] = field(default_factory=list)
    text: str = ""
    calls: list[str] = field(default_factory=list)

    def end_line(self) -> None:
        self.lines.append(self.text)
        self.text = ""


def read_settled(docx: bytes, choice: Choice) -> dict[str, list[str]]:
    """The lines of each part that a reader sees: text, headers, footers, notes, by part name."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        roots = {n: etree.fromstring(package.read(n)) for n in package.namelist() if _is_read(n)}
    parts, calls = {}, list[str]()
    for name, root in sorted(roots.items()):  # the text comes before its notes
        reading = _Reading(_GONE[choice])
        if name.startswith("word/footnotes"):
            notes = {note.get(f"{_W}id", ""): note for note in root}
            for call in calls:
                _read_container(notes[call], reading)
        else:
            _read_container(root, reading)
        parts[name] = reading.lines
        calls += reading.calls
    return parts


def read_texts(docx: bytes, choice: Choice) -> list[str]:
    """All lines, the parts in order; comparers may name headers and footers anew."""
    return [line for lines in read_settled(docx, choice).values() for line in lines]


def _is_read(name: str) -> bool:
    stem = name.removeprefix("word/")
    starts = ("document", "header", "footer", "footnotes", "endnotes")
    return name.startswith("word/") and stem.endswith(".xml") and stem.startswith(starts)


def _read_container(container: etree._Element, reading: _Reading) -> None:
    """Paragraphs and tables; the mark of the last paragraph stays, whatever its revision says."""
    blocks = list(_iter_blocks(container))
    for rank, block in enumerate(blocks):
        if block.tag == f"{_W}p":
            _read_inline(block, reading)
            following = blocks[rank + 1] if rank + 1 < len(blocks) else None
            goes = _has_mark(block.find(f"{_W}pPr/{_W}rPr"), reading.gone)
            if not goes or following is None:
                reading.end_line()
        else:
            if reading.text:
                reading.end_line()
            _read_table(block, reading)


def _iter_blocks(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables directly in a container, through what only wraps them."""
    for child in container:
        name = _local(child)
        if name in ("p", "tbl"):
            yield child
        elif name not in _SKIPPED and isinstance(child.tag, str):
            yield from _iter_blocks(child)


def _read_table(table: etree._Element, reading: _Reading) -> None:
    rows = [
        row
        for row in _iter_named(table, "tr", {"tbl"})
        if not _has_mark(row.find(f"{_W}trPr"), reading.gone)
    ]
    if rows:
        reading.lines.append("<table>")
    for row in rows:
        reading.lines.append("<row>")
        for cell in _iter_named(row, "tc", {"tc"}):
            reading.lines.append("<cell>")
            _read_container(cell, reading)
    if rows:
        reading.lines.append("</table>")


def _iter_named(parent: etree._Element, name: str, stop: set[str]) -> Iterator[etree._Element]:
    for child in parent:
        if _local(child) == name:
            yield child
        elif _local(child) not in stop | _SKIPPED:
            yield from _iter_named(child, name, stop)


def _read_inline(element: etree._Element, reading: _Reading) -> None:
    for child in element:
        name = _local(child)
        if name in reading.gone or name in _SKIPPED or child.tag == _FALLBACK:
            continue
        if name in ("t", "delText"):
            reading.text += child.text or ""
        elif name in _SIGNS:
            reading.text += _SIGNS[name]
        elif name in _NOTES:
            reading.text += "<note>"
            reading.calls += [child.get(f"{_W}id", "")] if name == "footnoteReference" else []
        else:
            _read_inline(child, reading)


def _has_mark(properties: etree._Element | None, names: set[str]) -> bool:
    return properties is not None and any(_local(child) in names for child in properties)


def _local(element: etree._Element) -> str:
    """The name of a WordprocessingML element; blank for another one."""
    tag = element.tag
    return tag.removeprefix(_W) if isinstance(tag, str) and tag.startswith(_W) else ""
