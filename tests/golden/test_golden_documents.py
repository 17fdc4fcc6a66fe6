"""Whole documents of each contract type and generation are those that were agreed upon.

Text first (as read from the Word file, numbers computed), then the parts of the Word file, then a
few pages of the PDF as images. ADR 0014 says what is kept and why.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from contract_builder.amend.document import AmendmentFacts, EarlierAmendment
from contract_builder.amend.written import write_amendment
from contract_builder.model.contract import Contract
from contract_builder.render.docx import extract_document
from contract_builder.render.pdf import PdfDocument
from contract_builder.render.products import render_all
from contract_builder.word.package import read_parts
from tests.contract_samples import paragraph, small_contract
from tests.documents import TEMPLATES, make_pdf
from tests.golden.golden_folder import FAILURES, GOLDEN, GoldenFolder
from tests.golden.word_parts import iter_xml_parts, marked_text, show_part, summarise_parts
from tests.integration.single_edits.workbench import ProfileData, ProfileEdit, Workbench
from tests.unit.compare.redline.pairs import demonstration, redline

DPI = 72
PROFILES = (
    "chu-demonstration",
    "hopital-de-proximite-2019-demonstration",
    "laboratoire-demonstration",
    "partenaire-demonstration",
)
# The kinds of page that a reader opens first; by section, so that a page more changes one image.
PAGES_OF = ("signatures", "annexe-strategique", "annexe-autorisations", "annexe-financiere")


@pytest.fixture
def golden(request: pytest.FixtureRequest, update_golden: bool) -> GoldenFolder:
    """The folder of the case that the test's parameter names."""
    name = request.node.callspec.id
    return GoldenFolder(GOLDEN / name, FAILURES / name, update_golden)


def text_of(docx: bytes) -> str:
    document = extract_document(docx)
    return "\n".join((*document.front, "", *document.contract)) + "\n"


def page_list(pdf: PdfDocument) -> str:
    return "".join(
        f"{pdf.pages[name]:3} {name}\n" for name in sorted(pdf.pages, key=lambda n: pdf.pages[n])
    )


def compare_pages(golden: GoldenFolder, data: bytes, wanted: Mapping[str, int]) -> None:
    """Compares these pages, counted from 1, with the images of the names."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    for name, number in wanted.items():
        page = document[number - 1].render(scale=DPI / 72, grayscale=True)
        golden.compare_image(f"{name}.png", page.to_pil())


@pytest.mark.parametrize("profile", PROFILES, ids=PROFILES)
def test_a_demonstration_contract_is_the_golden_one(profile: str, golden: GoldenFolder) -> None:
    contract = demonstration(profile)
    docx = render_all(TEMPLATES, contract, ("docx",)).files["docx"]
    pdf = make_pdf(contract)
    golden.compare_text("texte.txt", text_of(docx))
    golden.compare_text("parties.txt", summarise_parts(docx))
    golden.compare_text("pages.txt", page_list(pdf))
    sections = {f"page-{name}": pdf.pages[name] for name in PAGES_OF if name in pdf.pages}
    compare_pages(golden, pdf.data, {"page-couverture": 1, "page-sommaire": 2, **sections})
    told = golden.report()
    assert not told, told


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
    told = golden.report()
    assert not told, told


def _edit_a_year(data: ProfileData) -> None:
    """What a year brings: credits of 2026, one sheet more."""
    data["financements"][0]["montants"]["2026"] = "98000.00"
    data["fiches"].append({"code": "CPOM_OS_9", "deja_engage": "non"})


@pytest.mark.parametrize("edit", [_edit_a_year], ids=["avenant"])
def test_a_yearly_avenant_is_the_golden_one(
    edit: ProfileEdit, golden: GoldenFolder, tmp_path: Path
) -> None:
    bench = Workbench(tmp_path)
    old, new = bench.contract, bench.with_profile(edit)
    reasons = {"annexe-financiere": "les crédits de 2026 ont été notifiés."}
    facts = AmendmentFacts(
        2, date(2026, 3, 3), date(2026, 4, 1), old.header, (EarlierAmendment(1),), reasons
    )
    written = write_amendment(old, new, facts)
    assert written is not None
    docx = render_all(TEMPLATES, written.document, ("docx",)).files["docx"]
    pdf = make_pdf(written.document)
    golden.compare_text("texte.txt", text_of(docx))
    golden.compare_text("parties.txt", summarise_parts(docx))
    articles = {f"page-article-{n}": pdf.pages[f"avenant-article-{n}"] for n in (2, 5)}
    compare_pages(golden, pdf.data, {"page-couverture": 1, **articles})
    told = golden.report()
    assert not told, told


def edited_contract() -> Contract:
    """The small contract, signed, with a value changed, a section moved and a paragraph added."""
    edited = small_contract("43", draft=False)
    first, second, *others = edited.sections
    first = replace(first, blocks=(*first.blocks, paragraph("Un alinéa est ajouté.")))
    return replace(edited, sections=(second, first, *others))


@pytest.mark.parametrize("new", [edited_contract()], ids=["changements"])
def test_the_marks_of_a_redline_are_the_golden_ones(new: Contract, golden: GoldenFolder) -> None:
    docx = redline(small_contract(), new).docx
    golden.compare_text("texte.txt", marked_text(docx))
    golden.compare_text("parties.txt", summarise_parts(docx))
    golden.compare_text("word.document.xml", show_part(read_parts(docx)["word/document.xml"]))
    told = golden.report()
    assert not told, told
