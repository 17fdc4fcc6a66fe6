"""An assembled contract: the frozen tree that is all the later steps see.

Made by ``assembly.assemble``; read by ``render``, ``compare``, ``store`` and ``publish``. It names
where every part comes from (``Provenance``) and repeats, as typed keyed records, the figures that
its tables show, so that two contracts can be compared by key rather than by text.
"""

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, Drawing, Footnote, Table, iter_blocks, iter_inlines
from contract_builder.model.condition import FactKind
from contract_builder.model.negotiation import NegotiationState
from contract_builder.model.status import ContractStatus

SCHEMA_VERSION = 5
"""The newest form of a file: 2 has footnotes, 3 facts, 4 rows known by their words, 5 drawings."""

SectionKind = Literal[
    "parties",
    "visas",
    "considerants",
    "article",
    "clause",
    "signatures",
    "annexe",
    "fiche",
    "lacunes",
]


@dataclass(frozen=True, slots=True)
class NegotiatedOrigin:
    """Where the negotiated words of a section come from; ``file`` is empty without one."""

    state: NegotiationState
    on: date
    author: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a section comes from and why it is there.

    ``file`` is relative to the project folder, ``line`` is 1-based; ``in_force_from`` is the
    clause version; ``reason`` is the plain French trace of the conditions that decided.
    ``negotiated`` is told when the words are those of this establishment, not the library's.
    """

    file: str
    line: int
    in_force_from: date | None = None
    reason: str = ""
    negotiated: NegotiatedOrigin | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the contract.

    ``id`` is unique in the contract and stable for ever. ``number`` is the printed number alone
    (« 4 », « 4.2 », « A1 »), ``label`` what stands before the title (« Article 4 », « 4.2 »,
    « Annexe A1 »); both are empty for unnumbered sections. ``title`` is empty for a section
    without heading. Top-level sections are in reading order.
    """

    id: str
    kind: SectionKind
    title: str
    number: str = ""
    label: str = ""
    blocks: tuple[Block, ...] = ()
    children: tuple["Section", ...] = ()
    provenance: Provenance | None = None
    landscape: bool = False

    @property
    def heading(self) -> str:
        """The whole heading line as printed; empty when the section has none."""
        if self.label and self.title:
            return f"{self.label}{HEADING_SEPARATOR}{self.title}"
        return self.label or self.title


HEADING_SEPARATOR = " – "
NAME_LINE, DATE_LINE = "Nom et prénom\u00a0:", "Date\u00a0:"
SIGNATURE_LINE = "Signature\u00a0:"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: a function and an organisation, never a person's name.

    ``scope`` says what of the contract is signed, empty for the whole of it; ``date`` when, as
    printed, empty until it is known. Name, date and signature are left to fill by hand.
    """

    organisation: str
    function: str
    capacity: str = ""
    scope: str = ""
    date: str = ""

    @property
    def who(self) -> tuple[str, ...]:
        """Who signs and for what, line by line."""
        lines = (self.organisation, self.function, self.capacity, self.scope)
        return tuple(line for line in lines if line)

    @property
    def blanks(self) -> tuple[str, str, str]:
        """What is filled by hand under it: name, date when it is not known, signature."""
        return (NAME_LINE, f"{DATE_LINE} {self.date}".rstrip(), SIGNATURE_LINE)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One line of the cover: a label and its value, both as printed."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ContractHeader:
    """What identifies the contract and what its cover, headers and footers show.

    ``end_date`` is the last day, inclusive. ``version`` counts from 1.
    """

    type: str
    code: str
    finess_ej: str
    legal_name: str
    effective_date: date
    end_date: date
    version: int
    status: ContractStatus
    title: str
    subtitle: str
    agency: str
    campaign: str
    cover_lines: tuple[CoverLine, ...] = ()
    signatories: tuple[Signatory, ...] = ()

    @property
    def is_draft(self) -> bool:
        """True until the contract is signed: the documents bear the mark « PROJET »."""
        return self.status != "signe"


@dataclass(frozen=True, slots=True)
class Objective:
    """One strategic objective of the contract: a sheet, its part (``volet``), its one indicator."""

    code: str
    title: str
    objectives: tuple[str, ...]
    indicator_type: str
    volet: str


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """One target of one sheet for one year (``year`` 0 is the total over the period).

    ``origin`` says who set it: « fiche », « calcul » (from a baseline), « negocie », « lacune ».
    """

    sheet: str
    volet: str
    category: str
    year: int
    text: str
    type: str
    value: str
    origin: str
    doubt: str = ""
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class AuthorisationRecord:
    """One authorisation; ``key`` is the ARHGOS number, else quintuplet and FINESS ET."""

    key: str
    quintuplet: tuple[str, str, str, str, str]
    labels: tuple[str, str, str, str, str]
    finess_et: str
    status: str
    authorised_on: date | None
    renewed_on: date | None
    effective_on: date | None
    start_deadline: date | None
    started_on: date | None
    ends_on: date | None
    devices: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FundingRecord:
    """One amount, in euros, of one financing line for one year."""

    key: str
    year: int
    envelope: str
    sub_envelope: str
    mode: str
    measure: str
    amount: Decimal
    order_number: str
    order_date: date | None
    payer: str


JoinedNature = Literal["plan", "document_signe", "deliberation", "convention", "etude", "autre"]


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """A file of another origin that the parties join to the contract, as it is.

    ``number`` is « J1 », « J2 »…; ``completes`` the number of the annex that it completes, or
    empty; ``file`` is relative to the project folder; ``sha256`` of its bytes, in hexadecimal.
    """

    number: str
    title: str
    nature: JoinedNature
    completes: str
    file: str
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CitedReference:
    """One legal article cited by the contract and its standing at the date of effect."""

    code: str
    article: str
    status: str
    cited_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordedProblem:
    """A warning or gap that the contract records about itself."""

    code: str
    severity: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact that the conditions of clauses, parts and sheets were judged by (``model.condition``).

    ``value`` is « oui » or « non », an ISO date, a decimal number or a text, by ``kind``; of an
    « ensemble », ``words`` are the members in order.
    """

    name: str
    kind: FactKind
    value: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowName:
    """A row of a sheet's targets: its category, what the sheet prints for it, and its part."""

    category: str
    label: str = ""
    volet: str = ""


