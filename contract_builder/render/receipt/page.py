"""A receipt as a page that stands alone: a browser checks the files with it, and nothing else."""

import json
from datetime import UTC
from hashlib import sha256
from importlib import resources

from contract_builder.model.french import NBSP, long_date
from contract_builder.model.receipt import Receipt
from contract_builder.render.receipt.data import render_receipt_json
from contract_builder.tables.page import render_tables_page
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_TITLE = "Reçu d’envoi"
_FORMATS = {"docx": "Word, à relire et à modifier", "pdf": "PDF, à lire"}
_FILES = (
    ReportColumn("nom", "Fichier", width=30),
    ReportColumn("format", "Nature", width=14),
    ReportColumn("octets", "Taille (octets)", "nombre", 10),
    ReportColumn("sha256", "Empreinte SHA-256", width=34),
)
_FACTS = (ReportColumn("quoi", "Information", width=20), ReportColumn("valeur", "Valeur", width=40))


def render_receipt_html(receipt: Receipt) -> bytes:
    """The page in UTF-8: same input, same bytes. It loads and sends nothing."""
    folder = resources.files(__package__)
    sent_on = receipt.sent_at.astimezone(UTC)
    at = f"{long_date(sent_on.date())} à {sent_on:%H:%M} (UTC)"
    return render_tables_page(
        folder.joinpath("receipt.html"),
        _build_tables(receipt, at),
        sent_on.date(),
        script=folder.joinpath("receipt.js"),
        heading=_TITLE,
        subtitle=_subtitle(receipt),
        at=at,
        recipient=receipt.recipient,
        expected=json.dumps(_expected(receipt), ensure_ascii=False),
    )


def _subtitle(receipt: Receipt) -> str:
    header = receipt.header
    if receipt.amendment is not None:
        of = f"Avenant n°{NBSP}{receipt.amendment} au contrat {header.code}"
        return f"{of} – {header.legal_name}"
    return f"Contrat {header.code}, version {header.version} – {header.legal_name}"


def _expected(receipt: Receipt) -> dict[str, str]:
    """What a file may be, by its SHA-256; the data of the contract and of the receipt too."""
    known = {file.sha256: file.name for file in receipt.files}
    known[receipt.contract_sha256] = "données du contrat (JSON)"
    known[sha256(render_receipt_json(receipt)).hexdigest()] = "données de ce reçu (JSON)"
    return known


def _build_tables(receipt: Receipt, at: str) -> tuple[ReportTable, ...]:
    files = tuple(
        (file.name, _FORMATS[file.format], file.size, file.sha256) for file in receipt.files
    )
    amended = "" if receipt.amendment is None else " ainsi modifié"
    facts: tuple[tuple[ReportCell, ...], ...] = (
        ("Version du registre", receipt.reference),
        (f"Empreinte du contrat{amended} (SHA-256)", receipt.contract_sha256),
        (f"Envoi n°{NBSP}{receipt.number}", f"le {at}"),
        ("Destinataire", receipt.recipient or "non précisé"),
        ("Journal du registre", f"ligne {receipt.journal.number}"),
        ("Empreinte de cette ligne (SHA-256)", receipt.journal.sha256),
    )
    return (
        ReportTable("fichiers", "Fichiers remis", "Ce qui a été envoyé.", _FILES, files),
        ReportTable("contrat", "Contrat et registre", "Ce que l’agence a gardé.", _FACTS, facts),
    )
