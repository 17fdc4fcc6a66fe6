"""What a version follows and which one is in force, as typed and as told."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.mini_project import CommandResult, change_file
from tests.unit.store.samples import contract_json

Cpom = Callable[..., CommandResult]
EJ, OTHER = "990000011", "990000029"


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Contracts on file: two signed versions of one, a renewal, another entity's, a merger."""
    folder = tmp_path / "projet"
    (folder / "clause_library").mkdir(parents=True)
    after = {"effective_date": date(2030, 7, 1), "end_date": date(2035, 6, 30)}
    merged = {"effective_date": date(2027, 1, 1), "end_date": date(2031, 12, 31)}
    for name, changes in {
        "un": {},
        "deux": {},
        "suivant": {"code": "990000011AB", **after},
        "voisin": {"finess_ej": OTHER, "code": "990000029AA"},
        "fusion": {"finess_ej": OTHER, "code": "990000029AB", **merged},
    }.items():
        data: dict[str, Any] = {"status": "signe", **changes}
        (folder / f"{name}.json").write_bytes(contract_json(name, **data))
    return folder


def history_of(project: Path, cpom: Cpom, finess: str, *options: str) -> list[dict[str, Any]]:
    result = cpom(project, "history", finess, "--json", *options)
    assert result.exit_code == 0
    versions: list[dict[str, Any]] = json.loads(result.stdout)["versions"]
    return versions


def test_of_two_signed_versions_the_one_in_force_is_always_told(project: Path, cpom: Cpom) -> None:
    cpom(project, "record", "un.json")
    recorded = cpom(project, "record", "deux.json")
    assert "avenant n° 1, suite de 990000011@1" in recorded.stderr.replace("\u00a0", " ")
    assert "du contrat 990000011AA : 990000011@2 (990000011@1 : remplacée par" in recorded.stderr
    first, second = history_of(project, cpom, EJ, "--on", "2026-01-01")
    assert (first["in_force"], first["standing"], first["replaced_by"]) == (
        False,
        "remplacee",
        "990000011@2",
    )
    assert (second["in_force"], second["standing"], second["amendment"]) == (True, "en-vigueur", 1)
    told = cpom(project, "history", EJ, "--on", "2026-01-01").stdout
    assert "signé, remplacée par 990000011@2" in told
    assert "signé, en vigueur" in told
    shown = cpom(project, "show", "990000011@1", "--on", "2026-01-01").stdout
    assert "état : remplacée par 990000011@2" in shown
    moved = cpom(project, "store", "status", "990000011@2", "resilie")
    assert "Aucune version du contrat 990000011AA n’est en vigueur" in moved.stderr


@pytest.mark.parametrize(
    ("on", "states"),
    [
        ("2025-06-30", ["a-venir", "a-venir"]),
        ("2025-07-01", ["en-vigueur", "a-venir"]),
        ("2030-06-30", ["en-vigueur", "a-venir"]),
        ("2030-07-01", ["terme-passe", "en-vigueur"]),
        ("2035-07-01", ["terme-passe", "terme-passe"]),
    ],
)
def test_what_is_in_force_depends_on_the_day(
    project: Path, cpom: Cpom, on: str, states: list[str]
) -> None:
    cpom(project, "record", "un.json")
    assert cpom(project, "record", "suivant.json", "--parent", "990000011@1").exit_code == 0
    found = history_of(project, cpom, EJ, "--on", on)
    assert [version["standing"] for version in found] == states
    assert [version["in_force"] for version in found] == [s == "en-vigueur" for s in states]


def test_a_draft_is_never_in_force(project: Path, cpom: Cpom) -> None:
    (project / "projet.json").write_bytes(contract_json("projet"))
    told = cpom(project, "record", "projet.json").stderr
    assert "en vigueur" not in told
    (version,) = history_of(project, cpom, EJ, "--on", "2026-01-01")
    assert (version["standing"], version["in_force"], version["kind"]) == (None, False, "initial")


