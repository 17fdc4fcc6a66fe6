"""The summary as a PDF that can be filed: PDF/A-2a and PDF/UA-1, read back before it is given."""

import json
from pathlib import Path

from contract_builder.compare.comparison import Comparison
from contract_builder.compare.views.summary_document import (
    ITEM_MARK,
    Signature,
    SummaryDocument,
    build_summary_document,
    document_lines,
)
from contract_builder.errors import InternalRenderError
from contract_builder.model.contract import Contract
from contract_builder.render.pdf.reading import extract_pages
from contract_builder.render.pdf.typst_pdf import explain_refusal
from contract_builder.render.pdf.typst_run import TypstSource, compile_pdf
from contract_builder.render.text_gate import PageFurniture, find_page_difference

_TEMPLATE = Path(__file__).with_name("summary.typ")
_DATA = "resume.json"
_FURNITURE = PageFurniture(opening="(?!)", closing=r"Page\d+sur\d+")


def render_summary_pdf(comparison: Comparison, signature: Signature, fonts: Path) -> bytes:
    """The summary laid out with the fonts of the folder ``fonts``; same input, same bytes.

    UserError for a character that no font has, InternalRenderError when the file would not conform
    or does not say all that the summary says.
    """
    document = build_summary_document(comparison, signature)
    data = _compile(document, signature, comparison.new, fonts)
    difference = find_page_difference(document_lines(document), extract_pages(data), _FURNITURE, 1)
    if difference is not None:
        raise InternalRenderError(f"le texte du PDF diffère du résumé, {difference}")
    return data


def _compile(
    document: SummaryDocument, signature: Signature, contract: Contract, fonts: Path
) -> bytes:
    from typst import TypstError

    day = signature.at.date()
    data = {
        **document.data,
        "auteur": signature.author,
        "jour": [day.year, day.month, day.day],
        "puce": ITEM_MARK,
    }
    content = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
    source = TypstSource(_TEMPLATE.read_text(encoding="utf-8"), _DATA, content)
    try:
        return compile_pdf(source, fonts, ("a-2a", "ua-1"))
    except TypstError as error:
        raise explain_refusal(error, contract, _TEMPLATE.name) from error
