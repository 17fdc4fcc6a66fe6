import pytest

from contract_builder.library.cited_texts import CitingText, DeclaredReference
from contract_builder.library.where_cited import find_places_citing, parse_article_reference
from contract_builder.source import NOWHERE

CLAUSE = """\
---
id: urgences
titre: Urgences
en_vigueur_du: 2020-01-01
references: [CSP R6123-1, CSP R6123-18]
---

Dans les conditions des articles R. 6123-1 à
R. 6123-32 du code de la santé publique.
"""
FICHE = """\
---
code: CPOM_CT_5
intitule: Équipes communes
objectifs: [Constituer des équipes]
indicateur: {type: quantitatif, definition: Nombre d’équipes}
bonnes_pratiques:
  - Réunir l’équipe
  - >-
    Tenir à jour la convention prévue à l’article
    R. 6123-9 du code de la santé publique
references:
  - CSP R6123-1
  - CSP R6123-9
remarques:
  - {texte: "La fiche imprime aussi l’article R. 6123-40."}
source: {document: fiches}
---

Voir les articles R. 6123-2 et suivants du même code.
"""


@pytest.fixture
def library(load):
    return load({"clause_library/corps/urgences.md": CLAUSE, "fiches/region/CPOM_CT_5.md": FICHE})


def _found(library, article):
    places = find_places_citing(library, "CSP", article)
    return [(item.kind, item.id, item.version, str(item.place), item.how) for item in places]


def test_an_article_is_found_where_it_is_declared_written_and_spanned(library):
    fiche = "fiches/region/CPOM_CT_5.md"
    assert _found(library, "R6123-9") == [
        ("clause", "urgences", "2020-01-01", "clause_library/corps/urgences.md:8:34", "plage"),
        ("fiche", "CPOM_CT_5", "region", f"{fiche}:13:5", "direct"),
        ("fiche", "CPOM_CT_5", "region", f"{fiche}:10:5", "direct"),
        ("fiche", "CPOM_CT_5", "region", f"{fiche}:19:19", "suivants"),
    ]


def test_and_following_reaches_an_article_that_no_registry_knows(library):
    ways = [(line, how) for *_, line, how in _found(library, "R6123-40")]
    assert ways == [("fiches/region/CPOM_CT_5.md:19:19", "suivants")]


def test_an_article_is_not_found_by_its_beginning(library):
    assert [line for _, _, _, line, _ in _found(library, "R6123-1")] == [
        "clause_library/corps/urgences.md:5:14",
        "clause_library/corps/urgences.md:8:34",
        "fiches/region/CPOM_CT_5.md:12:5",
    ]


def test_the_same_number_in_another_code_is_another_article(library):
    assert find_places_citing(library, "CSS", "R6123-9") == ()


def test_other_texts_are_searched_after_the_library(library):
    profile = CitingText("profil", "ch-valmont", "", (DeclaredReference("CSP R6123-18", NOWHERE),))
    places = find_places_citing(library, "CSP", "R6123-18", [profile])
    assert [(item.kind, item.id) for item in places][-1] == ("profil", "ch-valmont")


@pytest.mark.parametrize(
    "text", ["CSP R6123-9", "CSP R. 6123-9", "article R. 6123-9 du code de la santé publique"]
)
def test_an_article_is_asked_for_in_any_usual_writing(text):
    assert parse_article_reference(text) == ("CSP", "R6123-9")


@pytest.mark.parametrize("text", ["R6123-9", "CSP", "", "CSP R. 6123-9 et R. 6123-10"])
def test_a_question_that_does_not_name_one_article_with_its_code_has_no_answer(text):
    assert parse_article_reference(text) is None
