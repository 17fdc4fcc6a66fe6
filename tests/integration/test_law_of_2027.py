"""The law that the delivered registry gives from 2026 to 2027, and what contracts then cite."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from contract_builder.library.load import load_library
from contract_builder.library.registry import Registry, index_references
from contract_builder.model.library import Library
from contract_builder.model.reference import find_unproven_ends, find_version, standing_at

ROOT = Path(__file__).resolve().parents[2]


@cache
def library() -> Library:
    loaded, problems = load_library(ROOT)
    assert problems == []
    return loaded


@cache
def registry() -> Registry:
    return index_references(library())


@pytest.mark.parametrize(
    ("article", "start"),
    [
        ("L162-22-3", date(2027, 1, 1)),
        ("L162-22-4", date(2027, 1, 1)),
        ("L162-23-8", date(2027, 9, 1)),
        ("L162-23-14", date(2027, 1, 1)),
        ("L162-23-14-1", date(2027, 1, 1)),
        ("L162-30-3", date(2027, 1, 1)),
    ],
)
def test_an_article_rewritten_in_2027_stays_in_force(article: str, start: date) -> None:
    versions = registry().versions["CSS", article]
    before, after = find_version(versions, date(2026, 12, 31)), find_version(versions, start)
    assert after is not None
    assert before is not None
    assert (after.statut, after.depuis) == ("en_vigueur", start)
    assert before.statut == "en_vigueur"
    assert standing_at(versions, date(2031, 12, 31)) == "en_vigueur"


@pytest.mark.parametrize("article", ["L162-30-2", "L162-30-4"])
def test_the_articles_of_the_caqes_end_on_the_first_day_of_2027(article: str) -> None:
    versions = registry().versions["CSS", article]
    assert standing_at(versions, date(2026, 12, 31)) == "en_vigueur"
    last = find_version(versions, date(2027, 1, 1))
    assert last is not None
    assert (last.statut, last.depuis, last.fin_constatee) == (
        "abroge",
        date(2027, 1, 1),
        date(2026, 3, 14),
    )


def test_no_reference_of_the_registry_ends_without_evidence() -> None:
    unproven = {
        name: find_unproven_ends(versions)
        for name, versions in registry().versions.items()
        if find_unproven_ends(versions)
    }
    assert unproven == {}


def test_every_entry_of_the_social_security_code_was_compared_with_one_extract() -> None:
    (file,) = (item for item in library().references if item.code == "CSS")
    assert (file.etat_au, file.controle_le) == (date(2026, 3, 14), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("article", "word"),
    [
        ("D162-6", "L162-22-4"),
        ("D162-7", "1° de l’article L162-22-5"),
        ("D162-8", "2° de l’article"),
    ],
)
def test_each_of_the_three_lists_of_2025_has_its_own_object(article: str, word: str) -> None:
    version = find_version(registry().versions["CSS", article], date(2025, 2, 28))
    assert version is not None
    assert word in version.objet
    assert version.modifie_par.startswith("Décret n° 2025-186")
