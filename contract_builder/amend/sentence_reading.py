"""Our own printed sentences read back: articles of an avenant → operations as ``told.tell`` tells.

The proof that an avenant says all that it orders. What cannot be read is a fault of the sentence,
never skipped.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from contract_builder.amend.quotation import block_lines, table_cells
from contract_builder.amend.sentence_forms import FORMS, HEADING, SentenceForm
from contract_builder.amend.told import told_lines
from contract_builder.amend.unit_names import UnitName, UnitNames
from contract_builder.amend.wording import outer_marks, read_ordinal, told_text
from contract_builder.model.amendment import (
    Operation,
    OperationKind,
    OperationPlace,
    OperationSide,
    OperationText,
)
from contract_builder.model.blocks import (
    Block,
    Paragraph,
    SubHeading,
    Table,
    inline_text,
    iter_blocks,
)

_MARKER: Final = re.compile(r"(?:\d+°|[a-z]+\))[ \u00a0]")
_QUOTED: Final = re.compile("«\u00a0(.*?)\u00a0»", re.DOTALL)
_ENDING: Final = re.compile(r"\u00a0;\Z|(?<!:)\.\Z")
_OPENING: Final = "«\u00a0"
_CLOSED: Final = re.compile("\u00a0»(?:\u00a0;)?\\Z")
_JOINED: Final[frozenset[OperationKind]] = frozenset(
    {"replace_sheet", "insert_sheet", "replace_annex", "insert_annex"}
)
_SIDES: Final[dict[str, OperationSide]] = {"après": "after", "avant": "before"}


class SentenceReadingError(Exception):
    """A printed sentence that is none of our forms, or names what the contract does not have."""


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article of an avenant as printed: its number, its blocks."""

    number: str
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Statement:
    """One sentence and what stands below it."""

    text: str
    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    is_open: bool = False

    def add_line(self, line: str) -> None:
        """A quoted line, without the marks that stand around it."""
        closed = _CLOSED.search(line)
        text = line[: closed.start()] if closed else line
        self.is_open = closed is None
        self.lines.append(outer_marks(text.removeprefix(_OPENING)))

    def add_table(self, table: Table) -> None:
        """A table; inside a quotation its texts are lines too."""
        self.tables.append(table)
        self.lines.extend(told_lines(block_lines((table,))))


def read_operations(
    articles: Sequence[PrintedArticle],
    joined: Mapping[str, tuple[str, ...]],
    names: UnitNames,
) -> tuple[Operation, ...]:
    """The operations that these articles tell, in order.

    ``joined`` has the lines of each annex and sheet joined to the avenant, by number or code.
    Raises SentenceReadingError.
    """
    return tuple(
        operation
        for article in articles
        for operation in _Reader(article.number, joined, names).read(article.blocks)
    )


@dataclass(slots=True)
class _Reader:
    """Reads one article; ``unit`` is what the last heading named."""

    article: str
    joined: Mapping[str, tuple[str, ...]]
    names: UnitNames
    unit: UnitName | None = None

    def read(self, blocks: tuple[Block, ...]) -> Iterator[Operation]:
        """The operations of the blocks."""
        for statement in _iter_statements(blocks):
            marker = _MARKER.match(statement.text)
            if marker is None:
                self.unit = None
            text = statement.text[marker.end() :] if marker else statement.text
            skeleton, quotes = _skeleton(text)
            heading = HEADING.fullmatch(skeleton)
            if heading is not None:
                self.unit = self._find_unit(heading, quotes)
            else:
                yield self._operation(skeleton, quotes, statement)

    def _operation(self, skeleton: str, quotes: list[str], statement: _Statement) -> Operation:
        for form in FORMS:
            found = form.pattern.fullmatch(skeleton)
            if found is not None:
                return self._build(form, found, quotes, statement)
        raise SentenceReadingError(f"no form: {statement.text!r}")

    def _build(
        self, form: SentenceForm, found: re.Match[str], quotes: list[str], statement: _Statement
    ) -> Operation:
        told = _Told(found, quotes)
        unit = self._find_unit(found, quotes)
        kind = form.kind if told.word("part") else _kind_of_whole(form.kind, unit)
        side = _SIDES.get(told.word("side"), form.side)
        return Operation(
            id="",
            article=self.article,
            kind=kind,
            where=_place(told, unit),
            side=side,
            old=told.quote("old"),
            new=self._new(kind, told, unit, statement),
        )

    def _new(
        self, kind: OperationKind, told: "_Told", unit: UnitName, statement: _Statement
    ) -> OperationText | None:
        if kind in _JOINED:
            number = told.word("joined") or unit.unit.label
            if number not in self.joined:
                raise SentenceReadingError(f"{number} is not joined")
            return self.joined[number]
        if kind in ("replace_row", "insert_rows"):
            return table_cells(statement.tables[0])[1:]
        if kind in ("replace_table", "insert_table"):
            return table_cells(statement.tables[0])
        if kind == "move_section":
            return self._target(told)
        return told.quote("new") or (tuple(statement.lines) or None)

    def _target(self, told: "_Told") -> str:
        """What the unit next to which another is put is called in ``Operation.new``."""
        number = told.word("numbered") or told.word("sheet") or told.quote("named")
        called = number or told.word("listed") or ("parties" if told.word("identity") else "")
        unit = self.names.find_any(called)
        if unit is None:
            raise SentenceReadingError(f"no such unit: {called!r}")
        return told_text(unit.unit.name)

    def _find_unit(self, found: re.Match[str], quotes: list[str]) -> UnitName:
        told = _Told(found, quotes)
        unit: UnitName | None = None
        for kind in ("article", "annexe", "fiche"):
            if told.word(kind):
                unit = self.names.find(kind, told.word(kind))
                break
        else:
            if told.word("parties"):
                unit = self.names.find("parties")
            elif told.word("series") or told.word("noun") in ("visa", "considérant"):
                word = told.word("series") or told.word("noun")
                unit = self.names.find("visas" if word.startswith("visa") else "considerants")
            elif self.unit is not None:
                return self.unit
            elif told.quote("part"):
                unit = self.names.find("partie", told.quote("part") or "")
        if unit is None:
            raise SentenceReadingError(f"no such unit: {found.string!r}")
        return unit


