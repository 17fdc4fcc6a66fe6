"""The PDF says what the contract says, keeps, and can be read aloud."""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typst import TypstError

from contract_builder.errors import ContractFileError, InternalRenderError, TemplateError, UserError
from contract_builder.model.blocks import (
    Cell,
    Column,
    Field,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
)
from contract_builder.model.contract import CoverLine
from contract_builder.render.contract_file import parse_contract_file
from contract_builder.render.json import render_json
from contract_builder.render.pdf import PdfDocument, PdfStandard, extract_pages, render_pdf
from contract_builder.render.pdf.reading import read_outline
from contract_builder.render.pdf.typst_run import TypstSource, compile_pdf
from contract_builder.render.products import verify_pdf
from contract_builder.render.text_gate import squeeze
from tests.contract_samples import HOSTILE, header, long_contract, paragraph, small_contract
from tests.documents import FONTS, ROOT, contract_with, make_pdf, text_template

# Scripts that the fonts have and that a PDF gives back in order.
LETTERS = st.sampled_from(
    "abcéèàùçœæŒÉÀïüñßøŁżčΩλπЖщ0123456789  .,;:!?'’\"«»()[]{}<>&%€£$#@*_/\\|~^`+-=±×÷≥≤≠∞°²½…–—•→✓"
)


@cache
def small_pdf() -> PdfDocument:
    return make_pdf(small_contract(HOSTILE))


@cache
def long_pdf() -> PdfDocument:
    return make_pdf(long_contract(3))


def open_pdf(pdf: PdfDocument) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.data))


