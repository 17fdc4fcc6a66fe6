"""The law that the delivered registry gives from 2026 to 2027, and what contracts then cite."""

import json
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from contract_builder.library.load import load_library
from contract_builder.library.registry import Registry, index_references
from contract_builder.model.library import Library
from contract_builder.model.reference import find_unproven_ends, find_version, standing_at
from contract_builder.render.json.contract_json import render_json
from contract_builder.services.making import prepare
from contract_builder.services.project import Project

Texts = dict[str, str]

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


def text_of(blocks: object) -> str:
    """Every text of a part of a contract file, in order."""
    if isinstance(blocks, dict):
        return "".join(text_of(value) for key, value in blocks.items() if key != "kind")
    if isinstance(blocks, list):
        return "".join(map(text_of, blocks))
    return blocks if isinstance(blocks, str) else ""


def build(tmp_path: Path, name: str, effect: str, changes: dict[str, str] | None = None) -> Texts:
    """The text of each section of a demonstration contract that takes effect on another day."""
    profiles = tmp_path / "profiles"
    shutil.copytree(ROOT / "profiles", profiles, dirs_exist_ok=True)
    path = profiles / f"{name}-demonstration.yaml"
    text = re.sub(
        "(?m)^  date_effet: .*", f"  date_effet: {effect}", path.read_text("utf-8"), count=1
    )
    # Targets agreed for years that the other contract does not cover would be refused.
    text = re.sub(r"(?m)^    cibles:\n(?:      .*\n)+", "", text)
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    assembly = prepare(Project(tmp_path, library=library()), path).assembly
    assert assembly is not None
    data = json.loads(render_json(assembly.contract))
    found: Texts = {}

    def collect(sections: list[dict[str, Any]]) -> None:
        for section in sections:
            found[section["id"]] = text_of(section["blocks"])
            collect(section["children"])

    collect(data["sections"])
    found["cited"] = " ".join(
        f"{item.code} {item.article}:{item.status}," for item in assembly.contract.tables.references
    )
    return found


DATES = ["2019-07-01", "2023-07-01", "2025-01-01", "2026-01-01", "2027-01-01", "2027-09-01"]


@pytest.mark.parametrize("effect", DATES)
@pytest.mark.parametrize("name", ["chu", "clinique", "smr", "psychiatrie"])
def test_no_contract_cites_an_article_of_the_code_that_its_day_does_not_know(
    tmp_path: Path, name: str, effect: str
) -> None:
    cited = build(tmp_path, name, effect)["cited"]
    css = [item for item in cited.split(",") if item.strip().startswith("CSS ")]
    sheets = {"CSS R162-29"}  # cited by the sheets of 2025, kept here in contracts of 2019
    assert [
        item
        for item in css
        if not item.endswith(":en_vigueur") and item.split(":")[0].strip() not in sheets
    ] == []


@pytest.mark.parametrize("effect", ["2025-07-01", "2026-01-01", "2027-01-01", "2027-09-01"])
def test_a_hospital_rests_on_the_public_health_grants_before_and_after_2027(
    tmp_path: Path, effect: str
) -> None:
    sections = build(tmp_path, "chu", effect)
    assert "L.\u00a0162-22-4" in sections["visa-css"]
    funding = sections["financements-principes"]
    for article in (
        "L.\u00a0162-22-4",
        "L.\u00a0162-22-5",
        "D.\u00a0162-6",
        "D.\u00a0162-7",
        "D.\u00a0162-8",
    ):
        assert article in funding


def test_a_rehabilitation_centre_and_a_psychiatric_hospital_cite_their_own_articles(
    tmp_path: Path,
) -> None:
    smr = build(tmp_path, "smr", "2026-01-01")
    assert "visa-css" not in smr
    assert "financements-principes" not in smr
    assert "L.\u00a0162-23-8" in smr["visa-css-smr"]
    assert "R.\u00a0162-34-11" in smr["financements-smr"]
    assert "Plateau technique spécialisé" in smr["missions"] + smr.get("presentation-missions", "")
    psychiatry = build(tmp_path, "psychiatrie", "2026-01-01")
    assert "visa-css" not in psychiatry
    assert "L.\u00a0162-22-19" in psychiatry["visa-css-psychiatrie"]
    assert "R.\u00a0162-29-2" in psychiatry["financements-psychiatrie"]
    old = build(tmp_path, "psychiatrie", "2019-07-01")
    assert "L.\u00a0174-1" in old["visa-css-psychiatrie"]
    assert "R.\u00a0162-32-3" in old["financements-psychiatrie"]


def test_the_penalty_of_two_percent_stands_beside_the_cap_of_the_contract(tmp_path: Path) -> None:
    before = build(tmp_path, "clinique", "2025-07-01")["inexecution-articulation"]
    announced = build(tmp_path, "clinique", "2026-01-01")["inexecution-articulation"]
    since = build(tmp_path, "clinique", "2027-01-01")["inexecution-articulation"]
    assert "L.\u00a0162-23-14" not in before
    assert "2\u00a0%" in announced
    assert "janvier 2027" in announced
    assert "2\u00a0%" in since
    assert "L.\u00a0162-23-14-1" in since


def test_a_contract_that_runs_past_2026_says_that_its_caqes_ends(tmp_path: Path) -> None:
    for effect in ("2025-07-01", "2026-01-01"):
        assert "L.\u00a0162-30-2" in build(tmp_path, "ch", effect)["autres-contrats-caqes"]
    assert "autres-contrats-caqes" not in build(tmp_path, "hopital-de-proximite-2019", "2019-07-01")
    assert "L.\u00a0162-30-2" not in build(tmp_path, "ch", "2027-01-01")["engagement-pertinence"]


def test_the_ten_year_contract_of_2021_is_known_to_the_annex_of_other_contracts(
    tmp_path: Path,
) -> None:
    sections = build(tmp_path, "ch", "2026-01-01", {"nature: CAQES": "nature: soutien_decennal"})
    text = sections["autres-contrats-soutien-decennal"]
    for name in ("2020-1576", "2021-868", "juillet 2021"):
        assert name in text


def test_an_isolated_activity_has_its_commitments_in_the_contract(tmp_path: Path) -> None:
    sections = build(tmp_path, "ch", "2026-01-01", {"nature: MIG": "nature: activite_isolee"})
    assert "R.\u00a0162-33-16-2" in sections["financements-activites-isolees"]
    assert "financements-activites-isolees" not in build(tmp_path, "ch", "2026-01-01")
