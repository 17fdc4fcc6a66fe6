"""Which paragraph mark of a run of new or removed paragraphs is the one that comes or goes.

« Texte. » that becomes « Tex » and « te. » may be told two ways: the mark of the first paragraph
came, or that of the second. Word takes the first when somebody splits a paragraph; LibreOffice,
told the second, joins the paragraph with the one after both when the change is refused.
"""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.revisions import (
    BOOKMARK_END,
    BOOKMARK_START,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
)

_PROPERTIES_CHANGE: Final = w("pPrChange")
_BOOKMARKS: Final = frozenset({BOOKMARK_START, BOOKMARK_END})


def shift_paragraph_marks(elements: Sequence[etree._Element]) -> None:
    """Moves the mark from the last of the paragraphs that come (go) to the one that ends so.

    In place. Only where the paragraph that stands ends with text that came (went), and has the
    properties of the last one, which then keeps its own mark: the outcome is the same either way.
    """
    paragraphs = [element for element in elements if element.tag not in _BOOKMARKS]
    for at, first in enumerate(paragraphs):
        if first.tag != PARAGRAPH or _find_mark(first) is not None:
            continue
        name = _last_mark(first)
        last = _find_last(paragraphs, at + 1, name)
        if last is not None and _have_same_properties(first, last):
            _move_mark(last, first)


def _find_mark(paragraph: etree._Element) -> etree._Element | None:
    """The revision of the paragraph's mark, of whatever kind."""
    own = paragraph.find(f"{PARAGRAPH_PROPERTIES}/{RUN_PROPERTIES}")
    names = ("ins", "del", "moveFrom", "moveTo")
    found = (own.find(w(name)) for name in names) if own is not None else ()
    return next((mark for mark in found if mark is not None), None)


def _last_mark(paragraph: etree._Element) -> str:
    """``w:ins`` or ``w:del`` round the last run of the paragraph; empty for text that stands."""
    runs = list(paragraph.iter(RUN))
    if not runs:
        return ""
    parent = runs[-1].getparent()
    return parent.tag if parent is not None and parent.tag in (w("ins"), w("del")) else ""


def _find_last(
    paragraphs: Sequence[etree._Element], start: int, name: str
) -> etree._Element | None:
    """The last of the paragraphs in a row whose marks all have the revision ``name``."""
    last = None
    for paragraph in paragraphs[start:] if name else ():
        mark = _find_mark(paragraph) if paragraph.tag == PARAGRAPH else None
        if mark is None or mark.tag != name:
            break
        last = paragraph
    return last


def _have_same_properties(first: etree._Element, last: etree._Element) -> bool:
    shapes = []
    for paragraph in (first, last):
        properties = paragraph.find(PARAGRAPH_PROPERTIES)
        children = [] if properties is None else list(properties)
        if any(child.tag == _PROPERTIES_CHANGE for child in children):
            return False
        shapes.append([_shape(child) for child in children if child.tag != RUN_PROPERTIES])
    return shapes[0] == shapes[1]


def _shape(element: etree._Element) -> object:
    """Equal for the same markup under whatever prefixes: one side is made, the other was read."""
    return (element.tag, sorted(element.attrib.items()), [_shape(child) for child in element])


def _move_mark(source: etree._Element, target: etree._Element) -> None:
    """With the properties of the mark, which are the revision alone."""
    own_properties, properties = (side.find(PARAGRAPH_PROPERTIES) for side in (source, target))
    mark = _find_mark(source)
    if own_properties is None or properties is None or mark is None:
        return
    own = own_properties.find(RUN_PROPERTIES)
    if own is None:
        return
    held = properties.find(RUN_PROPERTIES)
    if held is None and len(own) == 1:
        properties.insert(own_properties.index(own), own)
