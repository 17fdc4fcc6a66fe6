"""The words of WordprocessingML: names, escaping, the smallest pieces of markup.

Knows nothing of contracts. Everything here returns strings of XML that use the prefix ``w:``
(and ``r:``), or lxml elements for reading. Source: ECMA-376 Part 1, chapter 17.
"""

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"

XML_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

KEEP_NEXT: Final = "<w:keepNext/>"
"""On the page of what follows (17.3.1.15); first of the paragraph properties after the style."""


_NEEDS_ESCAPE = re.compile('[&<>"\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_NEEDS_MARKUP = re.compile("[\n\r\t]")
_LINE_ENDS = re.compile("\r\n|\r|\n")
_CONTROL_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = 0x7F, "\u2421"
_REPLACEMENT = "\ufffd"
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def w(name: str) -> str:
    """The qualified lxml name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def parse_xml(data: bytes) -> etree._Element:
    """The root element; entities are never expanded. Raises ``etree.XMLSyntaxError``."""
    return etree.fromstring(data, _PARSER)


def escape(text: str) -> str:
    """The text as XML content or as a double-quoted attribute value.

    Characters that XML 1.0 cannot hold come out visibly: a control character as its picture
    (U+2400 and following), a lone surrogate or a non-character as U+FFFD. Tabs and line ends
    are kept as they are: in running text, use ``text_markup``.
    """
    return _NEEDS_ESCAPE.sub(_escape_character, text)


def _escape_character(match: re.Match[str]) -> str:
    character = match.group()
    if character in _NAMED:
        return _NAMED[character]
    if character in "\t\n\r":
        return character
    code = ord(character)
    if code == _DELETE:
        return _DELETE_PICTURE
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else _REPLACEMENT


def text_markup(text: str) -> str:
    """What a run holds to print this text; line ends become breaks, tabs become tabs."""
    if not _NEEDS_MARKUP.search(text):
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    lines = _LINE_ENDS.split(text)
    return "<w:br/>".join("<w:tab/>".join(_literal(p) for p in li.split("\t")) for li in lines)


def _literal(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def run(text: str, properties: str = "") -> str:
    """A run; ``properties`` is the inside of ``w:rPr`` (17.3.2)."""
    if properties:
        return f"<w:r><w:rPr>{properties}</w:rPr>{text_markup(text)}</w:r>"
    return f"<w:r>{text_markup(text)}</w:r>"


def held_run(parts: Sequence[str], properties: str = "") -> str:
    """A run of these parts, joined by hyphens after which no line may end (17.3.3.18)."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}{'<w:noBreakHyphen/>'.join(map(text_markup, parts))}</w:r>"


def paragraph(content: str, style_id: str, properties: str = "") -> str:
    """A paragraph; ``properties`` are the ``w:pPr`` children that follow the style (17.3.1)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{properties}</w:pPr>{content}</w:p>'


def content_control(tag: str, control_id: int, content: str, *, plain: bool = True) -> str:
    """An inline content control (17.5.2.31), of plain text or, else, of text with its own look.

    LibreOffice shows plain text without its run properties: only text without any may be plain.
    """
    kind = "<w:text/>" if plain else ""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{escape(tag)}"/><w:id w:val="{control_id}"/>{kind}'
        f"</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def internal_link(bookmark: str, content: str) -> str:
    """A link to a bookmark of the same document (17.16.22)."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def field(instruction: str, result: str) -> str:
    """A complex field with its cached result, always a run (17.16.18)."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def numbering_properties(num_id: int, level: int) -> str:
    """The ``w:numPr`` of a paragraph; ``num_id`` 0 takes the style's numbering away."""
    if num_id == 0:
        return '<w:numPr><w:numId w:val="0"/></w:numPr>'
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
