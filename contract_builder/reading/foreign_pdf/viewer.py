"""Foreign PDFs opened by pdfium, as a viewer does: with the form fields."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from contract_builder.reading.foreign_pdf.structure import PROTECTED, UnusablePdfError


def open_as_viewer(data: bytes, *, fields: bool = True) -> Any:
    """A pypdfium2 document; with ``fields`` each page loaded from it shows its form fields.

    They are shown even when the file does not list them, as other viewers do. UnusablePdfError when
    it is protected, PdfiumError when it cannot be read.
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise UnusablePdfError(PROTECTED) from error
        raise
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise UnusablePdfError(PROTECTED)
    if fields and not document.init_forms():
        settings = raw.FPDF_FORMFILLINFO(version=2)
        environment = raw.FPDFDOC_InitFormFillEnvironment(document, settings)
        document.formenv = pypdfium2.PdfFormEnv(environment, settings)
    return document


def save_document(document: Any) -> bytes:
    """The file that pdfium writes of a document: sound, whatever was wrong with what it read."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def hide_annotations(page: Any, indexes: Iterable[int]) -> None:
    """Has a page show these annotations (from 0, in its list) no more."""
    from pypdfium2 import raw

    for index in indexes:
        annotation = raw.FPDFPage_GetAnnot(page, index)
        raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_HIDDEN)
        raw.FPDFPage_CloseAnnot(annotation)


def forget_appearances(page: Any, indexes: Iterable[int]) -> None:
    """Takes the appearance from these annotations of a page (from 0, in its list)."""
    from pypdfium2 import raw

    for index in indexes:
        annotation = raw.FPDFPage_GetAnnot(page, index)
        raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)
        raw.FPDFPage_CloseAnnot(annotation)


def look_at_annotations(page: Any) -> None:
    """Has pdfium make the appearances that a page lacks: it does when it shows its annotations."""
    from pypdfium2 import raw

    bitmap = raw.FPDFBitmap_Create(1, 1, 0)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, 1, 1, 0, raw.FPDF_ANNOT)
    raw.FPDFBitmap_Destroy(bitmap)
