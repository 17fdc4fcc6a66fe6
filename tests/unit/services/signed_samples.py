"""Findings of signed PDFs: one with two signatures, one that is a scan."""

from contract_builder.reading.foreign_pdf.signed import PdfSignature
from contract_builder.services.signed_findings import SignedAddition, SignedFindings

SIGNED = SignedFindings(
    file="signe.pdf",
    sha256="a" * 64,
    page_count=12,
    is_scanned=False,
    pages_without_text=(3, 7),
    additions=tuple(SignedAddition(page, f"Fait le {page}") for page in range(1, 6)),
    signatures=(
        PdfSignature("s1", "CN=Le directeur", "CN=A", signed_at="2026-03-02T10:00:00+00:00",
                     is_intact=True, is_trusted=True),
        PdfSignature("s2", problem="chiffrée d’une façon inconnue"),
    ),
    has_roots=True,
)  # fmt: skip
SCAN = SignedFindings("copie.pdf", "b" * 64, 2, True, (1, 2), (), (), False)
