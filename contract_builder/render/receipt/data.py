"""A receipt as JSON: what a program, or another agency's tool, reads."""

import json
from datetime import UTC
from typing import Any, Final

from contract_builder.model.receipt import Receipt

RECEIPT_SCHEMA: Final = 1


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """The receipt as JSON-ready data; times are ISO 8601, in UTC."""
    header = receipt.header
    return {
        "schema": RECEIPT_SCHEMA,
        "version": receipt.reference,
        "contrat": {
            "code": header.code,
            "finess_ej": header.finess_ej,
            "raison_sociale": header.legal_name,
            "date_effet": header.effective_date.isoformat(),
            "version": header.version,
            "sha256": receipt.contract_sha256,
        },
        "envoi": {
            "numero": receipt.number,
            "le": receipt.sent_at.astimezone(UTC).isoformat(timespec="seconds"),
            "destinataire": receipt.recipient or None,
            "avenant": receipt.amendment,
        },
        "fichiers": [
            {
                "format": file.format,
                "nom": file.name,
                "octets": file.size,
                "sha256": file.sha256,
            }
            for file in receipt.files
        ],
        "journal": {"ligne": receipt.journal.number, "sha256": receipt.journal.sha256},
    }


def render_receipt_json(receipt: Receipt) -> bytes:
    """The receipt in UTF-8: same input, same bytes."""
    text = json.dumps(receipt_data(receipt), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()
