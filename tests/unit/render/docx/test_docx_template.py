"""The Word template is its users': what they may change works, what they break is told."""

import re
from pathlib import Path

import pytest

from contract_builder.errors import TemplateError
from contract_builder.render.docx import check_structure, extract_document, render_docx
from contract_builder.render.docx.template_places import TemplateMark
from contract_builder.render.products import verify_docx
from contract_builder.word.package import read_parts, write_package
from tests.contract_samples import HOSTILE, small_contract
from tests.documents import (
    MAIN,
    change_part,
    convert_with_libreoffice,
    find_all,
    replace_in_part,
    word_template,
)

STYLES, NUMBERING, HEADER = "word/styles.xml", "word/numbering.xml", "word/header2.xml"
CODE = "Contrat {{ contrat.code }} – version {{ contrat.version }}"


def refusal(template: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        render_docx(small_contract(), template)
    return str(caught.value)


def with_expression(expression: str) -> bytes:
    """The template with another expression in place of one line of the cover."""
    return replace_in_part(word_template(), MAIN, CODE, expression)


def front(template: bytes) -> list[str]:
    return extract_document(render_docx(small_contract(), template)).front


@pytest.mark.parametrize("mark", TemplateMark)
def test_a_template_without_a_mark_is_refused_by_the_name_of_the_mark(mark: TemplateMark) -> None:
    template = replace_in_part(word_template(), MAIN, f"{{{{ {mark} }}}}", "")
    assert refusal(template) == f"Le modèle Word ne contient pas le repère {{{{ {mark} }}}}."


@pytest.mark.parametrize("mark", TemplateMark)
def test_a_mark_that_stands_twice_is_refused(mark: TemplateMark) -> None:
    assert f"contient plusieurs fois le repère {{{{ {mark} }}}}" in refusal(
        with_expression(f"{{{{ {mark} }}}}")
    )


def test_a_mark_with_other_text_in_its_paragraph_is_refused() -> None:
    template = replace_in_part(word_template(), MAIN, "{{ corps }}", "Texte : {{ corps }}")
    assert "le repère {{ corps }} doit être seul dans un paragraphe" in refusal(template)


def test_a_mark_in_a_table_is_refused() -> None:
    template = replace_in_part(word_template(), MAIN, "{{ annexes }}", "")
    template = replace_in_part(template, MAIN, "{{ ligne.gauche.qualite }}", "{{ annexes }}")
    assert "le repère {{ annexes }} doit être seul" in refusal(template)


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("{{ contrat.nom }}", "le nom « nom » n’existe pas"),
        ("{{ contrrat.code }}", "le nom « contrrat » n’existe pas"),
        ("{{ contrat.get('nom') }}", "« None » n’est ni un texte ni un nombre"),
        ("{{ contrat.lignes }}", "n’est ni un texte ni un nombre"),
        ("{{ contrat.projet }}", "« True » n’est ni un texte ni un nombre"),
        ("{{ 1 / 0 }}", "expression incorrecte"),
        ("{{ contrat.code", "expression incorrecte"),
        ("{% if contrat.projet %}oui", "expression incorrecte"),
        ("{{ contrat.code | inconnu }}", "expression incorrecte"),
        ("{{ contrat() }}", "expression incorrecte"),
    ],
)
def test_a_wrong_expression_is_refused_in_french(expression: str, told: str) -> None:
    message = refusal(with_expression(expression))
    assert message.startswith("Le modèle Word contient une expression incorrecte : ")
    assert told in message


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ contrat.__init__ }}",
        "{{ range(9) }}",
        "{{ cycler('a') }}",
        "{{ contrat.titre | safe }}",
        "{% include 'secret' %}",
        "{% import 'secret' as s %}",
    ],
)
def test_a_template_can_reach_nothing_but_the_names_that_it_is_given(expression: str) -> None:
    assert "expression incorrecte" in refusal(with_expression(expression))


def test_a_wrong_name_in_a_page_header_is_refused_too() -> None:
    template = replace_in_part(word_template(), HEADER, "contrat.raison_sociale", "contrat.raison")
    assert "le nom « raison » n’existe pas" in refusal(template)


