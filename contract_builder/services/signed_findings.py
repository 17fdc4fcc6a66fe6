"""What was found of a PDF that came back signed: kept beside it, and told in French."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from contract_builder.frozen import dataclass
from contract_builder.model.french import counted, enumerate_words

if TYPE_CHECKING:
    from contract_builder.reading.foreign_pdf.signed import PdfSignature

MENTIONS_TOLD: Final = 3
"""How many additions are quoted."""


@dataclass(frozen=True, slots=True)
class SignedAddition:
    """What the signing added to a page, counted from 1: a date, a mention by hand."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class SignedFindings:
    """What was found of one file.

    ``is_scanned``: no page has any text, and nothing was compared; ``pages_without_text`` could not
    be. ``has_roots``: certificates to trust were given.
    """

    file: str
    sha256: str
    page_count: int
    is_scanned: bool
    pages_without_text: tuple[int, ...]
    additions: tuple[SignedAddition, ...]
    signatures: "tuple[PdfSignature, ...]"
    has_roots: bool


def describe_signed(findings: SignedFindings) -> list[str]:
    """What was found of a signed PDF, as lines in French."""
    if findings.is_scanned:
        text = "document numérisé, sans texte : il n’a pas pu être comparé au contrat"
    else:
        text = "dit ce que dit le contrat"
        if findings.pages_without_text:
            pages = enumerate_words([str(page) for page in findings.pages_without_text])
            text += f", sauf les pages sans texte, qui n’ont pu être comparées : {pages}"
    lines = [f"{findings.file} : {text}."]
    lines += [
        f"  mention ajoutée page {item.page} : « {item.text} »"
        for item in findings.additions[:MENTIONS_TOLD]
    ]
    more = len(findings.additions) - MENTIONS_TOLD
    if more > 0:
        lines.append(f"  … et {counted(more, 'autre mention', 'autres mentions')}.")
    lines += [f"  {_describe_signature(signature)}." for signature in findings.signatures]
    if not findings.signatures:
        lines.append("  aucune signature électronique.")
    return lines


def summarise_signed(findings: SignedFindings) -> str:
    """The same in one line: « signe.pdf : conforme, 2 signatures électroniques, intactes »."""
    signatures = findings.signatures
    told = "numérisé, non comparé" if findings.is_scanned else "conforme"
    if not signatures:
        return f"{findings.file} : {told}, sans signature électronique"
    count = counted(len(signatures), "signature électronique", "signatures électroniques")
    broken = sum(not signature.is_intact for signature in signatures)
    state = (
        f"dont {broken} ATTEINTE" if broken else "intacte" if len(signatures) == 1 else "intactes"
    )
    return f"{findings.file} : {told}, {count}, {state}"


def _describe_signature(signature: "PdfSignature") -> str:
    """« signature de CN=…, le 02/03/2026 à 10:00 (UTC) : intacte, … »."""
    if signature.problem:
        return f"signature « {signature.field} » : {signature.problem}"
    when = ""
    if signature.stamped_at:
        when = f", horodatée le {_moment(signature.stamped_at)}"
    elif signature.signed_at:
        when = f", le {_moment(signature.signed_at)} selon le signataire"
    state = "intacte" if signature.is_intact else "ATTEINTE, le document a changé depuis"
    if signature.is_intact and signature.is_altered:
        state += ", mais le fichier a été modifié ensuite, autrement que par une signature"
    trust = {
        None: "certificat non vérifié, faute de racine de confiance indiquée",
        True: "certificat rattaché à une racine de confiance",
        False: "certificat rattaché à aucune racine de confiance",
    }[signature.is_trusted]
    return f"signature de « {signature.signer} »{when} : {state} ; {trust}"


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(UTC):%d/%m/%Y à %H:%M} (UTC)"
