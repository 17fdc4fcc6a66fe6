"""The lines of a Word file as printed: paragraphs with their style and number, and tables."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CALL = "\ufffc"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "footnoteReference": _CALL}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its style's id, the number that Word prints before it, its text.

    ``is_bold`` when all its words are: so is a title inside a quotation.
    """

    style: str
    number: str
    text: str
    is_bold: bool = False

    @property
    def printed(self) -> str:
        """Number and text, as a reader sees them."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows, each the texts of its cells; the first row is the header."""

    rows: tuple[tuple[str, ...], ...]


class _Numbers:
    """Counts the numbered paragraphs, as far as titles need: decimal numbers of the first level."""

    def __init__(self, numbering: etree._Element, styles: etree._Element) -> None:
        self._abstract: dict[str, str] = {}
        self._restart: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._starts: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._seen: set[str] = set()
        self._styles = {
            style.get(f"{_W}styleId"): _number_of(style.find(f"{_W}pPr"))
            for style in styles.iter(f"{_W}style")
        }
        for abstract in numbering.iter(f"{_W}abstractNum"):
            level = abstract.find(f"{_W}lvl")
            key = abstract.get(f"{_W}abstractNumId", "")
            if level is not None and _value(level, "numFmt") == "decimal":
                self._texts[key] = _value(level, "lvlText")
                self._starts[key] = int(_value(level, "start") or "1")
        for num in numbering.iter(f"{_W}num"):
            name = num.get(f"{_W}numId", "")
            self._abstract[name] = _value(num, "abstractNumId")
            start = num.find(f"{_W}lvlOverride/{_W}startOverride")
            if start is not None:
                self._restart[name] = int(start.get(f"{_W}val", "1"))

    def number(self, properties: etree._Element | None, style: str) -> str:
        """What is printed before the paragraph; empty where nothing is, or a bullet."""
        num, level = _number_of(properties) or self._styles.get(style) or ("", "0")
        kind = self._abstract.get(num, "")
        if kind not in self._texts or level != "0":
            return ""
        if num in self._restart and num not in self._seen:
            self._counts[kind] = self._restart[num] - 1
        self._seen.add(num)
        self._counts[kind] = self._counts.get(kind, self._starts[kind] - 1) + 1
        return self._texts[kind].replace("%1", str(self._counts[kind]))


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


def _number_of(properties: etree._Element | None) -> tuple[str, str] | None:
    numbered = None if properties is None else properties.find(f"{_W}numPr")
    if numbered is None:
        return None
    return _value(numbered, "numId"), _value(numbered, "ilvl") or "0"


def read_lines(docx: bytes) -> list[Line | Grid]:
    """Paragraphs and tables of the body in order; block controls are gone through."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        document, numbering, styles = (
            etree.fromstring(package.read(f"word/{name}.xml"))
            for name in ("document", "numbering", "styles")
        )
    numbers = _Numbers(numbering, styles)
    (body,) = document.iter(f"{_W}body")
    return _walk(body, numbers)


def _walk(parent: etree._Element, numbers: _Numbers) -> list[Line | Grid]:
    found: list[Line | Grid] = []
    for element in parent:
        if element.tag == f"{_W}p":
            properties = element.find(f"{_W}pPr")
            style = "" if properties is None else _value(properties, "pStyle")
            number = numbers.number(properties, style)
            found.append(Line(style, number, _text(element), _is_bold(element)))
        elif element.tag == f"{_W}tbl":
            found.append(Grid(tuple(_cells(row) for row in element.iter(f"{_W}tr"))))
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            found += _walk(element, numbers)
    return found


def _cells(row: etree._Element) -> tuple[str, ...]:
    return tuple(
        "\n".join(_text(paragraph) for paragraph in cell.iter(f"{_W}p"))
        for cell in row.iter(f"{_W}tc")
    )


def _text(paragraph: etree._Element) -> str:
    """What is printed in line: the call of a remark, « (1) », is not of the text."""
    pieces = []
    for element in paragraph.iter(f"{_W}t", *(f"{_W}{name}" for name in _SIGNS)):
        name = etree.QName(element).localname
        parent = element.getparent()
        if parent is not None and parent.tag == f"{_W}r":
            pieces.append((element.text or "") if name == "t" else _SIGNS[name])
    return "".join(pieces).replace(f"({_CALL})", "").replace(_CALL, "")


def _is_bold(paragraph: etree._Element) -> bool:
    """True when every run with letters is bold, the marks of quotation aside."""
    runs = [
        run
        for run in paragraph.iter(f"{_W}r")
        if any((text.text or "").strip(" «»;\u00a0") for text in run.iter(f"{_W}t"))
    ]
    return bool(runs) and all(run.find(f"{_W}rPr/{_W}b") is not None for run in runs)
