"""What a contract prints: the values, links and tables that fill the standard text in its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from contract_builder.assembly.expressions import format_value, parse_field
from contract_builder.assembly.fields import FIELDS
from contract_builder.assembly.introductions import NOTHING_BLOCK
from contract_builder.assembly.lacks import HEADING_OF_TABLE, key_of_declared, key_of_gap
from contract_builder.assembly.numbering import SectionLabel
from contract_builder.diagnostics import Problems
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import (
    Block,
    CrossReference,
    Field,
    Gap,
    Inline,
    Paragraph,
    Table,
    Text,
    iter_blocks,
    iter_inlines,
)
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.french import NBSP
from contract_builder.reading.markdown import Emphasis
from contract_builder.source import Place


@dataclass(frozen=True, slots=True)
class FieldRequest:
    """A clause asks for a value: the first field that its expression names."""

    key: str


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A clause refers to a section, in its own words when it has some."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class TableRequest:
    """A clause asks for a table of the profile's lines."""

    name: str


Request = FieldRequest | LinkRequest | TableRequest
Answer = Inline | tuple[Block, ...]
_REMEMBERED_TEXTS = 8192


@dataclass(slots=True)
class RequestRecorder:
    """A filler that notes what a text asks for, in order."""

    requests: list[Request] = field(default_factory=list)

    def fill_field(self, expression: str, place: Place, style: Emphasis) -> Inline | None:
        """Notes the field; a wrong expression, which ``check`` tells, is left out."""
        problems: Problems = []
        parsed = parse_field(expression, place, problems)
        if parsed is None:
            return None
        self.requests.append(FieldRequest(parsed.fields[0]))
        return Text("…", style.bold, style.italic)

    def fill_reference(
        self, target: str, text: str, place: Place, style: Emphasis
    ) -> Inline | None:
        """Notes the link."""
        self.requests.append(LinkRequest(target, text))
        return Text("…", style.bold, style.italic)

    def fill_table(self, name: str, place: Place) -> tuple[Block, ...]:
        """Notes the table."""
        self.requests.append(TableRequest(name))
        return ()


class AnswerFiller:
    """A filler that gives prepared answers, in the order in which the text asks for them."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = iter(answers)

    def fill_field(self, expression: str, place: Place, style: Emphasis) -> Inline | None:
        """The next answer, with the emphasis of the text; None for a wrong expression."""
        problems: Problems = []
        if parse_field(expression, place, problems) is None:
            return None
        return self._inline(style)

    def fill_reference(
        self, target: str, text: str, place: Place, style: Emphasis
    ) -> Inline | None:
        """The next answer, with the emphasis of the text."""
        return self._inline(style)

    def fill_table(self, name: str, place: Place) -> tuple[Block, ...]:
        """The next answer."""
        answer = next(self._answers)
        assert isinstance(answer, tuple)  # noqa: S101 - narrows the type for the reader
        return answer

    def _inline(self, style: Emphasis) -> Inline:
        answer = next(self._answers)
        if isinstance(answer, Text | Field | CrossReference):
            return replace(answer, bold=style.bold, italic=style.italic)
        assert isinstance(answer, Gap)  # noqa: S101 - narrows the type for the reader
        return answer


@dataclass(frozen=True, slots=True)
class PrintedText:
    """What the text of one section prints, in reading order: its tables, values and links.

    A link is its target with its words.
    """

    tables: tuple[Table, ...]
    values: tuple[Field | Gap, ...]
    links: tuple[tuple[str, str], ...]


class PrintedTexts:
    """Looks through the texts of many contracts: one that several of them share, once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Block, ...], PrintedText]] = {}

    def find(self, blocks: tuple[Block, ...]) -> PrintedText:
        """What the blocks print; the same blocks again, the very object, cost nothing."""
        known = self._known.get(id(blocks))
        if known is None:
            if len(self._known) >= _REMEMBERED_TEXTS:
                self._known.clear()
            # The blocks are kept too: as long as they are, no other object has their id.
            known = self._known[id(blocks)] = blocks, _read_text(blocks)
        return known[1]