def iter_elements(pdf: pikepdf.Pdf) -> list[Any]:
    """Every element of the tree that a screen reader follows."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(item)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            found.append(item)
            if "/K" in item:
                waiting.append(item.K)
    return found


def roles(pdf: PdfDocument) -> list[str]:
    document = open_pdf(pdf)
    return [str(element.S) for element in iter_elements(document)]


def test_a_hostile_value_is_literal_in_the_text_of_the_pdf() -> None:
    text = squeeze(extract_pages(small_pdf().data))
    assert text.count(squeeze([HOSTILE])) == 2
    verify_pdf(small_contract(HOSTILE), small_pdf())


def test_a_hostile_name_is_literal_on_the_cover_and_in_the_header() -> None:
    changed = header(legal_name=HOSTILE, code=HOSTILE, agency=HOSTILE, title=HOSTILE,
                     subtitle=HOSTILE, cover_lines=(CoverLine(HOSTILE, HOSTILE),))  # fmt: skip
    contract = replace(small_contract(), header=changed)
    verify_pdf(contract, make_pdf(contract))


@settings(max_examples=15)
@given(st.text(LETTERS, min_size=1, max_size=200))
def test_any_text_that_the_fonts_have_comes_out_in_order(value: str) -> None:
    block = Paragraph((Text("["), Field("cle", value), Text("]")))
    contract = contract_with(block, ListBlock(((block,),), ordered=True))
    verify_pdf(contract, make_pdf(contract))


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert make_pdf(small_contract(HOSTILE)).data == small_pdf().data


def test_no_working_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed has nothing of a contract to leave behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    source = TypstSource('#text(repr(json("x.json")))', "x.json", b"{}", {"essai": "1"})
    assert compile_pdf(source, FONTS).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["/etc/hostname", "pyproject.toml", "../pyproject.toml"])
def test_a_template_reads_nothing_of_the_disk(name: str) -> None:
    with pytest.raises(TypstError):
        compile_pdf(TypstSource(f"#read({json.dumps(name)})", "x.json", b"{}"), FONTS)


_ALONE = """
import sys
from tests.contract_samples import long_contract
from tests.documents import make_pdf
sys.stdout.buffer.write(make_pdf(long_contract(3)).data)
"""


def test_the_bytes_do_not_depend_on_the_contracts_made_before() -> None:
    contract = long_contract(3)
    other = replace(contract, header=header(legal_name="Autre"), sections=contract.sections[1:])
    make_pdf(other)
    alone = subprocess.run(
        [sys.executable, "-c", _ALONE], cwd=ROOT, capture_output=True, check=True
    )
    assert make_pdf(contract).data == alone.stdout


@pytest.mark.parametrize(("standard", "part"), [("a-3a", "3"), ("a-2a", "2")])
def test_the_file_declares_the_wanted_archive_standard_and_pdf_ua_1(
    standard: PdfStandard, part: str
) -> None:
    pdf = render_pdf(small_contract(), text_template("contrat.typ"), FONTS, standard)
    with open_pdf(pdf).open_metadata() as metadata:
        assert metadata["pdfaid:part"] == part
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:language"] == {"fr-FR"}


def test_the_contract_travels_inside_as_its_canonical_json() -> None:
    document = open_pdf(small_pdf())
    (attached,) = document.Root.AF
    assert str(attached.UF) == "contrat.json"
    assert str(attached.AFRelationship) == "/Source"
    assert str(attached.EF.F.Subtype) == "/application/json"
    contract = small_contract(HOSTILE)
    assert attached.EF.F.read_bytes() == render_json(contract)
    assert list(document.attachments) == ["contrat.json"]
    assert parse_contract_file(small_pdf().data) == contract


def test_pdf_a_2a_carries_no_attachment_and_says_so_when_a_contract_is_asked_of_it() -> None:
    pdf = render_pdf(small_contract(), text_template("contrat.typ"), FONTS, "a-2a")
    assert "/AF" not in open_pdf(pdf).Root
    with pytest.raises(ContractFileError, match=r"^Ce PDF ne porte pas le contrat"):
        parse_contract_file(pdf.data)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nn\xe9ant", b"%PDF-"])
def test_a_broken_pdf_holds_no_contract(data: bytes) -> None:
    with pytest.raises(ContractFileError, match=r"^Ce PDF ne porte pas le contrat"):
        parse_contract_file(data)


def test_a_template_that_does_not_attach_the_contract_is_refused() -> None:
    template = text_template("contrat.typ").replace("    fichier,\n", '    bytes("{}"),\n')
    with pytest.raises(TemplateError, match="ne joint pas le contrat au PDF"):
        render_pdf(small_contract(), template, FONTS)
    assert render_pdf(small_contract(), template, FONTS, "a-2a").page_count == 6


def test_title_language_and_date_come_from_the_contract() -> None:
    pdf = open_pdf(small_pdf())
    assert str(pdf.Root.Lang) == "fr-FR"
    assert str(pdf.docinfo["/Title"]) == (
        "Contrat pluriannuel d’objectifs et de moyens – Centre hospitalier de Valmont (fictif)"
    )
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250701")
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_text_is_tagged_with_headings_lists_links_and_tables() -> None:
    assert bool(open_pdf(small_pdf()).Root.MarkInfo.Marked)
    found = roles(small_pdf())
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/LBody", "/Link", "/TOC"} <= set(found)
    assert found.count("/Table") == 1
    assert found.count("/TH") >= 4
    assert found.count("/Caption") == 1


def test_french_text_takes_the_fonts_of_the_templates_alone() -> None:
    document = open_pdf(make_pdf(small_contract()))
    fonts = [
        str(item.BaseFont).rpartition("+")[2]
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
    ]
    assert fonts
    assert {font.partition("-")[0] for font in fonts} == {"Carlito"}


def test_header_cells_say_what_they_head() -> None:
    document = open_pdf(small_pdf())
    heads = [element for element in iter_elements(document) if str(element.S) == "/TH"]
    scopes = [
        str(attribute.Scope) for head in heads for attribute in head.A if "/Scope" in attribute
    ]
    assert len(scopes) == len(heads) >= 4
    assert set(scopes) <= {"/Column", "/Row", "/Both"}


def test_every_link_leads_to_a_page_of_the_document() -> None:
    document = open_pdf(small_pdf())
    pages = {page.obj.objgen for page in document.pages}
    links = [
        annotation
        for page in document.pages
        for annotation in page.get("/Annots", [])
        if str(annotation.Subtype) == "/Link"
    ]
    named = pikepdf.NameTree(document.Root.Names.Dests)
    targets = [link.Dest if "/Dest" in link else link.A.D for link in links]
    found = [named[str(item)] if isinstance(item, pikepdf.String) else item for item in targets]
    assert len(found) > 10
    assert {target[0].objgen for target in found} <= pages


def test_every_font_is_embedded() -> None:
    pdf = open_pdf(small_pdf())
    descriptors = [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    names = {str(item.FontName) for item in descriptors}
    assert any("Carlito" in name for name in names)
    assert all({"/FontFile2", "/FontFile3"} & set(item.keys()) for item in descriptors)


def test_an_independent_reader_finds_no_fault_in_the_file() -> None:
    assert open_pdf(small_pdf()).check_pdf_syntax() == []


@pytest.mark.parametrize("name", ["small", "long"])
def test_each_section_is_said_to_begin_where_its_heading_stands(name: str) -> None:
    contract = small_contract(HOSTILE) if name == "small" else long_contract(3)
    pdf = small_pdf() if name == "small" else long_pdf()
    texts = [squeeze([text]) for text in extract_pages(pdf.data)]
    titled = [section for section in contract.iter_sections() if section.heading]
    assert list(pdf.pages) == [section.id for section in titled]
    for section in titled:
        assert squeeze([section.heading]) in texts[pdf.pages[section.id] - 1], section.heading
    assert pdf.page_count == len(texts)


def test_the_outline_has_every_heading() -> None:
    titles = [title for title, _ in read_outline(small_pdf().data).entries]
    assert titles == [s.heading for s in small_contract().iter_sections() if s.heading]


def test_a_section_may_bear_the_title_of_the_contents() -> None:
    contract = small_contract()
    first = replace(contract.sections[0], title="Sommaire")
    contract = replace(contract, sections=(first, *contract.sections[1:]))
    pdf = make_pdf(contract)
    assert pdf.pages["parties"] == 3
    verify_pdf(contract, pdf)


def test_text_before_the_first_heading_is_verified_too() -> None:
    contract = small_contract()
    first = replace(contract.sections[0], title="", blocks=(paragraph("Début. " * 900),))
    contract = replace(contract, sections=(first, *contract.sections[1:]))
    pdf = make_pdf(contract)
    assert min(pdf.pages.values()) > 3
    verify_pdf(contract, pdf)
    shorter = replace(first, blocks=(paragraph("Début. " * 899),))
    with pytest.raises(InternalRenderError):
        verify_pdf(replace(contract, sections=(shorter, *contract.sections[1:])), pdf)


def long_table(rows: int) -> Table:
    columns = (Column("Colonne première", 2), Column("Colonne seconde", 1, "right"))
    lines = tuple(
        Row(f"r{n}", (Cell((Text(f"ligne {n}"),)), Cell((Text(f"{n} €"),)))) for n in range(rows)
    )
    return Table("t", "Longue liste", columns, lines)


def test_a_long_table_repeats_its_header_on_every_page() -> None:
    contract = contract_with(long_table(150))
    pdf = make_pdf(contract)
    verify_pdf(contract, pdf)
    texts = [squeeze([text]) for text in extract_pages(pdf.data)]
    with_rows = [text for text in texts if "ligne" in text]
    assert len(with_rows) >= 4
    assert all(text.count("ColonnepremièreColonneseconde") == 1 for text in with_rows)


def test_a_table_that_ends_with_empty_cells_over_a_page_break_is_still_verified() -> None:
    table = long_table(60)
    empty = tuple(Row(f"v{n}", (Cell(()), Cell(()))) for n in range(60))
    contract = contract_with(replace(table, rows=(*table.rows, *empty)))
    verify_pdf(contract, make_pdf(contract))


def test_nested_lists_have_the_markers_of_the_contract() -> None:
    inner = ListBlock(tuple((paragraph(f"élément {n}"),) for n in range(30)), ordered=True)
    deeper = ListBlock(((paragraph("x"), inner),), ordered=True)
    contract = contract_with(
        ListBlock(((paragraph("a"), deeper), (paragraph("b"),)), ordered=True, start=0)
    )
    pdf = make_pdf(contract)
    verify_pdf(contract, pdf)
    text = squeeze(extract_pages(pdf.data))
    assert "0.aa)xi.élément0ii.élément1" in text
    assert "xxx.élément291.b" in text


@pytest.mark.parametrize("character", ["日", "😀", "𓀀", "\U0010ffff"])
def test_a_character_that_no_font_has_is_named_with_its_place(character: str) -> None:
    with pytest.raises(UserError) as caught:
        make_pdf(small_contract(f"a{character}b"))
    assert str(caught.value) == (
        f"Aucune police du PDF n’a le caractère « {character} » (U+{ord(character):04X}), "
        "qui se trouve dans « 1.1 – Objet » : écrivez-le autrement."
    )


def test_a_missing_character_of_the_cover_is_said_to_be_there() -> None:
    contract = replace(small_contract(), header=header(cover_lines=(CoverLine("Nom", "日本"),)))
    with pytest.raises(UserError, match=r"« 日 » .*dans la couverture"):
        make_pdf(contract)


@pytest.mark.parametrize(
    "value", ["ﬁn ﬂux eﬀet ﬃ ﬄ", "doc\u00adument", "mot\u200bmot\u200d\u2060", "e\u0301"]
)
def test_ligatures_and_invisible_guides_are_read_back_as_the_same_text(value: str) -> None:
    verify_pdf(small_contract(value), make_pdf(small_contract(value)))


@pytest.mark.parametrize("value", ["مستشفى (المركز) 123", "שלום (עולם) 12,5", "abc\u202edef"])
def test_a_text_that_cannot_be_read_back_in_order_is_refused_with_its_place(value: str) -> None:
    contract = small_contract(value)
    with pytest.raises(UserError, match=r"^Le texte de « 1\.1 – Objet » comprend une écriture"):
        verify_pdf(contract, make_pdf(contract))


@pytest.mark.parametrize(
    "template", ["#inconnu()", "#let x = ", '#panic("non")', "= Titre\n#donnees.absente"]
)
def test_a_wrong_template_is_refused_in_french(template: str) -> None:
    with pytest.raises(TemplateError, match=r"^Le modèle « contrat\.typ » ne peut être composé : "):
        render_pdf(small_contract(), template, FONTS)


def test_a_folder_without_fonts_is_refused_in_french(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="ne contient aucune police"):
        render_pdf(small_contract(), text_template("contrat.typ"), tmp_path)


def test_a_template_that_leaves_out_a_heading_is_found_out() -> None:
    template = text_template("contrat.typ")
    silent = template.replace("heading(level: niveau, intitule(s))", "text(intitule(s))")
    assert silent != template
    with pytest.raises((InternalRenderError, TemplateError)):
        render_pdf(small_contract(), silent, FONTS)


def test_what_is_copied_from_a_draft_is_the_contract_not_its_watermark() -> None:
    pages = extract_pages(small_pdf().data)
    assert [page.count("PROJET") for page in pages[1:]] == [1] * (len(pages) - 1)
