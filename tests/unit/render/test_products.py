"""Nothing leaves that does not say what the contract says: the gates on built documents."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.errors import InternalRenderError, TemplateError, UserError
from contract_builder.model.blocks import Block, Cell, Field, Paragraph, Row, Table, Text
from contract_builder.model.contract import Contract, CoverLine, Section
from contract_builder.render.html import extract_html_text
from contract_builder.render.products import render_all, verify_docx, verify_pdf
from tests.contract_samples import header, paragraph, small_contract
from tests.documents import (
    MAIN,
    TEMPLATES,
    make_docx,
    make_pdf,
    replace_in_part,
    text_template,
)

FORMATS = ("docx", "pdf", "html", "json")
SENTENCE = "L’établissement rend compte chaque année de 12 actions menées."
OTHER = "Les parties se réunissent au moins 2 fois par an."


def table(*cells: str) -> Table:
    columns = small_contract().annexes[0].blocks[1]
    assert isinstance(columns, Table)
    rows = tuple(
        Row(
            f"r{n}",
            tuple(Cell((Field(f"c{n}{m}", text),)) for m, text in enumerate(row.split("|"))),
        )
        for n, row in enumerate(cells)
    )
    return replace(columns, key="t", rows=rows)


def contract_of(*blocks: Block, **changes: object) -> Contract:
    first = Section("article-1", "article", "Objet", "1", "Article 1", blocks=blocks)
    contract = small_contract()
    rest = tuple(s for s in contract.sections if s.kind == "signatures")
    return replace(contract, sections=(first, *rest), header=header(**changes))


TABLE = table("Mesure A|1,00 €|2,00 €|3,00 €", "Mesure B|4,00 €|5,00 €|9,00 €")
ORIGINAL = contract_of(paragraph(SENTENCE), paragraph(OTHER), TABLE)
MUTANTS = {
    "one lost word": contract_of(
        paragraph(SENTENCE.replace(" chaque", "")), paragraph(OTHER), TABLE
    ),
    "one changed digit": contract_of(
        paragraph(SENTENCE.replace("12", "13")), paragraph(OTHER), TABLE
    ),
    "one changed accent": contract_of(
        paragraph(SENTENCE.replace("menées", "menees")), paragraph(OTHER), TABLE
    ),
    "one paragraph twice": contract_of(
        paragraph(SENTENCE), paragraph(OTHER), paragraph(OTHER), TABLE
    ),
    "one lost paragraph": contract_of(paragraph(SENTENCE), TABLE),
    "two paragraphs changed about": contract_of(paragraph(OTHER), paragraph(SENTENCE), TABLE),
    "two cells changed about": contract_of(
        paragraph(SENTENCE), paragraph(OTHER),
        table("Mesure A|2,00 €|1,00 €|3,00 €", "Mesure B|4,00 €|5,00 €|9,00 €"),
    ),
    "one row twice": contract_of(
        paragraph(SENTENCE), paragraph(OTHER),
        table("Mesure A|1,00 €|2,00 €|3,00 €", *("Mesure B|4,00 €|5,00 €|9,00 €",) * 2),
    ),
    "the header row once more": contract_of(
        paragraph(SENTENCE), paragraph(OTHER),
        table("Mesure|2025|2026|Total", "Mesure A|1,00 €|2,00 €|3,00 €",
              "Mesure B|4,00 €|5,00 €|9,00 €"),
    ),
    "another signatory": replace(
        ORIGINAL, header=header(signatories=ORIGINAL.header.signatories[:1])
    ),
    "another line of the cover": replace(
        ORIGINAL, header=header(cover_lines=(CoverLine("FINESS EJ", "990000012"),))
    ),
    "another title": replace(ORIGINAL, header=header(title="Contrat")),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_a_word_file_that_says_something_else_is_refused(name: str) -> None:
    docx = make_docx(MUTANTS[name])
    verify_docx(MUTANTS[name], docx)
    with pytest.raises((InternalRenderError, TemplateError), match=r"DOCX|modèle Word"):
        verify_docx(ORIGINAL, docx)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_pdf_that_says_something_else_is_refused(name: str) -> None:
    pdf = make_pdf(MUTANTS[name])
    verify_pdf(MUTANTS[name], pdf)
    with pytest.raises((InternalRenderError, TemplateError), match="PDF"):
        verify_pdf(ORIGINAL, pdf)


def test_a_word_file_that_word_would_repair_is_refused() -> None:
    docx = make_docx(ORIGINAL)
    broken = replace_in_part(docx, MAIN, 'w:val="BodyText"', 'w:val="Absent"')
    with pytest.raises(InternalRenderError, match=r"mal formé : .*« Absent »"):
        verify_docx(ORIGINAL, broken)


def test_every_format_is_made_verified_and_reproducible() -> None:
    contract = small_contract()
    first, second = (
        render_all(TEMPLATES, contract, FORMATS),
        render_all(TEMPLATES, contract, FORMATS),
    )
    assert dict(first.files) == dict(second.files)
    assert sorted(first.files) == sorted(FORMATS)
    assert first.page_count == second.page_count == 6


@pytest.mark.parametrize("wanted", [("json",), ("html",), ("pdf",), ("docx",), ("html", "json")])
def test_only_the_wanted_formats_are_made(wanted: tuple[str, ...]) -> None:
    rendered = render_all(TEMPLATES, small_contract(), wanted)
    assert tuple(rendered.files) == wanted
    assert (rendered.page_count is None) == (not {"pdf", "docx"} & set(wanted))


def with_templates(folder: Path, name: str, change: Callable[[str], str]) -> Path:
    """A folder with the templates, one of them changed."""
    target = folder / "templates"
    target.mkdir()
    for path in TEMPLATES.iterdir():
        (target / path.name).symlink_to(path)
    (target / name).unlink()
    (target / name).write_text(change(text_template(name)), encoding="utf-8")
    return target


def test_an_html_template_that_forgets_the_notes_of_tables_is_found_out(tmp_path: Path) -> None:
    templates = with_templates(
        tmp_path, "contrat.html", lambda text: text.replace("{{ inlines(note) }}", "")
    )
    with pytest.raises(InternalRenderError, match="le texte du HTML diffère du contrat"):
        render_all(templates, small_contract(), ["html"])


def test_a_pdf_template_that_prints_a_list_in_another_way_is_found_out(tmp_path: Path) -> None:
    templates = with_templates(
        tmp_path, "contrat.typ", lambda text: text.replace("b.items.map", "b.items.rev().map")
    )
    with pytest.raises(InternalRenderError, match="le texte du PDF diffère du contrat, page 3"):
        render_all(templates, small_contract(), ["pdf"])


@pytest.mark.parametrize("name", ["contrat.docx", "contrat.typ", "contrat.html"])
def test_a_missing_template_is_named(tmp_path: Path, name: str) -> None:
    for path in TEMPLATES.iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(TemplateError, match=f"{name} » ne peut être lu"):
        render_all(tmp_path, small_contract(), FORMATS)


@pytest.mark.parametrize("name", ["contrat.typ", "contrat.html"])
def test_a_template_in_another_encoding_is_named(tmp_path: Path, name: str) -> None:
    templates = with_templates(tmp_path, name, str)
    (templates / name).write_bytes("é".encode("latin-1"))
    with pytest.raises(TemplateError, match=f"{name} » n’est pas en UTF-8"):
        render_all(templates, small_contract(), FORMATS)


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0b", "\x85", "\ufeff", "\ufffe", "\ud800"]
)
@pytest.mark.parametrize("wanted", FORMATS)
def test_a_character_that_cannot_be_printed_is_named_with_its_place(
    character: str, wanted: str
) -> None:
    with pytest.raises(UserError) as caught:
        render_all(TEMPLATES, small_contract(f"a{character}b"), [wanted])
    assert str(caught.value) == (
        f"Le contrat porte dans « 1.1 – Objet » le caractère invisible U+{ord(character):04X}, "
        "qui ne peut être imprimé : supprimez-le."
    )


@pytest.mark.parametrize("wanted", FORMATS)
def test_a_word_that_no_line_can_hold_is_named_with_its_place(wanted: str) -> None:
    with pytest.raises(UserError, match=r"« 1\.1 – Objet » un mot de 40000 caractères"):
        render_all(TEMPLATES, small_contract(f"Il était {'é' * 40_000} fois"), [wanted])


def test_a_template_that_nobody_wrote_is_refused_for_its_size(tmp_path: Path) -> None:
    templates = with_templates(tmp_path, "contrat.typ", str)
    (templates / "contrat.typ").write_text("a: b\n" * 1_000_000, "utf-8")
    with pytest.raises(TemplateError, match="il dépasse 4 Mio"):
        render_all(templates, small_contract(), ["pdf"])


def test_the_place_of_a_bad_character_is_found_on_the_cover_and_among_the_signatories() -> None:
    on_cover = replace(small_contract(), header=header(legal_name="a\x07"))
    with pytest.raises(UserError, match="dans la couverture le caractère invisible"):
        render_all(TEMPLATES, on_cover, ["json"])
    first = small_contract().header.signatories[0]
    signed = replace(
        small_contract(), header=header(signatories=(replace(first, capacity="\x07"),))
    )
    with pytest.raises(UserError, match="dans les signatures le caractère invisible"):
        render_all(TEMPLATES, signed, ["json"])


def test_tabs_and_line_ends_in_a_value_are_layout_in_every_format() -> None:
    block = Paragraph((Field("cle", "une\tadresse\nsur deux lignes"), Text(".")))
    rendered = render_all(TEMPLATES, contract_of(block), FORMATS)
    assert "une\tadresse\nsur deux lignes" in extract_html_text(rendered.files["html"])
