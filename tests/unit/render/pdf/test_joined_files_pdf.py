"""Files of others after the contract: stamped beside what they show, and the contract untouched."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import typst

from contract_builder.errors import InternalRenderError, TemplateError
from contract_builder.model.contract import Contract, ContractTables, JoinedFile
from contract_builder.render.contract_file import parse_contract_file
from contract_builder.render.pdf import PdfDocument, extract_pages, join_files
from contract_builder.render.pdf.reading import read_outline
from contract_builder.render.pdf.stamps import STAMP_TEMPLATE
from contract_builder.render.products import render_all
from contract_builder.render.text_gate import squeeze
from tests.contract_samples import HOSTILE, small_contract
from tests.documents import FONTS, ROOT, TEMPLATES, make_pdf, text_template
from tests.foreign_pdfs import A4, ForeignPage, add_foreign_page, make_foreign_pdf, save

MARKUP = HOSTILE.partition(" 𝔸")[0]
CROP = (100, 200, 400, 700)
PAGES = (
    ForeignPage(),
    *(ForeignPage(turn=turn) for turn in (90, 180, 270)),
    ForeignPage(size=(842, 595)),
    *(ForeignPage(crop=CROP, turn=turn) for turn in (0, 90, 180, 270)),
    ForeignPage(size=(2384, 3370)),
    ForeignPage(size=(120, 150)),
    ForeignPage(size=(300, 400), unit=2, turn=90),
)


def joining(*files: bytes, pages: Sequence[int], title: str = "Plan") -> Contract:
    """The small contract, which joins the files."""
    records = tuple(
        JoinedFile(f"J{n}", title, "plan", "A1" if n == 1 else "", f"{n}.pdf", count,
                   sha256(data).hexdigest())
        for n, (data, count) in enumerate(zip(files, pages, strict=True), start=1)
    )  # fmt: skip
    contract = small_contract()
    return replace(contract, tables=ContractTables(joined_files=records))


def join(contract: Contract, *files: bytes) -> PdfDocument:
    bytes_of = {f"J{number}": data for number, data in enumerate(files, start=1)}
    return join_files(make_pdf(contract), contract, bytes_of, text_template(STAMP_TEMPLATE), FONTS)


@cache
def sample() -> tuple[Contract, PdfDocument, PdfDocument]:
    """A contract, its own PDF, and the one with two joined files."""
    files = make_foreign_pdf(PAGES), make_foreign_pdf([ForeignPage("Second")])
    contract = joining(*files, pages=[len(PAGES), 1], title=MARKUP)
    return contract, make_pdf(contract), join(contract, *files)


def opened(pdf: PdfDocument) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.data))


def test_joined_pages_follow_and_the_contract_s_own_say_the_same() -> None:
    _, before, after = sample()
    assert after.page_count == before.page_count + len(PAGES) + 1
    texts = extract_pages(after.data)
    assert len(texts) == after.page_count
    assert texts[: before.page_count] == extract_pages(before.data)
    assert all("Haut" in text for text in texts[before.page_count :])


def test_each_joined_page_tells_its_file_its_page_and_its_place_in_the_whole() -> None:
    contract, before, after = sample()
    for number, text in enumerate(extract_pages(after.data)[before.page_count :], start=1):
        words = " ".join(text.split())
        assert f"Page {before.page_count + number} sur {after.page_count}" in words
        assert f"CPOM {contract.header.code} – version 1" in words
        if number <= len(PAGES):
            assert f"page {number} sur {len(PAGES)} du fichier" in words
            assert squeeze([MARKUP]) in squeeze([text])
            assert "Fichier joint J1 (annexe A1) –" in words
        else:
            assert "Fichier joint J2 –" in words


def test_the_contract_s_own_pages_count_the_joined_ones() -> None:
    _, _, after = sample()
    assert f"Page 3 sur {after.page_count}" in extract_pages(after.data)[2]


@pytest.mark.parametrize("index", range(len(PAGES)))
def test_a_page_keeps_its_size_and_the_stamp_stands_below_it_as_shown(index: int) -> None:
    _, before, after = sample()
    wanted = PAGES[index]
    document = pypdfium2.PdfDocument(after.data)
    page = document[before.page_count + index]
    left, bottom, right, top = wanted.crop or (0, 0, *wanted.size)
    width, height = (right - left) * wanted.unit, (top - bottom) * wanted.unit
    if wanted.turn in (90, 270):
        width, height = height, width
    shown_width, shown_height = page.get_width() * wanted.unit, page.get_height() * wanted.unit
    assert shown_width == pytest.approx(width, abs=0.1)
    grown = shown_height - height
    assert 10 < grown < 0.4 * height
    assert stamp_has_ink(page, height / shown_height)
    document.close()


def ink(page: pypdfium2.PdfPage, scale: float, threshold: int = 200) -> list[list[bool]]:
    """Which points of the page as shown are darker than ``threshold``, row by row from the top."""
    bitmap = page.render(scale=scale, grayscale=True)
    data, stride = bytes(bitmap.buffer), bitmap.stride
    return [
        [point < threshold for point in data[row * stride : row * stride + bitmap.width]]
        for row in range(bitmap.height)
    ]


def stamp_has_ink(page: pypdfium2.PdfPage, limit: float) -> bool:
    """True when something is drawn below ``limit`` (a share of the height), with a margin."""
    rows = ink(page, 300 / page.get_width())
    below = rows[int(len(rows) * limit) + 2 :]
    return any(map(any, below)) and not any(below[-1])


def test_what_lies_outside_the_crop_box_stays_hidden() -> None:
    stamps = []
    for crop, size in (((100, 200, 400, 700), A4), (None, (300, 500))):
        data = make_foreign_pdf([ForeignPage(crop=crop, size=size)])
        document = pypdfium2.PdfDocument(join(joining(data, pages=[1]), data).data)
        page = document[len(document) - 1]
        assert page.get_width() == 300
        stamps.append(ink(page, 1, 128)[502:])
        document.close()
    assert stamps[0] == stamps[1]
    assert any(map(any, stamps[0]))


def test_bookmarks_lead_to_each_joined_file_after_those_of_the_contract() -> None:
    _, before, after = sample()
    own, all_entries = read_outline(before.data).entries, read_outline(after.data).entries
    assert all_entries[: len(own)] == own
    assert [page for _, page in all_entries[len(own) :]] == [
        before.page_count + 1,
        before.page_count + 1 + len(PAGES),
    ]
    assert all_entries[-1][0] == f"Fichier joint J2 – {MARKUP}"


def test_links_structure_and_attachment_of_the_contract_survive() -> None:
    contract, before, after = sample()
    assert parse_contract_file(after.data) == contract
    old, new = opened(before), opened(after)
    assert str(new.Root.Lang) == "fr-FR"
    assert bool(new.Root.MarkInfo.Marked)
    for first, second in zip(old.pages, new.pages, strict=False):
        assert len(first.get("/Annots", [])) == len(second.get("/Annots", []))
    assert new.check_pdf_syntax() == []
    assert new.pdf_version == old.pdf_version
    old_tree, new_tree = old.Root.StructTreeRoot, new.Root.StructTreeRoot
    assert len(new_tree.K[0].K) == len(old_tree.K[0].K) + len(PAGES) + 1


def test_each_joined_page_is_a_figure_with_an_alternative_text() -> None:
    _, before, after = sample()
    document = opened(after)
    tree = document.Root.StructTreeRoot
    parents = dict(
        zip(list(tree.ParentTree.Nums)[0::2], list(tree.ParentTree.Nums)[1::2], strict=True)
    )
    for number, page in enumerate(list(document.pages)[before.page_count :], start=1):
        (figure,) = parents[page.StructParents]
        assert (str(figure.S), figure.K, figure.Pg.objgen) == ("/Figure", 0, page.obj.objgen)
        assert str(figure.Alt).endswith(f"page {number if number <= len(PAGES) else 1} sur "
                                        f"{len(PAGES) if number <= len(PAGES) else 1}")  # fmt: skip


def test_the_whole_no_longer_claims_what_nobody_can_vouch_for() -> None:
    _, before, after = sample()
    with opened(before).open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    document = opened(after)
    with document.open_metadata() as metadata:
        assert not {"pdfaid:part", "pdfaid:conformance", "pdfuaid:part"} & set(metadata)
        assert metadata["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] == str(after.page_count)
    assert "/OutputIntents" not in document.Root


def test_the_same_files_give_the_same_bytes_and_others_another_identifier() -> None:
    first, second = make_foreign_pdf(), make_foreign_pdf([ForeignPage("Autre")])
    made = [join(joining(data, pages=[1]), data) for data in (first, first, second)]
    assert made[0].data == made[1].data
    assert opened(made[0]).trailer.ID[0] != opened(made[2]).trailer.ID[0]


def annotated(*annotations: str) -> bytes:
    """A page with annotations written as PDF objects."""
    pdf = pikepdf.new()
    page = add_foreign_page(pdf, ForeignPage())
    stamp = pdf.make_stream(b"1 0 0 rg 0 0 10 10 re f")
    stamp.Type, stamp.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stamp.BBox = pikepdf.Array([0, 0, 10, 10])
    page.obj.Annots = pdf.make_indirect(pikepdf.Array())
    for text in annotations:
        annotation = pikepdf.Object.parse(text.encode())
        if "/AP" in annotation:
            annotation.AP = pikepdf.Dictionary(N=stamp)
        annotation.P = page.obj
        page.obj.Annots.append(pdf.make_indirect(annotation))
    page.obj.AA = pikepdf.Object.parse(b"<</O <</S /JavaScript /JS (app.alert)>>>>")
    return save(pdf)


def marked_share(pdf: PdfDocument, box: tuple[int, int, int, int]) -> float:
    """How much of a box of the last page, in points from the top left, is not white."""
    document = pypdfium2.PdfDocument(pdf.data)
    rows = ink(document[len(document) - 1], 1)
    document.close()
    left, top, right, bottom = box
    points = [point for row in rows[top:bottom] for point in row[left:right]]
    return sum(points) / len(points)


def test_marks_and_filled_fields_are_shown_where_they_were() -> None:
    data = annotated("<</Type /Annot /Subtype /Stamp /Rect [100 642 140 742] /AP <<>> /F 4>>")
    pdf = join(joining(data, pages=[1]), data)
    assert marked_share(pdf, (101, 101, 139, 199)) > 0.99
    assert marked_share(pdf, (150, 101, 190, 199)) == 0


def test_a_hidden_mark_stays_hidden() -> None:
    data = annotated("<</Type /Annot /Subtype /Stamp /Rect [100 642 140 742] /AP <<>> /F 2>>")
    assert marked_share(join(joining(data, pages=[1]), data), (101, 101, 139, 199)) == 0


def test_nothing_that_acts_comes_in_but_links_to_addresses() -> None:
    data = annotated(
        "<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (https://exemple.test)>>>>",
        "<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /Launch /F (x.exe)>>>>",
        "<</Type /Annot /Subtype /Widget /Rect [0 0 9 9] /AA <</E <</S /JavaScript /JS (x)>>>>>>",
    )
    pdf = join(joining(data, pages=[1]), data)
    document = opened(pdf)
    (link,) = document.pages[-1].Annots
    assert (str(link.A.S), str(link.A.URI)) == ("/URI", "https://exemple.test")
    assert b"JavaScript" not in pdf.data
    assert b"Launch" not in pdf.data


def test_a_wrong_template_of_stamps_is_refused_in_french() -> None:
    contract, data = joining(make_foreign_pdf(), pages=[1]), make_foreign_pdf()
    with pytest.raises(TemplateError, match=r"Le modèle « annexe-jointe\.typ » ne peut être"):
        join_files(make_pdf(contract), contract, {"J1": data}, "#absent()", FONTS)


def test_a_file_with_other_pages_than_the_contract_says_is_our_fault() -> None:
    data = make_foreign_pdf([ForeignPage(size=A4)])
    with pytest.raises(InternalRenderError, match="J1"):
        join(joining(data, pages=[2]), data)


def test_every_format_is_made_and_the_pdf_alone_holds_the_joined_pages() -> None:
    data = make_foreign_pdf()
    contract = joining(data, pages=[1])
    rendered = render_all(TEMPLATES, contract, ("docx", "pdf"), joined={"J1": data})
    assert rendered.page_count == make_pdf(contract).page_count + 1
    assert len(extract_pages(rendered.files["pdf"])) == rendered.page_count


def test_the_demonstration_file_is_made_from_the_text_beside_it() -> None:
    folder = ROOT / "profiles" / "annexes"
    source = (folder / "plan-de-situation.typ").read_bytes()
    made = typst.Compiler(source, ignore_system_fonts=True).compile(format="pdf")
    assert (folder / "plan-de-situation.pdf").read_bytes() == made
