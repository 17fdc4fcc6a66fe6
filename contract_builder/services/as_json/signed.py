"""What was found of a signed PDF, as JSON and back: it is kept so in the journal."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from contract_builder.reading.foreign_pdf.signed import PdfSignature
from contract_builder.services.signed_findings import SignedAddition, SignedFindings

_SCANNED, _COMPARED = "numérisé", "conforme"


def signed_data(findings: SignedFindings) -> dict[str, Any]:
    """JSON-ready data, its keys in order, as they stand in the journal."""
    return {
        "fichier": findings.file,
        "mentions": [{"page": item.page, "texte": item.text} for item in findings.additions],
        "pages": findings.page_count,
        "pages_sans_texte": list(findings.pages_without_text),
        "racines": findings.has_roots,
        "sha256": findings.sha256,
        "signatures": [
            dict(sorted(asdict(signature).items())) for signature in findings.signatures
        ],
        "texte": _SCANNED if findings.is_scanned else _COMPARED,
    }


def parse_signed(data: Mapping[str, Any]) -> SignedFindings:
    """What ``signed_data`` gave."""
    return SignedFindings(
        file=data["fichier"],
        sha256=data["sha256"],
        page_count=data["pages"],
        is_scanned=data["texte"] == _SCANNED,
        pages_without_text=tuple(data["pages_sans_texte"]),
        additions=tuple(SignedAddition(item["page"], item["texte"]) for item in data["mentions"]),
        signatures=tuple(PdfSignature(**signature) for signature in data["signatures"]),
        has_roots=data["racines"],
    )
