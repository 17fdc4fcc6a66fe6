"""A contract's JSON as a reader sees it on paper: units that bear a number or a name.

Alinéas are counted over a whole unit: every paragraph and every paragraph of a list's item or of a
framed remark. What is without number and without title continues what is printed before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(eq=False, slots=True)
class Element:
    """Something printed, and what an avenant puts before it, after it or in its place."""

    before: list["Element"] = field(default_factory=list, kw_only=True)
    after: list["Element"] = field(default_factory=list, kw_only=True)
    instead: "list[Element] | None" = field(default=None, kw_only=True)


@dataclass(eq=False, slots=True)
class Alinea(Element):
    """A counted paragraph; ``links`` are its cross-references: text and id of the target."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Intertitle(Element):
    """A sub-heading, which counts for no alinéa."""

    text: str


@dataclass(eq=False, slots=True)
class TableRow(Element):
    """A row: the texts of its cells."""

    cells: tuple[str, ...]
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class TableNote(Element):
    """A note under a table."""

    text: str


@dataclass(eq=False, slots=True)
class PrintedTable(Element):
    """A table with its caption, its header and its notes."""

    title: str
    header: tuple[str, ...]
    rows: list[Element]
    notes: list[Element]


@dataclass(eq=False, slots=True)
class Holder(Element):
    """A unit with its number, or a titled part without; ``kind`` is that of the section.

    ``start`` and ``end`` come at both ends of its own text, ``last`` after the units that it holds.
    """

    id: str
    kind: str
    number: str
    title: str
    items: list[Element] = field(default_factory=list)
    start: list[Element] = field(default_factory=list, kw_only=True)
    end: list[Element] = field(default_factory=list, kw_only=True)
    last: list[Element] = field(default_factory=list, kw_only=True)

    @property
    def is_unit(self) -> bool:
        """True for what a sentence names by itself, False for a part of it."""
        return bool(self.number) or self.kind not in ("clause", "")


def print_contract(contract: Json) -> Holder:
    """The whole contract as one holder; the annex of gaps is no contract text."""
    root = Holder("", "contrat", "", "")
    for section in contract["sections"]:
        if section["kind"] != "lacunes":
            _print_section(section, root, [root])
    return root


def print_sections(sections: list[Json]) -> Holder:
    """Sections alone, as those of an avenant's content."""
    return print_contract({"sections": sections})


def _print_section(section: Json, parent: Holder, latest: list[Holder]) -> None:
    """``latest`` holds the one thing whose heading was printed last."""
    holder = latest[0]
    titled = bool(section["title"] or section["number"])
    if titled or section["kind"] != "clause":
        holder = Holder(section["id"], section["kind"], section["number"], section["title"])
        parent.items.append(holder)
        latest[0] = holder
        parent = holder
    for block in section["blocks"]:
        holder.items += _print_block(block)
    for child in section["children"]:
        _print_section(child, parent, latest)


def _print_block(block: Json) -> Iterator[Element]:
    match block["type"]:
        case "paragraph":
            yield Alinea(text_of(block["content"]), links_of(block["content"]))
        case "subheading":
            yield Intertitle(text_of(block["content"]))
        case "list":
            for item in block["items"]:
                for inner in item:
                    yield from _print_block(inner)
        case "note":
            for inner in block["blocks"]:
                yield from _print_block(inner)
        case "table":
            yield print_table(block)
        case other:
            raise ValueError(other)


def print_table(block: Json) -> PrintedTable:
    """A table of the JSON."""
    return PrintedTable(
        block.get("caption", ""),
        tuple(column["title"] for column in block["columns"]),
        [print_row(row) for row in block["rows"]],
        [TableNote(text_of(note)) for note in block.get("notes", [])],
    )


def print_row(row: Json) -> TableRow:
    """A row of the JSON."""
    links = [link for cell in row["cells"] for link in links_of(cell["content"])]
    return TableRow(tuple(text_of(cell["content"]) for cell in row["cells"]), links)


def text_of(content: list[Json]) -> str:
    """What is printed in line: remarks at the foot of the page stand elsewhere."""
    pieces = []
    for item in content:
        match item["type"]:
            case "break":
                pieces.append("\n")
            case "footnote":
                pass
            case "gap":
                pieces.append(f"[à compléter : {item['label']}]")
            case _:
                pieces.append(item["text"])
    return "".join(pieces)


def links_of(content: list[Json]) -> list[tuple[str, str]]:
    """The cross-references: their text and the id that they lead to."""
    return [(item["text"], item["target"]) for item in content if item["type"] == "reference"]


def iter_holders(holder: Holder) -> Iterator[Holder]:
    """Every unit and part below, in the order of print."""
    for item in holder.items:
        if isinstance(item, Holder):
            yield item
            yield from iter_holders(item)


def own_elements(holder: Holder) -> Iterator[Element]:
    """What belongs to a unit, its parts without number included, other units left out."""
    for item in holder.items:
        if not isinstance(item, Holder):
            yield item
        elif not item.is_unit:
            yield from own_elements(item)


def alineas(holder: Holder) -> list[Alinea]:
    """The counted paragraphs; the first one is number 1."""
    return [item for item in own_elements(holder) if isinstance(item, Alinea)]


def tables(holder: Holder) -> list[PrintedTable]:
    """The tables of a unit."""
    return [item for item in own_elements(holder) if isinstance(item, PrintedTable)]