@dataclass(frozen=True, slots=True)
class BaselineRecord:
    """The establishment's own starting value of one indicator of a sheet, in the sheet's unit."""

    indicator: str
    year: int
    value: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """Which rows of a chosen sheet apply, and from which starting values its targets are computed.

    No row: the sheet prints none for the establishment, or the profile does not say enough.
    """

    code: str
    rows: tuple[RowName, ...] = ()
    baselines: tuple[BaselineRecord, ...] = ()


DecisionKind = Literal["partie", "clause", "fiche"]


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What was considered for the contract, and whether it is in it."""

    kind: DecisionKind
    id: str
    retained: bool


@dataclass(frozen=True, slots=True)
class ContractTables:
    """The typed, keyed records behind the printed tables, and what decided of the contract."""

    objectives: tuple[Objective, ...] = ()
    targets: tuple[TargetRecord, ...] = ()
    authorisations: tuple[AuthorisationRecord, ...] = ()
    fundings: tuple[FundingRecord, ...] = ()
    references: tuple[CitedReference, ...] = ()
    joined_files: tuple[JoinedFile, ...] = ()
    problems: tuple[RecordedProblem, ...] = ()
    facts: tuple[FactRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    sheets: tuple[SheetChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Contract:
    """A whole contract: header, ordered sections, typed tables."""

    header: ContractHeader
    sections: tuple[Section, ...]
    tables: ContractTables = field(default_factory=ContractTables)
    library_version: str = ""

    @property
    def schema_version(self) -> int:
        """The oldest form that can say this contract, so that its identity never changes.

        A contract without what decided of it, or without footnotes, stays what it was before they
        existed, byte for byte.
        """
        if any(True for _ in self.iter_figures()):
            return 5
        if any(table.row_identity == "content" for table in self.iter_tables()):
            return 4
        if self.tables.facts:
            return 3
        return 2 if any(True for _ in self.iter_footnotes()) else 1

    def iter_tables(self) -> Iterator[Table]:
        """Every printed table, in reading order."""
        return (block for block in self._iter_blocks() if isinstance(block, Table))

    def iter_figures(self) -> Iterator[Drawing]:
        """Every drawing, in reading order."""
        return (block for block in self._iter_blocks() if isinstance(block, Drawing))

    def _iter_blocks(self) -> Iterator[Block]:
        for section in self.iter_sections():
            yield from iter_blocks(section.blocks)

    def iter_footnotes(self) -> Iterator[Footnote]:
        """Every footnote in reading order: the first one is printed as number 1."""
        for section in self.iter_sections():
            for item in iter_inlines(section.blocks):
                if isinstance(item, Footnote):
                    yield item

    def iter_sections(self) -> Iterator[Section]:
        """Every section, depth first, in reading order."""
        for section in self.sections:
            yield from iter_tree(section)

    @property
    def body(self) -> tuple[Section, ...]:
        """The sections before the annexes, signatures included."""
        return tuple(s for s in self.sections if s.kind not in ANNEX_KINDS)

    @property
    def annexes(self) -> tuple[Section, ...]:
        """The annexes and the list of gaps, in order."""
        return tuple(s for s in self.sections if s.kind in ANNEX_KINDS)


ANNEX_KINDS: frozenset[SectionKind] = frozenset({"annexe", "lacunes"})


def iter_tree(section: Section) -> Iterator[Section]:
    """The section and all below it, depth first."""
    yield section
    for child in section.children:
        yield from iter_tree(child)
