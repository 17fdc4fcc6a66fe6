"""What is typed to find a text: an article however it is spelt, signs that mean nothing."""

import pytest

from contract_builder.library.registry import Registry
from contract_builder.library.text_query import article_token, parse_text_query

NOTHING_KNOWN = Registry({}, {})


@pytest.mark.parametrize(
    "typed",
    [
        "CSP L6114-1",
        "L. 6114-1 du code de la santé publique",
        "article L.6114-1 du CSP",
        "art. L 6114\u20111 csp",
        "l.6114-1 csp",
        "L.\u00a06114-1 du CSP",
    ],
)
def test_an_article_is_one_however_it_is_spelt(typed: str) -> None:
    query = parse_text_query(typed, NOTHING_KNOWN)
    assert query is not None
    assert query.articles == ("CSP L6114-1",)
    assert len(query.parts) == 1
    assert '"cspartl6114x1"' in query.expression


def test_an_article_without_its_code_is_looked_for_in_every_code() -> None:
    query = parse_text_query("L6114-1", NOTHING_KNOWN)
    assert query is not None
    assert query.articles == ("? L6114-1",)
    assert '"artl6114x1"' in query.expression


@pytest.mark.parametrize("typed", ["", "  ", "*", '"', "(((", "\0", "- ^ { }", "_"])
def test_what_holds_neither_letter_nor_figure_asks_nothing(typed: str) -> None:
    assert parse_text_query(typed, NOTHING_KNOWN) is None


def test_small_words_count_only_when_they_are_alone() -> None:
    query = parse_text_query("la durée du contrat", NOTHING_KNOWN)
    assert query is not None
    assert [typed for typed, _ in query.parts] == ["durée", "contrat"]
    alone = parse_text_query("la", NOTHING_KNOWN)
    assert alone is not None
    assert [typed for typed, _ in alone.parts] == ["la"]


def test_an_endless_text_is_cut() -> None:
    query = parse_text_query("mot " * 5000 + " ".join(map(str, range(5000))), NOTHING_KNOWN)
    assert query is not None
    assert len(query.parts) <= 16


def test_a_token_never_stands_for_two_articles() -> None:
    assert article_token("L6114-1") != article_token("L6114-11")
    assert article_token("L6114-1-1", "CSP") == "cspartl6114x1x1"
