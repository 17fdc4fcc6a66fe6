"""What is followed of a signed contract, and what was said of it: plain values.

A contract gives lines (``FollowLine``): one target, commitment or financing line in one year. What
an establishment declares and what the agency validates are entries; they are only ever added, and
the last one of each step counts. Made by ``follow``, kept by ``store``, shown by all front ends.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass

FollowKind = Literal["objectif", "engagement", "financement"]
FollowStep = Literal["declaration", "validation"]
MeasureKind = Literal["nombre", "pourcentage", "points", "oui_non", "date", "realisation", "euros"]
TargetSign = Literal[">=", ">", "<=", "<"]

NOT_APPLICABLE = "sans_objet"
"""The value that says that a line does not apply to the establishment this year."""
FOLLOW_KIND_WORDS: Mapping[FollowKind, str] = {
    "objectif": "objectif",
    "engagement": "engagement",
    "financement": "financement",
}


@dataclass(frozen=True, slots=True, order=True)
class FollowKey:
    """Names one line for ever: the sheet's code, or the key of a commitment or of a financing line.

    ``part`` is the sheet's volet and, where targets were computed, the indicator; else empty.
    """

    kind: FollowKind
    item: str
    part: str
    year: int

    def __str__(self) -> str:
        """« objectif/CPOM_OS_12/Mammographies/2026 »."""
        return f"{self.kind}/{self.item}/{self.part}/{self.year}"


@dataclass(frozen=True, slots=True)
class FollowLine:
    """What a contract expects of one line; ``expected`` is the target as printed.

    ``measure`` is None where nothing is asked this year (« sans objet », or a target that nobody
    set): ``why_unasked`` says why. ``target`` is a number in the measure's unit, ``target_day`` the
    last day of a target that is a date, ``target_word`` « oui » or « non ». ``is_progress``: the
    value counts what was added in the year. ``maximum`` bounds the value, inclusive. ``granted``
    is the amount of a financing line in euros, ``mode`` how it is delegated.
    """

    key: FollowKey
    title: str
    expected: str
    measure: MeasureKind | None
    target: Decimal | None = None
    target_day: date | None = None
    target_word: str = ""
    operator: TargetSign | None = None
    is_progress: bool = False
    maximum: Decimal | None = None
    why_unasked: str = ""
    granted: Decimal | None = None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a value: a file that is kept, by name and SHA-256, or a reference in words."""

    name: str = ""
    sha256: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class FollowEntry:
    """One value said of one line, by a function, never by a person's name.

    ``value``: a decimal number, « oui », « non », « en_partie », an ISO day, or ``NOT_APPLICABLE``.
    ``justified``: what evidence covers of an amount spent, in euros. ``comment``: the
    establishment's explanation, or the agency's observation.
    """

    key: FollowKey
    step: FollowStep
    value: str
    on: date
    function: str
    evidence: Evidence | None = None
    justified: Decimal | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, order=True)
class FollowedContract:
    """The contract that entries are about, whatever its version: as the store knows it."""

    finess_ej: str
    type: str
    code: str

    @property
    def subject(self) -> str:
        """What its entries are kept under."""
        return f"{self.finess_ej}/{self.type}/{self.code}"


@dataclass(frozen=True, slots=True)
class FollowAct:
    """Entries that were given together; ``source`` names the workbook, or is « saisie »."""

    contract: FollowedContract
    source: str
    entries: tuple[FollowEntry, ...]
