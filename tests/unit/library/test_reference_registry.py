import pytest

from contract_builder.library.citations import Citation, find_citations
from contract_builder.library.registry import article_key, covers, index_references, is_reference

REGISTRY = """\
code: CSP
intitule: Code de la santé publique
etat_au: 2023-12-06
references:
"""
ENTRY = """\
  - {{article: {0}, objet: Un, statut: en_vigueur, depuis: 2010-01-01, verifie_le: 2023-12-06}}
"""


@pytest.fixture
def library(load):
    articles = (
        *("L6114-10", "L6114-2", "L6114-1", "L6114-1-1", "L6114-5", "L6113-9", "L6115-1"),
        *("D6114-1", "R6114-9", "D6114-11", "R6114-17", "R6115-1"),
    )
    entries = "".join(ENTRY.format(article) for article in articles)
    return load({"clause_library/references/csp.yaml": REGISTRY + entries})


def expand_range(library, code, first, last=""):
    kind = "plage" if last else "suivants"
    return index_references(library).expand(Citation(code, first, 0, 0, kind, last))


def test_a_range_gives_the_known_articles_in_legal_order(library):
    assert expand_range(library, "CSP", "L6114-1", "L6114-5") == (
        *("L6114-1", "L6114-1-1", "L6114-2", "L6114-5"),
    )


def test_numbers_are_compared_as_numbers_not_as_text(library):
    assert expand_range(library, "CSP", "L6114-2", "L6114-10") == ("L6114-2", "L6114-5", "L6114-10")


def test_a_range_of_decrees_takes_r_and_d_articles_alike(library):
    expected = ("R6114-9", "D6114-11", "R6114-17")
    assert expand_range(library, "CSP", "R6114-9", "R6114-17") == expected


def test_and_following_stays_within_the_chapter_and_the_part(library):
    assert expand_range(library, "CSP", "L6114-2") == ("L6114-2", "L6114-5", "L6114-10")
    assert expand_range(library, "CSP", "L6115-1") == ("L6115-1",)


def test_a_range_with_unknown_ends_gives_what_lies_between(library):
    assert expand_range(library, "CSP", "L6114-3", "L6114-9") == ("L6114-5",)


def test_a_range_backwards_in_another_code_or_without_number_is_empty(library):
    assert expand_range(library, "CSP", "L6114-5", "L6114-1") == ()
    assert expand_range(library, "CSS", "L6114-1", "L6114-5") == ()
    assert expand_range(library, "CSP", "annexe", "L6114-5") == ()


def test_an_inserted_article_comes_after_its_elder_and_before_the_next():
    keys = [article_key(name) for name in ("L6114-1", "L6114-1-2", "L6114-2", "D6114-1")]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("text", "article", "reached"),
    [
        ("article L. 6114-1 du CSP", "L6114-1", True),
        ("article L. 6114-1 du CSP", "L6114-10", False),
        ("articles L. 6114-1 à L. 6114-5 du CSP", "L6114-3", True),
        ("articles L. 6114-1 à L. 6114-5 du CSP", "L6114-5-1", False),
        ("articles L. 6114-1 à L. 6114-5 du CSP", "R6114-3", False),
        ("articles L. 6132-1 et suivants du CSP", "L6132-5-1", True),
        ("articles L. 6132-2 et suivants du CSP", "L6132-1", False),
        ("articles L. 6132-1 et suivants du CSP", "L6133-1", False),
        ("arrêté du 2 mai 2019", "2019-05-02-urgences", True),
        ("arrêté du 2 mai 2019", "2019-05-03-urgences", False),
    ],
)
def test_a_citation_reaches_the_articles_of_its_run_known_or_not(text, article, reached):
    (citation,) = find_citations(text)
    assert covers(citation, article) is reached


@pytest.mark.parametrize(
    "text",
    ["CSP L6114-1", "CSS L162-22-5", "DECRET 2025-180", "ARRETE 2019-05-02-x", "UE 2016/679"],
)
def test_code_and_article_make_a_reference(text):
    assert is_reference(text)


@pytest.mark.parametrize(
    "text", ["L6114-1", "CSP L. 6114-1", "CSP R*6114-1", "csp L6114-1", "CSP", "CSP  L6114-1"]
)
def test_another_writing_is_no_reference(text):
    assert not is_reference(text)
