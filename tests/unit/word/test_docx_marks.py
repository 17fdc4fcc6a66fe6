"""By what a clause or a value is found again in a file that comes back: bookmarks, tags, links."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.model.blocks import CrossReference, Field, Gap, Paragraph, Text, iter_inlines
from contract_builder.model.contract import Contract
from contract_builder.render.docx import extract_text
from contract_builder.render.docx.properties import manifest
from contract_builder.word.markers import (
    BOOKMARK_MAX,
    TAG_MAX,
    bookmark_name,
    control_tag,
)
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts
from tests.contract_samples import HOSTILE, small_contract
from tests.documents import MAIN, contract_with, find_all, main_part, make_docx


def tags(docx: bytes) -> list[str]:
    parts = read_parts(docx)
    return [
        tag.get(w("val"), "")
        for name in (MAIN, "word/footnotes.xml")
        for tag in parse_xml(parts[name]).iterfind(f".//{w('sdtPr')}/{w('tag')}")
    ]


def keys_in_reading_order(contract: Contract) -> list[str]:
    return [
        item.key
        for section in contract.iter_sections()
        for item in iter_inlines(section.blocks)
        if isinstance(item, Field | Gap)
    ]


def test_every_value_and_every_gap_stands_in_a_control_that_bears_its_key() -> None:
    contract = small_contract()
    found = sorted(tags(make_docx(contract)))
    assert found == sorted(keys_in_reading_order(contract))
    assert {"contrat.date_effet", "financement.FIR-1", "manque"} <= set(found)


def test_a_control_holds_the_value_and_nothing_else() -> None:
    docx = make_docx(contract_with(Paragraph((Text("avant "), Field("ma.cle", "7 lits")))))
    (control,) = find_all(docx, "//w:sdt[w:sdtPr/w:tag/@w:val='ma.cle']")
    assert "".join(control.itertext()) == "7 lits"


def test_a_value_with_a_look_of_its_own_and_a_gap_stand_in_controls_that_keep_the_look() -> None:
    """LibreOffice drops the look of what stands in a control of plain text."""
    inlines = (Field("simple", "1"), Field("gras", "2", bold=True), Gap("manque.ici", "date"))
    docx = make_docx(contract_with(Paragraph(inlines)))
    plain = {element.get(w("val")) for element in find_all(docx, "//w:sdtPr[w:text]/w:tag")}
    assert "simple" in plain
    assert not {"gras", "manque.ici"} & plain


def test_a_key_of_any_length_or_kind_gives_a_tag_that_word_accepts() -> None:
    long_key = "cible." + "x" * 80
    docx = make_docx(contract_with(Paragraph((Field(long_key, "a"), Field(HOSTILE, "b")))))
    assert {control_tag(long_key), control_tag(HOSTILE)} <= set(tags(docx))


def test_every_section_has_a_bookmark_round_its_own_text() -> None:
    contract = small_contract()
    docx = make_docx(contract)
    names = [element.get(w("name")) for element in find_all(docx, "//w:bookmarkStart")]
    assert names == [bookmark_name(section.id) for section in contract.iter_sections()]


def test_a_bookmark_ends_before_the_next_section_begins() -> None:
    marks = main_part(make_docx(small_contract())).iter(w("bookmarkStart"), w("bookmarkEnd"))
    events = [(mark.tag == w("bookmarkStart"), mark.get(w("id"))) for mark in marks]
    assert [start for start, _ in events] == [True, False] * (len(events) // 2)
    assert all(events[i][1] == events[i + 1][1] for i in range(0, len(events), 2))


def test_a_cross_reference_is_a_link_whose_text_is_the_contracts() -> None:
    docx = make_docx(small_contract())
    path = f"//w:hyperlink[@w:anchor='{bookmark_name('article-duree')}']"
    texts = ["".join(element.itertext()) for element in find_all(docx, path)]
    assert "article 2" in texts


def test_a_cross_reference_to_nothing_is_plain_text() -> None:
    paragraph = Paragraph((Text("voir "), CrossReference("absent", "article 99")))
    docx = make_docx(contract_with(paragraph))
    assert "voir article 99" in extract_text(docx)
    assert find_all(docx, "//w:hyperlink[contains(., 'article 99')]") == []


@given(st.text(min_size=1, max_size=80))
def test_a_bookmark_name_is_one_that_word_accepts(section_id: str) -> None:
    assert re.fullmatch(r"s_[A-Za-z0-9_]{1,38}", bookmark_name(section_id), re.ASCII)


@given(st.lists(st.text(min_size=1, max_size=60), unique=True, max_size=8))
def test_two_sections_never_share_a_bookmark_and_two_keys_never_a_tag(names: list[str]) -> None:
    assert len({bookmark_name(name) for name in names}) == len(names)
    assert len({control_tag(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("first", "second"),
    [("a-b", "a_b"), ("a-" + "b" * 60, "a-" + "b" * 61), ("é", "è"), ("A", "a"), ("", "-")],
)
def test_ids_that_look_alike_have_bookmarks_of_their_own(first: str, second: str) -> None:
    # Word compares bookmark names without regard to case.
    assert bookmark_name(first).casefold() != bookmark_name(second).casefold()
    assert len(bookmark_name(second)) <= BOOKMARK_MAX


def test_a_tag_is_the_key_as_long_as_it_fits() -> None:
    assert control_tag("k" * TAG_MAX) == "k" * TAG_MAX
    assert len(control_tag("k" * (TAG_MAX + 1))) == TAG_MAX


def test_the_file_says_which_contract_it_is() -> None:
    contract = replace(small_contract(), library_version="2026-11-21")
    values = manifest(contract, "ab" * 32)
    assert values["cpom_code"] == "990000011AA"
    assert values["cpom_finess_ej"] == "990000011"
    assert values["cpom_date_effet"] == "2025-07-01"
    assert values["cpom_sha256"] == "ab" * 32
    assert "cpom_sha256" not in manifest(contract, "")


def test_title_language_and_status_stand_in_the_properties_and_nobodys_name() -> None:
    core = read_parts(make_docx(small_contract()))["docProps/core.xml"].decode()
    title = "Contrat pluriannuel d’objectifs et de moyens – Centre hospitalier de Valmont (fictif)"
    assert f"<dc:title>{title}</dc:title>" in core
    assert "<dc:language>fr-FR</dc:language>" in core
    assert "<cp:contentStatus>projet</cp:contentStatus>" in core
    assert "lastModifiedBy" not in core
