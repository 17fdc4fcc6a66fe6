"""An avenant never renumbers: what is inserted takes a number of its own."""

from dataclasses import replace

import pytest

from contract_builder.amend.numbers import (
    next_annex_number,
    next_article_number,
    number_as_consolidated,
)
from contract_builder.model.blocks import inline_text, iter_inlines
from contract_builder.model.contract import Contract, Section
from tests.unit.compare.builders import article, clause, contract, link, text, with_number


@pytest.mark.parametrize(
    ("before", "first", "taken", "number"),
    [
        ("6.2", "6.1", {"6.1", "6.2", "6.3"}, "6.2-1"),
        ("6.2-1", "6.1", {"6.2", "6.2-1", "6.3"}, "6.2-2"),
        ("6.2", "6.1", {"6.2", "6.2-1"}, "6.2-1 A"),
        ("6.2-1 A", "6.1", {"6.2", "6.2-1", "6.2-1 A"}, "6.2-1 B"),
        ("", "6.1", {"6.1"}, "6.1 A"),
        ("6.1 A", "6.1", {"6.1", "6.1 A"}, "6.1 B"),
        ("4", "1", {"4", "5"}, "4-1"),
        ("", "6.1 A", {"6.1", "6.1 A"}, "6.1 B"),
    ],
)
def test_an_inserted_article_takes_the_number_before_it_with_a_rank_or_a_letter(
    before: str, first: str, taken: set[str], number: str
) -> None:
    assert next_article_number(before, first, taken) == number


@pytest.mark.parametrize(
    ("own", "before", "taken", "number"),
    [
        ("A8", "A7", {"A6", "A7"}, "A8"),
        ("A6", "A5", {"A5", "A6", "A7"}, "A8"),
        ("A6", "A5", {"A5", "A7"}, "A6"),
        ("Z", "", {"Z"}, "Z-1"),
    ],
)
def test_an_inserted_annex_takes_a_free_number(
    own: str, before: str, taken: set[str], number: str
) -> None:
    assert next_annex_number(own, before, taken) == number


def _clauses(*ids: str, first: int = 1) -> Section:
    made = [
        with_number(clause(name, f"Texte {name}."), f"6.{rank}", f"6.{rank}")
        for rank, name in enumerate(ids, start=first)
    ]
    return article("six", 6, *made)


def _numbers(new: Contract) -> dict[str, str]:
    return {section.id: section.number for section in new.iter_sections()}


def test_what_stands_keeps_its_number_and_links_follow() -> None:
    old = contract(_clauses("a", "b", "c"))
    cited = clause("d", text("Voir l’", link("c", "article 6.4"), "."))
    new = contract(_clauses("a", "neuf", "b", "c"), replace(cited, number="7", label="Article 7"))
    found = number_as_consolidated(old, new)
    assert _numbers(found) == {
        "six": "6",
        "a": "6.1",
        "neuf": "6.1-1",
        "b": "6.2",
        "c": "6.3",
        "d": "6-1",
    }
    assert inline_text(tuple(iter_inlines(found.sections[1].blocks))) == "Voir l’article 6.3."


def test_a_suppressed_number_stays_empty() -> None:
    found = number_as_consolidated(contract(_clauses("a", "b", "c")), contract(_clauses("a", "c")))
    assert _numbers(found) == {"six": "6", "a": "6.1", "c": "6.3"}


def test_the_clauses_of_an_inserted_article_are_numbered_below_it() -> None:
    old = contract(article("cinq", 5), article("sept", 6))
    new = contract(article("cinq", 5), _clauses("a", "b"), replace(article("sept", 7)))
    assert _numbers(number_as_consolidated(old, new)) == {
        "cinq": "5", "six": "5-1", "a": "5-1.1", "b": "5-1.2", "sept": "6",
    }  # fmt: skip


def test_a_clause_left_alone_keeps_the_number_and_title_that_it_had() -> None:
    alone = article("six", 6, clause("a", "Texte a.", title=""))
    found = number_as_consolidated(contract(_clauses("a", "b")), contract(alone))
    (kept,) = found.sections[0].children
    assert kept.heading == "6.1 – Titre"
