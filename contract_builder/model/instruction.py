"""The instruction file of a contract: what its makers knew, and what it does not say.

Filled by ``assembly.instruction`` (all but ``problems``, ``checks`` and ``identity``, which
``services.making`` knows once the documents are made); printed by ``render.instruction``. It is no
part of the contract: nothing of it changes the contract's identity. Texts are as printed.
"""

from datetime import date

from contract_builder.frozen import dataclass
from contract_builder.model.contract import ContractHeader, RecordedProblem


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where one clause or sheet comes from, and why it is there.

    ``document`` and ``lines`` are of the document it was taken from, empty for a text of our own;
    ``since`` is the first day of a clause's version.
    """

    item: str
    file: str
    document: str = ""
    lines: str = ""
    since: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DoubtRecord:
    """What could not be read or checked with certainty; ``read`` is empty for a whole text."""

    item: str
    place: str
    read: str
    doubt: str


@dataclass(frozen=True, slots=True)
class RepairRecord:
    """What the source prints and how it was read."""

    item: str
    place: str
    printed: str
    read: str


@dataclass(frozen=True, slots=True)
class DecisionOnTarget:
    """A negotiated target: what the sheet prints, what was agreed, who decided it and why.

    ``printed`` is empty where the sheet prints nothing for that year; ``derogation`` says why less
    is agreed than the sheet asks.
    """

    sheet: str
    volet: str
    year: int
    indicator: str
    printed: str
    agreed: str
    author: str
    reason: str
    derogation: str = ""


@dataclass(frozen=True, slots=True)
class NegotiationRecord:
    """A clause or value that reads otherwise here: what was decided, from whose words, by whom.

    ``author`` proposed it in ``file``, the file that came back; ``decided_by``, ``file`` and
    ``reason`` are empty when the profile does not say.
    """

    item: str
    decision: str
    author: str
    decided_by: str
    on: date
    file: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceRecord:
    """« Néant déclaré »: under which heading, by whom, on which day, why."""

    heading: str
    author: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MissingDatum:
    """What the contract lacks, and the field of the profile that gives it."""

    label: str
    field: str


@dataclass(frozen=True, slots=True)
class CitedText:
    """One article that the contract cites, its standing at the date of effect, and its last check.

    ``checked_on`` is None when the library does not say.
    """

    article: str
    status: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class PassedCheck:
    """Something that was verified before the documents were written, and how."""

    subject: str
    method: str


@dataclass(frozen=True, slots=True)
class InstructionIdentity:
    """Which contract the file is about: its header, SHA-256 (hexadecimal) and library version."""

    header: ContractHeader
    sha256: str
    library_version: str


@dataclass(frozen=True, slots=True)
class InstructionNotes:
    """What the assembly knows, in the order of the contract."""

    sources: tuple[SourceRecord, ...] = ()
    doubts: tuple[DoubtRecord, ...] = ()
    repairs: tuple[RepairRecord, ...] = ()
    decisions: tuple[DecisionOnTarget, ...] = ()
    negotiations: tuple[NegotiationRecord, ...] = ()
    absences: tuple[AbsenceRecord, ...] = ()
    missing: tuple[MissingDatum, ...] = ()
    texts: tuple[CitedText, ...] = ()


@dataclass(frozen=True, slots=True)
class InstructionFile:
    """The whole instruction file; ``problems`` are the warnings, in file order."""

    identity: InstructionIdentity
    notes: InstructionNotes
    problems: tuple[RecordedProblem, ...]
    checks: tuple[PassedCheck, ...]
