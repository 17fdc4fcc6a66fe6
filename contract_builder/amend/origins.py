"""Which avenant each passage of a consolidated text comes from.

A passage is a line as readers see it: a paragraph, a sub-heading, a row of a table, a note under
it. It is known by its section and its rank there; what an avenant changes takes its name, what it
leaves keeps the names that it has.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from contract_builder.amend.applying import apply_operations
from contract_builder.amend.failures import OperationError
from contract_builder.amend.sameness import row_said, said
from contract_builder.amend.units import list_units
from contract_builder.model.amendment import Amendment
from contract_builder.model.blocks import (
    Block,
    Drawing,
    Footnote,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import Contract, Section, iter_tree
from contract_builder.model.french import NBSP, enumerate_words, long_date


@dataclass(frozen=True, slots=True)
class PassageOrigin:
    """An avenant and the articles of it that changed a passage."""

    number: int
    signed_on: date | None
    articles: tuple[str, ...]

    @property
    def words(self) -> str:
        """« Avenant n° 2 du 1er mars 2026, article 3 »."""
        day = "" if self.signed_on is None else f" du {long_date(self.signed_on)}"
        name = f"Avenant n°{NBSP}{self.number}{day}"
        if not self.articles:
            return name
        noun = "article" if len(self.articles) == 1 else "articles"
        return f"{name}, {noun}{NBSP}{enumerate_words(self.articles)}"


OriginMarks = tuple[tuple[PassageOrigin, ...], ...]
"""For each line of a section, the avenants that it comes from, in order."""
PassageOrigins = Mapping[str, OriginMarks]
"""The marks of each section that has some, by its id."""
_NONE: Final[tuple[PassageOrigin, ...]] = ()


def trace_origins(
    before: Contract, after: Contract, amendment: Amendment, known: PassageOrigins
) -> dict[str, OriginMarks]:
    """The origins after an avenant that made ``after`` of ``before``, whose origins were known."""
    articles = _articles_by_section(amendment, before, after)
    several = [told for told in articles.values() if len(set(told)) > 1]
    made = _lines_by_article(amendment, before, {one for told in several for one in told})
    olds = {section.id: section for section in before.iter_sections()}
    found: dict[str, OriginMarks] = {}
    for section in after.iter_sections():
        told = tuple(dict.fromkeys(articles.get(section.id, ())))
        origin = PassageOrigin(amendment.number, amendment.signed_on, told)
        old = olds.get(section.id)
        lines = list(_iter_keys(section.blocks))
        old_lines = [] if old is None else list(_iter_keys(old.blocks))
        marks = known.get(section.id, (_NONE,) * len(old_lines))
        if lines != old_lines:
            by_line = {
                line: replace(origin, articles=alone)
                for line in lines
                if (alone := tuple(a for a in told if line in made.get((a, section.id), ())))
            }
            marks = tuple(_iter_marks(old_lines, lines, marks, origin, by_line))
        if any(marks):
            found[section.id] = marks
    return found


def _iter_marks(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    marks: OriginMarks,
    origin: PassageOrigin,
    by_line: Mapping[Hashable, PassageOrigin],
) -> Iterator[tuple[PassageOrigin, ...]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from marks[i:j]
        for rank in range(k, m if tag != "equal" else k):
            was = marks[i + rank - k] if i + rank - k < j else _NONE
            yield (*was, by_line.get(new[rank], origin))


def _lines_by_article(
    amendment: Amendment, before: Contract, articles: Collection[str]
) -> dict[tuple[str, str], frozenset[Hashable]]:
    """What each of these articles makes alone: the lines of each section that were not there.

    A line that two articles change is made by neither: it comes from both. An article that the text
    does not take alone, as another avenant came in between, tells nothing.
    """
    olds = {section.id: set(_iter_keys(section.blocks)) for section in before.iter_sections()}
    found: dict[tuple[str, str], frozenset[Hashable]] = {}
    for article in articles:
        own = tuple(item for item in amendment.operations if item.article == article)
        try:
            alone = apply_operations(own, before)
        except OperationError:
            continue
        for section in alone.iter_sections():
            lines = frozenset(_iter_keys(section.blocks)) - olds.get(section.id, set())
            found[article, section.id] = lines
    return found


def _articles_by_section(
    amendment: Amendment, before: Contract, after: Contract
) -> dict[str, list[str]]:
    """The articles of the avenant that speak of each section, of what they put in too."""
    held: dict[str, list[str]] = {}
    for contract in (before, after):
        for unit in list_units(contract):
            held.setdefault(unit.id, []).extend(section.id for section in unit.sections)
    found: dict[str, list[str]] = {}
    for operation in amendment.operations:
        content = [item for item in operation.content or () if isinstance(item, Section)]
        put = [section.id for item in content for section in iter_tree(item)]
        for name in put or held.get(operation.where.unit, []):
            found.setdefault(name, []).append(operation.article)
    return found


def _iter_keys(blocks: Iterable[Block]) -> Iterator[Hashable]:
    """What each line of the blocks says, in reading order."""
    for line in _iter_lines(blocks):
        yield row_said(line) if isinstance(line, Row) else said(line)


def _iter_lines(blocks: Iterable[Block]) -> Iterator[Inlines | Row]:
    for block in blocks:
        match block:
            case Paragraph(content=content) | SubHeading(content=content):
                yield content
            case ListBlock(items=items):
                for item in items:
                    yield from _iter_lines(item)
            case Note(blocks=inner):
                yield from _iter_lines(inner)
            case Table(rows=rows, notes=notes):
                yield from rows
                yield from notes


def print_origins(section: Section, origins: PassageOrigins) -> Section:
    """The section and all below it, each changed passage with a remark at the foot of the page.

    The files of the library that a draft names are left out: the text comes from what was signed.
    """
    marks = origins.get(section.id)
    blocks = section.blocks
    if marks is not None:
        blocks = _Printer(section.id, iter(enumerate(marks))).blocks(section.blocks)
    children = tuple(print_origins(child, origins) for child in section.children)
    return replace(section, blocks=blocks, children=children, provenance=None)


@dataclass(frozen=True, slots=True)
class _Printer:
    section: str
    marks: Iterator[tuple[int, tuple[PassageOrigin, ...]]]

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple([self._block(block) for block in blocks])

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(content=content) | SubHeading(content=content):
                return replace(block, content=(*content, *self._notes()))
            case ListBlock(items=items):
                return replace(block, items=tuple([self.blocks(item) for item in items]))
            case Note(blocks=inner):
                return replace(block, blocks=self.blocks(inner))
            case Table(rows=rows, notes=notes):
                return replace(
                    block,
                    rows=tuple([self._row(row) for row in rows]),
                    notes=tuple([(*note, *self._notes()) for note in notes]),
                )
            case Drawing():
                return block

    def _row(self, row: Row) -> Row:
        """The remark stands in the first cell that says something."""
        notes = self._notes()
        at = next((rank for rank, cell in enumerate(row.cells) if cell.content), 0)
        cells = list(row.cells)
        if notes:
            cells[at] = replace(cells[at], content=(*cells[at].content, *notes))
        return replace(row, cells=tuple(cells))

    def _notes(self) -> tuple[Footnote, ...]:
        rank, origins = next(self.marks)
        if not origins:
            return ()
        told = " ; ".join(origin.words for origin in origins).replace(" ;", f"{NBSP};")
        return (Footnote(f"origine.{self.section}.{rank}", (Text(f"{told}."),)),)
