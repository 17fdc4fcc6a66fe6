"""Loading a library: everything that can be read, and every problem of form."""

from datetime import date
from pathlib import Path

import pytest

from contract_builder.library.load import load_library
from contract_builder.model.reference import find_version
from tests.mini_project import change_file

CLAUSE = "---\nid: {id}\nen_vigueur_du: {since}\n---\n\nTexte de {id}.\n"


def add_clause(project: Path, name: str, id_: str, since: str, folder: str = "corps") -> None:
    path = project / "clause_library" / folder / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(CLAUSE.format(id=id_, since=since), encoding="utf-8")


def test_the_mini_library_loads_whole(mini_project: Path) -> None:
    library, problems = load_library(mini_project)
    assert problems == []
    assert {key: len(versions) for key, versions in library.clauses.items()} == {
        "duree": 1,
        "objet": 1,
    }
    assert list(library.fiches["demo"]) == ["DEMO_1"]
    assert list(library.outlines) == ["etablissement"]
    assert list(library.campaigns) == ["demo"]
    assert library.nomenclature is not None
    assert library.nomenclature.lignes[0] == ("QA001", "MO000", "ME000", "PTS00", "DE000")
    assert library.categories is not None
    assert library.categories.categories["355"] == "Centre hospitalier"
    assert library.documents["modele"].intitule == "Modèle de démonstration"
    assert find_version(library.reference_versions("CSP", "L6114-1"), date(2025, 7, 1)) is not None


def test_a_clause_knows_its_text_and_the_line_where_it_starts(mini_project: Path) -> None:
    clause = load_library(mini_project)[0].clauses["objet"][0]
    assert clause.source.name == "clause_library/corps/objet.md"
    assert clause.body.startswith("\nLe présent contrat")
    assert clause.source.lines[clause.body_line] == clause.body.split("\n")[1]


def test_a_sheet_knows_its_catalogue(mini_project: Path) -> None:
    fiche = load_library(mini_project)[0].fiches["demo"]["DEMO_1"]
    assert (fiche.catalogue, fiche.code) == ("demo", "DEMO_1")
    assert fiche.header.cibles[1].valeurs["2026"].valeur == "2"


def test_the_versions_of_a_clause_come_oldest_first_whatever_their_folder(
    mini_project: Path,
) -> None:
    add_clause(mini_project, "duree@2025-01-01", "duree", "2025-01-01", "annexes")
    add_clause(mini_project, "duree@2018-01-01", "duree", "2018-01-01", "visas")
    library, problems = load_library(mini_project)
    assert problems == []
    assert [clause.header.en_vigueur_du.year for clause in library.clauses["duree"]] == [
        2018,
        2020,
        2025,
    ]


@pytest.mark.parametrize(
    ("name", "id_", "since", "places"),
    [
        ("neuve", "neuve", "2025-01-01", []),
        ("neuve@2025-01-01", "neuve", "2025-01-01", []),
        ("neuve@2025-01-01", "autre", "2025-01-01", ["2:5"]),
        ("neuve@2025-01-01", "neuve", "2025-01-02", ["3:16"]),
        ("neuve@", "neuve", "2025-01-02", ["3:16"]),
        ("neuve@2025-01-01", "autre", "2025-01-02", ["2:5", "3:16"]),
    ],
)
def test_a_file_is_named_after_its_clause_and_its_date(
    mini_project: Path, name: str, id_: str, since: str, places: list[str]
) -> None:
    add_clause(mini_project, name, id_, since)
    problems = load_library(mini_project)[1]
    assert [p.code for p in problems] == ["nom-de-fichier"] * len(places)
    assert [f"{p.place.line}:{p.place.column}" for p in problems] == places


def test_a_broken_file_is_named_and_the_others_are_read(mini_project: Path) -> None:
    corps = mini_project / "clause_library" / "corps"
    (corps / "a.md").write_bytes(b"sans en-t\xc3\xaate")
    (corps / "b.md").write_bytes(b"---\nid: 'ouvert\n---\n")
    (corps / "c.md").write_bytes(b"---\nid: c\n---\n")
    (corps / "d.md").write_bytes(b"\xff\xfe")
    library, problems = load_library(mini_project)
    assert sorted(library.clauses) == ["duree", "objet"]
    assert {(p.place.file, p.code) for p in problems} == {
        ("clause_library/corps/a.md", "entete-manquant"),
        ("clause_library/corps/b.md", "yaml-invalide"),
        ("clause_library/corps/c.md", "cle-manquante"),
        ("clause_library/corps/d.md", "encodage"),
    }


def test_an_empty_folder_gives_an_empty_library(tmp_path: Path) -> None:
    library, problems = load_library(tmp_path)
    assert problems == []
    assert (library.clauses, library.fiches, library.outlines) == ({}, {}, {})
    assert library.nomenclature is None


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("clause_library/corps/objet.md", "lie l’Agence", "lie l’agence"),
        ("clause_library/sources.yaml", "Modèle", "Model"),
        ("fiches/demo/DEMO_1.md", "patients.", "patients. "),
        ("clause_library/nomenclatures/autorisations.yaml", 'version: "1"', 'version: "2"'),
    ],
)
def test_any_change_of_a_file_changes_the_version(
    mini_project: Path, file: str, old: str, new: str
) -> None:
    before = load_library(mini_project)[0].version
    change_file(mini_project / file, old, new)
    assert load_library(mini_project)[0].version != before


def test_the_version_follows_from_names_and_bytes_alone(mini_project: Path, tmp_path: Path) -> None:
    before = load_library(mini_project)[0].version
    (mini_project / "clause_library" / "corps" / "notes.txt").write_text("à part")
    (mini_project / "profiles" / "autre.yaml").write_text("")
    moved = mini_project.rename(tmp_path / "ailleurs")
    assert load_library(moved)[0].version == before
    clauses = moved / "clause_library" / "corps"
    (clauses / "objet.md").rename(clauses / "objet@2018-01-01.md")
    assert load_library(moved)[0].version != before


def test_a_file_that_is_cut_and_continued_in_the_next_is_another_version(tmp_path: Path) -> None:
    versions = []
    for first, second in (("ab", "c"), ("a", "bc")):
        corps = tmp_path / first / "clause_library" / "corps"
        corps.mkdir(parents=True)
        (corps / "a.md").write_text(first)
        (corps / "b.md").write_text(second)
        versions.append(load_library(tmp_path / first)[0].version)
    assert versions[0] != versions[1]
