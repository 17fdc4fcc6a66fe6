"""The page stands alone, says what the contract says, and tells where each clause comes from."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from contract_builder.errors import TemplateError
from contract_builder.model.blocks import Field, ListBlock, Paragraph, Text
from contract_builder.model.contract import Contract, Provenance, Section
from contract_builder.render.html import extract_html_text, render_html
from contract_builder.render.text import contract_text
from contract_builder.render.text_gate import find_text_difference
from tests.contract_samples import HOSTILE, header, long_contract, paragraph, small_contract
from tests.documents import contract_with, text_template

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
VOID = frozenset({"br", "col", "meta"})


def page(contract: Contract) -> str:
    return render_html(contract, text_template("contrat.html")).decode("utf-8")


def find(contract: Contract, path: str) -> list[html.HtmlElement]:
    return html.document_fromstring(page(contract)).xpath(path)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "contract",
    [small_contract(), small_contract(HOSTILE), small_contract(draft=False), long_contract(2)],
    ids=["draft", "hostile", "signed", "long"],
)
def test_the_page_says_what_the_contract_says(contract: Contract) -> None:
    found = extract_html_text(page(contract).encode())
    assert find_text_difference(contract_text(contract, markers=False), found) is None


@given(WORDS)
def test_any_value_comes_out_literally(value: str) -> None:
    contract = contract_with(Paragraph((Field("cle", value),)))
    (found,) = find(contract, "//span[@data-champ='cle']")
    # HTML reads a carriage return as a line feed and has no NUL; neither is in a contract.
    assert found.text_content() == value


def test_a_hostile_name_is_literal_in_every_place_where_names_stand() -> None:
    contract = replace(
        small_contract(HOSTILE), header=header(legal_name=HOSTILE, title=HOSTILE, agency=HOSTILE)
    )
    (title,) = find(contract, "//title")
    (heading,) = find(contract, "//h1")
    assert title.text_content() == f"{HOSTILE} – {HOSTILE}"
    assert heading.text_content() == HOSTILE
    assert "<select>" not in page(small_contract("<select>"))


def test_no_expression_of_the_template_is_left() -> None:
    assert not re.search(r"\{\{|\}\}|\{%|%\}", page(small_contract()))
    assert "None" not in page(small_contract())


class _Balance(HTMLParser):
    """Keeps the elements that are open; the page closes what it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_element_is_closed_in_its_order() -> None:
    balance = _Balance()
    balance.feed(page(long_contract(1)))
    assert balance.open == []


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = page(small_contract())
    assert not re.search(r"(?:src|href)=\"(?!#)|@import|url\(|<script", text)


def test_the_provenance_of_a_clause_is_told_on_demand() -> None:
    provenance = Provenance(
        "clause_library/corps/x.md", 12, date(2020, 11, 20), "le CHU est <support>"
    )
    section = Section("x", "clause", "Titre", blocks=(paragraph("Texte."),), provenance=provenance)
    (details,) = find(replace(small_contract(), sections=(section,)), "//main//details")
    assert details.xpath("summary")[0].text_content() == "Source : Titre"
    assert details.xpath("p")[0].text_content() == (
        "Fichier clause_library/corps/x.md, ligne 12, version en vigueur depuis le "
        "20\u00a0novembre\u00a02020. Retenu parce que : le CHU est <support>."
    )
    assert "open" not in details.attrib


def test_articles_and_annexes_say_where_they_come_from_and_that_nothing_decided() -> None:
    provenance = Provenance("clause_library/outlines/x.yaml", 7, reason="toujours")
    section = Section("a1", "annexe", "Annexe stratégique", provenance=provenance)
    (details,) = find(replace(small_contract(), sections=(section,)), "//main//details")
    assert details.text_content() == (
        "Source : Annexe stratégiqueFichier clause_library/outlines/x.yaml, ligne 7. "
        "Retenu dans tous les cas."
    )


def test_a_section_without_provenance_promises_none() -> None:
    section = Section("x", "clause", "Titre", blocks=(paragraph("Texte."),))
    assert find(replace(small_contract(), sections=(section,)), "//details") == []


def test_every_link_leads_to_a_section_of_the_page() -> None:
    contract = small_contract()
    identifiers = {element.get("id") for element in find(contract, "//*[@id]")}
    links = [element.get("href", "") for element in find(contract, "//a")]
    assert "#annexe-financiere" in links
    assert {link.removeprefix("#") for link in links} <= identifiers


