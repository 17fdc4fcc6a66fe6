"""Journal entries as values: what they say, their canonical text, their hash.

An entry tells one event about one version (it was recorded, took a status, got the hashes of
files) or one state of a piece. The rows of the other tables can be made again from the entries, the
contracts' JSON and the pieces alone; a verification and an import rest on that. No database here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from unicodedata import category

from contract_builder.errors import UserError
from contract_builder.frozen import dataclass
from contract_builder.model.status import VersionStatus
from contract_builder.store.records import (
    FILE_ROLES,
    PIECE_KINDS,
    STATUSES,
    VERSION_KINDS,
    Anchor,
    FileHash,
    PieceFacts,
    VersionFacts,
    VersionKind,
    VersionReference,
    parse_version_reference,
)

LONGEST_TEXT = 255
MAX_AMENDMENT = 999

STORED_KINDS: Mapping[VersionKind, str] = {
    "initial": "projet",
    "renouvellement": "renouvellement",
    "avenant": "avenant",
}
"""The words of the journal and the tables: those of their first form, which their hashes cover."""
KINDS_AS_STORED: Mapping[str, VersionKind] = {word: kind for kind, word in STORED_KINDS.items()}
_LATER_FACTS = frozenset({"other_parents", "amendment"})

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one version; ``facts`` (with ``status``) when it was recorded.

    ``piece`` is a state that was kept; ``reference`` is then None.
    """

    reference: VersionReference | None
    facts: VersionFacts | None = None
    status: VersionStatus | None = None
    files: tuple[FileHash, ...] = ()
    piece: PieceFacts | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the journal, as stored: ``at`` and ``event`` are the texts that are hashed.

    ``sequence`` counts from 1 without holes; ``previous`` is the hash of the entry before, or
    that of ``NO_ENTRY``.
    """

    sequence: int
    at: str
    actor: str
    event: str
    previous: str
    hash: str

    @property
    def anchor(self) -> Anchor:
        """This point of the journal."""
        return Anchor(self.sequence, self.hash)


def seal_entry(last: Anchor, at: str, actor: str, event: str) -> JournalEntry:
    """The entry that follows ``last``, with its hash."""
    sequence = last.sequence + 1
    digest = _entry_hash(sequence, at, actor, event, last.hash)
    return JournalEntry(sequence, at, actor, event, last.hash, digest)


def has_true_hash(entry: JournalEntry) -> bool:
    """True when the entry's hash is that of what it says."""
    digest = _entry_hash(entry.sequence, entry.at, entry.actor, entry.event, entry.previous)
    return digest == entry.hash


def _entry_hash(sequence: int, at: str, actor: str, event: str, previous: str) -> str:
    parts = {
        "sequence": sequence,
        "at": at,
        "actor": actor,
        "event": event,
        "previous": previous,
    }
    return sha256(canonical_json(parts).encode()).hexdigest()


def canonical_json(data: Any) -> str:
    """JSON with sorted keys, no spaces, one line, and the characters as they are."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def time_text(at: datetime) -> str:
    """ISO 8601 in UTC with microseconds; ValueError for a time without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a journal entry needs a time with its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_text(event: Event) -> str:
    """The event as canonical JSON; absent parts are left out."""
    data: dict[str, Any] = {}
    if event.reference is not None:
        data["reference"] = str(event.reference)
    if event.facts is not None:
        data["version"] = _facts_data(event.facts)
    if event.status is not None:
        data["status"] = event.status
    if event.files:
        data["files"] = [asdict(file) for file in sorted(event.files)]
    if event.piece is not None:
        data["piece"] = asdict(event.piece)
    return canonical_json(data)


def _facts_data(facts: VersionFacts) -> dict[str, Any]:
    """The facts; what the first form of the journal did not know is left out when it is empty."""
    data = asdict(facts)
    data["kind"] = STORED_KINDS.get(facts.kind, facts.kind)
    data["parent"] = None if facts.parent is None else str(facts.parent)
    data["other_parents"] = [str(parent) for parent in facts.other_parents]
    return {key: value for key, value in data.items() if value or key not in _LATER_FACTS}


