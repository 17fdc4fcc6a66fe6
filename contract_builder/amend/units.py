"""A contract as printed, cut into what a sentence can name: units, alinéas, tables.

A unit is what bears a printed number or name: an article, an annex, a sheet, the visas, the
considérants, the designation of the parties; whatever else stands at the top level is a named part.
Its alinéas are counted from 1, as a reader counts them on paper, over the clauses without a number
that belong to it: every paragraph, every paragraph of a list's item and of a framed remark. Titles,
sub-headings, captions, tables and the notes under tables count for none.

A clause without number and without title continues what is printed before it: after article 5.2 it
belongs to article 5.2, although the tree holds it beside. One with a title is a part of the unit
that holds it. The annex of gaps is no contract text and no unit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from contract_builder.model.blocks import (
    Block,
    Footnote,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    Row,
    Table,
    inline_text,
)
from contract_builder.model.contract import Contract, Section, SectionKind

UnitKind = Literal["article", "annexe", "fiche", "visas", "considerants", "parties", "partie"]
BlockPath = tuple[int, ...]
"""Way to a block below a section: index of the block, then (index of the item, index of the block)
for each list that holds it, (0, index of the block) for each framed remark."""

_NAMED: dict[SectionKind, UnitKind] = {
    "visas": "visas",
    "considerants": "considerants",
    "parties": "parties",
    "annexe": "annexe",
    "fiche": "fiche",
}


@dataclass(frozen=True, slots=True)
class Alinea:
    """One counted paragraph: the section that holds it, its way there, what it says."""

    section: str
    path: BlockPath
    block: Paragraph

    @property
    def content(self) -> Inlines:
        """What the paragraph says, piece by piece."""
        return self.block.content

    @property
    def text(self) -> str:
        """The paragraph as it is quoted: without the remarks at the foot of the page."""
        return quoted_text(self.block.content)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of a unit; ``title`` is None where no caption names it alone.

    ``rank`` counts from 1 among the tables of the unit that bear the same caption, or none.
    """

    section: str
    path: BlockPath
    block: Table
    title: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: ``sections`` are its own and those without number that it counts over.

    ``section`` is the root of its tree. ``label`` is its number as printed, the code of a sheet,
    the title of a named part, empty for visas, considérants and parties. ``annex`` is the id of
    the annex that holds a sheet. ``parts`` are the titled sections among ``sections``, the root
    apart.
    """

    kind: UnitKind
    section: Section
    label: str
    annex: str = ""
    sections: tuple[Section, ...] = ()
    alineas: tuple[Alinea, ...] = ()
    tables: tuple[PrintedTable, ...] = ()

    @property
    def id(self) -> str:
        """The id of its root section."""
        return self.section.id

    @property
    def name(self) -> str:
        """What tells it from its siblings: its label, else its title."""
        return self.label or self.section.title

    @property
    def sheet(self) -> str | None:
        """The code of the sheet that it is; None for any other unit."""
        return self.label if self.kind == "fiche" else None

    @property
    def parts(self) -> tuple[Section, ...]:
        """The titled parts without number, in reading order."""
        return tuple(part for part in self.sections if part.title and part.id != self.id)

    def find_part(self, section: str) -> Section | None:
        """The titled part with this id, when its title names it alone."""
        titles = Counter(part.title for part in self.parts)
        return next(
            (part for part in self.parts if part.id == section and titles[part.title] == 1), None
        )

    def find_table(self, title: str | None, rank: int | None) -> PrintedTable | None:
        """The table that is called so."""
        return next(
            (item for item in self.tables if (item.title, item.rank) == (title, rank)), None
        )


@dataclass(slots=True)
class _Draft:
    kind: UnitKind
    section: Section
    label: str
    annex: str
    sections: list[Section] = field(default_factory=list)


def list_units(contract: Contract) -> tuple[Unit, ...]:
    """Every unit of the contract, in reading order of their roots."""
    drafts: list[_Draft] = []
    for section in contract.sections:
        if section.kind != "lacunes":
            _cut(section, None, None, drafts)
    return tuple(map(_finish, drafts))


def is_own_unit(section: Section, *, at_top: bool) -> bool:
    """True for a section that is counted on its own."""
    return at_top or section.kind in _NAMED or bool(section.number)


def _cut(
    section: Section, holder: _Draft | None, before: _Draft | None, drafts: list[_Draft]
) -> _Draft:
    """Adds a section and those below it to their units; gives the unit it ends in.

    ``holder`` is the unit that holds it, ``before`` the one of the sibling printed before it.
    """
    if holder is None or is_own_unit(section, at_top=False):
        kind = _kind_of(section, at_top=holder is None)
        annex = holder.section.id if holder and kind == "fiche" else ""
        label = section.title if kind == "partie" else section.number
        unit = _Draft(kind, section, label, annex)
        drafts.append(unit)
    else:
        unit = before if before is not None and not section.title else holder
    unit.sections.append(section)
    last: _Draft | None = None
    for child in section.children:
        ended = _cut(child, unit, last, drafts)
        last = ended if ended.kind == "article" else None
    return unit


def _kind_of(section: Section, *, at_top: bool) -> UnitKind:
    named = _NAMED.get(section.kind)
    if named is not None:
        return named
    return "article" if section.number or not at_top else "partie"


def _finish(draft: _Draft) -> Unit:
    placed = [
        (section.id, path, block)
        for section in draft.sections
        for path, block in iter_paths(section.blocks)
    ]
    return Unit(
        draft.kind,
        draft.section,
        draft.label,
        draft.annex,
        tuple(draft.sections),
        tuple(
            Alinea(section, path, block)
            for section, path, block in placed
            if isinstance(block, Paragraph)
        ),
        tuple(_name_tables(placed)),
    )


def _name_tables(placed: list[tuple[str, BlockPath, Block]]) -> Iterator[PrintedTable]:
    tables = [(section, path, block) for section, path, block in placed if isinstance(block, Table)]
    captions = Counter(block.caption for _, _, block in tables)
    seen: Counter[str] = Counter()
    for section, path, block in tables:
        caption = block.caption
        seen[caption] += 1
        is_alone = bool(caption) and captions[caption] == 1
        yield PrintedTable(
            section, path, block, caption or None, None if is_alone else seen[caption]
        )


def iter_paths(
    blocks: tuple[Block, ...], above: BlockPath = ()
) -> Iterator[tuple[BlockPath, Block]]:
    """Every block in reading order with the way to it, containers before what they hold."""
    for index, block in enumerate(blocks):
        path = (*above, index)
        yield path, block
        match block:
            case ListBlock(items=items):
                for at, item in enumerate(items):
                    yield from iter_paths(item, (*path, at))
            case Note(blocks=inner):
                yield from iter_paths(inner, (*path, 0))
            case _:
                pass


def quoted_text(content: Inlines) -> str:
    """The characters that a quotation can hold: remarks at the foot of the page are left out."""
    return inline_text(tuple(item for item in content if not isinstance(item, Footnote)))


def row_name(row: Row) -> str:
    """What a row is called by: the text of its first cell, on one line; a group row's only text."""
    return " ".join(quoted_text(row.cells[0].content).split("\n")) if row.cells else ""


def row_ranks(table: Table) -> tuple[tuple[str | None, int | None], ...]:
    """How each row is named: (first cell, None), (first cell, rank among those that begin alike).

    A row whose first cell is empty is named by its rank among all rows: (None, rank).
    """
    names = [row_name(row) for row in table.rows]
    counts = Counter(names)
    seen: Counter[str] = Counter()
    found: list[tuple[str | None, int | None]] = []
    for rank, name in enumerate(names, start=1):
        seen[name] += 1
        if not name.strip():
            found.append((None, rank))
        else:
            found.append((name, None if counts[name] == 1 else seen[name]))
    return tuple(found)


def own_units(sections: Iterable[Section], *, at_top: bool) -> tuple[Section, ...]:
    """Those of some siblings that are units of their own."""
    return tuple(section for section in sections if is_own_unit(section, at_top=at_top))
