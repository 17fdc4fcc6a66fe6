"""What the store takes and gives: frozen records that know nothing of a database."""

import re
from datetime import datetime
from typing import Literal, get_args

from contract_builder.errors import UsageError
from contract_builder.frozen import dataclass
from contract_builder.model.identifiers import split_version_reference
from contract_builder.model.status import STATUS_WORDS, VersionStatus

VersionKind = Literal["initial", "renouvellement", "avenant"]
FileRole = Literal["document", "modele"]
PieceKind = Literal[
    "profil",
    "suivi",
    "retour",
    "envoi",
    "proces",
    "avenant",
    "preuve",
    "travail",
    "tache",
    "bibliotheque",
]

VERSION_KINDS: tuple[VersionKind, ...] = get_args(VersionKind)
STATUSES: tuple[VersionStatus, ...] = get_args(VersionStatus)
FILE_ROLES: tuple[FileRole, ...] = get_args(FileRole)
PIECE_KINDS: tuple[PieceKind, ...] = get_args(PieceKind)

KIND_WORDS: dict[VersionKind, str] = {
    "initial": "contrat initial",
    "renouvellement": "renouvellement",
    "avenant": "avenant",
}
"""None of them is the word of a status."""
NEXT_STATUSES: dict[VersionStatus, tuple[VersionStatus, ...]] = {
    "projet": ("envoye", "signe"),
    "envoye": ("signe",),
    "signe": ("echu", "resilie"),
    "echu": (),
    "resilie": (),
}
SIGNED_STATUSES: frozenset[VersionStatus] = frozenset({"signe", "echu", "resilie"})

_ANCHOR = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")


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
    found = split_version_reference(text)
    if found is None:
        raise UsageError(
            f"« {text} » n’est pas une référence de version : écrivez le n° FINESS de l’entité "
            "juridique, « @ », puis le numéro de la version, par exemple « 990000011@3 »."
        )
    return VersionReference(*found)


@dataclass(frozen=True, slots=True, order=True)
class FileHash:
    """The SHA-256 (64 hexadecimal digits) of a document made from a version, or of a template."""

    role: FileRole
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, order=True)
class PieceFacts:
    """A text or file kept beside the versions, each of its states in its turn.

    ``subject`` names what the states are those of: a profile's file name, a version's reference;
    ``sha256`` is that of the bytes, ``note`` says in French what was done, and may be empty.
    """

    kind: PieceKind
    subject: str
    sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StoredPiece:
    """One kept state of a piece: which line of the journal tells it, when and by whose hand."""

    sequence: int
    at: datetime
    actor: str
    facts: PieceFacts


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What never changes about a version.

    ``sha256`` is that of the canonical contract JSON; ``code`` and ``type`` name the contract.
    ``other_parents`` are those beside ``parent``, when contracts were merged into this one;
    ``amendment`` is the number of an « avenant », counted from 1, None for the others.
    """

    code: str
    type: str
    sha256: str
    schema_version: int
    library_version: str
    kind: VersionKind
    parent: VersionReference | None
    other_parents: tuple[VersionReference, ...] = ()
    amendment: int | None = None

    @property
    def parents(self) -> tuple[VersionReference, ...]:
        """Every version that this one follows."""
        return () if self.parent is None else (self.parent, *self.other_parents)

    @property
    def kind_words(self) -> str:
        """The kind as French readers are told: « contrat initial », « avenant n° 2 »."""
        words = KIND_WORDS[self.kind]
        return words if self.amendment is None else f"{words} n°\u00a0{self.amendment}"


@dataclass(frozen=True, slots=True)
class Recording:
    """How a contract is recorded. ``at`` has a time zone; ``actor`` is who records, in clear.

    None, or nothing, lets the store decide, for a new version only. ``status``: that of the
    contract's header. ``parents``: the previous version of the same contract, else ``follows``
    (what the profile says that the contract follows). ``kind``: « initial » without a parent,
    « renouvellement » after another contract, « avenant » after a signed version of the same
    contract, else that of the parent. ``amendment``: the number after the last signed « avenant ».
    ``is_merger`` admits parents of other legal entities and contracts that still run.
    """

    at: datetime
    actor: str
    status: VersionStatus | None = None
    kind: VersionKind | None = None
    parents: tuple[VersionReference, ...] = ()
    follows: tuple[VersionReference, ...] = ()
    amendment: int | None = None
    is_merger: bool = False
    files: tuple[FileHash, ...] = ()


@dataclass(frozen=True, slots=True)
class PieceKeeping:
    """A state to keep: its bytes, when (with a time zone) and by whose hand.

    ``after`` is the SHA-256 of the state that it was made from, None when it does not matter.
    """

    kind: PieceKind
    subject: str
    body: bytes
    at: datetime
    actor: str
    note: str = ""
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of the journal, to be noted elsewhere: the number of an entry and its hash."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


NO_ENTRY = Anchor(0, "0" * 64)
"""Where a journal without any entry has come to: what the first one follows."""


@dataclass(frozen=True, slots=True)
class RecordedVersion:
    """The version that holds a contract; ``is_new`` is False when it was already kept.

    ``dated_before`` is the time of the journal's last line, when this one bears an earlier one.
    ``anchor`` is where the journal has come to; ``anchor_refusal`` says why it could not be noted
    beside the database, empty when it was.
    """

    reference: VersionReference
    is_new: bool
    dated_before: datetime | None = None
    anchor: Anchor = NO_ENTRY
    anchor_refusal: str = ""


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
    """What a verification read, the end of the journal, and every fault found (in French).

    ``remarks`` are no faults: entries that bear an earlier time than the one before them, an anchor
    that cannot be noted. ``noted`` is the anchor that was found beside the database.
    """

    entries: int
    versions: int
    head: Anchor
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    noted: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """How many journal entries an import added and how many were already there.

    ``anchor`` and ``anchor_refusal``: as in ``RecordedVersion``.
    """

    added: int
    known: int
    anchor: Anchor = NO_ENTRY
    anchor_refusal: str = ""
