"""Paragraphs changed under an author's name: words found by their place, cut out, marked, added.

Knows marks and runs, not decisions. Places are characters of the paragraph as it reads with every
revision refused, as the changes of ``returned`` count them.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from contract_builder.returned.pieces import PARAGRAPH_TAG, STAMP, iter_told_runs
from contract_builder.returned.values import find_shown_hunks
from contract_builder.word.ooxml import w
from contract_builder.word.revisions import (
    BOOKMARK_END,
    BOOKMARK_START,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    Reviser,
    RevisionMark,
    unwrap_controls,
)
from contract_builder.word.tracked.marks import DEL, INS, MOVE_FROM, MOVE_TO, WRAPPERS, unwrap

_TEXT, _DELETED_TEXT = w("t"), w("delText")
_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_REVIVED: Final = {_DELETED_TEXT: _TEXT, w("delInstrText"): w("instrText")}
_NOTES: Final = (w("footnoteReference"), w("endnoteReference"), w("commentReference"))
_LEFT_OUT: Final = (
    BOOKMARK_START, BOOKMARK_END, w("commentRangeStart"), w("commentRangeEnd"), w("sectPr"),
    w("permStart"), w("permEnd"),
)  # fmt: skip


def wrap_run(run: etree._Element, reviser: Reviser, mark: RevisionMark) -> etree._Element:
    """The run inside a mark of its own, in its place."""
    parent = run.getparent()
    assert parent is not None  # noqa: S101 - a run of a document has one
    at = parent.index(run)
    outer = reviser.wrap_runs([run], mark)
    parent.insert(at, outer)
    return outer


def make_run(text: str, like: etree._Element | None) -> etree._Element:
    """A run that says ``text``, with the look of another one."""
    run = etree.Element(RUN)
    look = None if like is None else like.find(RUN_PROPERTIES)
    if look is not None:
        own = deepcopy(look)
        for child in [c for c in own if c.tag in WRAPPERS or str(c.tag).endswith("Change")]:
            own.remove(child)
        run.append(own)
    held = etree.SubElement(run, _TEXT)
    held.text = text
    held.set(_PRESERVE, "preserve")
    return run


def make_paragraph(text: str, like: etree._Element, reviser: Reviser) -> etree._Element:
    """A paragraph that is inserted, with the properties of another one; empty without text."""
    paragraph = etree.Element(PARAGRAPH_TAG)
    properties = like.find(PARAGRAPH_PROPERTIES)
    if properties is not None:
        own = deepcopy(properties)
        for child in [c for c in own if c.tag in (RUN_PROPERTIES, w("sectPr"), w("pPrChange"))]:
            own.remove(child)
        paragraph.append(own)
    if text:
        runs = [run for run, said in iter_told_runs(like) if said.strip()]
        paragraph.append(make_run(text, runs[0] if runs else None))
    reviser.mark_paragraph(paragraph, "ins")
    return paragraph


def copy_clean(element: etree._Element, reviser: Reviser) -> etree._Element:
    """A paragraph or row as it read before any revision, without anchors, notes and stamps."""
    clean = deepcopy(element)
    clean.tail = None
    for holder in [e for e in clean.iter(INS, MOVE_TO) if e is not clean]:
        parent = holder.getparent()
        if parent is not None:
            parent.remove(holder)
    for holder in list(clean.iter(DEL, MOVE_FROM)):
        unwrap(holder)
    for child in list(clean.iter(*_LEFT_OUT)):
        parent = child.getparent()
        if parent is not None:
            parent.remove(child)
    for call in list(clean.iter(*_NOTES)):
        run = call.getparent()
        if run is not None and run.getparent() is not None:
            run.getparent().remove(run)  # type: ignore[union-attr]  # looked at just before
    revive(clean)
    for stamped in clean.iter():
        stamped.attrib.pop(STAMP, "")
    reviser.refresh_ids(clean)
    return clean


def revive(element: etree._Element) -> None:
    """Deleted text takes the names of text again."""
    for child in element.iter(*_REVIVED):
        child.tag = _REVIVED[str(child.tag)]


def rewrite_paragraph(paragraph: etree._Element, target: str, reviser: Reviser) -> None:
    """Marks of ``reviser`` after which the paragraph says ``target``; refused, what it says now."""
    for start, end, new in reversed(find_shown_hunks(refused_text(paragraph), target)):
        cover, anchor = _cut_out(paragraph, start, end)
        for run in cover:
            anchor = wrap_run(run, reviser, "del")
        if new:
            inserted = reviser.wrap_runs([make_run(new, _look_of(paragraph, cover, anchor))], "ins")
            _put(paragraph, inserted, anchor)


def show_rewritten(paragraph: etree._Element, before: str, reviser: Reviser) -> None:
    """Marks after which the paragraph says what it says now, and before which ``before``."""
    for start, end, old in reversed(find_shown_hunks(refused_text(paragraph), before)):
        cover, anchor = _cut_out(paragraph, start, end)
        look = _look_of(paragraph, cover, anchor)
        if cover:
            marked = [wrap_run(run, reviser, "ins") for run in cover]
            if old:
                marked[0].addprevious(reviser.wrap_runs([make_run(old, look)], "del"))
        elif old:
            _put(paragraph, reviser.wrap_runs([make_run(old, look)], "del"), anchor)


def refused_text(paragraph: etree._Element) -> str:
    """What the paragraph says with every revision refused."""
    return "".join(text for _, _, text in _iter_spans(paragraph))


def _iter_spans(paragraph: etree._Element) -> Iterator[tuple[etree._Element, int, str]]:
    """The runs that count when all is refused, each with its place."""
    at = 0
    for run, text in iter_told_runs(paragraph):
        if not _is_added(run, paragraph):
            yield run, at, text
            at += len(text)


def _is_added(run: etree._Element, paragraph: etree._Element) -> bool:
    for outer in run.iterancestors():
        if outer is paragraph:
            break
        if outer.tag in (INS, MOVE_TO):
            return True
    look = run.find(RUN_PROPERTIES)
    return look is not None and look.find(INS) is not None


def _cut_out(
    paragraph: etree._Element, start: int, end: int
) -> tuple[list[etree._Element], etree._Element | None]:
    """The runs of these characters, cut at both ends, and what stands just before them."""
    unwrap_controls(paragraph)
    for run, _ in list(iter_told_runs(paragraph)):
        _explode(run)
    for edge in (end, start):
        for run, at, text in list(_iter_spans(paragraph)):
            if at < edge < at + len(text):
                _cut(run, edge - at)
    spans = list(_iter_spans(paragraph))
    cover = [run for run, at, text in spans if text and start <= at and at + len(text) <= end]
    before = [run for run, at, text in spans if text and at + len(text) <= start]
    anchor = before[-1] if before else None
    kept = [run for run in cover if not _is_struck(run, paragraph)]
    return kept, _outermost(anchor, paragraph)


def _is_struck(run: etree._Element, paragraph: etree._Element) -> bool:
    """True for text that somebody's revision deletes already."""
    for outer in run.iterancestors():
        if outer is paragraph:
            return False
        if outer.tag in (DEL, MOVE_FROM):
            return True
    return False


