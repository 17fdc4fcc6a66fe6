"""Files that leave: a version becomes « envoyé », its Word file and PDF are made, a receipt tells.

The Word file tracks whatever is changed in it and says nothing of its making; the PDF carries no
data; the instruction file is never made here. The store keeps the Word file and the receipt, so
that what comes back is read against the very file that left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, get_args

from contract_builder.diagnostics import Diagnostic, has_errors, in_file_order
from contract_builder.errors import InternalRenderError, ProblemsError, UserError
from contract_builder.files.publish import Published, amendment_stem, product_stem, publish
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP, long_date
from contract_builder.model.receipt import (
    DispatchedFile,
    DispatchedFormat,
    JournalLine,
    Receipt,
)
from contract_builder.services.keeping import (
    RecordOutcome,
    RecordRequest,
    get_contract_json,
    record_contract,
    refuse_incomplete,
)
from contract_builder.services.making import (
    BuildOptions,
    find_used_templates,
    prepare,
    refuse_faulty_word_template,
    render_contract,
)
from contract_builder.services.project import Project
from contract_builder.store.records import FileHash, PieceKeeping, StoredPiece, VersionReference

_FORMATS: Final[tuple[DispatchedFormat, ...]] = get_args(DispatchedFormat)
DISPATCH_OPTIONS: Final = BuildOptions(formats=_FORMATS, pdf_standard="a-2a", track_changes=True)
"""How files that leave are made: without data attached, which hold the places of our files and our
own remarks."""
_LONGEST_RECIPIENT: Final = 120
_FOLDER: Final = "envois"


@dataclass(frozen=True, slots=True)
class SendRequest:
    """A sending: when (with a time zone), by whose hand, to which function or organisation.

    ``out`` is where the files go; None is a folder of the version among the products.
    """

    at: datetime
    actor: str
    recipient: str = ""
    out: Path | None = None


@dataclass(frozen=True, slots=True)
class Departing:
    """What is about to leave: the contract, its files by name, and what the store is to know.

    ``problems`` are the warnings about the profile; none for a version that is stored already.
    ``amendment`` is the number of the avenant that makes the contract, where its own files leave
    and not the contract's.
    """

    contract: Contract
    products: Mapping[str, bytes]
    templates: tuple[Path, ...]
    follows: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    amendment: int | None = None

    @property
    def stem(self) -> str:
        """What the names of the files begin with."""
        header = self.contract.header
        if self.amendment is None:
            return product_stem(header)
        return amendment_stem(header, self.amendment)

    @property
    def files(self) -> tuple[DispatchedFile, ...]:
        """The names, sizes and hashes of the files."""
        return tuple(
            DispatchedFile(kind, name, len(data), sha256(data).hexdigest())
            for kind, (name, data) in zip(_FORMATS, self.products.items(), strict=True)
        )


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What was sent: the version, the receipt, and the files written, the receipt's last."""

    outcome: RecordOutcome
    receipt: Receipt
    published: Published


def prepare_stored(project: Project, reference: str) -> Departing:
    """The files of a stored version; UserError for one that may not be sent."""
    from contract_builder.render.json import parse_contract

    return _make(project, parse_contract(get_contract_json(project, reference)))


def prepare_profile_to_send(project: Project, path: Path) -> Departing:
    """The files of a profile's contract as it is now.

    ProblemsError when profile or library have errors, UserError when data are missing.
    """
    _, library_problems = project.open_sound_library()
    prepared = prepare(project, path)
    problems = in_file_order([*library_problems, *prepared.problems])
    if prepared.assembly is None or prepared.profile is None or has_errors(problems):
        raise ProblemsError(problems)
    departing = _make(project, prepared.assembly.contract)
    follows = prepared.profile.contrat.followed
    return replace(departing, follows=follows, problems=tuple(problems))


def send(project: Project, departing: Departing, request: SendRequest) -> Dispatch:
    """Records the version as « envoyé », keeps what leaves, writes the files and their receipt.

    The same version may be sent again: another receipt tells it. UserError when the version is
    past that, or when the disk refuses: it is then recorded, and sending again writes the files.
    """
    from contract_builder.render.receipt import render_receipt_html, render_receipt_json

    recipient = _check_recipient(request.recipient)
    outcome = _record(project, departing, request)
    version = outcome.version
    earlier = list_receipts(project, version.reference)
    receipt = Receipt(
        reference=str(version.reference),
        header=departing.contract.header,
        contract_sha256=version.facts.sha256,
        number=len(earlier) + 1,
        sent_at=request.at,
        recipient=recipient,
        files=departing.files,
        journal=JournalLine(outcome.anchor.sequence, outcome.anchor.hash),
        amendment=departing.amendment,
    )
    body = render_receipt_json(receipt)
    _keep(project, departing, receipt, body, request, earlier)
    stem = f"{departing.stem}-recu-{receipt.number}"
    page = render_receipt_html(receipt)
    products = {**departing.products, f"{stem}.json": body, f"{stem}.html": page}
    folder = request.out or dispatch_folder(project.root, receipt.reference)
    return Dispatch(outcome, receipt, publish(folder, products))


