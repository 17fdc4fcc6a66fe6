"""Every revision of a Word file, typed: who, when, what, where, in whose.

A revision is one mark. Word writes several for one gesture (each run, the paragraph's end); whoever
reads the list joins them. Text boxes stand twice in a file, for new and old readers: told once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import MC, w
from contract_builder.word.tracked.controls import find_tracked_controls
from contract_builder.word.tracked.marks import (
    GRID_CHANGE,
    MOVE_ENDS,
    MOVE_STARTS,
    PPR,
    RPR,
    TBL,
    TC,
    TR,
    WRAPPERS,
    Kind,
    Mark,
    P,
    Target,
    iter_marks,
)
from contract_builder.word.tracked.parts import TextPart
from contract_builder.word.tracked.reading import changed_properties, read_text
from contract_builder.word.tracked.revision import Revision, RevisionPlace, Story

_STORIES: Final[Mapping[str, Story]] = {
    w("document"): "body", w("hdr"): "header", w("ftr"): "footer",
    w("footnotes"): "footnote", w("endnotes"): "endnote", w("comments"): "comment",
    w("glossaryDocument"): "glossary", w("styles"): "styles", w("numbering"): "numbering",
}  # fmt: skip
_NOTES: Final = frozenset({w("footnote"), w("endnote"), w("comment")})
_TEXT_BOX: Final = w("txbxContent")
_FALLBACK, _ALTERNATIVES = f"{{{MC}}}Fallback", f"{{{MC}}}AlternateContent"
_ID, _AUTHOR, _DATE, _NAME = w("id"), w("author"), w("date"), w("name")


@dataclass(frozen=True, slots=True)
class LocatedRevision:
    """A revision with its marks in the tree: one, or one in each copy of a text box."""

    revision: Revision
    marks: tuple[Mark, ...]


def locate_revisions(part: TextPart) -> list[LocatedRevision]:
    """The revisions of a part in document order, with their marks."""
    reader = _Reader(part)
    found: dict[int, tuple[Revision, list[Mark]]] = {}
    shown: dict[tuple[object, ...], int] = {}
    for rank, mark in enumerate(_iter_told(part.root), start=1):
        alternatives = next(mark.element.iterancestors(_ALTERNATIVES), None)
        if alternatives is not None:
            key = (alternatives, mark.kind, mark.target, mark.element.get(_ID), *_who(mark))
            is_copy = next(mark.element.iterancestors(_FALLBACK), None) is not None
            if is_copy and key in shown:
                found[shown[key]][1].append(mark)
                continue
            shown.setdefault(key, rank)
        found[rank] = (reader.read(mark, rank), [mark])
    return [LocatedRevision(revision, tuple(marks)) for revision, marks in found.values()]


def _iter_told(root: etree._Element) -> Iterator[Mark]:
    closing = find_tracked_controls(root).closing
    return (mark for mark in iter_marks(root) if mark.element not in closing)


def _who(mark: Mark) -> tuple[str | None, str | None]:
    """Author and date; those of the table for a change of its grid, which has none."""
    element = mark.element
    if element.tag == GRID_CHANGE and element.get(_AUTHOR) is None:
        table = next(element.iterancestors(TBL), None)
        names = (w("tblPrChange"), w("tcPrChange"), w("trPrChange"))
        companion = None if table is None else next(table.iter(*names), None)
        element = element if companion is None else companion
    return element.get(_AUTHOR), element.get(_DATE)


class _Reader:
    """What is counted once for a whole part."""

    def __init__(self, part: TextPart) -> None:
        root = part.root
        self._part = part
        self._stem = PurePosixPath(part.name).stem
        self._paragraphs = _rank(root, P)
        self._tables = _rank(root, TBL)
        self._opened = find_tracked_controls(root).opened
        self._moves = _name_moves(root)
        self._ids: dict[etree._Element, str] = {}
        self._row_ranks: dict[etree._Element, dict[etree._Element, int]] = {}

    def read(self, mark: Mark, rank: int) -> Revision:
        element = mark.element
        author, date = _who(mark)
        own = f"{self._stem}-{rank}"
        self._ids[element] = own
        return Revision(
            id=own,
            mark=element.get(_ID, ""),
            kind=mark.kind,
            target=mark.target,
            author=author,
            date=date,
            place=self._place(mark),
            text=read_text(self._concerned(mark)),
            within=self._find_holder(mark),
            move=self._moves.get(element),
            changed=changed_properties(element) if mark.kind is Kind.FORMATTING else (),
        )

    def _place(self, mark: Mark) -> RevisionPlace:
        outer = {str(e.tag): e for e in reversed(list(mark.element.iterancestors()))}
        paragraph = outer.get(P)
        if paragraph is None:
            concerned = self._concerned(mark)
            paragraph = next((e for c in concerned for e in c.iter(P)), None)
        note = next((e for e in outer.values() if e.tag in _NOTES), None)
        return RevisionPlace(
            part=self._part.name,
            story=_STORIES.get(str(self._part.root.tag), "body"),
            paragraph=None if paragraph is None else self._paragraphs.get(paragraph),
            table=self._tables.get(outer[TBL]) if TBL in outer else None,
            row=self._rank_in(outer[TBL], outer[TR], TR) if TR in outer and TBL in outer else None,
            cell=self._rank_in(outer[TR], outer[TC], TC) if TC in outer and TR in outer else None,
            note=None if note is None else note.get(_ID),
            in_text_box=_TEXT_BOX in outer,
        )

    def _rank_in(self, holder: etree._Element, item: etree._Element, name: str) -> int | None:
        """The rank among the rows of a table, or cells of a row, those of inner tables aside."""
        ranks = self._row_ranks.get(holder)
        if ranks is None:
            own = (
                e for e in holder.iter(name)
                if next(e.iterancestors(str(holder.tag)), None) is holder
            )  # fmt: skip
            ranks = self._row_ranks[holder] = {e: n for n, e in enumerate(own, start=1)}
        return ranks.get(item)

    def _concerned(self, mark: Mark) -> Sequence[etree._Element]:
        element = mark.element
        if mark.target is Target.CONTROL:
            return self._opened.get(element, ())
        if mark.target is Target.NUMBERING:
            return tuple(element.iterancestors(P))[:1]
        if element.tag in WRAPPERS and mark.target is Target.TEXT:
            run = element.getparent()
            if run is not None and run.tag == RPR:
                run = run.getparent()
                return () if run is None else (run,)
            return (element,)
        properties = element.getparent()
        holder = None if properties is None else properties.getparent()
        if mark.target is Target.PARAGRAPH_MARK or holder is None or holder.tag == PPR:
            return ()
        if mark.target in (Target.TABLE_LOOK, Target.SECTION_LOOK):
            return ()
        return (holder,)

    def _find_holder(self, mark: Mark) -> str | None:
        """The nearest revision round this one, or just before it on the same mark."""
        element = mark.element
        if mark.target in (Target.PARAGRAPH_MARK, Target.ROW):
            before = next(element.itersiblings(*WRAPPERS, preceding=True), None)
            return None if before is None else self._ids.get(before)
        known = (self._ids.get(outer) for outer in element.iterancestors(*WRAPPERS))
        return next((own for own in known if own is not None), None)


def _rank(root: etree._Element, name: str) -> dict[etree._Element, int]:
    return {element: rank for rank, element in enumerate(root.iter(name), start=1)}


def _name_moves(root: etree._Element) -> dict[etree._Element, str]:
    """The name of the move that each mark of one belongs to (17.13.5.21 to 17.13.5.28)."""
    names: dict[etree._Element, str] = {}
    active: dict[bool, dict[str | None, str]] = {True: {}, False: {}}
    for element in root.iter(*MOVE_STARTS, *MOVE_ENDS, w("moveFrom"), w("moveTo")):
        of_a_side = active[element.tag in _FROM]
        if element.tag in MOVE_STARTS:
            of_a_side[element.get(_ID)] = element.get(_NAME, "")
        elif element.tag in MOVE_ENDS:
            of_a_side.pop(element.get(_ID), None)
        elif of_a_side:
            names[element] = of_a_side[next(reversed(of_a_side))]
    return names


_FROM: Final = frozenset({w("moveFrom"), MOVE_STARTS[0], MOVE_ENDS[0]})
