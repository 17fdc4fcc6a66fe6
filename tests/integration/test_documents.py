"""The documents of every demonstration profile, seen by programs that are not ours.

Word files by Microsoft's Open XML SDK and by LibreOffice, PDF files by qpdf (pikepdf); the text of
each, read back, is the contract's.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest

from contract_builder.compare.redline import render_redline
from contract_builder.model.contract import Contract
from contract_builder.profiles.load import iter_profile_paths
from contract_builder.render.docx import extract_document, render_docx
from contract_builder.render.html import extract_html_text
from contract_builder.render.json import parse_contract
from contract_builder.render.office import convert_to_pdf
from contract_builder.render.pdf import PdfDocument, extract_pages
from contract_builder.render.products import read_surroundings, verify_pdf
from contract_builder.render.text import contract_text
from contract_builder.render.text_gate import find_text_difference
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.markers import bookmark_name
from contract_builder.word.package import read_parts
from tests.contract_samples import HOSTILE, long_contract, small_contract
from tests.documents import FONTS, ROOT, convert_with_libreoffice, make_docx, word_template
from tests.outside_tools import find_ooxml_validator, find_program

PROFILES = [path.stem for path in iter_profile_paths(ROOT / "profiles")]
BUILT_TWICE = ("chu-demonstration", "laboratoire-demonstration", "partenaire-demonstration")
REDLINES = (
    ("hopital-de-proximite-2019-demonstration", "hopital-de-proximite-demonstration"),
    ("laboratoire-demonstration", "partenaire-demonstration"),
)
CHANGED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FORMATS = ("docx", "pdf", "html", "json")
CONTENTS_ENTRY = re.compile(
    r'PAGEREF (\w+) \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    r"<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t[^>]*>([^<]*)</w:t>"
)
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bTrue\b|\bFalse\b|\bundefined\b|\[\[|\]\]")
BROKEN_NUMBER = re.compile(r"\S+\d[-\u2011]\s*\n\s*\d.*")
SAMPLES = {
    "hostile draft": small_contract(HOSTILE),
    "signed": small_contract(draft=False),
    "long": long_contract(2),
}


class Products:
    """One build of each profile, shared by all processes of a test run through a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self, profile: str) -> dict[str, bytes]:
        """What ``cpom build`` wrote, by format."""
        return self._made(profile, lambda out: build(profile, out))

    def contract(self, profile: str) -> Contract:
        """The contract that the files hold."""
        return parse_contract(self.files(profile)["json"])

    def printed(self, profile: str) -> PdfDocument:
        """The Word file as LibreOffice prints it with the fonts of the templates."""
        find_program("soffice", "libreoffice-writer")
        docx = self.files(profile)["docx"]
        made = self._made(f"{profile}.libreoffice", lambda out: print_word_file(docx, out))
        return PdfDocument.of_printed(made["pdf"], self.contract(profile))

    def _made(self, name: str, make: Callable[[Path], None]) -> dict[str, bytes]:
        kept = self._folder / name
        if not kept.is_dir():
            with TemporaryDirectory(dir=self._folder) as work:
                make(out := Path(work, "out"))
                with suppress(OSError):  # another process was faster, with the same bytes
                    out.rename(kept)
        return read_products(kept)


