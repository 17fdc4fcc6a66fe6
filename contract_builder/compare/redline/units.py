"""What a part of a Word file is made of, and what two pieces of it are compared by.

A unit is a paragraph, a table or a block control. Bookmarks that stand between units belong to the
next one. Bookmarks and identifiers are no part of what is compared: no reader sees them.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.revisions import (
    BOOKMARK_END,
    BOOKMARK_START,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    TABLE,
)

_HIDDEN = re.compile(
    r' xmlns:\w+="[^"]*"|<w:bookmark(?:Start|End)\b[^>]*/>|<w:proofErr\b[^>]*/>'
    r'|<w:lastRenderedPageBreak\s*/>|<w:id w:val="-?\d+"/>|(?<=<wp:docPr )id="\d+"'
)
_LIST_NUMBER = re.compile(r'<w:numId w:val="\d+"/>')
_LINK: Final = w("hyperlink")
_ANCHOR: Final = w("anchor")


@dataclass(slots=True)
class RedlineUnit:
    """One piece of a part; ``marks`` are the bookmark ends and starts that stand before it."""

    element: etree._Element
    marks: list[etree._Element] = field(default_factory=list)

    @property
    def is_table(self) -> bool:
        """True for a table."""
        return self.element.tag == TABLE

    @property
    def is_paragraph(self) -> bool:
        """True for a paragraph."""
        return self.element.tag == PARAGRAPH


@dataclass(slots=True)
class Units:
    """The units of a body, header, footer or control; ``rest`` are the bookmarks after the last.

    ``last_page`` is the final ``w:sectPr`` of a body.
    """

    items: list[RedlineUnit]
    rest: list[etree._Element]
    last_page: etree._Element | None = None


def read_units(container: etree._Element) -> Units:
    """The units of a container, in order."""
    found = Units([], [])
    for child in container.iterchildren(etree.Element):
        if child.tag in (BOOKMARK_START, BOOKMARK_END):
            found.rest.append(child)
        elif child.tag == w("sectPr"):
            found.last_page = child
        elif child.tag != w("proofErr"):
            found.items.append(RedlineUnit(child, found.rest))
            found.rest = []
    return found


def signature(element: etree._Element | None) -> str:
    """Equal for elements that a reader cannot tell apart, list identifiers included."""
    return "" if element is None else _HIDDEN.sub("", _markup(element))


def are_alike(old: etree._Element, new: etree._Element) -> bool:
    """True when both have the same signature."""
    before, after = _markup(old), _markup(new)
    return before == after or _HIDDEN.sub("", before) == _HIDDEN.sub("", after)


def _markup(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def loose_signature(element: etree._Element) -> str:
    """The same whatever the list that a paragraph belongs to."""
    return _LIST_NUMBER.sub("", signature(element))


def shape(element: etree._Element) -> str:
    """Equal for units whose texts may be compared: same properties, or same columns."""
    if element.tag == PARAGRAPH:
        properties = element.find(PARAGRAPH_PROPERTIES)
        return "p" if properties is None else f"p{loose_signature(properties)}"
    if element.tag == TABLE:
        return f"tbl{signature(element.find(w('tblGrid')))}"
    return str(element.tag)


def link_target(element: etree._Element) -> str:
    """The section that a line of the table of contents leads to."""
    link = element.find(f".//{_LINK}")
    return "" if link is None else link.get(_ANCHOR, "")


def list_number(paragraph: etree._Element) -> etree._Element | None:
    """The ``w:numId`` of a paragraph's own properties."""
    return paragraph.find(f"{PARAGRAPH_PROPERTIES}/{w('numPr')}/{w('numId')}")
