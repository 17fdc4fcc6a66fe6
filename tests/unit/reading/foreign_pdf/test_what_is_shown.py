"""All that a viewer shows of a page is in its copy, or the file is refused by name and page."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from contract_builder.reading.foreign_pdf import UnusablePdfError, prepare_pdf
from contract_builder.reading.foreign_pdf.likeness import refuse_other_looks
from tests.foreign_pdfs import ForeignPage, add_foreign_page, make_foreign_pdf, save

BOX = (100, 600, 400, 630)
FIELD = "/Type /Annot /Subtype /Widget /T (montant) /DA (/F 12 Tf 0 g) /Rect [100 600 400 630] /F 4"
MARK = "/Type /Annot /Rect [100 600 400 630] /F 4 /C [1 0 0]"
CORNERS = "/QuadPoints [100 630 400 630 100 600 400 600]"


def annotated(*annotations: str, appearance: str | None = None, anew: bool = False) -> bytes:
    """A page with annotations written as PDF objects; ``appearance`` is that of the first."""
    pdf = pikepdf.new()
    page = add_foreign_page(pdf, ForeignPage())
    page.obj.Resources.Font.F = pdf.make_indirect(page.obj.Resources.Font.F)
    made = [pdf.make_indirect(pikepdf.Object.parse(f"<<{text}>>".encode("latin-1")))
            for text in annotations]  # fmt: skip
    if appearance is not None:
        form = pdf.make_stream(appearance.encode())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 300, 30])
        form.Resources = page.obj.Resources
        made[0].AP = pikepdf.Dictionary(N=form)
    page.obj.Annots = pdf.make_indirect(pikepdf.Array(made))
    fields = [item for item in made if item.get("/Subtype") == "/Widget"]
    if fields:
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array(fields), DR=page.obj.Resources, NeedAppearances=anew
        )
    return save(pdf)


def opened(data: bytes) -> Any:
    return pypdfium2.PdfDocument(prepare_pdf(data).data)


def words(data: bytes) -> str:
    return " ".join(opened(data)[0].get_textpage().get_text_range().split())


def ink(data: bytes, box: Sequence[int] = BOX) -> int:
    """How many points of a box of the first page are not white."""
    left, bottom, right, top = box
    bitmap = opened(data)[0].render(grayscale=True)
    rows = range(bitmap.height - top, bitmap.height - bottom)
    points = bytes(bitmap.buffer)
    return sum(
        points[row * bitmap.stride + column] < 250 for row in rows for column in range(left, right)
    )


def reason(data: bytes) -> str:
    with pytest.raises(UnusablePdfError) as caught:
        prepare_pdf(data)
    return str(caught.value)


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("/FT /Tx /V (1 234 567,00 EUR)", "1 234 567,00 EUR"),
        ("/FT /Tx /V (Une ligne assez longue pour passer \\340 la suivante, plus bas) /Ff 4096",
         "à la suivante, plus bas"),
        ("/FT /Ch /Ff 131072 /V (k2) /Opt [[(k1) (Non)] [(k2) (Oui, sans r\\351serve)]]",
         "Oui, sans réserve"),
        ("/FT /Ch /V (deux) /Opt [(un) (deux)]", "deux"),
    ],
)  # fmt: skip
def test_a_value_without_a_picture_is_drawn(field: str, expected: str, anew: bool) -> None:
    assert expected in words(annotated(f"{FIELD} {field}", anew=anew))


def test_a_picture_that_the_file_wants_made_anew_shows_the_value() -> None:
    old = "/Tx BMC BT /F 12 Tf 2 9 Td (ancien) Tj ET EMC"
    field = f"{FIELD} /FT /Tx /V (nouveau)"
    shown = words(annotated(field, appearance=old, anew=True))
    assert "nouveau" in shown
    assert "ancien" not in shown
    assert "ancien" in words(annotated(field, appearance=old))


def test_an_empty_picture_of_a_value_does_not_hide_it() -> None:
    field = f"{FIELD} /FT /Tx /V (Lu)"
    assert "Lu" in words(annotated(field, appearance="/Tx BMC EMC"))


def test_a_field_that_its_form_does_not_list_keeps_its_picture() -> None:
    pdf = pikepdf.open(BytesIO(annotated(f"{FIELD} /FT /Tx /V (Lu)",
                       appearance="/Tx BMC BT /F 12 Tf 2 9 Td (Lu) Tj ET EMC")))  # fmt: skip
    del pdf.Root.AcroForm
    assert "Lu" in words(save(pdf))


def test_a_pressed_box_without_a_picture_is_drawn_and_a_blank_one_stays_so() -> None:
    assert ink(annotated(f"{FIELD} /FT /Btn /V /Yes /AS /Yes /MK <</CA (4)>>")) > 20
    assert ink(annotated(f"{FIELD} /FT /Btn /V /Off /AS /Off")) == 0


def test_a_free_text_without_a_picture_is_drawn() -> None:
    note = f"{MARK} /Subtype /FreeText /Contents (Lu et approuv\\351) /DA (/Helv 12 Tf 0 g)"
    assert "Lu et approuvé" in words(annotated(note))


@pytest.mark.parametrize(
    "mark",
    [
        "/Subtype /Square",
        "/Subtype /Circle",
        "/Subtype /Ink /InkList [[100 600 200 620 300 600]]",
        *(f"/Subtype /{kind} {CORNERS}" for kind in ("Highlight", "Underline", "StrikeOut")),
    ],
)
def test_a_mark_without_a_picture_is_drawn(mark: str) -> None:
    assert ink(annotated(f"{MARK} {mark}")) > 50


@pytest.mark.parametrize(
    "mark",
    [
        "/Subtype /Line /L [100 600 400 630]",
        "/Subtype /Polygon /Vertices [100 600 200 630 300 600]",
        "/Subtype /PolyLine /Vertices [100 600 200 630 300 600]",
        "/Subtype /Stamp /Name /Approved",
        "/Subtype /Caret",
    ],
)
def test_a_mark_that_cannot_be_drawn_is_refused_by_kind_and_page(mark: str) -> None:
    kind = mark.split()[1].lstrip("/")
    assert reason(annotated(f"{MARK} {mark}")) == (
        f"il ne dit pas comment montrer une annotation ({kind}), page 1 ; imprimez-le en PDF"
    )


@pytest.mark.parametrize("character", ["中", "ʬ", "π"])
def test_a_value_that_the_field_s_font_cannot_write_is_refused_by_name(character: str) -> None:
    value = f"Montant {character}".encode("utf-16-be").hex()
    assert reason(annotated(f"{FIELD} /FT /Tx /V <FEFF{value}>")) == (
        "il ne dit pas comment montrer le champ « montant », page 1 ; imprimez-le en PDF"
    )


def test_what_is_hidden_or_shows_nothing_refuses_nothing() -> None:
    hidden = MARK.replace("/F 4", "/F 2")
    data = annotated(
        f"{hidden} /Subtype /Line /L [1 1 9 9]",
        f"{MARK} /Subtype /Popup",
        f"{FIELD} /FT /Tx",
        f"{FIELD} /FT /Sig /V <</Type /Sig>>",
    )
    assert ink(data) == 0


@pytest.mark.parametrize("rectangle", ["null", "[1 2 3]", "[]", "(x)", "[1 2 (x) 4]", "7"])
def test_a_mark_at_no_place_is_passed_over(rectangle: str) -> None:
    mark = f"/Type /Annot /Subtype /Square /F 4 /Rect {rectangle}"
    assert words(annotated(mark, appearance="0 0 300 30 re f")) == "Haut Bas"


def boxed(box: str) -> bytes:
    """A stamp whose picture has this box."""
    pdf = pikepdf.open(BytesIO(annotated(f"{MARK} /Subtype /Stamp", appearance="0 0 300 30 re f")))
    pdf.pages[0].Annots[0].AP.N.BBox = pikepdf.Object.parse(box.encode())
    return save(pdf)


@pytest.mark.parametrize("box", ["[0 0 10]", "(x)", "[]"])
def test_a_picture_without_a_box_is_refused_by_kind_and_page(box: str) -> None:
    assert "une annotation (Stamp), page 1" in reason(boxed(box))


def test_a_picture_without_a_surface_shows_nothing() -> None:
    assert words(boxed("[0 0 0 0]")) == "Haut Bas"


def image_of(pdf: pikepdf.Pdf) -> Any:
    image = pdf.make_stream(b"\0" * 4)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = 2, 2, 8
    image.ColorSpace = pikepdf.Name.DeviceGray
    return image


@pytest.mark.parametrize("written", [b"Im#23", b"Im#E9", b"Im#C3#A9", b"Im#B0#A1", b"I#2Fm#20"])
def test_an_image_is_found_whatever_bytes_its_name_has(written: bytes) -> None:
    pdf = pikepdf.new()
    page = add_foreign_page(pdf, ForeignPage())
    page.obj.Contents = pdf.make_stream(b"q 300 0 0 30 100 600 cm /IMAGE Do Q")
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(IMAGE=image_of(pdf)))
    out = BytesIO()
    pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = out.getvalue().replace(b"/IMAGE", b"/" + written)  # its length and places no longer fit
    assert ink(data) > 8000


def test_an_image_that_a_form_takes_from_its_page_comes_with_it() -> None:
    pdf = pikepdf.new()
    page = add_foreign_page(pdf, ForeignPage())
    form = pdf.make_stream(b"/Im Do")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 1, 1])
    page.obj.Contents = pdf.make_stream(b"q 300 0 0 30 100 600 cm /Fm Do Q")
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image_of(pdf), Fm=form))
    assert ink(save(pdf)) > 8000


def test_a_copy_that_shows_something_else_is_refused_by_its_page() -> None:
    one = make_foreign_pdf([ForeignPage(), ForeignPage()])
    other = make_foreign_pdf([ForeignPage(), ForeignPage("")])
    refuse_other_looks(one, one, {}, lambda: None)
    with pytest.raises(UnusablePdfError, match="sa page 2 ne serait pas reprise telle qu’elle"):
        refuse_other_looks(one, other, {}, lambda: None)
