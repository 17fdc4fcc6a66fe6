"""The electronic signatures of a PDF (PAdES and older), read and checked by pyHanko.

Imported by the process that reads signed files and by nothing else: it costs seconds. Nothing is
fetched: no list of revoked certificates, no missing link of a chain. Sources: ISO 32000-2, 12.8;
ETSI EN 319 142-1.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import load_certs_from_pemder_data
from pyhanko.sign.validation import (
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from contract_builder.reading.foreign_pdf.signed import PdfSignature

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature, ModificationInfo

_MOST: Final = 64
_LONGEST: Final = 300
_UNREADABLE: Final = "elle ne peut pas être lue"
_UNKNOWN: Final = "elle est d’une sorte que le logiciel ne connaît pas"
_TOO_MANY: Final = f"seules les {_MOST} premières signatures sont lues"
_LABELS: Final = {
    "common_name": "CN",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "country_name": "C",
    "locality_name": "L",
    "serial_number": "SN",
    "email_address": "E",
}
"""RFC 4514, 3, and the usual ones beside it; the others keep the names that pyHanko gives."""
_HARMLESS: Final = (
    ModificationLevel.NONE,
    ModificationLevel.LTA_UPDATES,
    ModificationLevel.FORM_FILLING,
)


def read_signatures(data: bytes, roots: Sequence[bytes], on: datetime) -> list[PdfSignature]:
    """Every signature and time stamp of the file, oldest first; whatever is wrong is told in it."""
    logging.disable(logging.CRITICAL)  # pyHanko tells in English what is told here in French
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        known = list(reader.embedded_signatures)
        names = [str(name) for name, _, _ in enumerate_sig_fields(reader, filled_status=True)]
    except MemoryError:
        raise
    except Exception:  # pyHanko raises anything over a file made to mislead it
        return [PdfSignature("", problem=_UNREADABLE)]
    trusted = [certificate for root in roots for certificate in _load(root)]
    found = [_read(signature, trusted, on) for signature in known[:_MOST]]
    read = {signature.field_name for signature in known}
    found += [PdfSignature(_shown(name), problem=_UNKNOWN) for name in names if name not in read]
    if len(known) > _MOST:
        found.append(PdfSignature("", problem=_TOO_MANY))
    return found


def _load(root: bytes) -> "list[Any]":
    try:
        return list(load_certs_from_pemder_data(root))
    except ValueError:
        return []


def _read(signature: "EmbeddedPdfSignature", roots: "list[Any]", on: datetime) -> PdfSignature:
    name = _shown(signature.field_name)
    try:
        return _check(signature, name, roots, on)
    except MemoryError:
        raise
    except PdfError as error:
        return PdfSignature(name, problem=f"{_UNREADABLE} ({_shown(str(error))})")
    except Exception:  # as above: one signature that cannot be read hides no other
        return PdfSignature(name, problem=_UNREADABLE)


def _check(
    signature: "EmbeddedPdfSignature", name: str, roots: "list[Any]", on: datetime
) -> PdfSignature:
    declared = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=roots,
        allow_fetching=False,
        moment=declared if declared is not None and declared.tzinfo else on,
        revocation_mode="soft-fail",
    )
    if signature.sig_object_type == "/DocTimeStamp":
        stamp = validate_pdf_timestamp(signature, context)
        when, declared_at = stamp.timestamp.isoformat(), ""
        status: ModificationInfo = stamp
        is_intact, certificate, is_trusted = (
            stamp.intact and stamp.valid,
            stamp.signing_cert,
            stamp.trusted,
        )
    else:
        told = validate_pdf_signature(signature, context, ts_validation_context=context)
        validity = told.timestamp_validity
        is_stamped = validity is not None and validity.intact and validity.valid
        when = validity.timestamp.isoformat() if validity is not None and is_stamped else ""
        declared_at = declared.isoformat() if declared is not None else ""
        status = told
        is_intact, certificate, is_trusted = (
            told.intact and told.valid,
            told.signing_cert,
            told.trusted,
        )
    is_extended = status.coverage != SignatureCoverageLevel.ENTIRE_FILE
    return PdfSignature(
        field=name,
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        signed_at=declared_at,
        stamped_at=when,
        is_intact=bool(is_intact),
        is_extended=is_extended,
        is_altered=is_extended and status.modification_level not in _HARMLESS,
        is_trusted=bool(is_trusted) if roots else None,
    )


def _name(name: Any) -> str:
    """A name of a certificate as written, each part under its short label: « CN=…, O=… »."""
    parts: list[str] = []
    for key, value in name.native.items():
        values = value if isinstance(value, list) else [value]
        parts += [f"{_LABELS.get(key, key)}={item}" for item in values]
    return _shown(", ".join(parts))


def _shown(text: str) -> str:
    """A text of the file in one line, of a bearable length."""
    line = "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(line.split())[:_LONGEST]