def _read_text(blocks: tuple[Block, ...]) -> PrintedText:
    inlines = tuple(iter_inlines(blocks))
    return PrintedText(
        tables=tuple(block for block in iter_blocks(blocks) if isinstance(block, Table)),
        values=tuple(_plain(item) for item in inlines if isinstance(item, Field | Gap)),
        links=tuple((i.target, i.text) for i in inlines if isinstance(i, CrossReference)),
    )


class PrintedValues:
    """The values of one contract by section and key, to be asked section by section."""

    def __init__(self, contract: Contract, texts: PrintedTexts) -> None:
        self._known = _header_values(contract.header)
        self._own: dict[tuple[str, str], list[Inline]] = defaultdict(list)
        self._links: dict[tuple[str, str], str] = {}
        self._tables: dict[str, Table] = {}
        self._titles: dict[str, str] = {}
        seen: dict[str, dict[Inline, int]] = defaultdict(dict)
        for section in contract.iter_sections():
            self._titles[section.id] = section.title
            text = texts.find(section.blocks)
            for table in text.tables:
                self._tables.setdefault(table.key, table)
            for value in text.values:
                self._own[section.id, value.key].append(value)
                counts = seen[value.key]
                counts[value] = counts.get(value, 0) + 1
            for target, words in text.links:
                self._links[section.id, target] = words
        self._usual = {key: max(counts, key=counts.__getitem__) for key, counts in seen.items()}

    def answer(
        self, requests: Iterable[Request], section: str, labels: Mapping[str, SectionLabel]
    ) -> Iterator[Answer]:
        """What fills each request of the standard text of ``section``.

        A value is the one that the section prints at that occurrence, else the one that the
        contract prints elsewhere, else the header's; what nothing tells is a marked gap.
        """
        asked: dict[str, int] = {}
        for request in requests:
            match request:
                case FieldRequest(key=key):
                    occurrence = asked.get(key, 0)
                    yield self._value(key, section, occurrence)
                    asked[key] = occurrence + 1
                case LinkRequest(target=target, text=text):
                    yield self._link(target, text, section, labels)
                case TableRequest(name=name):
                    table = self._tables.get(name.replace("_", "-"))
                    yield self._nothing(name) if table is None else (table,)

    def _nothing(self, table: str) -> tuple[Block, ...]:
        """What the contract says in the place of an empty table: declared, missing, or nothing."""
        heading = HEADING_OF_TABLE.get(table)
        for key in () if heading is None else (key_of_declared(heading), key_of_gap(heading)):
            if key in self._usual:
                return (Paragraph((self._usual[key],)),)
        return (NOTHING_BLOCK,)

    def _value(self, key: str, section: str, occurrence: int) -> Inline:
        own = self._own.get((section, key))
        if own:
            return own[min(occurrence, len(own) - 1)]
        if key in self._usual:
            return self._usual[key]
        if key in self._known:
            return Field(key, self._known[key])
        return Gap(key, FIELDS[key].label)

    def _link(
        self, target: str, text: str, section: str, labels: Mapping[str, SectionLabel]
    ) -> Inline:
        label = labels.get(target)
        if label is not None:
            return CrossReference(target, text or label.reference.replace(" ", NBSP, 1))
        printed = self._links.get((section, target)) or text or self._titles.get(target, "")
        return Text(printed or target)


def _plain(item: Field | Gap) -> Field | Gap:
    return Field(item.key, item.text) if isinstance(item, Field) else item


def _header_values(header: ContractHeader) -> dict[str, str]:
    """The values that the header gives, as they are printed."""
    return {
        "contrat.code": header.code,
        "contrat.date_effet": format_value(header.effective_date),
        "contrat.date_fin": format_value(header.end_date),
        "contrat.version": str(header.version),
        "etablissement.finess_ej": header.finess_ej,
        "etablissement.raison_sociale": header.legal_name,
        "ars.nom": header.agency,
        "campagne.intitule": header.subtitle,
    }