def test_the_parents_of_a_merger_are_both_kept_and_replaced_from_its_effect_on(
    project: Path, cpom: Cpom
) -> None:
    cpom(project, "record", "un.json")
    cpom(project, "record", "voisin.json")
    both = ("--parent", "990000011@1", "--parent", "990000029@1")
    refused = cpom(project, "record", "fusion.json", *both)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "« --merger »" in refused.stderr
    recorded = cpom(project, "record", "fusion.json", *both, "--merger")
    assert recorded.stdout == "990000029@2\n"
    assert "renouvellement, suite de 990000011@1 et 990000029@1" in recorded.stderr
    merged = history_of(project, cpom, OTHER)[1]
    assert (merged["parent"], merged["parents"]) == (
        "990000011@1",
        ["990000011@1", "990000029@1"],
    )
    (before,) = history_of(project, cpom, EJ, "--on", "2026-12-31")
    (after,) = history_of(project, cpom, EJ, "--on", "2027-01-01")
    assert (before["standing"], after["standing"], after["replaced_by"]) == (
        "en-vigueur",
        "remplacee",
        "990000029@2",
    )
    shown = cpom(project, "show", "990000011@1").stdout
    assert "versions qui en partent : 990000029@2" in shown
    assert cpom(project, "store", "verify").exit_code == 0


def test_a_parent_that_still_runs_is_refused_with_what_would_help(
    project: Path, cpom: Cpom
) -> None:
    cpom(project, "record", "un.json")
    early = {"code": "990000011AB", "effective_date": date(2028, 1, 1)}
    (project / "tot.json").write_bytes(contract_json("tot", **early))
    refused = cpom(project, "record", "tot.json", "--parent", "990000011@1")
    assert refused.exit_code == 1
    assert "court jusqu’au 30 juin 2030" in refused.stderr.replace("\u00a0", " ")
    assert "« cpom store status 990000011@1 resilie »" in refused.stderr


def test_the_number_of_an_avenant_may_be_given(project: Path, cpom: Cpom) -> None:
    cpom(project, "record", "un.json")
    assert cpom(project, "record", "deux.json", "--number", "3").exit_code == 0
    assert history_of(project, cpom, EJ)[1]["amendment"] == 3
    refused = cpom(project, "record", "voisin.json", "--number", "1")
    assert refused.exit_code == 1
    assert "Seul un avenant porte un numéro" in refused.stderr


def test_kinds_and_statuses_have_no_word_in_common() -> None:
    from contract_builder.model.status import STATUS_WORDS
    from contract_builder.store.records import KIND_WORDS, STATUSES, VERSION_KINDS

    assert not set(VERSION_KINDS) & set(STATUSES)
    assert not set(KIND_WORDS.values()) & set(STATUS_WORDS.values())


def test_a_build_that_records_takes_the_parent_and_what_the_contract_is(
    mini_project: Path, cpom: Cpom
) -> None:
    json_only = ("--formats", "json", "--record")
    assert cpom(mini_project, "build", "valmont", *json_only).exit_code == 0
    cpom(mini_project, "store", "status", "990000010@1", "signe")
    profile = mini_project / "profiles" / "valmont.yaml"
    change_file(profile, "  date_demande:", "  version: 2\n  date_demande:")
    lineage = ("--parent", "990000010@1", "--kind", "avenant", "--number", "2")
    built = cpom(mini_project, "build", "valmont", *json_only, *lineage)
    assert built.exit_code == 0, built.stderr
    second = history_of(mini_project, cpom, "990000010")[1]
    assert (second["parents"], second["amendment"]) == (["990000010@1"], 2)
    alone = cpom(mini_project, "build", "valmont", "--formats", "json", "--merger")
    assert alone.exit_code == 2
    assert "« --record »" in alone.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("code: ../../../x", "code-mal-forme"),
        ("code: -rf", "code-mal-forme"),
        ('code: "a/b"', "code-mal-forme"),
        ("code: 990000010AA\n  suite_de: 990000010AA", "suite-mal-ecrite"),
    ],
)
def test_a_code_or_a_reference_that_is_none_is_told_by_check(
    mini_project: Path, cpom: Cpom, line: str, code: str
) -> None:
    profile = mini_project / "profiles" / "valmont.yaml"
    lines = profile.read_text(encoding="utf-8").splitlines()
    (number,) = [n for n, text in enumerate(lines) if text.strip().startswith("code: 990000010")]
    lines[number] = f"  {line}"
    profile.write_text("\n".join(lines) + "\n", encoding="utf-8")
    checked = cpom(mini_project, "check", "valmont")
    assert checked.exit_code == 1
    assert f"profiles/valmont.yaml:{number + line.count(chr(10)) + 1}:" in checked.stderr
    assert f"erreur [{code}]" in checked.stderr
