"""Contract → PDF by Typst, and the PDF read back."""

from contract_builder.render.pdf.joining import join_files
from contract_builder.render.pdf.pictures import draw_pictures
from contract_builder.render.pdf.reading import (
    extract_figures,
    extract_pages,
    extract_printed_figures,
)
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
    "draw_pictures",
    "extract_figures",
    "extract_pages",
    "extract_printed_figures",
    "join_files",
    "render_pdf",
]