@dataclass(frozen=True, slots=True)
class _Told:
    """The groups of a form, quotations put back."""

    found: re.Match[str]
    quotes: list[str]

    def word(self, name: str) -> str:
        """The words of a group; empty when it is absent or the form has none."""
        return (self.found.groupdict().get(name) or "") if name in self.found.re.groupindex else ""

    def quote(self, name: str) -> str | None:
        """The text quoted in a group."""
        word = self.word(name)
        return self.quotes[int(word.strip("⟦⟧"))] if word else None

    def rank(self, name: str) -> int | None:
        """The rank that a group tells."""
        word = self.word(name)
        if not word:
            return None
        rank = read_ordinal(word)
        if rank is None:
            raise SentenceReadingError(f"no rank: {word!r}")
        return rank


def _place(told: _Told, unit: UnitName) -> OperationPlace:
    part = told.quote("part") if unit.kind != "partie" else None
    section = None
    if part is not None:
        section = next((item.id for item in unit.unit.parts if item.title == part), None)
        if section is None:
            raise SentenceReadingError(f"no such part: {part!r}")
    return OperationPlace(
        unit=unit.unit.id,
        label=unit.unit.label,
        sheet=unit.unit.sheet,
        section=section,
        paragraph=told.rank("rank"),
        last_paragraph=told.rank("last"),
        table=told.quote("table"),
        table_rank=told.rank("table_rank"),
        row=told.quote("row"),
        row_rank=told.rank("row_rank"),
        occurrence="each" if told.word("each") else told.rank("at") or told.rank("note"),
    )


def _kind_of_whole(kind: OperationKind, unit: UnitName) -> OperationKind:
    """« … est supprimé » says by its subject what it suppresses."""
    if kind != "delete_section":
        return kind
    kinds: Mapping[str, OperationKind] = {"fiche": "delete_sheet", "annexe": "delete_annex"}
    return kinds.get(unit.kind, kind)


def _skeleton(text: str) -> tuple[str, list[str]]:
    """The sentence with ⟦0⟧, ⟦1⟧… for what it quotes, and what it quotes."""
    quotes = [outer_marks(quote) for quote in _QUOTED.findall(text)]
    numbers = iter(range(len(quotes)))
    skeleton = _QUOTED.sub(lambda _: f"⟦{next(numbers)}⟧", text)
    skeleton = _ENDING.sub("", skeleton).replace("\u00a0", " ")
    return skeleton[:1].lower() + skeleton[1:], quotes


def _iter_statements(blocks: Iterable[Block]) -> Iterator[_Statement]:
    """The sentences, each with the quotation and the tables below it."""
    current: _Statement | None = None
    for block in iter_blocks(tuple(blocks)):
        match block:
            case Paragraph(content=content) | SubHeading(content=content):
                line = inline_text(content)
                if current is not None and (current.is_open or line.startswith(_OPENING)):
                    current.add_line(line)
                    continue
                if current is not None:
                    yield current
                current = _Statement(line)
            case Table():
                if current is None:
                    raise SentenceReadingError("a table stands before any sentence")
                current.add_table(block)
            case _:
                pass
    if current is not None:
        yield current
