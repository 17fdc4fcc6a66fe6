"""An avenant as data: the operations that turn one contract into another.

Made by ``amend`` from the edit script of ``compare``; read by the writers of the avenant, by the
consolidation and by the store. All numbers and quotations speak of the old contract as printed;
operations are simultaneous and never overlap. How alinéas are counted and units, tables and rows
are named is told in ADR 0025.
"""

from datetime import date
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, Row
from contract_builder.model.contract import ContractHeader, Section

AMENDMENT_SCHEMA_VERSION = 1
"""The form of ``avenant.json``."""

OperationKind = Literal[
    "replace_words",
    "insert_words",
    "delete_words",
    "replace_paragraph",
    "insert_paragraphs",
    "delete_paragraphs",
    "replace_section",
    "insert_section",
    "delete_section",
    "move_section",
    "replace_title",
    "replace_row",
    "insert_rows",
    "delete_row",
    "replace_table",
    "insert_table",
    "delete_table",
    "replace_note",
    "replace_sheet",
    "insert_sheet",
    "delete_sheet",
    "replace_annex",
    "insert_annex",
    "delete_annex",
]
OperationSide = Literal["after", "before", "start", "end"]
Occurrence = int | Literal["each"]
"""Which occurrence of quoted words, from 1 and -1 for the last, or each of them."""
OperationText = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""Words, paragraphs, or the cells of rows, as plain text."""
OperationContent = Block | Row | Section
NotCarriedKind = Literal["numero", "renvoi", "couverture", "version", "statut", "typographie"]


@dataclass(frozen=True, slots=True)
class OperationPlace:
    """Where an operation applies, in the old contract as printed.

    ``unit`` is the id of the printed unit: what bears a number or a name (an article, an annex, a
    sheet, the visas, the considérants, the parties). ``label`` is its number or name as printed:
    « 6.2 », « A5 », « CPOM_CT_5 », empty for what has none. ``sheet`` is the code of the sheet
    that holds it, ``section`` the id of the clause inside. ``paragraph`` (and ``last_paragraph``
    of a range, inclusive) counts alinéas from 1 through the unit; ``table`` is the table's title,
    ``table_rank`` its rank from 1 among the untitled ones, ``row`` the text of a row's first cell
    and ``row_rank`` its rank from 1 among the rows that begin alike. ``occurrence`` is that of the
    quoted words, or the rank of a note among those of its table.
    """

    unit: str
    label: str
    sheet: str | None = None
    section: str | None = None
    paragraph: int | None = None
    last_paragraph: int | None = None
    table: str | None = None
    table_rank: int | None = None
    row: str | None = None
    row_rank: int | None = None
    occurrence: Occurrence | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One change that the avenant orders.

    ``id`` is unique in the avenant, ``article`` the number of the avenant's article that prints
    it. ``old`` is what is quoted of the old contract (of ``insert_words`` the anchor), ``new``
    what comes instead; ``content`` is enough to rebuild the new contract's blocks, rows or
    sections. ``sentence`` is the French sentence as printed.
    """

    id: str
    article: str
    kind: OperationKind
    where: OperationPlace
    side: OperationSide | None = None
    old: OperationText | None = None
    new: OperationText | None = None
    content: tuple[OperationContent, ...] | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class NotCarried:
    """A difference between the two contracts that an avenant does not order."""

    what: NotCarriedKind
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AmendmentProof:
    """What was checked before the avenant was handed out."""

    apply_equals_new: bool
    parsed_sentences_equal_operations: bool


@dataclass(frozen=True, slots=True)
class CarriedTable:
    """A typed table of the new contract, whole: its name in ``ContractTables``, its records."""

    name: str
    records: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """An avenant: ``old`` and ``new`` are the identities of the contracts before and after.

    ``signed_on`` is None while unknown; ``effective_on`` is the first day that it applies (``date``
    and ``effect`` in the file). ``header`` and ``tables`` are what the new contract holds beside
    its text where that changed; no sentence says them.
    """

    number: int
    signed_on: date | None
    effective_on: date
    old: str
    new: str
    operations: tuple[Operation, ...]
    not_carried: tuple[NotCarried, ...]
    proof: AmendmentProof
    header: ContractHeader | None = None
    tables: tuple[CarriedTable, ...] = ()