def parse_event(text: str) -> Event:
    """The event that ``text`` tells; ValueError when it is not one, written canonically."""
    try:
        data = json.loads(text)
        event = _event_of(data)
        is_canonical = event_text(event) == text
    except (KeyError, TypeError, AttributeError, UserError) as error:
        raise ValueError(f"not an event: {error!r}") from error
    if not is_canonical:
        raise ValueError("an event has unknown parts or is not in canonical form")
    check_event(event)
    return event


def _event_of(data: dict[str, Any]) -> Event:
    facts = None
    if "version" in data:
        told = dict(data["version"])
        parent = told["parent"]
        told["parent"] = None if parent is None else parse_version_reference(parent)
        told["kind"] = KINDS_AS_STORED[told["kind"]]
        others = told.pop("other_parents", ())
        told["other_parents"] = tuple(parse_version_reference(other) for other in others)
        facts = VersionFacts(**told)
    files = tuple(FileHash(**file) for file in data.get("files", ()))
    reference = parse_version_reference(data["reference"]) if "reference" in data else None
    piece = PieceFacts(**data["piece"]) if "piece" in data else None
    return Event(reference, facts, data.get("status"), files, piece)


def check_event(event: Event) -> None:
    """ValueError for a word, a hash or a text that no table admits."""
    facts, piece = event.facts, event.piece
    if piece is not None:
        _check_piece(event, piece)
        return
    texts = [text for file in event.files for text in (file.name,)]
    hashes = [file.sha256 for file in event.files]
    if facts is not None:
        texts += [facts.code, facts.type, facts.library_version]
        hashes.append(facts.sha256)
        if facts.kind not in VERSION_KINDS or event.status is None or facts.schema_version < 1:
            raise ValueError("a version needs a known kind, a status and a schema version")
        _check_lineage(facts)
    if event.status not in (None, *STATUSES):
        raise ValueError("an unknown status")
    if any(file.role not in FILE_ROLES or not file.name for file in event.files):
        raise ValueError("a file needs a known role and a name")
    if not all(isinstance(text, str) and is_plain_text(text) for text in texts):
        raise ValueError("a text that is too long or holds control characters")
    if not all(_HASH.fullmatch(digest) for digest in hashes):
        raise ValueError("a hash that is not a SHA-256")
    if event.reference is None or not (facts or event.status or event.files):
        raise ValueError("an event without content")


def _check_piece(event: Event, piece: PieceFacts) -> None:
    """ValueError for a piece that no table admits, or that is told with something else."""
    if event != Event(None, piece=piece):
        raise ValueError("a piece is kept by an event of its own")
    if piece.kind not in PIECE_KINDS or not piece.subject or not _HASH.fullmatch(piece.sha256):
        raise ValueError("a piece needs a known kind, a subject and a SHA-256")
    if not all(is_plain_text(text) for text in (piece.subject, piece.note)):
        raise ValueError("a text that is too long or holds control characters")


def _check_lineage(facts: VersionFacts) -> None:
    """ValueError for parents told twice, or a number that no « avenant » bears."""
    parents = facts.parents
    if len(set(parents)) < len(parents) or (facts.other_parents and facts.parent is None):
        raise ValueError("a version names each of its parents once")
    number = facts.amendment
    if number is None:
        return
    if facts.kind != "avenant" or type(number) is not int or not 1 <= number <= MAX_AMENDMENT:
        raise ValueError("only an avenant has a number, a whole one from 1")


def check_frame(entry: JournalEntry) -> None:
    """ValueError for a number, a time or an actor that no entry of ours holds."""
    if type(entry.sequence) is not int or time_text(datetime.fromisoformat(entry.at)) != entry.at:
        raise ValueError("a number that is not whole, or a time not in canonical form")
    if not entry.actor or not is_plain_text(entry.actor):
        raise ValueError("an actor that is empty, too long or holds control characters")


def is_plain_text(text: str) -> bool:
    """True for ``LONGEST_TEXT`` at most, none a control character or a lone surrogate."""
    return len(text) <= LONGEST_TEXT and not any(category(mark) in {"Cc", "Cs"} for mark in text)
