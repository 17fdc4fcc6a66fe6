"""A request that a time-stamping authority answers: that the journal had come this far on that day.

What is time-stamped is the text of the anchor, as it is noted beside the database. The authority's
answer proves, by somebody else's word and clock, that every entry up to it was there.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from contract_builder.errors import Remedy, UserError
from contract_builder.files.together import FileChange, holding
from contract_builder.files.write import telling_refusals
from contract_builder.services.project import Project
from contract_builder.store.records import Anchor

# RFC 3161, 2.4.1, in DER: SEQUENCE { version 1, messageImprint { { id-sha256, NULL }, OCTET
# STRING of 32 bytes, to follow }, certReq TRUE }. No nonce: the same anchor, the same request.
_BEFORE_HASH = bytes.fromhex("30390201013031300d060960864801650304020105000420")
_AFTER_HASH = bytes.fromhex("0101ff")


@dataclass(frozen=True, slots=True)
class TimestampRequest:
    """The anchor, the file that holds it as text, and the request about this file's SHA-256."""

    anchor: Anchor
    text: Path
    request: Path


def write_timestamp_request(project: Project, folder: Path) -> TimestampRequest:
    """Writes the anchor of a register without fault, and its RFC 3161 request, into ``folder``.

    UserError when the register has a fault or is empty, or when the disk refuses.
    """
    found = project.get_store().verify()
    if found.faults:
        raise UserError(
            "Le registre n’est plus tel qu’il a été écrit : il n’y a rien à horodater.",
            Remedy("verify_store"),
        )
    if not found.entries:
        raise UserError("Le registre est vide : il n’y a rien à horodater.")
    text = f"{found.head}\n".encode()
    files = {"txt": text, "tsq": render_request(text)}
    stem = f"repere-{found.head.sequence}"
    changes = [
        FileChange(f"{stem}.{suffix}", data, (sha256(data).hexdigest(),))
        for suffix, data in files.items()
    ]
    with telling_refusals(folder, inside=True), holding(folder) as held:
        held.write(changes)
    return TimestampRequest(found.head, folder / f"{stem}.txt", folder / f"{stem}.tsq")


def render_request(data: bytes) -> bytes:
    """The DER of a time-stamp query (RFC 3161) about ``data``, hashed by SHA-256."""
    return _BEFORE_HASH + sha256(data).digest() + _AFTER_HASH
