"""Files of others are joined only when every page of them can be."""

from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_builder.reading.foreign_pdf import MAX_PAGES, UnusablePdfError, count_pages
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


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_breaks(data: st.DataObject) -> None:
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(8, len(damaged) - 1))
        damaged[position] = data.draw(st.integers(0, 255))
    with suppress(UnusablePdfError):
        assert count_pages(bytes(damaged)) >= 1