@pytest.fixture(scope="session")
def products(tmp_path_factory: pytest.TempPathFactory) -> Products:
    """The products of the demonstration profiles, made when first asked for."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "documents"
    folder.mkdir(exist_ok=True)
    return Products(folder)


def build(profile: str, out: Path, *, options: tuple[str, ...] = (), **environment: str) -> None:
    """Runs ``cpom build`` in a process of its own."""
    command = [sys.executable, "-m", "contract_builder", "build", profile]
    subprocess.run(
        [
            *command,
            "--project",
            str(ROOT),
            "--formats",
            ",".join(FORMATS),
            "--out",
            str(out),
            *options,
        ],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )


def print_word_file(docx: bytes, out: Path) -> None:
    """Writes the PDF that LibreOffice makes of a Word file."""
    out.mkdir()
    (out / "word.pdf").write_bytes(convert_to_pdf(docx, FONTS))


def read_products(folder: Path) -> dict[str, bytes]:
    """The documents of a folder by format; the instruction file beside them is another thing."""
    return {
        path.suffix.removeprefix("."): path.read_bytes()
        for path in folder.glob("[!.]*.*")
        if not path.stem.endswith("-instruction")
    }


def own_part(profile: str, products: Products) -> PdfDocument:
    """The PDF by Typst without the files that it joins."""
    contract = products.contract(profile)
    whole = PdfDocument.of_printed(products.files(profile)["pdf"], contract)
    joined = sum(item.pages for item in contract.tables.joined_files)
    document = pikepdf.open(BytesIO(whole.data))
    with document.open_outline() as outline:
        del outline.root[len(outline.root) - len(contract.tables.joined_files) :]
    document.save(data := BytesIO())
    own = PdfDocument.of_printed(data.getvalue(), contract)
    return replace(own, page_count=own.page_count - joined)


def texts(files: dict[str, bytes]) -> dict[str, str]:
    """All that a reader sees, by format."""
    document = extract_document(files["docx"])
    return {
        "docx": "\n".join((*document.front, *document.contract)),
        "pdf": "\n".join(extract_pages(files["pdf"])),
        "html": "\n".join(extract_html_text(files["html"])),
    }


def validate(docx: bytes, folder: Path) -> list[dict[str, str]]:
    """The faults that the Open XML SDK finds."""
    path = folder / "document.docx"
    path.write_bytes(docx)
    done = subprocess.run(
        [find_ooxml_validator(), str(path)], check=False, capture_output=True, text=True
    )
    report = json.loads(done.stdout)
    assert isinstance(report["errors"], list)
    return report["errors"]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_format_is_written_and_nothing_else(profile: str, products: Products) -> None:
    assert sorted(products.files(profile)) == sorted(FORMATS)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_word_file_passes_the_open_xml_sdk(
    profile: str, products: Products, tmp_path: Path
) -> None:
    assert validate(products.files(profile)["docx"], tmp_path) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_hostile_signed_and_long_word_files_pass_the_open_xml_sdk(
    name: str, tmp_path: Path
) -> None:
    assert validate(make_docx(SAMPLES[name]), tmp_path) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_libreoffice_prints_the_word_file_with_the_text_of_the_contract(
    profile: str, products: Products
) -> None:
    printed = products.printed(profile)
    verify_pdf(products.contract(profile), printed)
    assert printed.page_count > 5


@pytest.mark.parametrize("profile", PROFILES)
def test_no_number_is_broken_at_its_hyphen_by_the_end_of_a_line(
    profile: str, products: Products
) -> None:
    """« L. 162-22-5 », « 2023-2028 »: neither in Word's layout nor in the PDF."""
    for pdf in (products.printed(profile).data, products.files(profile)["pdf"]):
        assert BROKEN_NUMBER.findall("\n".join(extract_pages(pdf))) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_both_layouts_have_nearly_the_same_number_of_pages(
    profile: str, products: Products
) -> None:
    word = products.printed(profile).page_count
    typst = own_part(profile, products).page_count
    assert abs(word - typst) <= 1


@pytest.mark.parametrize("profile", PROFILES)
def test_headings_begin_on_the_same_page_in_both_layouts_but_for_a_few(
    profile: str, products: Products
) -> None:
    """The contents of the Word file, made without LibreOffice, show the pages of the PDF."""
    word, typst = products.printed(profile).pages, own_part(profile, products).pages
    assert list(word) == list(typst)
    apart = [word[section] - typst[section] for section in word if word[section] != typst[section]]
    assert set(apart) <= {-1, 1}
    assert len(apart) <= len(word) // 4


