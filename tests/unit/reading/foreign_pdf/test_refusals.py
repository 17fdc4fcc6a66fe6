"""Files of others are joined only when every page of them can be."""

from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_builder.reading.foreign_pdf import (
    MAX_PAGES,
    Limits,
    UnusablePdfError,
    count_pages,
    prepare_pdf,
)
from contract_builder.reading.foreign_pdf.worker import prepare_unbounded
from tests.foreign_pdfs import ForeignPage, add_foreign_page, make_foreign_pdf, save

SOUND = make_foreign_pdf([ForeignPage(), ForeignPage()])


def changed(change: str) -> bytes:
    """A sound file after one change of its objects."""
    pdf = pikepdf.new()
    page = add_foreign_page(pdf, ForeignPage())
    exec(change, {"pdf": pdf, "page": page, "pikepdf": pikepdf})  # noqa: S102 – the test's own text
    return save(pdf)


def reason(data: bytes) -> str:
    with pytest.raises(UnusablePdfError) as caught:
        count_pages(data)
    return str(caught.value)


def test_pages_are_counted() -> None:
    assert count_pages(SOUND) == 2
    assert count_pages(make_foreign_pdf([ForeignPage()] * MAX_PAGES)) == MAX_PAGES


def test_a_page_without_content_counts() -> None:
    assert count_pages(changed("del page.obj.Contents")) == 1


def test_bytes_before_the_signature_are_borne_as_all_readers_do() -> None:
    assert count_pages(b"\r\n" + SOUND) == 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "il est vide"),
        (b"PK\x03\x04 startxref", "ce n’est pas un PDF"),
        (SOUND[: len(SOUND) // 2], "il est incomplet, sa fin manque"),
        (b"%PDF-1.7\nrien\nstartxref\n3\n%%EOF", "il est endommagé"),
        (save(pikepdf.new()), "il n’a aucune page"),
        (make_foreign_pdf([ForeignPage()] * 501), "il a 501 pages, plus que les 500 admises"),
        (changed("page.obj.MediaBox = [0, 0, 0, 100]"), "une de ses pages n’a pas de surface"),
    ],
)
def test_a_file_that_cannot_be_joined_is_refused_with_the_reason(
    data: bytes, expected: str
) -> None:
    assert reason(data) == expected


@pytest.mark.parametrize("user", ["", "secret"])
def test_a_protected_file_is_refused_even_when_it_opens(user: str) -> None:
    pdf = pikepdf.new()
    add_foreign_page(pdf, ForeignPage())
    assert reason(save(pdf, pikepdf.Encryption(owner="maître", user=user))).startswith(
        "il est protégé"
    )


def test_what_a_copy_would_show_otherwise_is_refused() -> None:
    layers = "shown = pdf.make_indirect(pikepdf.Dictionary(%s)); "
    layers += "pdf.Root.OCProperties = pdf.make_indirect(pikepdf.Dictionary(D=shown))"
    assert reason(changed(layers % "OFF=[pdf.make_indirect(pikepdf.Dictionary())]")).startswith(
        "il a des calques masqués"
    )
    assert reason(changed(layers % "BaseState=pikepdf.Name.OFF")).startswith("il a des calques")
    assert count_pages(changed(layers % "OFF=[]")) == 1
    form = "pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA='x')"
    assert reason(changed(form)).startswith("c’est un formulaire dynamique")


def test_a_file_that_holds_others_is_refused_since_they_would_stay_behind() -> None:
    folder = "pdf.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.D)"
    assert reason(changed(folder)).startswith("c’est un porte-documents")


def test_a_content_that_only_another_program_reads_is_told_as_damage() -> None:
    content = "page.obj.Contents = pdf.make_stream(b'x' * 40, Filter=pikepdf.Name.JBIG2Decode)"
    assert reason(changed(content)) == "il est endommagé"


def endless() -> bytes:
    """A small file whose one page would take ten thousand million drawings."""
    pdf = pikepdf.new()
    page = add_foreign_page(pdf, ForeignPage())
    form = pdf.make_stream(b"0 0 1 1 re f")
    for _ in range(10):
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 100, 100])
        inner, form = form, pdf.make_stream(b"/X Do " * 10)
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
    page.obj.Contents = form
    page.obj.Resources = form.Resources
    return save(pdf)


def test_a_file_that_would_take_for_ever_is_given_up_and_says_so() -> None:
    with pytest.raises(UnusablePdfError, match="demande plus de 1 secondes"):
        prepare_pdf(endless(), Limits(seconds=1, seconds_a_page=0))


def test_empty_pages_give_a_heavy_one_no_time() -> None:
    pdf = pikepdf.open(BytesIO(endless()))
    for _ in range(400):
        pdf.add_blank_page(page_size=(100, 100))
    pdf.pages.append(pdf.pages[0])
    del pdf.pages[0]
    with pytest.raises(UnusablePdfError, match="demande plus de 1 secondes"):
        prepare_pdf(save(pdf), Limits(seconds=1, seconds_a_page=1))


def test_names_are_read_as_ever_once_a_file_is_ready() -> None:
    from pypdf.generic import NameObject

    before = dict(vars(NameObject))
    prepare_unbounded(SOUND, lambda: None)
    assert dict(vars(NameObject)) == before


def test_a_file_that_takes_too_much_memory_is_given_up_and_says_so() -> None:
    with pytest.raises(UnusablePdfError, match="mémoire"):
        prepare_pdf(SOUND, Limits(mebibytes=48))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_breaks(data: st.DataObject) -> None:
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(8, len(damaged) - 1))
        damaged[position] = data.draw(st.integers(0, 255))
    with suppress(UnusablePdfError):
        pages, _ = prepare_unbounded(bytes(damaged), lambda: None)
        assert pages >= 1
