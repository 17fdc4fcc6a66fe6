"""Tracked controls: content controls, custom XML and smart tags that came, went or moved.

A range says that the tags of the controls inside it were inserted or deleted, never their content
(17.13.5.4 to 17.13.5.11). Word writes two: one round the start tag, one round the end tag; others
write one round the whole control.
"""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import (
    CONTROL_ENDS,
    CONTROL_STARTS,
    CONTROLS,
    SDT,
    SDT_CONTENT,
    remove,
)
from contract_builder.word.tracked.ranges import pair_ranges

_PROPERTIES: Final = frozenset({w("smartTagPr"), w("customXmlPr"), w("sdtPr"), w("sdtEndPr")})


@dataclass(frozen=True, slots=True)
class TrackedControls:
    """``opened``: the controls of each range, by its start; ``markers``: all that marks them.

    ``closing`` are the starts of ranges round an end tag: they follow the range of the start tag.
    """

    opened: dict[etree._Element, list[etree._Element]]
    markers: dict[etree._Element, list[etree._Element]]
    closing: frozenset[etree._Element]


def find_tracked_controls(root: etree._Element) -> TrackedControls:
    """The tracked controls of a part."""
    pairs = pair_ranges(root, CONTROL_STARTS, CONTROL_ENDS)
    opened = _find_opened(root, pairs) if pairs else {}
    by_control = {(control, start.tag): start for start, held in opened.items() for control in held}
    markers: dict[etree._Element, list[etree._Element]] = {}
    closing: set[etree._Element] = set()
    for start, end in pairs.items():
        leader = start
        if not opened.get(start) and end is not None:
            leader = _find_leader(start, end, by_control)
        if leader is not start:
            closing.add(start)
        markers.setdefault(leader, []).extend([start] if end is None else [start, end])
    return TrackedControls(opened, markers, frozenset(closing))


def _find_opened(
    root: etree._Element, pairs: dict[etree._Element, etree._Element | None]
) -> dict[etree._Element, list[etree._Element]]:
    """The controls that begin in each range; where ranges overlap, in the innermost of a kind."""
    starts_by_end = {end: start for start, end in pairs.items() if end is not None}
    opened: dict[etree._Element, list[etree._Element]] = {}
    active: dict[str, dict[etree._Element, None]] = {tag: {} for tag in CONTROL_STARTS}
    for element in root.iter(*CONTROL_STARTS, *CONTROL_ENDS, *CONTROLS):
        if element.tag in CONTROLS:
            for of_a_kind in active.values():
                if of_a_kind:
                    opened.setdefault(next(reversed(of_a_kind)), []).append(element)
        elif element in starts_by_end:
            start = starts_by_end[element]
            del active[str(start.tag)][start]
        elif pairs.get(element) is not None:
            active[str(element.tag)][element] = None
    return opened


def _find_leader(
    start: etree._Element,
    end: etree._Element,
    by_control: dict[tuple[etree._Element, str], etree._Element],
) -> etree._Element:
    """The range of the start tag of the control whose end tag this range holds."""
    beyond = set(end.iterancestors())
    for outer in start.iterancestors():
        if outer in beyond:
            break
        leader = by_control.get((outer, str(start.tag)))
        if leader is not None:
            return leader
    return start


def settle_control(controls: TrackedControls, start: etree._Element, *, keep: bool) -> None:
    """Takes the marks away and, unless they are kept, the controls round what they hold."""
    for marker in controls.markers.get(start, ()):
        remove(marker)
    for control in () if keep else controls.opened.get(start, ()):
        content = control.find(SDT_CONTENT) if control.tag == SDT else control
        for child in list(content) if content is not None else ():
            if child.tag not in _PROPERTIES:
                control.addprevious(child)
        remove(control)
