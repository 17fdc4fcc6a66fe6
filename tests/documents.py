"""Documents made and taken apart by the tests of the writers."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from lxml import etree

from contract_builder.model.blocks import Block
from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from contract_builder.render.pdf import PdfDocument, render_pdf
from contract_builder.word.ooxml import W, parse_xml
from contract_builder.word.package import read_parts, write_package
from tests.contract_samples import small_contract
from tests.outside_tools import find_program

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates"
FONTS = TEMPLATES / "fonts"
MAIN = "word/document.xml"
NAMESPACES = {"w": W}
CONVERSION_SECONDS = 600  # only a program that hangs takes as long


@cache
def word_template() -> bytes:
    """The Word template that comes with the software."""
    return (TEMPLATES / "contrat.docx").read_bytes()


@cache
def text_template(name: str) -> str:
    """A template that is text: ``contrat.typ`` or ``contrat.html``."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def make_docx(contract: Contract, pages: Mapping[str, int] | None = None) -> bytes:
    """The contract in the Word template that comes with the software."""
    return render_docx(contract, word_template(), pages)


def make_pdf(contract: Contract) -> PdfDocument:
    """The contract in the PDF layout that comes with the software."""
    return render_pdf(contract, text_template("contrat.typ"), FONTS)


def main_part(docx: bytes) -> etree._Element:
    """The root of the main document."""
    return parse_xml(read_parts(docx)[MAIN])


def find_all(docx: bytes, path: str) -> list[etree._Element]:
    """What an XPath with the prefix ``w:`` finds in the main document."""
    found = main_part(docx).xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [item for item in found if isinstance(item, etree._Element)]


def change_part(docx: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The same package with one part rewritten; the change must change something."""
    parts = read_parts(docx)
    text = parts[name].decode()
    changed = change(text)
    assert changed != text, f"nothing changed in {name}"
    return write_package({**parts, name: changed.encode()})


def replace_in_part(docx: bytes, name: str, old: str, new: str) -> bytes:
    """The same package with the first ``old`` of a part replaced."""
    return change_part(docx, name, lambda text: text.replace(old, new, 1))


def contract_with(*blocks: Block) -> Contract:
    """The small contract, with these blocks instead of those of its second article."""
    contract = small_contract()
    sections = []
    for section in contract.sections:
        if section.id == "article-duree":
            clause = replace(section.children[0], blocks=blocks)
            section = replace(section, children=(clause,))  # noqa: PLW2901 – one of several
        sections.append(section)
    return replace(contract, sections=tuple(sections))


def convert_with_libreoffice(source: Path, target: str, work: Path) -> Path:
    """The file converted by LibreOffice, in a profile of its own, into the folder ``work``."""
    program = find_program("soffice", "libreoffice-writer")
    out = work / "converti"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(work / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=CONVERSION_SECONDS,
    )
    return out / f"{source.stem}.{target.partition(':')[0]}"
