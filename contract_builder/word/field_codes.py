"""The fields of a Word text: what each one does, and what it is made of (17.16).

A field is written ``{ NAME … }``; Word computes it again when the file is opened, printed or asked
to. Fields stand inside each other, and one may spread over several runs and paragraphs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w

_FIELD, _CODE, _SIMPLE, _RUN = w("fldChar"), w("instrText"), w("fldSimple"), w("r")
_TYPE, _INSTRUCTION = w("fldCharType"), w("instr")
_LOOK = w("rPr")
_NAME: Final = re.compile(r"\s*(=|[^\s\\\"={}]+)")
NESTED: Final = "{}"
"""What stands in a code where another field does."""

STATIC: Final = frozenset({
    "=", "ADVANCE", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BARCODE", "BIBLIOGRAPHY", "CITATION",
    "COMPARE", "DISPLAYBARCODE", "EQ", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "FORMULA",
    "HYPERLINK", "IF", "INDEX", "LISTNUM", "NOTEREF", "NUMPAGES", "PAGE", "PAGEREF", "QUOTE",
    "REF", "SECTION", "SECTIONPAGES", "SEQ", "SET", "SHAPE", "STYLEREF", "SYMBOL", "TA", "TC",
    "TOA", "TOC", "XE",
})  # fmt: skip
"""Fields that speak of the document's own text and pages."""

LIVE: Final = frozenset({
    "ADDRESSBLOCK", "ASK", "AUTHOR", "AUTOTEXT", "AUTOTEXTLIST", "COMMENTS", "CREATEDATE",
    "DATE", "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "FILENAME", "FILESIZE", "FILLIN",
    "GREETINGLINE", "INFO", "KEYWORDS", "LASTSAVEDBY", "MERGEFIELD", "MERGEREC", "MERGESEQ",
    "NEXT", "NEXTIF", "NUMCHARS", "NUMWORDS", "PRINTDATE", "REVNUM", "SAVEDATE", "SKIPIF",
    "SUBJECT", "TEMPLATE", "TIME", "TITLE", "USERADDRESS", "USERINITIALS", "USERNAME",
})  # fmt: skip
"""Fields that say another thing on another day, for another reader or from another list."""


@dataclass(slots=True)
class WordField:
    """One field: its code without the codes inside it, and its elements in document order.

    ``elements`` are the children of runs from its beginning to its end, or the one ``w:fldSimple``;
    ``asks`` are the fields inside its code.
    """

    code: str = ""
    elements: list[etree._Element] = field(default_factory=list)
    shows_result: bool = False
    asks: list["WordField"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The first word in capitals; empty when another field would give it."""
        found = _NAME.match(self.code)
        return found[1].upper() if found and NESTED not in found[1] else ""

    @property
    def is_live(self) -> bool:
        """True when what it shows depends on the day, the reader or a list."""
        return self.name in LIVE or any(item.is_live for item in self.asks)

    def remove(self) -> None:
        """Takes the field and what it shows out of the text."""
        for element in self.elements:
            parent = element.getparent()
            if parent is None:
                continue
            parent.remove(element)
            holder = parent.getparent()
            is_bare = parent.tag == _RUN and all(child.tag == _LOOK for child in parent)
            if is_bare and holder is not None:
                holder.remove(parent)


def iter_fields(root: etree._Element) -> Iterator[WordField]:
    """Every field of a text, an outer one after those inside it; what never ends is left out."""
    opened: list[WordField] = []
    for element in list(root.iter(etree.Element)):
        if element.tag == _SIMPLE:
            yield WordField(element.get(_INSTRUCTION, ""), [element])
            continue
        parent = element.getparent()
        if parent is not None and parent.tag == _RUN and element.tag != _LOOK:
            yield from _take(element, opened)


def _take(element: etree._Element, opened: list[WordField]) -> Iterator[WordField]:
    """Gives a child of a run to the fields that are open; the field that it ends, if any."""
    kind = element.get(_TYPE) if element.tag == _FIELD else None
    if kind == "begin":
        if opened and not opened[-1].shows_result:
            opened[-1].code += NESTED
        opened.append(WordField())
    for outer in opened:
        outer.elements.append(element)
    if not opened:
        return
    if element.tag == _CODE and not opened[-1].shows_result:
        opened[-1].code += element.text or ""
    elif kind == "separate":
        opened[-1].shows_result = True
    elif kind == "end":
        ended = opened.pop()
        if opened and not opened[-1].shows_result:
            opened[-1].asks.append(ended)
        yield ended
