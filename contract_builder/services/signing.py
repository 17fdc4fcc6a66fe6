"""A contract that comes back signed: its PDF says what the version says, and who signed it.

The PDF is kept with what was found of it. One that says something else is refused: another text
would be held for the one that was signed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contract_builder.errors import UserError
from contract_builder.files.listing import list_folder
from contract_builder.files.read import read_file
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP, counted
from contract_builder.model.identifiers import split_version_reference
from contract_builder.services.as_json.signed import parse_signed, signed_data
from contract_builder.services.keeping import (
    RecordOutcome,
    RecordRequest,
    record_contract,
    record_file,
)
from contract_builder.services.project import Project
from contract_builder.services.signed_findings import (
    MENTIONS_TOLD,
    SignedAddition,
    SignedFindings,
)
from contract_builder.store.records import PieceKeeping, VersionReference

if TYPE_CHECKING:
    from contract_builder.reading.foreign_pdf.signed import PdfSignature, SignedPdf
    from contract_builder.render.pdf.signed_text import PageDifference, SignedText

ROOTS_VARIABLE: Final = "CPOM_TRUST_ROOTS"
_CERTIFICATES: Final = (".pem", ".crt", ".cer", ".der")
_ANOTHER_TEXT: Final = 0.5
"""The share of the contract below which a PDF is not this contract at all."""
_DIFFERENCES_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """A signed PDF, checked: its text, and its electronic signatures, oldest first.

    ``scanned_pages`` have no text and could not be compared; ``additions`` come from the signing.
    ``has_roots``: certificates to trust were given.
    """

    name: str
    data: bytes
    page_count: int
    scanned_pages: tuple[int, ...]
    additions: "tuple[PageDifference, ...]"
    signatures: "tuple[PdfSignature, ...]"
    has_roots: bool

    @property
    def is_scanned(self) -> bool:
        """True when no page has any text: nothing of it was compared."""
        return len(self.scanned_pages) == self.page_count

    @property
    def findings(self) -> SignedFindings:
        """What is kept of it beside the file itself."""
        return SignedFindings(
            file=self.name,
            sha256=sha256(self.data).hexdigest(),
            page_count=self.page_count,
            is_scanned=self.is_scanned,
            pages_without_text=self.scanned_pages,
            additions=tuple(SignedAddition(item.page, item.found) for item in self.additions),
            signatures=self.signatures,
            has_roots=self.has_roots,
        )


def record_signed_file(
    project: Project, source: Path, request: RecordRequest
) -> tuple[RecordOutcome, tuple[SignedDocument, ...]]:
    """Records a contract, of a file or of the store, as ``keeping.record_file`` does.

    The PDFs given with one that is signed are checked first, then kept. UserError, and nothing is
    recorded, when one cannot be read or does not say what the contract says.
    """
    from contract_builder.services.comparing import load_contract

    reference = str(source)
    is_stored = not source.exists() and split_version_reference(reference) is not None
    documents: tuple[SignedDocument, ...] = ()
    if request.status == "signe":
        contract = load_contract(project, reference, "être enregistré")
        documents = tuple(
            check_signed_document(project, contract, path, request.at)
            for path in request.documents
            if path.suffix.lower() == ".pdf"
        )
    if is_stored:
        contract = load_contract(project, reference, "être enregistré")
        outcome = record_contract(project, contract, request)
    else:
        outcome = record_file(project, source, request)
    for document in documents:
        _keep(project, outcome.version.reference, document, request)
    return outcome, documents


def check_signed_document(
    project: Project, contract: Contract, path: Path, on: datetime
) -> SignedDocument:
    """A signed PDF against its contract; ``on`` is the day to judge certificates by.

    UserError for a file that cannot be read within bounds, and for one that says something else:
    each difference is named with its page.
    """
    from contract_builder.render.pdf import extract_pages
    from contract_builder.render.pdf.signed_text import compare_signed_pages
    from contract_builder.render.text import required_signature_text
    from contract_builder.services.making import BuildOptions, render_contract

    data = read_file(path)
    roots = _load_roots(project)
    signed = _read(path, data, roots, on)
    options = BuildOptions(formats=("pdf",), pdf_standard="a-2a")
    (reference,) = render_contract(project.root, contract, options).files.values()
    text = compare_signed_pages(
        extract_pages(reference), signed.pages, required_signature_text(contract)
    )
    _refuse_other_text(path, text)
    return SignedDocument(
        path.name,
        data,
        len(signed.pages),
        text.blank_pages,
        text.additions,
        signed.signatures,
        bool(roots),
    )


def list_signed_documents(project: Project, reference: VersionReference) -> list[SignedFindings]:
    """What was found of the signed PDFs of a version, oldest first.

    The last of a name stands for those before.
    """
    if not project.has_store():
        return []
    store = project.get_store()
    found: dict[str, SignedFindings] = {}
    for piece in store.pieces("retour", _subject(reference)):
        findings = parse_signed(json.loads(store.piece_bytes(piece.sequence)))
        found[findings.file] = findings
    return list(found.values())


def _read(path: Path, data: bytes, roots: Sequence[bytes], on: datetime) -> "SignedPdf":
    from contract_builder.reading.foreign_pdf import MAX_BYTES, UnusablePdfError
    from contract_builder.reading.foreign_pdf.signed import read_signed_pdf

    if len(data) > MAX_BYTES:
        raise UserError(
            f"« {path} » ne peut être contrôlé : il pèse plus de {MAX_BYTES >> 20} Mio. Rien n’a "
            "été enregistré."
        )
    try:
        return read_signed_pdf(data, roots, on)
    except UnusablePdfError as error:
        raise UserError(
            f"« {path} » ne peut être contrôlé : {error}. Rien n’a été enregistré."
        ) from error


def _load_roots(project: Project) -> list[bytes]:
    """The certificates to trust, of the folder that the settings name; none when they do not.

    UserError for a folder that is not there or holds none: nothing would be trusted, in silence.
    """
    named = project.settings.get(ROOTS_VARIABLE, "").strip()
    if not named:
        return []
    folder = project.root / named
    roots = [
        read_file(path) for path in list_folder(folder) if path.suffix.lower() in _CERTIFICATES
    ]
    if not roots:
        raise UserError(
            f"Le dossier « {folder} », indiqué par {ROOTS_VARIABLE}, ne contient aucun certificat "
            "(.pem, .crt, .cer ou .der)."
        )
    return roots


def _refuse_other_text(path: Path, text: "SignedText") -> None:
    count = len(text.differences)
    if not count:
        return
    is_another = text.share < _ANOTHER_TEXT
    most = MENTIONS_TOLD if is_another else _DIFFERENCES_TOLD
    told = [f"  {_describe(item)}" for item in text.differences[:most]]
    if count > most:
        told.append(f"  … et {counted(count - most, 'autre')}.")
    if is_another:
        start = f"« {path} » n’est pas ce contrat : il n’en dit que {text.share * 100:.0f}{NBSP}%"
    else:
        start = f"« {path} » ne dit pas ce que dit le contrat : {counted(count, 'différence')}"
    lines = "\n".join(told)
    raise UserError(
        f"{start}. Rien n’a été enregistré.\n{lines}\n"
        "  aide : si c’est bien ce texte qui a été signé, reportez ces changements dans le profil, "
        "produisez et enregistrez le contrat, puis donnez-lui ce fichier."
    )


def _describe(item: "PageDifference") -> str:
    expected = f"« {item.expected} »" if item.expected else "rien"
    found = f"« {item.found} »" if item.found else "rien"
    return f"page {item.page} : attendu {expected}, trouvé {found}"


def _keep(
    project: Project,
    reference: VersionReference,
    document: SignedDocument,
    request: RecordRequest,
) -> None:
    """Keeps the PDF, and what was found of it."""
    store = project.open_store()
    told = signed_data(document.findings)
    result = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()
    subject = _subject(reference)
    note = f"PDF signé : {document.name}"[:255]
    for named, body in ((f"{subject}.pdf", document.data), (subject, result)):
        store.keep_piece(PieceKeeping("retour", named, body, request.at, request.actor, note=note))


def _subject(reference: VersionReference) -> str:
    return f"{reference}/signe"