def test_the_contents_show_the_pages_of_libreoffice_when_it_prints(tmp_path: Path) -> None:
    """The profile is the one whose pages differ most between both layouts."""
    find_program("soffice", "libreoffice-writer")
    build("espic-demonstration", tmp_path, options=("--pdf-engine", "libreoffice"))
    files = read_products(tmp_path)
    contract = parse_contract(files["json"])
    printed = PdfDocument.of_printed(files["pdf"], contract)
    shown = dict(CONTENTS_ENTRY.findall(read_parts(files["docx"])["word/document.xml"].decode()))
    pages = {bookmark_name(key): str(page) for key, page in printed.pages.items()}
    assert len(shown) > 40
    assert shown == {bookmark: pages[bookmark] for bookmark in shown}
    pdf = pikepdf.open(BytesIO(files["pdf"]))
    assert bool(pdf.Root.MarkInfo.Marked)
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")


@pytest.mark.parametrize("profile", PROFILES)
def test_an_independent_reader_opens_the_pdf_and_finds_no_fault(
    profile: str, products: Products
) -> None:
    pdf = pikepdf.open(BytesIO(products.files(profile)["pdf"]))
    assert pdf.check_pdf_syntax() == []
    with pdf.open_metadata() as metadata:
        claims = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
        declared = [metadata[key] for key in claims if key in metadata]
    joins = bool(products.contract(profile).tables.joined_files)
    assert declared == ([] if joins else ["3", "A", "1"])
    assert len(pdf.pages) > 5


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_of_a_template_or_of_the_program_is_left_in_any_text(
    profile: str, products: Products
) -> None:
    for name, text in texts(products.files(profile)).items():
        assert LEFT_OVER.search(text) is None, name


@pytest.mark.parametrize("profile", PROFILES)
def test_the_web_page_says_what_the_contract_says(profile: str, products: Products) -> None:
    found = extract_html_text(products.files(profile)["html"])
    expected = contract_text(products.contract(profile), markers=False)
    assert find_text_difference(expected, found) is None


@pytest.mark.parametrize("profile", BUILT_TWICE)
def test_two_builds_give_the_same_bytes_whatever_the_place_and_the_language(
    profile: str, products: Products, tmp_path: Path
) -> None:
    build(profile, tmp_path, PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C")
    again, first = read_products(tmp_path), products.files(profile)
    assert [name for name in FORMATS if again[name] != first[name]] == []


def test_a_protected_word_file_passes_the_open_xml_sdk_and_libreoffice_prints_it(
    tmp_path: Path,
) -> None:
    contract = small_contract()
    docx = render_docx(contract, word_template(), track_changes=True)
    assert validate(docx, tmp_path) == []
    print_word_file(docx, tmp_path / "out")
    verify_pdf(contract, PdfDocument.of_printed(read_products(tmp_path / "out")["pdf"], contract))


def test_the_fresh_template_passes_the_open_xml_sdk(tmp_path: Path) -> None:
    assert validate(word_template(), tmp_path) == []


@pytest.mark.parametrize("pair", REDLINES, ids="-".join)
def test_a_redline_passes_the_sdk_and_libreoffice_reads_both_contracts_in_it(
    pair: tuple[str, str], products: Products, tmp_path: Path
) -> None:
    old, new = (products.contract(name) for name in pair)
    redline = render_redline(old, new, word_template(), "Agence", CHANGED_AT).docx
    assert validate(redline, tmp_path) == []
    for side, contract in ((reject_all(redline), old), (accept_all(redline), new)):
        assert validate(side, tmp_path) == []
        printed = PdfDocument.of_printed(convert_to_pdf(side, FONTS), contract)
        verify_pdf(contract, printed, read_surroundings(side))


def test_a_template_saved_by_libreoffice_adds_no_fault_of_ours(tmp_path: Path) -> None:
    """LibreOffice's own files do not all pass the SDK: ours have the same faults and no other."""
    source = tmp_path / "contrat.docx"
    source.write_bytes(word_template())
    saved = convert_with_libreoffice(source, "docx", tmp_path).read_bytes()
    docx = render_docx(small_contract(), saved)
    already = {fault["description"] for fault in validate(saved, tmp_path)}
    assert {fault["description"] for fault in validate(docx, tmp_path)} <= already