def test_missing_styles_are_all_named() -> None:
    template = replace_in_part(word_template(), STYLES, 'w:val="Visa"', 'w:val="Autre"')
    template = replace_in_part(template, STYLES, 'w:val="Intertitre"', 'w:val="Autre 2"')
    assert refusal(template) == "Il manque des styles au modèle Word : « Intertitre », « Visa »."


def test_a_list_style_without_numbering_is_named() -> None:
    def change(text: str) -> str:
        start = text.index('<w:name w:val="List Bullet"/>')
        return text[:start] + text[start:].replace('<w:numPr><w:numId w:val="1"/></w:numPr>', "", 1)

    template = change_part(word_template(), STYLES, change)
    assert "le style « List Bullet » a perdu sa numérotation" in refusal(template)


def test_a_template_that_has_lost_a_part_is_refused() -> None:
    parts = read_parts(word_template())
    del parts[NUMBERING]
    assert (
        refusal(write_package(parts))
        == f"Le modèle Word est incomplet : il y manque « {NUMBERING} »."
    )


def test_a_template_without_lists_is_refused() -> None:
    parts = read_parts(word_template())
    del parts[NUMBERING]
    relations = parts["word/_rels/document.xml.rels"]
    parts["word/_rels/document.xml.rels"] = re.sub(
        rb'<Relationship Id="rId2"[^>]*/>', b"", relations
    )
    assert refusal(write_package(parts)) == "Il manque au modèle Word sa partie « numbering »."


def test_styles_are_found_by_name_whatever_word_calls_them_inside() -> None:
    """A French Word renames ``Heading1`` to ``Titre1`` when it saves; the name stays."""

    def rename(text: str) -> str:
        return text.replace('"Heading1"', '"Titre1"').replace('"BodyText"', '"Corpsdetexte"')

    template = word_template()
    for part in (STYLES, NUMBERING, MAIN):
        template = change_part(template, part, rename)
    contract = small_contract()
    docx = render_docx(contract, template)
    verify_docx(contract, docx)
    assert find_all(docx, "//w:pStyle[@w:val='Titre1']") != []


def test_the_cover_can_be_reordered_and_reworded() -> None:
    template = replace_in_part(
        word_template(), MAIN, CODE, "Document {{ contrat.statut }} : {{ contrat.titre | upper }}"
    )
    assert "Document Projet : CONTRAT PLURIANNUEL D’OBJECTIFS ET DE MOYENS" in front(template)
    contract = small_contract()
    verify_docx(contract, render_docx(contract, template))


def test_fonts_and_page_size_of_the_template_are_kept() -> None:
    template = change_part(word_template(), STYLES, lambda text: text.replace("Calibri", "Arial"))
    template = change_part(
        template, MAIN, lambda text: text.replace('w:left="1417"', 'w:left="2000"')
    )
    docx = render_docx(small_contract(), template)
    assert b"Calibri" not in read_parts(docx)[STYLES]
    assert len(find_all(docx, "//w:pgMar[@w:left='2000']")) == 4
    (width,) = find_all(docx, "//w:tbl[w:tblPr/w:tblCaption]/w:tblPr/w:tblW")
    assert "13421" in width.attrib.values()  # 16838 - 2000 - 1417


def test_bookmarks_of_the_template_keep_their_identifiers_to_themselves() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="logo"/><w:bookmarkEnd w:id="1"/></w:p>'
    template = replace_in_part(word_template(), MAIN, "</w:p>", mark)
    assert check_structure(render_docx(small_contract(), template)) == []


@pytest.mark.parametrize("status", ["projet", "signe"])
def test_a_template_saved_again_by_libreoffice_still_works(tmp_path: Path, status: str) -> None:
    source = tmp_path / "contrat.docx"
    source.write_bytes(word_template())
    saved = convert_with_libreoffice(source, "docx", tmp_path).read_bytes()
    contract = small_contract(HOSTILE, draft=status == "projet")
    docx = render_docx(contract, saved)
    verify_docx(contract, docx)
    articles = find_all(docx, "//w:p[.//w:t='Objet et fondements'][.//w:bookmarkStart]")
    assert len(articles) == 1, "« Article 1 » is computed, not typed"
