"""What the store takes and gives: frozen records that know nothing of a database."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from contract_builder.errors import UsageError
from contract_builder.model.status import STATUS_WORDS, VersionStatus

Kind = Literal["projet", "renouvellement", "avenant"]
FileRole = Literal["document", "modele"]

KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[VersionStatus, ...] = get_args(VersionStatus)
FILE_ROLES: tuple[FileRole, ...] = get_args(FileRole)

NEXT_STATUSES: dict[VersionStatus, tuple[VersionStatus, ...]] = {
    "projet": ("envoye", "signe"),
    "envoye": ("signe",),
    "signe": ("echu", "resilie"),
    "echu": (),
    "resilie": (),
}
SIGNED_STATUSES: frozenset[VersionStatus] = frozenset({"signe", "echu", "resilie"})

_ANCHOR = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
_REFERENCE = re.compile(r"([0-9][0-9A-Z][0-9]{7})@([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, order=True)
class VersionReference:
    """Names one version: the FINESS number of the legal entity and a number counted from 1.

    Numbers run through all the contracts of a legal entity, in the order of recording; its text
    is ``FINESS_EJ@N``.
    """

    finess_ej: str
    number: int

    def __str__(self) -> str:
        return f"{self.finess_ej}@{self.number}"


def parse_version_reference(text: str) -> VersionReference:
    """The reference that ``text`` writes; UsageError when it has not the shape ``FINESS_EJ@N``."""
    found = _REFERENCE.fullmatch(text.strip().upper())
    if found is None:
        raise UsageError(
            f"« {text} » n’est pas une référence de version : écrivez le n° FINESS de l’entité "
            "juridique, « @ », puis le numéro de la version, par exemple « 990000011@3 »."
        )
    return VersionReference(found[1], int(found[2]))


@dataclass(frozen=True, slots=True, order=True)
class FileHash:
    """The SHA-256 (64 hexadecimal digits) of a document made from a version, or of a template."""

    role: FileRole
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What never changes about a version.

    ``sha256`` is that of the canonical contract JSON; ``code`` and ``type`` name the contract.
    """

    code: str
    type: str
    sha256: str
    schema_version: int
    library_version: str
    kind: Kind
    parent: VersionReference | None


@dataclass(frozen=True, slots=True)
class Recording:
    """How a contract is recorded. ``at`` has a time zone; ``actor`` is who records, in clear.

    None lets the store decide, for a new version only. ``status``: that of the contract's header.
    ``parent``: the previous version of the same contract. ``kind``: « projet » without a parent,
    « renouvellement » after another contract, « avenant » after a signed version of the same
    contract, else that of the parent.
    """

    at: datetime
    actor: str
    status: VersionStatus | None = None
    kind: Kind | None = None
    parent: VersionReference | None = None
    files: tuple[FileHash, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The version that holds a contract; ``is_new`` is False when it was already kept."""

    reference: VersionReference
    is_new: bool


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """A status that a version took: when, and by whose hand."""

    status: VersionStatus
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version as kept: its facts, every status it took (oldest first) and its files' hashes."""

    reference: VersionReference
    facts: VersionFacts
    statuses: tuple[StatusEvent, ...]
    files: tuple[FileHash, ...]

    @property
    def status(self) -> VersionStatus:
        """The last status taken."""
        return self.statuses[-1].status

    @property
    def status_word(self) -> str:
        """The last status, in French."""
        return STATUS_WORDS[self.status]

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded, with its first status."""
        return self.statuses[0].at


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of the journal, to be noted elsewhere: the number of an entry and its hash."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


def parse_anchor(text: str) -> Anchor:
    """The anchor that ``text`` writes (``N:HASH``); UsageError when it has not that shape."""
    found = _ANCHOR.fullmatch(text.strip().lower())
    if found is None:
        raise UsageError(
            f"« {text} » n’est pas un repère du journal : recopiez celui que la vérification du "
            "registre a affiché, un nombre, « : », puis 64 chiffres et lettres."
        )
    return Anchor(int(found[1]), found[2])


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification read, the end of the journal, and every fault found (in French)."""

    entries: int
    versions: int
    head: Anchor
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many journal entries an import added and how many were already there."""

    added: int
    known: int
