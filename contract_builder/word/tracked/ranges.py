"""Ranges that begin in one place and end in another: bookmarks, comments, permissions, moves.

What goes takes a whole range with it, never a half: the half that is left without its other end
stays where the text was, so that the range shrinks to what is left of it (17.13).
"""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import (
    CONTROL_ENDS,
    CONTROL_STARTS,
    MOVE_ENDS,
    MOVE_FROM,
    MOVE_STARTS,
    MOVE_TO,
    remove,
)

_ID: Final = w("id")
_ENDS: Final = {
    w("bookmarkEnd"): w("bookmarkStart"),
    w("commentRangeEnd"): w("commentRangeStart"),
    w("permEnd"): w("permStart"),
    **dict(zip(MOVE_ENDS, MOVE_STARTS, strict=True)),
    **dict(zip(CONTROL_ENDS, CONTROL_STARTS, strict=True)),
}
RANGE_MARKERS: Final = frozenset({*_ENDS, *_ENDS.values()})


def take_out(element: etree._Element) -> etree._Element | None:
    """Removes an element with what it holds, halves of ranges left in its place; its parent."""
    parent = element.getparent()
    if parent is None:
        return None
    for marker in _find_halves(element):
        element.addprevious(marker)
    parent.remove(element)
    return parent


def _find_halves(element: etree._Element) -> list[etree._Element]:
    open_starts: dict[tuple[str, str | None], etree._Element] = {}
    halves: list[etree._Element] = []
    for marker in element.iter(*RANGE_MARKERS):
        tag, number = str(marker.tag), marker.get(_ID)
        start = _ENDS.get(tag)
        if start is None:
            open_starts[tag, number] = marker
        elif open_starts.pop((start, number), None) is None:
            halves.append(marker)
    return [*halves, *open_starts.values()]


def pair_ranges(
    root: etree._Element, starts: Iterable[str], ends: Iterable[str]
) -> dict[etree._Element, etree._Element | None]:
    """Each start of a range with its end, None where it has none."""
    pairs: dict[etree._Element, etree._Element | None] = {}
    waiting: dict[tuple[str, str | None], etree._Element] = {}
    for marker in root.iter(*starts, *ends):
        tag, number = str(marker.tag), marker.get(_ID)
        start = _ENDS.get(tag)
        if start is None:
            waiting[tag, number] = marker
            pairs[marker] = None
        else:
            opened = waiting.pop((start, number), None)
            if opened is not None:
                pairs[opened] = marker
    return pairs


def drop_settled_moves(root: etree._Element) -> bool:
    """Takes away the ends of moves that hold no mark of a move any more; True if there were any."""
    pairs = pair_ranges(root, MOVE_STARTS, MOVE_ENDS)
    active: dict[str | None, etree._Element] = {}
    held: set[etree._Element] = set()
    for element in root.iter(*MOVE_STARTS, *MOVE_ENDS, MOVE_FROM, MOVE_TO):
        if element in pairs:
            active[element.get(_ID)] = element
        elif element.tag in MOVE_ENDS:
            active.pop(element.get(_ID), None)
        else:
            held.update(active.values())
            active.clear()
    gone = [marker for start, end in pairs.items() if start not in held for marker in (start, end)]
    if not held:
        gone.extend(root.iter(*MOVE_ENDS))
    for marker in gone:
        if marker is not None:
            remove(marker)
    return bool(gone)
