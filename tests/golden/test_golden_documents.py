"""Whole documents of each contract type and generation are those that were agreed upon.

Text first (as read from the Word file, numbers computed), then the parts of the Word file, then a
few pages of the PDF as images. ADR 0014 says what is kept and why.
"""

from collections.abc import Mapping
from io import BytesIO

import pypdfium2
import pytest

from contract_builder.model.contract import Contract
from contract_builder.render.docx import extract_document
from contract_builder.render.products import render_all
from tests.contract_samples import small_contract
from tests.documents import TEMPLATES, make_pdf
from tests.golden.golden_folder import FAILURES, GOLDEN, GoldenFolder
from tests.golden.word_parts import iter_xml_parts, show_part

DPI = 72


@pytest.fixture
def golden(request: pytest.FixtureRequest, update_golden: bool) -> GoldenFolder:
    """The folder of the case that the test's parameter names."""
    name = request.node.callspec.id
    return GoldenFolder(GOLDEN / name, FAILURES / name, update_golden)


def text_of(docx: bytes) -> str:
    document = extract_document(docx)
    return "\n".join((*document.front, "", *document.contract)) + "\n"


def compare_pages(golden: GoldenFolder, data: bytes, wanted: Mapping[str, int]) -> None:
    """Compares these pages, counted from 1, with the images of the names."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    for name, number in wanted.items():
        page = document[number - 1].render(scale=DPI / 72, grayscale=True)
        golden.compare_image(f"{name}.png", page.to_pil())


@pytest.mark.parametrize("contract", [small_contract()], ids=["un-de-chaque"])
def test_every_part_of_a_small_contract_is_the_golden_one(
    contract: Contract, golden: GoldenFolder
) -> None:
    docx = render_all(TEMPLATES, contract, ("docx",)).files["docx"]
    pdf = make_pdf(contract)
    golden.compare_text("texte.txt", text_of(docx))
    for part, data in iter_xml_parts(docx):
        golden.compare_text(part.replace("/", "."), show_part(data))
    numbers = range(1, pdf.page_count + 1)
    compare_pages(golden, pdf.data, {f"page-{number}": number for number in numbers})
    assert golden.report() == ""
