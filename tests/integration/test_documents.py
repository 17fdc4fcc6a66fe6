"""The documents of every demonstration profile, seen by programs that are not ours.

Word files by Microsoft's Open XML SDK and by LibreOffice, PDF files by qpdf (pikepdf); the text of
each, read back, is the contract's.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest

from contract_builder.model.contract import Contract
from contract_builder.profiles.load import iter_profile_paths
from contract_builder.render.docx import extract_document, render_docx
from contract_builder.render.html import extract_html_text
from contract_builder.render.json import parse_contract
from contract_builder.render.office import convert_to_pdf
from contract_builder.render.pdf import PdfDocument, extract_pages
from contract_builder.render.products import verify_pdf
from contract_builder.render.text import contract_text
from contract_builder.render.text_gate import find_difference
from tests.contract_samples import HOSTILE, long_contract, small_contract
from tests.documents import FONTS, ROOT, convert_with_libreoffice, make_docx, word_template
from tests.outside_tools import find_ooxml_validator, find_program

PROFILES = [path.stem for path in iter_profile_paths(ROOT / "profiles")]
FORMATS = ("docx", "pdf", "html", "json")
FONT_SETTINGS = """<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir>
</fontconfig>"""
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bTrue\b|\bFalse\b|\bundefined\b|\[\[|\]\]")
SAMPLES = {
    "hostile draft": small_contract(HOSTILE),
    "signed": small_contract(draft=False),
    "long": long_contract(2),
}


@dataclass(frozen=True, slots=True)
class Product:
    """The files that one build wrote, by format, and the contract that they hold."""

    files: dict[str, bytes]
    contract: Contract

    def texts(self) -> dict[str, str]:
        """All that a reader sees, by format."""
        document = extract_document(self.files["docx"])
        return {
            "docx": "\n".join((*document.front, *document.contract)),
            "pdf": "\n".join(extract_pages(self.files["pdf"])),
            "html": "\n".join(extract_html_text(self.files["html"])),
        }


def build(profile: str, out: Path, **environment: str) -> dict[str, bytes]:
    """What ``cpom build`` writes, in a process of its own."""
    command = [sys.executable, "-m", "contract_builder", "build", profile]
    subprocess.run(
        [*command, "--project", str(ROOT), "--formats", ",".join(FORMATS), "--out", str(out)],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return {path.suffix.removeprefix("."): path.read_bytes() for path in out.glob("[!.]*.*")}


@cache
def product(profile: str) -> Product:
    """One build of a profile, shared by the tests of one process."""
    with TemporaryDirectory() as folder:
        files = build(profile, Path(folder))
    return Product(files, parse_contract(files["json"]))


@cache
def printed_by_libreoffice(profile: str) -> PdfDocument:
    """The Word file of a profile, printed by LibreOffice with the fonts of the templates."""
    find_program("soffice", "libreoffice-writer")
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as environment:
        settings = Path(folder, "fonts.conf")
        settings.write_text(FONT_SETTINGS.format(folder=FONTS), encoding="utf-8")
        environment.setenv("FONTCONFIG_FILE", str(settings))
        return PdfDocument.of_printed(convert_to_pdf(product(profile).files["docx"]))


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
def test_every_format_is_written(profile: str) -> None:
    assert sorted(product(profile).files) == sorted(FORMATS)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_word_file_passes_the_open_xml_sdk(profile: str, tmp_path: Path) -> None:
    assert validate(product(profile).files["docx"], tmp_path) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_hostile_signed_and_long_word_files_pass_the_open_xml_sdk(
    name: str, tmp_path: Path
) -> None:
    assert validate(make_docx(SAMPLES[name]), tmp_path) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_libreoffice_prints_the_word_file_with_the_text_of_the_contract(profile: str) -> None:
    printed = printed_by_libreoffice(profile)
    verify_pdf(product(profile).contract, printed)
    assert printed.page_count > 5


@pytest.mark.parametrize("profile", PROFILES)
def test_both_layouts_have_nearly_the_same_number_of_pages(profile: str) -> None:
    word = printed_by_libreoffice(profile).page_count
    typst = PdfDocument.of_printed(product(profile).files["pdf"]).page_count
    assert abs(word - typst) <= max(2, typst // 10)


@pytest.mark.parametrize("profile", PROFILES)
def test_an_independent_reader_opens_the_pdf_and_finds_no_fault(profile: str) -> None:
    pdf = pikepdf.open(BytesIO(product(profile).files["pdf"]))
    assert pdf.check_pdf_syntax() == []
    with pdf.open_metadata() as metadata:
        declared = [metadata[key] for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    assert declared == ["2", "A", "1"]
    assert len(pdf.pages) > 5


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_of_a_template_or_of_the_program_is_left_in_any_text(profile: str) -> None:
    for name, text in product(profile).texts().items():
        assert LEFT_OVER.search(text) is None, name


@pytest.mark.parametrize("profile", PROFILES)
def test_the_web_page_says_what_the_contract_says(profile: str) -> None:
    built = product(profile)
    found = extract_html_text(built.files["html"])
    assert find_difference(contract_text(built.contract, markers=False), found) is None


@pytest.mark.parametrize("profile", PROFILES)
def test_two_builds_give_the_same_bytes_whatever_the_place_and_the_language(
    profile: str, tmp_path: Path
) -> None:
    again = build(profile, tmp_path, PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C")
    assert {
        name: data == product(profile).files[name] for name, data in again.items()
    } == dict.fromkeys(FORMATS, True)


def test_a_template_saved_by_libreoffice_adds_no_fault_of_ours(tmp_path: Path) -> None:
    """LibreOffice's own files do not all pass the SDK: ours have the same faults and no other."""
    source = tmp_path / "contrat.docx"
    source.write_bytes(word_template())
    saved = convert_with_libreoffice(source, "docx", tmp_path).read_bytes()
    docx = render_docx(small_contract(), saved)
    already = {fault["description"] for fault in validate(saved, tmp_path)}
    assert {fault["description"] for fault in validate(docx, tmp_path)} <= already
