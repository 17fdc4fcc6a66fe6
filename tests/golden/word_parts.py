"""The parts of a Word file in a form that Git shows well: canonical XML, counts, marked words."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from contract_builder.word.ooxml import W, parse_xml, w
from contract_builder.word.package import read_parts

_DIGEST = re.compile(rb"\b[0-9a-f]{64}\b")
_XML = (".xml", ".rels")
# What an element is about, when its name alone does not tell.
_TELLING = frozenset(w(name) for name in ("pStyle", "rStyle", "tblStyle", "jc", "br", "fldChar"))
_MARKS = {w("ins"): "+", w("moveTo"): ">", w("del"): "-", w("moveFrom"): "<"}
_TEXTS = frozenset((w("t"), w("delText")))


def show_part(data: bytes) -> str:
    """A part as canonical XML, one element a line; digests of contracts are masked.

    Attributes are in the order of C14N; spaces in texts are kept.
    """
    root = etree.fromstring(etree.tostring(_parse(data), method="c14n"))
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def iter_xml_parts(docx: bytes) -> Iterator[tuple[str, bytes]]:
    """The XML parts by name, in the order of their names."""
    for name, data in sorted(read_parts(docx).items()):
        if name.endswith(_XML):
            yield name, data


def summarise_parts(docx: bytes) -> str:
    """Each part's digest in canonical form, and how often each element occurs in it."""
    lines = []
    for name, data in sorted(read_parts(docx).items()):
        if not name.endswith(_XML):
            lines.append(f"{name} {hashlib.sha256(data).hexdigest()}")
            continue
        root = _parse(data)
        digest = hashlib.sha256(etree.tostring(root, method="c14n")).hexdigest()
        lines.append(f"{name} {digest}")
        counts = Counter(_describe(element) for element in root.iter(etree.Element))
        lines.extend(f"  {count:6} {what}" for what, count in sorted(counts.items()))
    return "\n".join(lines) + "\n"


def marked_text(docx: bytes) -> str:
    """The paragraphs of a redline: {+added+}, {-removed-}, {<moved away<}, {>moved here>}."""
    body = parse_xml(read_parts(docx)["word/document.xml"])
    lines = []
    for paragraph in body.iter(w("p")):
        words = "".join(_iter_marked(paragraph))
        mark = _paragraph_mark(paragraph)
        if words or mark:
            lines.append(words + mark)
    return "\n".join(lines) + "\n"


def _iter_marked(paragraph: etree._Element) -> Iterator[str]:
    for text in paragraph.iter(*_TEXTS):
        mark = next((_MARKS[up.tag] for up in text.iterancestors() if up.tag in _MARKS), "")
        shown = text.text or ""
        yield f"{{{mark}{shown}{mark}}}" if mark else shown


def _paragraph_mark(paragraph: etree._Element) -> str:
    """« ¶ » with its mark, when the end of the paragraph comes or goes."""
    marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    found = [_MARKS[mark.tag] for mark in (() if marks is None else marks) if mark.tag in _MARKS]
    return "".join(f"{{{mark}¶{mark}}}" for mark in found)


def _describe(element: etree._Element) -> str:
    name = etree.QName(element)
    short = f"w:{name.localname}" if name.namespace == W else name.localname
    if element.tag in _TELLING:
        return " ".join((short, *(str(value) for _, value in sorted(element.items()))))
    return short


def _parse(data: bytes) -> etree._Element:
    return parse_xml(_DIGEST.sub(b"sha256", data))