def test_tables_have_a_caption_headers_with_a_scope_and_merged_cells() -> None:
    contract = small_contract()
    (caption,) = find(contract, "//caption")
    assert caption.text_content() == "Échéancier des financements"
    assert {element.get("scope") for element in find(contract, "//thead//th")} == {"col"}
    assert [element.get("scope") for element in find(contract, "//tbody//th")] == [
        "colgroup", "row", "row", "row",
    ]  # fmt: skip
    assert [element.get("colspan") for element in find(contract, "//tbody//*[@colspan]")] == [
        "4",
        "2",
    ]


def test_a_table_is_named_by_its_caption_and_the_heading_above_and_keeps_its_widths() -> None:
    (group,) = find(small_contract(), "//div[@class='tableau']")
    label = "Échéancier des financements, Annexe A1 – Annexe financière"
    assert group.get("aria-label") == label
    assert [column.get("class") for column in group.iter("col")] == ["l40", "l20", "l20", "l20"]
    (sheet,) = find(small_contract(), "//style")
    assert ".l20 { width: 20%; } .l40 { width: 40%; }" in sheet.text_content()


def test_a_section_that_stands_across_the_page_does_so_in_print() -> None:
    wide = Section("x", "annexe", "Titre", landscape=True)
    assert find(replace(small_contract(), sections=(wide,)), "//section/@class") == [
        "annexe paysage"
    ]


def test_headings_go_down_by_one_level_at_a_time() -> None:
    levels = [
        int(element.tag[1]) for element in find(small_contract(), "//h1|//h2|//h3|//h4|//h5|//h6")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_ordered_list_keeps_its_first_number() -> None:
    block = ListBlock(((paragraph("a"),), (paragraph("b"),)), ordered=True, start=7)
    (found,) = find(contract_with(block), "//ol[li/p='a']")
    assert found.get("start") == "7"


def test_gaps_are_marked_and_a_draft_says_so() -> None:
    marks = find(small_contract(), "//mark[@class='lacune']")
    assert [mark.text_content() for mark in marks] == [
        "[à compléter : date de la délibération]", "[à compléter : montant total]",
    ]  # fmt: skip
    assert len(find(small_contract(), "//p[@class='projet']")) == 1
    assert find(small_contract(draft=False), "//p[@class='projet']") == []


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert page(small_contract()) == page(small_contract())


def test_emphasis_and_line_breaks_are_kept() -> None:
    contract = contract_with(Paragraph((Text("gras", bold=True), Text("italique", italic=True))))
    assert find(contract, "//p[strong='gras'][em='italique']") != []
    assert find(small_contract(), "//th/br") != []


@pytest.mark.parametrize(
    "template",
    ["{{ inconnu }}", "{{ contract.nom }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "{{"],
)
def test_a_wrong_template_is_refused_in_french(template: str) -> None:
    with pytest.raises(TemplateError, match=r"^Le modèle « contrat.html » ne peut être composé : "):
        render_html(small_contract(), template)


def test_a_footnote_can_be_reached_from_its_call_and_left_again() -> None:
    calls = find(small_contract(), "//main//a[@role='doc-noteref']")
    (section,) = find(small_contract(), "//main/section[@role='doc-endnotes']")
    notes = section.xpath(".//li")
    assert [call.text for call in calls] == ["1", "2"]
    assert [call.get("href") for call in calls] == [f"#{note.get('id')}" for note in notes]
    backlinks = section.xpath(".//a[@role='doc-backlink']")
    assert [link.get("href") for link in backlinks] == [f"#{call.get('id')}" for call in calls]
    assert [link.get("aria-label") for link in backlinks] == [
        "Retour à l’appel de la note 1",
        "Retour à l’appel de la note 2",
    ]
    assert notes[1].text_content().startswith("Lecture rétablie")


def test_a_page_without_footnotes_has_no_list_of_them() -> None:
    assert find(long_contract(1), "//*[@role='doc-endnotes']") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lecture rétablie", "Lecture établie"),
        ('href="#note_1"', 'href="#note_2"'),
        ('id="note_2"', 'id="note_3"'),
        ('role="doc-noteref">2</a>', 'role="doc-noteref">3</a>'),
    ],
    ids=["another text", "to another note", "to no note", "another number"],
)
def test_a_footnote_that_is_lost_or_changed_is_found(old: str, new: str) -> None:
    contract = small_contract()
    text = page(contract)
    assert old in text
    found = extract_html_text(text.replace(old, new, 1).encode())
    assert find_text_difference(contract_text(contract, markers=False), found) is not None
