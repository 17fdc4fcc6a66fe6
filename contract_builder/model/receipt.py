"""What a receipt says of files that left: which ones, of which contract, and where it is kept."""

from datetime import datetime
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.contract import ContractHeader

DispatchedFormat = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class DispatchedFile:
    """One file that left: its name, its size in bytes, its SHA-256 (64 hexadecimal digits)."""

    format: DispatchedFormat
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the store's journal: its number from 1, and its hash, which covers those before."""

    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One sending of one version.

    ``reference`` names the version, ``number`` counts its sendings from 1; ``sent_at`` has a time
    zone; ``recipient`` is a function or an organisation, and may be empty. ``contract_sha256`` is
    that of the canonical contract. ``journal`` is where the journal had come to when it knew the
    version as sent, with the hashes of these files. ``amendment`` is the number of the avenant that
    left alone; None where the whole contract did.
    """

    reference: str
    header: ContractHeader
    contract_sha256: str
    number: int
    sent_at: datetime
    recipient: str
    files: tuple[DispatchedFile, ...]
    journal: JournalLine
    amendment: int | None = None
