"""Files of the library reworded: comments, order and ends of lines kept; versions dated."""

from datetime import date

import pytest

from contract_builder.errors import UserError
from contract_builder.library.rewriting import (
    end_clause,
    find_front_matter_places,
    find_reference_places,
    follow_clause,
    follow_reference,
    read_front_matter,
    read_references,
    reopen_clause,
    rewrite_front_matter,
    rewrite_references,
)

CLAUSE = """---
# relue en mars
id: duree
titre: Durée   # imprimé
en_vigueur_du: 2020-11-20
references: [CSP L6114-1]
---

Conclu pour cinq ans.

Il prend effet.
"""
NAME = "clause_library/corps/duree.md"
REGISTRY = """# Code
code: CSP
intitule: Code de la santé publique
etat_au: 2023-12-06
references:
  # le premier
  - article: L6114-1
    objet: Durée
    statut: en_vigueur
    depuis: 2018-01-01
    verifie_le: 2023-12-06
  - article: L6114-2
    objet: Objectifs
    statut: en_vigueur
    depuis: 2018-01-01
    verifie_le: 2023-12-06
"""


def test_what_is_not_touched_stays_as_it_was_written() -> None:
    tree, body = read_front_matter(CLAUSE)
    assert rewrite_front_matter(CLAUSE, tree, body) == CLAUSE
    windows = CLAUSE.replace("\n", "\r\n")
    assert rewrite_front_matter(windows, tree, body) == windows


def test_a_title_and_a_body_change_and_comments_stay() -> None:
    tree, _ = read_front_matter(CLAUSE)
    changed = rewrite_front_matter(CLAUSE, {**tree, "titre": "Terme"}, "Trois ans.\r\n")
    assert "# relue en mars\n" in changed
    assert "titre: Terme   # imprimé\n" in changed
    assert changed.endswith("---\n\nTrois ans.\n")


def test_a_version_is_followed_and_ends_on_the_day_before() -> None:
    texts = follow_clause(NAME, CLAUSE, CLAUSE.replace("cinq", "trois"), date(2027, 1, 1))
    following = "clause_library/corps/duree@2027-01-01.md"
    assert set(texts) == {NAME, following}
    assert "en_vigueur_au: 2026-12-31" in texts[NAME]
    assert "cinq ans" in texts[NAME]
    assert "en_vigueur_du: 2027-01-01" in texts[following]
    assert "trois ans" in texts[following]
    assert reopen_clause(texts[NAME], date(2026, 12, 31)).count("2026-12-31") == 0


def test_an_earlier_end_is_kept_and_a_new_version_has_none() -> None:
    ended = end_clause(CLAUSE, date(2025, 6, 30))
    texts = follow_clause(NAME, ended, ended, date(2027, 1, 1))
    assert texts[NAME] == ended
    assert "2025-06-30" not in texts["clause_library/corps/duree@2027-01-01.md"]


def test_a_version_never_begins_before_the_one_it_follows() -> None:
    with pytest.raises(UserError, match="doit commencer après"):
        follow_clause(NAME, CLAUSE, CLAUSE, date(2020, 11, 20))
    with pytest.raises(UserError, match="doit commencer après"):
        follow_reference(read_references(REGISTRY), 0, {}, date(2018, 1, 1))


def test_an_article_is_reworded_from_a_day_on_in_its_place() -> None:
    entries = read_references(REGISTRY)
    wanted = {**entries[0], "objet": "Durée, révision", "fin_constatee": "2026-01-01"}
    changed = rewrite_references(REGISTRY, follow_reference(entries, 0, wanted, date(2027, 1, 1)))
    assert "  # le premier\n  - article: L6114-1\n    objet: Durée\n" in changed
    assert "jusqu_au: 2026-12-31" in changed
    read = read_references(changed)
    assert [item["depuis"] for item in read] == ["2018-01-01", "2027-01-01", "2018-01-01"]
    assert "fin_constatee" not in read[1]


def test_a_problem_finds_its_field_and_its_line_of_the_body() -> None:
    places = find_front_matter_places(CLAUSE)
    assert places.body_line == 9
    assert places.paths[4, 1] == "titre"
    entry = find_reference_places(REGISTRY, 1)
    assert entry.paths[13, 5] == "objet"
    assert (entry.first_line, entry.last_line > 1000) == (12, True)
    assert find_reference_places(REGISTRY, 0).last_line == 11


def test_a_file_without_front_matter_is_refused() -> None:
    with pytest.raises(UserError):
        read_front_matter("Texte seul.\n")
