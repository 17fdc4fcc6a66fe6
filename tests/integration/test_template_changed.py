"""A template that officers changed in LibreOffice, or as Word changes one, still makes contracts.

LibreOffice saves the template as flat ODF, the change is made there as its editor would write it,
and LibreOffice saves the result as a Word file again.
"""

import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.render.docx import extract_document, render_docx
from contract_builder.render.docx.template_check import check_template
from contract_builder.render.office import convert_to_pdf
from contract_builder.render.pdf import PdfDocument
from contract_builder.render.products import read_surroundings, verify_docx, verify_pdf
from contract_builder.word.ooxml import parse_xml
from contract_builder.word.package import read_parts
from tests.contract_samples import small_contract
from tests.documents import FONTS, MAIN, change_part, convert_with_libreoffice, word_template

HEADER_TEXT = "CPOM {{ contrat.code }} – {{ contrat.raison_sociale }}"
FOOTER_TEXT = "{{ contrat.agence }} – version {{ contrat.version }}"
TITLE = "{{ contrat.titre }}"
CODE_LINE = "Contrat {{ contrat.code }} – version {{ contrat.version }}"
SIGNATURE = "{{ ligne.gauche.fonction }}"
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)
LOGO = (
    '<text:p text:style-name="Standard"><draw:frame draw:name="Logo" '
    'text:anchor-type="as-char" svg:width="2cm" svg:height="2cm" draw:z-index="0">'
    f"<draw:image><office:binary-data>{DOT}</office:binary-data></draw:image>"
    "{description}</draw:frame></text:p>"
)
DESCRIBED = LOGO.format(description="<svg:desc>Logo de l’agence</svg:desc>")

Edit = Callable[[str], str]


def replaced(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text, f"LibreOffice no longer writes {old}"
        return text.replace(old, new)

    return edit


def paragraph_of(content: str, text: str) -> str:
    """The one paragraph with this content, in whatever style LibreOffice numbered for it."""
    (found,) = re.findall(rf'<text:p text:style-name="[^"]+">{re.escape(content)}</text:p>', text)
    return str(found)


def put_before(added: str, content: str) -> Edit:
    """Puts ``added`` before the paragraph with this content."""

    def edit(text: str) -> str:
        place = paragraph_of(content, text)
        return text.replace(place, added + place)

    return edit


def moved_before(moved: str, content: str) -> Edit:
    """Cut the paragraph ``moved`` and paste it before another."""

    def edit(text: str) -> str:
        cut = paragraph_of(moved, text)
        return put_before(cut, content)(text.replace(cut, ""))

    return edit


def repeated_with(content: str, other: str) -> Edit:
    """Puts after a paragraph another one like it that says ``other``."""

    def edit(text: str) -> str:
        known = paragraph_of(content, text)
        return text.replace(known, known + known.replace(content, other))

    return edit


EDITS: dict[str, Edit] = {
    "fonts": replaced("Calibri", "Liberation Serif"),
    "logo": put_before(DESCRIBED, TITLE),
    "text of the header": replaced(HEADER_TEXT, f"Direction de l’offre de soins – {HEADER_TEXT}"),
    "text of the footer": replaced(FOOTER_TEXT, "Document {{ contrat.statut }}"),
    "order of the cover": moved_before(CODE_LINE, TITLE),
    "signature block": repeated_with(SIGNATURE, "Lu et approuvé, le :"),
}


def saved_by_libreoffice(edit: Edit, work: Path) -> bytes:
    """The template with one edit, as LibreOffice saves it."""
    source = work / "contrat.docx"
    source.write_bytes(word_template())
    flat = convert_with_libreoffice(source, "fodt", work)
    changed = work / "change.fodt"
    changed.write_text(edit(flat.read_text(encoding="utf-8")), encoding="utf-8")
    return convert_with_libreoffice(changed, "docx:MS Word 2007 XML", work).read_bytes()


@pytest.mark.parametrize("name", EDITS)
def test_a_template_changed_in_libreoffice_still_makes_contracts(name: str, tmp_path: Path) -> None:
    template = saved_by_libreoffice(EDITS[name], tmp_path)
    assert [str(defect) for defect in check_template(template)] == []
    contract = small_contract()
    docx = render_docx(contract, template)
    verify_docx(contract, docx)
    printed = PdfDocument.of_printed(convert_to_pdf(docx, FONTS), contract)
    verify_pdf(contract, printed, read_surroundings(docx))


def test_what_officers_changed_is_in_the_contract(tmp_path: Path) -> None:
    def all_edits(text: str) -> str:
        for edit in EDITS.values():
            text = edit(text)
        return text

    docx = render_docx(small_contract(), saved_by_libreoffice(all_edits, tmp_path))
    parts = read_parts(docx)
    document = extract_document(docx)
    headers = "".join(
        "".join(str(text) for text in parse_xml(data).itertext())
        for name, data in parts.items()
        if "header" in name
    )
    assert "Direction de l’offre de soins – CPOM 990000011AA" in headers
    assert document.front.index("Contrat 990000011AA – version 1") < document.front.index(
        "Contrat pluriannuel d’objectifs et de moyens"
    )
    assert "Lu et approuvé, le :" in document.frame
    assert b"Liberation Serif" in parts["word/styles.xml"]
    assert b64decode(DOT) in parts.values()
    assert 'descr="Logo de l’agence"' in parts[MAIN].decode()


def test_a_logo_without_alternative_text_is_told_with_its_place(tmp_path: Path) -> None:
    undescribed = put_before(LOGO.format(description=""), TITLE)
    (defect,) = check_template(saved_by_libreoffice(undescribed, tmp_path))
    assert defect.place == "couverture"
    assert defect.message == "l’image « Logo » n’a pas de texte de remplacement"


def test_a_field_that_word_cut_into_runs_works() -> None:
    """Word cuts runs where it checks spelling, saves, or the look changes."""
    pieces = (
        '{{ con</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr>'
        '<w:t xml:space="preserve">trat.ti</w:t></w:r><w:proofErr w:type="spellEnd"/>'
        '<w:r><w:t xml:space="preserve">tre }}'
    )
    template = change_part(
        word_template(), MAIN, lambda text: text.replace("{{ contrat.titre }}", pieces)
    )
    assert check_template(template) == []
    contract = small_contract()
    docx = render_docx(contract, template)
    verify_docx(contract, docx)
    assert contract.header.title in extract_document(docx).front
