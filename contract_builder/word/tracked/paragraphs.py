"""Paragraphs whose mark goes: their text joins the next paragraph (17.13.5.15, 17.13.5.20).

A paragraph's properties stand in its mark: of joined paragraphs, the properties of the last one
stay. The last mark of a text, a cell, a note or a control cannot go, nor one before a table: a
paragraph there goes whole when it has nothing left and is not needed, else it stays.
"""

from collections.abc import Collection, Iterable
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import PPR, RPR, SECTION, Mark, P, R, remove
from contract_builder.word.tracked.ranges import RANGE_MARKERS

_TRANSPARENT: Final = RANGE_MARKERS | {w("proofErr")}
_NOTHING: Final = _TRANSPARENT | {PPR}
_NOTHING_IN_RUN: Final = frozenset({RPR, w("lastRenderedPageBreak")})
_NEED_A_PARAGRAPH: Final = frozenset(
    w(name) for name in ("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "tc")
)
_CELL: Final = w("tc")


def settle_paragraph_mark(mark: Mark, *, keep: bool) -> etree._Element | None:
    """Takes the mark of a revision away; the paragraph when its own mark goes with it."""
    look = mark.element.getparent()
    properties = None if look is None else look.getparent()
    if look is None or properties is None:
        return None
    look.remove(mark.element)
    if len(look) == 0:
        properties.remove(look)
    return None if keep else properties.getparent()


def join_paragraphs(root: etree._Element, going: Collection[etree._Element]) -> None:
    """Joins the paragraphs whose marks go with those that follow, in every text of the part."""
    containers: dict[etree._Element, None] = {}
    for paragraph in root.iter(P):
        parent = paragraph.getparent()
        if paragraph in going and parent is not None:
            containers[parent] = None
    for container in containers:
        group: list[etree._Element] = []
        for child in list(container):
            if child in going or (group and child.tag in _TRANSPARENT):
                group.append(child)
            elif group:
                _end_group(group, child)
                group = []
        if group:
            _end_group(group, None)


def _end_group(group: list[etree._Element], following: etree._Element | None) -> None:
    """A group: paragraphs whose marks go, one after the other, and the markers between them."""
    paragraphs = [item for item in group if item.tag == P]
    holds_text = any(_holds_text(paragraph) for paragraph in paragraphs)
    if following is not None and following.tag == P:
        _dissolve(group, following if holds_text else None)
        return
    at_end = following is None or following.tag == SECTION
    if holds_text or (at_end and not _follows_paragraph(group[0])):
        last = paragraphs[-1]
        _dissolve(group[: group.index(last)], last)
        _forget_section(last)
    else:
        _dissolve(group, None)


def _dissolve(group: list[etree._Element], into: etree._Element | None) -> None:
    """What the group holds at the head of a paragraph; without one, its markers in its place."""
    content: list[etree._Element] = []
    for item in group:
        left = [child for child in item if child.tag != PPR] if item.tag == P else [item]
        if into is not None:
            content.extend(left)
        elif item.tag == P:
            for child in left:
                if child.tag in RANGE_MARKERS:
                    item.addprevious(child)
        if item.tag == P:
            remove(item)
    if into is not None:
        at = 1 if into.find(PPR) is not None else 0
        into[at:at] = content


def _holds_text(paragraph: etree._Element) -> bool:
    return any(child.tag not in _NOTHING and not _is_empty_run(child) for child in paragraph)


def _is_empty_run(element: etree._Element) -> bool:
    return element.tag == R and all(child.tag in _NOTHING_IN_RUN for child in element)


def _follows_paragraph(element: etree._Element) -> bool:
    before = (item for item in element.itersiblings(etree.Element, preceding=True))
    block = next((item for item in before if item.tag not in _TRANSPARENT), None)
    return block is not None and block.tag == P


def _forget_section(paragraph: etree._Element) -> None:
    """A section ends with the mark of its last paragraph, and goes with it (17.6.18)."""
    section = paragraph.find(f"{PPR}/{SECTION}")
    if section is not None:
        remove(section)


def complete_containers(containers: Iterable[etree._Element]) -> None:
    """An empty paragraph where a text must hold one: a cell ends with it (17.4.65)."""
    for container in containers:
        if container.tag not in _NEED_A_PARAGRAPH:
            continue
        blocks = [child for child in container if child.tag not in _TRANSPARENT]
        if not blocks or (container.tag == _CELL and blocks[-1].tag != P):
            etree.SubElement(container, P)
