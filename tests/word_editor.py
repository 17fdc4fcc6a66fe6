"""A Word file as the editor of the tests sees it: the places in it that nobody touched yet."""

import random
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    RelatedPart,
    get_main_document,
    iter_relationships,
    put_related_part,
    read_parts,
    serialise,
    write_package,
)

AUTHORS: Final = ("Service juridique", "Direction des finances", "Département")
DATE: Final = "2026-03-0{day}T0{hour}:15:00Z"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_COMMENTS: Final = RelatedPart(
    "word/comments.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
)
_WORDS: Final = (
    "sans délai", "par écrit", "après avis du conseil", "chaque semestre", "à titre gratuit",
    "sauf accord contraire", "dans la limite des crédits ouverts", "sous quinzaine",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: ``kind`` is the editor's own word for it, ``old`` and ``new`` the words."""

    kind: str
    tracked: bool
    author: str | None
    old: str = ""
    new: str = ""
    bookmark: str = ""


class WordEditor:
    """One Word file and the places in it for an edit; the same seed gives the same ones."""

    def __init__(self, docx: bytes, seed: int) -> None:
        self._parts = read_parts(docx)
        self._main = get_main_document(self._parts)
        self._root = parse_xml(self._parts[self._main])
        self.random = random.Random(seed)  # noqa: S311 (the same edits each time)
        self._ids = 900_000
        self.edits: list[Edit] = []
        self._touched: set[etree._Element] = set()
        body = self._root.find(w("body"))
        assert body is not None
        self._body = body
        self._sections = find_sections(body)
        self._section_of = {
            element: name for name, elements in self._sections.items() for element in elements
        }
        self._comments = ""

    def render(self) -> bytes:
        """The edited file."""
        self._parts[self._main] = serialise(self._root)
        if self._comments:
            xml = f'<w:comments xmlns:w="{w("x")[1:-2]}">{self._comments}</w:comments>'
            put_related_part(self._parts, _COMMENTS, xml.encode(), self._main)
        return write_package(self._parts)

    def mark(self, kind: str, author: str | None) -> etree._Element:
        """An empty mark of this kind."""
        self._ids += 1
        day, hour = 1 + self._ids % 9, self._ids % 7
        element = etree.Element(w(kind))
        element.set(w("id"), str(self._ids))
        element.set(w("author"), author or "")
        element.set(w("date"), DATE.format(day=day, hour=hour))
        return element

    def pick_run(self, least: int = 20) -> tuple[etree._Element, etree._Element, str] | None:
        """A paragraph that nobody touched, one of its plain runs, and the words in it."""
        places = [
            (paragraph, run, text)
            for paragraph in self._body.iterchildren(w("p"))
            if paragraph in self._section_of
            and paragraph not in self._touched
            and not style_of(paragraph).startswith(("Heading", "Titre"))
            for run in paragraph.iterchildren(w("r"))
            if (text := plain_text(run)) and len(text) >= least
        ]
        if not places:
            return None
        found = self.random.choice(places)
        self._touched.add(found[0])
        return found

    def pick_row(self) -> etree._Element | None:
        """A row of a table in a clause that is not its header; the table is then left alone."""
        places = [
            row
            for table in self._body.iterchildren(w("tbl"))
            if table in self._section_of and table not in self._touched
            for row in list(table.iterchildren(w("tr")))[1:]
            if len("".join(t.text or "" for t in row.iter(w("t")))) > 12
            and len(list(table.iterchildren(w("tr")))) > 2
        ]
        if not places:
            return None
        row = self.random.choice(places)
        table = row.getparent()
        assert table is not None
        self._touched.add(table)
        return row

    def pick_clause(self) -> tuple[str, list[etree._Element]] | None:
        """A titled clause of paragraphs alone, its number of elements small, nobody touched it."""
        places = [
            (name, elements)
            for name, elements in self._sections.items()
            if 2 <= len(elements) <= 6
            and all(e.tag == w("p") and e not in self._touched for e in elements)
            and "Heading" in style_of(elements[0])
            and all(text_of(e).strip() for e in elements)
        ]
        if not places:
            return None
        found = self.random.choice(places)
        self._touched.update(found[1])
        return found

    def text(self) -> str:
        """All the words of the body, in one piece."""
        return text_of(self._body)

    def section(self, paragraph: etree._Element) -> str:
        """The bookmark of the clause that an element is in."""
        return self._section_of.get(paragraph, "")

    def drop_bookmarks(self, element: etree._Element) -> None:
        """Takes away the ends of the bookmarks that start in an element."""
        names = {mark.get(w("id")) for mark in element.iter(w("bookmarkStart"))}
        for end in list(self._body.iter(w("bookmarkEnd"))):
            parent = end.getparent()
            if end.get(w("id")) in names and parent is not None:
                parent.remove(end)

    def words(self) -> str:
        """Words of the other party, never the same twice."""
        self._ids += 1
        return f"{self.random.choice(_WORDS)} (point {self._ids})"

    def add_comment(self, author: str, text: str) -> str:
        """A comment; its identifier."""
        self._ids += 1
        self._comments += (
            f'<w:comment w:id="{self._ids}" w:author="{author}" w:date="2026-03-02T10:00:00Z">'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        )
        return str(self._ids)

    def frame_part(self, kind: str) -> tuple[str, etree._Element] | None:
        """A header or footer with words in it."""
        for relation in iter_relationships(self._parts, self._main):
            if relation.type.endswith(f"/{kind}") and b"</w:t>" in self._parts[relation.target]:
                root = parse_xml(self._parts[relation.target])
                if any((t.text or "").strip() for t in root.iter(w("t"))):
                    return relation.target, root
        return None

    def put(self, name: str, root: etree._Element) -> None:
        """Replaces a part."""
        self._parts[name] = serialise(root)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, when there is one."""
        return self._parts.get(name)


def find_sections(body: etree._Element) -> dict[str, list[etree._Element]]:
    """The paragraphs and tables of each clause, by its bookmark."""
    found: dict[str, list[etree._Element]] = {}
    current = ""
    for child in body:
        for start in child.iter(w("bookmarkStart")):
            if start.get(w("name"), "").startswith("s_"):
                current = start.get(w("name"), "")
        is_empty = child.tag == w("p") and not text_of(child).strip()
        if current and child.tag in (w("p"), w("tbl")) and not is_empty:
            found.setdefault(current, []).append(child)
    found.pop("s_signatures", None)
    return found


def plain_text(run: etree._Element) -> str:
    """The text of a run that holds one text and nothing else."""
    texts = [child for child in run if child.tag != w("rPr")]
    return texts[0].text or "" if len(texts) == 1 and texts[0].tag == w("t") else ""


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")


def make_run(text: str, like: etree._Element | None = None, name: str = "t") -> etree._Element:
    run = etree.Element(w("r"))
    look = None if like is None else like.find(w("rPr"))
    if look is not None:
        run.append(deepcopy(look))
    item = etree.SubElement(run, w(name))
    item.text = text
    item.set(_SPACE, "preserve")
    return run