def _outermost(run: etree._Element | None, paragraph: etree._Element) -> etree._Element | None:
    """The run, or the mark round it, among the children of what holds both."""
    found = run
    for outer in () if run is None else run.iterancestors():
        if outer is paragraph:
            break
        if outer.tag in WRAPPERS:
            found = outer
    return found


def _explode(run: etree._Element) -> None:
    """One run for each thing that it holds."""
    look = run.find(RUN_PROPERTIES)
    for child in reversed([child for child in run if child is not look][1:]):
        other = etree.Element(RUN)
        if look is not None:
            other.append(deepcopy(look))
        other.append(child)
        run.addnext(other)


def _cut(run: etree._Element, offset: int) -> None:
    """Two runs for the two parts of a text."""
    held = next((child for child in run if child.tag in (_TEXT, _DELETED_TEXT)), None)
    if held is None or held.text is None:
        return
    other = deepcopy(run)
    rest = next(child for child in other if child.tag == held.tag)
    rest.text, held.text = held.text[offset:], held.text[:offset]
    for part in (rest, held):
        part.set(_PRESERVE, "preserve")
    run.addnext(other)


def _look_of(
    paragraph: etree._Element, cover: list[etree._Element], anchor: etree._Element | None
) -> etree._Element | None:
    if cover:
        return cover[0]
    near = anchor if anchor is None or anchor.tag == RUN else anchor.find(f".//{RUN}")
    return near if near is not None else next(paragraph.iter(RUN), None)


def _put(paragraph: etree._Element, element: etree._Element, anchor: etree._Element | None) -> None:
    """After ``anchor``, else at the beginning of the paragraph."""
    if anchor is not None:
        anchor.addnext(element)
        return
    first = paragraph.find(PARAGRAPH_PROPERTIES)
    paragraph.insert(0 if first is None else 1, element)
