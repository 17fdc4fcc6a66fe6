"""Contract → PDF by Typst, and the PDF read back."""

from contract_builder.render.pdf.joining import join_files
from contract_builder.render.pdf.reading import extract_pages
from contract_builder.render.pdf.typst_pdf import (
    DEFAULT_STANDARD,
    PdfDocument,
    PdfStandard,
    render_pdf,
)

__all__ = [
    "DEFAULT_STANDARD",
    "PdfDocument",
    "PdfStandard",
    "extract_pages",
    "join_files",
    "render_pdf",
]
