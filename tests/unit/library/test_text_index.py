"""Texts found by their words: French forms, filters, order, excerpts, hostile questions."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.library.registry import Registry
from contract_builder.library.text_index import (
    SearchedText,
    SearchRequest,
    TextIndex,
)


def _text(name: str, text: str, title: str = "", **given: Any) -> SearchedText:
    start = given.get("start")
    return SearchedText(
        kind=given.get("kind", "clause"),
        id=name,
        version=start.isoformat() if start else "toujours",
        title=title or name,
        text=text,
        articles=given.get("articles", ()),
        start=start,
        end=given.get("end"),
        audiences=given.get("audiences", ()),
    )


TEXTS = (
    _text("proximite", "Les hôpitaux de proximité.", articles=("CSP L6111-3-1",)),
    _text("tableau", "Le tableau d’un hôpital."),
    _text(
        "duree",
        "Conclu pour cinq ans.",
        "Durée",
        start=date(2018, 1, 1),
        end=date(2020, 11, 19),
        audiences=("etablissement",),
    ),
    _text(
        "duree",
        "Conclu pour la durée de l’article L. 6114-1.",
        "Durée",
        articles=("CSP L6114-1",),
        start=date(2020, 11, 20),
        audiences=("etablissement",),
    ),
    _text("douze", "Article L. 6114-10.", articles=("CSP L6114-10",), audiences=("partenaire",)),
    _text("CPOM_CT_5", "Équipes territoriales : la durée.", kind="fiche"),
    _text("CPOM_CT_51", "Comme CPOM_CT_5.", kind="fiche"),
    _text("CSP L6114-1", "", "Durée du contrat", kind="reference", articles=("CSP L6114-1",)),
)
INDEX = TextIndex(TEXTS, Registry({}, {}))


def _names(words: str, **filters: Any) -> list[str]:
    return [item.id for item in INDEX.search(SearchRequest(words, **filters)).found]


@pytest.mark.parametrize("words", ["hôpital", "HOPITAL", "hopitaux", "hôpitaux", "hopi"])
def test_accents_case_and_plural_say_nothing(words: str) -> None:
    assert set(_names(words)) == {"proximite", "tableau"}


def test_every_word_must_be_there() -> None:
    assert _names("hôpital tableaux") == ["tableau"]
    assert _names("tableau proximité") == []


@pytest.mark.parametrize("words", ["L6114-1", "art. L. 6114-1", "l'article L.6114-1 du CSP"])
def test_an_article_is_found_with_itself_first_and_not_its_neighbours(words: str) -> None:
    assert _names(words) == ["CSP L6114-1", "duree"]


def test_an_article_brings_its_divisions_and_a_chapter_its_articles() -> None:
    assert _names("CSP L6111-3") == ["proximite"]
    assert set(_names("L6114")) == {"CSP L6114-1", "duree", "douze"}


def test_a_code_of_another_name_finds_nothing() -> None:
    assert _names("L6114-1 du code de la sécurité sociale") == []


def test_what_is_named_comes_first_and_a_title_before_a_text() -> None:
    assert _names("cpom_ct_5")[0] == "CPOM_CT_5"
    assert _names("durée")[0] == "duree"
    assert _names("durée", kind="fiche") == ["CPOM_CT_5"]


def test_filters_keep_what_is_in_force_and_for_the_contract() -> None:
    former = INDEX.search(SearchRequest("durée", on=date(2019, 1, 1))).found[0]
    assert former.version == "2018-01-01"
    assert _names("cinq ans", on=date(2026, 1, 1)) == []
    assert "duree" not in _names("", audience="partenaire")
    assert "proximite" in _names("", audience="partenaire")


def test_the_words_found_are_marked_in_the_title_and_the_excerpt() -> None:
    found = INDEX.search(SearchRequest("durée L6114-1", kind="clause")).found[0]
    assert [part.text for part in found.title if part.is_found] == ["Durée"]
    assert [part.text for part in found.excerpt if part.is_found] == ["durée", "L. 6114-1"]


def test_nothing_found_tells_which_word_and_what_looks_like_it() -> None:
    answer = INDEX.search(SearchRequest("hopitl tableau"))
    assert answer.found == ()
    assert [(hint.typed, hint.near[0]) for hint in answer.hints] == [("hopitl", "hopital")]


def test_nothing_found_tells_what_the_filters_hide() -> None:
    assert INDEX.search(SearchRequest("cinq", kind="fiche")).hidden_by_filters == 1


def test_no_word_gives_every_item_once() -> None:
    assert len(_names("")) == len({text.id for text in TEXTS})


@pytest.mark.parametrize(
    "words",
    ["NEAR(a b)", "a OR", "NOT", '"', "title:durée", "a* b*", "{a b}", "a\0b", "^", "';--", "("],
)
def test_signs_of_the_search_language_are_words_like_others(words: str) -> None:
    assert set(_names(words)) <= {text.id for text in TEXTS}


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_whatever_is_typed_is_answered(words: str) -> None:
    assert set(_names(words)) <= {text.id for text in TEXTS}