def list_receipts(project: Project, reference: VersionReference) -> tuple[StoredPiece, ...]:
    """The receipts of a version's sendings, oldest first; the note of each tells it in French."""
    return project.get_store().pieces("envoi", str(reference)) if project.has_store() else ()


def find_sent_word_file(project: Project, reference: VersionReference) -> bytes | None:
    """The Word file of a version as it was sent last; None when it was not sent from here."""
    if not project.has_store():
        return None
    store = project.get_store()
    kept = store.pieces("envoi", _subject_of_word_file(str(reference)))
    return store.piece_bytes(kept[-1].sequence) if kept else None


def dispatch_folder(root: Path, reference: str) -> Path:
    """Where the files of a sent version go when nothing else is said."""
    return root / "output" / _FOLDER / reference


def _make(project: Project, contract: Contract) -> Departing:
    refuse_incomplete(contract, "envoye")
    refuse_faulty_word_template(project, DISPATCH_OPTIONS)
    products = render_contract(project.root, contract, DISPATCH_OPTIONS).files
    refuse_traces(products)
    templates = find_used_templates(project.root, contract, DISPATCH_OPTIONS)
    return Departing(contract, products, templates)


def refuse_traces(products: Mapping[str, bytes]) -> None:
    """InternalRenderError for a Word file, by its name, that tells of its making."""
    from contract_builder.word.package import read_parts
    from contract_builder.word.traces import find_traces

    for name, data in products.items():
        traces = find_traces(read_parts(data)) if name.endswith(".docx") else []
        if traces:
            raise InternalRenderError(f"le fichier Word à envoyer porte encore {', '.join(traces)}")


def _check_recipient(text: str) -> str:
    """The recipient in one line; UserError for one that is too long or cannot be printed."""
    recipient = " ".join(text.split())
    if len(recipient) > _LONGEST_RECIPIENT or not recipient.isprintable():
        raise UserError(
            "Le destinataire tient en une ligne, sans caractère de contrôle : "
            f"{_LONGEST_RECIPIENT} caractères au plus. Indiquez une fonction ou un organisme."
        )
    return recipient


def _record(project: Project, departing: Departing, request: SendRequest) -> RecordOutcome:
    hashes = tuple(FileHash("document", file.name, file.sha256) for file in departing.files)
    asked = RecordRequest(
        at=request.at,
        actor=request.actor,
        status="envoye",
        follows=departing.follows,
        templates=departing.templates,
        hashes=hashes,
    )
    return record_contract(project, departing.contract, asked)


def _keep(
    project: Project,
    departing: Departing,
    receipt: Receipt,
    body: bytes,
    request: SendRequest,
    earlier: tuple[StoredPiece, ...],
) -> None:
    """Keeps the Word file and the receipt; StaleStateError when somebody sends it meanwhile."""
    store = project.open_store()
    word = next(departing.products[file.name] for file in receipt.files if file.format == "docx")
    subject = _subject_of_word_file(receipt.reference, receipt.amendment)
    store.keep_piece(PieceKeeping("envoi", subject, word, request.at, request.actor))
    to = f", à {receipt.recipient}" if receipt.recipient else ""
    what = "" if receipt.amendment is None else f", avenant n°{NBSP}{receipt.amendment} seul"
    store.keep_piece(
        PieceKeeping(
            "envoi",
            receipt.reference,
            body,
            request.at,
            request.actor,
            note=f"envoi n°{NBSP}{receipt.number} du {long_date(request.at.date())}{to}{what}",
            after=earlier[-1].facts.sha256 if earlier else None,
        )
    )


def _subject_of_word_file(reference: str, amendment: int | None = None) -> str:
    """Under what the Word file of a contract is kept, or that of the avenant that makes it."""
    return f"{reference}.docx" if amendment is None else f"{reference}.avenant.docx"
