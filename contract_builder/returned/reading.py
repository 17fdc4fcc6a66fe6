"""A Word file → its lines, in reading order; headers and footers after the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from contract_builder.returned.lines import LineMark, LineParagraph, LineStory, WordLine
from contract_builder.returned.pieces import (
    PARAGRAPH_TAG,
    STAMP,
    ParagraphReader,
    find_look,
    find_marks,
    iter_boxes,
    iter_paragraphs,
)
from contract_builder.word.markers import BOOKMARK_PREFIX
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    find_related,
    get_main_document,
    iter_relationships,
    read_parts,
    serialise,
    write_package,
)
from contract_builder.word.tracked.marks import iter_marks

_TABLE, _ROW, _CELL, _SDT = w("tbl"), w("tr"), w("tc"), w("sdt")
_START, _END, _ID, _NAME, _VAL = (
    w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name"), w("val"),
)  # fmt: skip
_HOLDERS: Final = frozenset(
    w(name)
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "del", "moveFrom", "moveTo")
)
_CONTENTS_STYLES: Final = ("toc", "tm", "tdm", "contents", "tabledesmati")
_GALLERY: Final = f".//{w('docPartGallery')}"
_STORIES: Final[Mapping[str, LineStory]] = {"header": "header", "footer": "footer"}


def stamp_paragraphs(docx: bytes) -> bytes:
    """The file with a rank on every paragraph and mark: found again once settled."""
    parts = read_parts(docx)
    rank = 0
    for name in _iter_text_parts(parts):
        root = parse_xml(parts[name])
        for element in (*root.iter(PARAGRAPH_TAG), *(mark.element for mark in iter_marks(root))):
            rank += 1
            element.set(STAMP, str(rank))
        parts[name] = serialise(root)
    return write_package(parts)


def _iter_text_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    main = get_main_document(parts)
    yield main
    kinds = ("/header", "/footer", "/footnotes", "/endnotes")
    seen = {main}
    for relation in iter_relationships(parts, main):
        name = relation.target
        if relation.type.endswith(kinds) and name in parts and name not in seen:
            seen.add(name)
            yield name


def read_lines(docx: bytes) -> list[WordLine]:
    """The lines of the file that say something; headers and footers, each told once, last.

    Raises TemplateError when the bytes are no Word document.
    """
    parts = read_parts(docx)
    main = get_main_document(parts)
    notes = _Notes.load(parts, main)
    root = parse_xml(parts[main])
    walker = _Walker("body", root, notes)
    body = root.find(w("body"))
    lines = [] if body is None else list(walker.walk(body))
    return [*lines, *_iter_frame(parts, main)]


def _iter_frame(parts: Mapping[str, bytes], main: str) -> Iterator[WordLine]:
    """The lines of headers and footers; sections that repeat them tell nothing more."""
    seen: set[tuple[LineStory, str]] = set()
    for relation in iter_relationships(parts, main):
        story = _STORIES.get(relation.type.rpartition("/")[2])
        if story is None or relation.target not in parts:
            continue
        root = parse_xml(parts[relation.target])
        for line in _Walker(story, root, _Notes()).walk(root):
            if (story, line.text) not in seen:
                seen.add((story, line.text))
                yield replace(line, section="", starts=())


@dataclass(slots=True)
class _Notes:
    """The footnotes and endnotes of a file by identifier (« end: » before those of the end)."""

    elements: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def load(cls, parts: Mapping[str, bytes], main: str) -> "_Notes":
        found: dict[str, etree._Element] = {}
        for relation, prefix in (("footnotes", ""), ("endnotes", "end:")):
            name = find_related(parts, main, relation)
            if name is not None and name in parts:
                found.update(
                    (prefix + note.get(_ID, ""), note)
                    for note in parse_xml(parts[name])
                    if note.get(w("type")) in (None, "normal")
                )
        return cls(found)

    def iter_lines(self, identifier: str, marks: tuple[LineMark, ...]) -> Iterator[LineParagraph]:
        """The paragraphs of a note; what marks its call marks all of it."""
        note = self.elements.get(identifier)
        if note is not None:
            reader = ParagraphReader(note, marks)
            for paragraph in iter_paragraphs(note):
                yield reader.read(paragraph)


class _Walker:
    """Goes through one part in document order; knows which bookmarks are open."""

    def __init__(self, story: LineStory, root: etree._Element, notes: _Notes) -> None:
        self._story = story
        self._reader = ParagraphReader(root, shows_pictures=story == "body")
        self._notes = notes
        self._open: dict[str, str] = {}
        self._last = ""
        self._waiting: list[str] = []
        self._tables = -1
        self._before = ""

    def walk(self, container: etree._Element) -> Iterator[WordLine]:
        """The lines of a container."""
        for child in container:
            if child.tag == PARAGRAPH_TAG:
                yield from self._paragraph(child)
            elif child.tag == _TABLE:
                yield from self._table(child)
            elif child.tag in (_START, _END):
                self._waiting += self._note(child)
            elif child.tag in _HOLDERS and not _is_contents(child):
                yield from self.walk(child)

    def _note(self, mark: etree._Element) -> list[str]:
        """Opens or closes a bookmark of a section; the names that it opens."""
        identifier = mark.get(_ID, "")
        if mark.tag == _END:
            self._open.pop(identifier, None)
            return []
        name = mark.get(_NAME, "")
        if not name.startswith(BOOKMARK_PREFIX):
            return []
        self._open[identifier] = self._last = name
        return [name]

    def _section(self) -> str:
        return self._open[next(reversed(self._open))] if self._open else self._last

    def _place(self, element: etree._Element) -> tuple[str, tuple[str, ...]]:
        """The section of a paragraph or row, and the bookmarks that start in or just before it."""
        starts, self._waiting = self._waiting, []
        ends = []
        for mark in element.iter(_START, _END):
            if mark.tag == _START:
                starts += self._note(mark)
            else:
                ends.append(mark)
        section = self._section()
        for mark in ends:
            self._note(mark)
        return section, tuple(starts)

    def _paragraph(self, element: etree._Element) -> Iterator[WordLine]:
        section, starts = self._place(element)
        read = self._reader.read(element)
        if _is_contents_line(read, element):
            return
        if read.text.strip():
            self._before = read.text
            yield WordLine(self._story, ((read,),), section, starts)
        else:
            self._waiting = list(starts)
        for box in iter_boxes(element):
            yield from self.walk(box)
        yield from self._called(element, section)

    def _called(self, element: etree._Element, section: str) -> Iterator[WordLine]:
        for identifier, marks in self._reader.iter_calls(element):
            paragraphs = tuple(
                p for p in self._notes.iter_lines(identifier, marks) if p.text.strip()
            )
            if paragraphs:
                yield WordLine("note", (paragraphs,), section)

    def _table(self, table: etree._Element) -> Iterator[WordLine]:
        self._tables += 1
        rank, caption = self._tables, self._before
        for row in _iter_in(table, _ROW):
            section, starts = self._place(row)
            properties = row.find(w("trPr"))
            cells = list(_iter_in(row, _CELL))
            line = WordLine(
                self._story,
                tuple(tuple(self._reader.read(p) for p in iter_paragraphs(c)) for c in cells),
                section,
                starts,
                rank,
                caption,
                find_marks(properties, self._reader.moves),
                tuple(_iter_looks(row, properties, cells)),
            )
            if line.text.replace("|", "").strip():
                yield line
            for paragraph in iter_paragraphs(row):
                yield from self._called(paragraph, section)


def _iter_looks(
    row: etree._Element, properties: etree._Element | None, cells: list[etree._Element]
) -> Iterator[LineMark]:
    table = next(row.iterancestors(_TABLE), None)
    is_first = table is not None and next(table.iter(_ROW), None) is row
    holders = [properties, *(cell.find(w("tcPr")) for cell in cells)]
    if table is not None and is_first:
        holders.append(table.find(w("tblPr")))
    for holder in holders:
        look = find_look(holder)
        if look is not None:
            yield look


def _iter_in(container: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, those in controls included, those of inner tables not."""
    for child in container:
        if child.tag == name:
            yield child
        elif child.tag in _HOLDERS:
            yield from _iter_in(child, name)


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{w('sdtPr')}{_GALLERY[1:]}") if control.tag == _SDT else None
    return gallery is not None and "contents" in gallery.get(_VAL, "").lower()


def _is_contents_line(read: LineParagraph, element: etree._Element) -> bool:
    """A line of the table of contents, whatever wrote it."""
    style = read.style.lower()
    if style.startswith(_CONTENTS_STYLES) and style[-1:].isdigit():
        return True
    return any("PAGEREF" in (code.text or "") for code in element.iter(w("instrText")))
