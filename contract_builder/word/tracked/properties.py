"""Changed properties: the old ones come back, or are forgotten (17.13.5.29 to 17.13.5.37).

The old properties leave out what no such change may touch: the mark and section break of a
paragraph, the headers of a section, the marks of a row, a cell or a paragraph's end.
"""

from copy import deepcopy
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import (
    CELL_DEL,
    CELL_INS,
    CELL_MERGE,
    PPR,
    RPR,
    SECTION,
    WRAPPERS,
    Kind,
    Mark,
    Target,
    remove,
)

_NUMBERING: Final = w("numPr")
_RUN_STYLE: Final = w("rStyle")
_CELL_MARKS: Final = frozenset({CELL_INS, CELL_DEL, CELL_MERGE})
_OUTSIDE_FIRST: Final = {
    SECTION: frozenset({w("headerReference"), w("footerReference")}),
    RPR: WRAPPERS,
}
_OUTSIDE_LAST: Final = {
    PPR: frozenset({RPR, SECTION}),
    w("trPr"): WRAPPERS,
    w("tcPr"): _CELL_MARKS,
}
_NONE: Final[frozenset[str]] = frozenset()


def find_untouched(properties: str) -> frozenset[str]:
    """The names of what a change of these properties (their element's name) never touches."""
    return _OUTSIDE_FIRST.get(properties, _NONE) | _OUTSIDE_LAST.get(properties, _NONE)


def settle_properties(mark: Mark, *, keep: bool) -> None:
    """Drops a change of properties, having put the old ones back unless ``keep``."""
    change = mark.element
    current = change.getparent()
    if current is None:
        return
    if not keep and mark.target is not Target.NUMBERING:
        if len(change):
            _restore(current, change)
        elif current.tag == RPR:
            _forget_look(current, change)
    current.remove(change)
    if current.tag == RPR and len(current) == 0:
        remove(current)


def settle_numbering(mark: Mark, *, keep: bool) -> None:
    """Numbering given to a paragraph stays or goes; how it was printed before is forgotten.

    ``numberingChange`` says what the old number looked like, not what made it (Part 4): there
    is nothing to put back.
    """
    if mark.kind is Kind.FORMATTING:
        remove(mark.element)
        return
    numbering = mark.element.getparent()
    if numbering is not None:
        numbering.remove(mark.element)
        if not keep:
            remove(numbering)


def _forget_look(current: etree._Element, change: etree._Element) -> None:
    """Leaves a run its character style and its marks: nothing is said of how it looked before.

    The schema asks for the old properties; LibreOffice writes none where there were none.
    """
    current[:] = [
        child for child in current if child is change or child.tag in WRAPPERS | {_RUN_STYLE}
    ]


def _restore(current: etree._Element, change: etree._Element) -> None:
    tag = str(current.tag)
    first, last = _OUTSIDE_FIRST.get(tag, _NONE), _OUTSIDE_LAST.get(tag, _NONE)
    old = [deepcopy(child) for child in change[0] if child.tag not in first | last]
    for child in old:
        for inserted in list(child) if child.tag == _NUMBERING else ():
            if inserted.tag in WRAPPERS:
                child.remove(inserted)
    current[:] = [
        *(child for child in current if child.tag in first),
        *old,
        *(child for child in current if child.tag in last),
        change,
    ]
