"""What a batch remembers of one contract or avenant: the figures and lists of the regional report.

Typed values, with nothing of how they are kept: ``summary_json`` writes and reads them. They also
hold what tells, next time, what changed: each amount, and a fingerprint of each text.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contract_builder.frozen import dataclass
from contract_builder.model.contract import TargetRecord
from contract_builder.model.status import ContractStatus
from contract_builder.services.overlaps import ProfileClaims


@dataclass(frozen=True, slots=True)
class SummaryTarget:
    """One target as the report shows it: a ``TargetRecord`` without its doubts."""

    sheet: str
    volet: str
    category: str
    year: int
    text: str
    type: str
    value: str
    origin: str

    @classmethod
    def of_record(cls, record: TargetRecord) -> "SummaryTarget":
        """What the report needs of a target of the contract."""
        return cls(
            record.sheet,
            record.volet,
            record.category,
            record.year,
            record.text,
            record.type,
            record.value,
            record.origin,
        )


@dataclass(frozen=True, slots=True)
class SummaryAuthorisation:
    """One authorisation: its key, its activity in words, its site, its last day."""

    key: str
    activity: str
    finess_et: str
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class SummaryReference:
    """A cited article that is not in force at the date of effect; ``status`` says how it stands."""

    code: str
    article: str
    status: str


@dataclass(frozen=True, slots=True)
class PartFingerprint:
    """An article, annex or sheet: how it is called, and a hash of its words.

    Numbers of other parts are left out of the hash, and the tables that are told apart.
    """

    name: str
    digest: str

    @property
    def is_sheet(self) -> bool:
        """True for a sheet of an annex."""
        return self.name.startswith(SHEET_PREFIX)


@dataclass(frozen=True, slots=True)
class ContractSummary:
    """A contract that was built.

    ``fundings`` are euros by envelope, then year; ``amounts`` euros by line and year; ``parts``
    stand in reading order by section id. ``pages`` is None when it was never laid out. ``identity``
    is the SHA-256 of what the contract says, ``claims`` the entity and sites that its profile
    claims.
    """

    code: str
    finess_ej: str
    legal_name: str
    type: str
    department: str
    category: str
    effective_date: date
    end_date: date
    version: int
    status: ContractStatus
    pages: int | None
    gaps: int
    warnings: int
    objectives: tuple[str, ...]
    fundings: Mapping[str, Mapping[int, Decimal]]
    amounts: Mapping[str, Decimal]
    parts: Mapping[str, PartFingerprint]
    targets: tuple[SummaryTarget, ...]
    authorisations: tuple[SummaryAuthorisation, ...]
    references: tuple[SummaryReference, ...]
    identity: str
    claims: ProfileClaims


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One article of an avenant: its number, what it changes, how many operations it holds."""

    number: str
    title: str
    operations: int


@dataclass(frozen=True, slots=True)
class AmendmentSummary:
    """What an avenant changes, what it lacks, what is to be known of it.

    ``credits`` are all the euros of a year before and after, for the years that differ.
    ``version`` is the reference under which the store keeps it, empty as long as it does not.
    """

    number: int
    signed_on: date | None
    effective_on: date
    articles: tuple[ArticleSummary, ...]
    gaps: tuple[str, ...]
    remarks: tuple[str, ...]
    not_carried: int
    credits: Mapping[int, tuple[Decimal, Decimal]]
    version: str = ""


@dataclass(frozen=True, slots=True)
class AmendedSummary:
    """What became of the contract that ``in_force`` names: its avenant is None without changes."""

    code: str
    finess_ej: str
    legal_name: str
    department: str
    status: ContractStatus
    pages: int | None
    in_force: str
    amendment: AmendmentSummary | None


BatchSummary = ContractSummary | AmendedSummary
"""What a batch remembers of one profile, by what it makes."""

SHEET_PREFIX = "fiche "
