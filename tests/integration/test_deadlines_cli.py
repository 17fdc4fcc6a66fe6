"""``cpom deadlines`` over a whole store: what it shows on a given day."""

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from contract_builder.store.location import STORE_FILE
from tests.mini_project import CommandResult, change_file
from tests.unit.store.samples import contract_json

Cpom = Callable[..., CommandResult]
MINE = {"code": "990000010AA", "finess_ej": "990000010"}


@pytest.fixture
def project(mini_project: Path, cpom: Cpom, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three signed contracts and a draft that follows the first."""
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)
    period = {"effective_date": date(2020, 7, 1), "end_date": date(2025, 6, 30)}
    contracts = {
        "un": contract_json("1", **MINE, **period),
        "suivant": contract_json("2", **MINE | {"code": "990000010AB"}),
        "deux": contract_json("3"),
        "partenaire": contract_json(
            "4", code="990000119AA", finess_ej="990000119", type="partenaire"
        ),
    }
    for name, data in contracts.items():
        (mini_project / f"{name}.json").write_bytes(data)
        status = "projet" if name == "suivant" else "signe"
        assert cpom(mini_project, "record", f"{name}.json", "--status", status).exit_code == 0
    return mini_project


def lines_of(result: CommandResult) -> list[str]:
    assert result.exit_code == 0
    return result.stdout.replace("\u00a0", " ").splitlines()


def test_the_request_of_the_profile_that_follows_is_counted(project: Path, cpom: Cpom) -> None:
    """The profile of Valmont takes effect on 2025-07-01 and says that it was asked for."""
    found = lines_of(cpom(project, "deadlines", "--on", "2024-08-01"))
    assert found == [
        "À venir :",
        "  15/10/2024  990000010@1  990000010AA  Centre hospitalier de Valmont (fictif) : demande "
        "du 15 juin 2024 ; l’agence répond au plus tard le 15 octobre 2024 ; terme le 30 juin 2025 "
        "; contrat suivant en préparation : 990000010@2",
        "  30/06/2029  990000011@1  990000011AA  Centre hospitalier de Valmont (fictif) : "
        "renouvellement à demander au plus tard le 30 juin 2029 ; terme le 30 juin 2030",
        "  30/06/2030  990000119@1  990000119AA  Centre hospitalier de Valmont (fictif) : aucun "
        "délai légal pour demander le renouvellement d’un contrat de ce type ; terme le 30 juin "
        "2030",
    ]


def test_what_is_late_comes_first(project: Path, cpom: Cpom) -> None:
    change_file(project / "profiles" / "valmont.yaml", "date_demande: 2024-06-15", "date_demande:")
    found = lines_of(cpom(project, "deadlines", "--on", "2024-08-01", "--until", "2025-01-01"))
    assert found == [
        "En retard :",
        "  30/06/2024  990000010@1  990000010AA  Centre hospitalier de Valmont (fictif) : le "
        "renouvellement devait être demandé au plus tard le 30 juin 2024 ; terme le 30 juin 2025 ; "
        "contrat suivant en préparation : 990000010@2",
    ]


def test_a_renewed_contract_is_shown_only_on_request(project: Path, cpom: Cpom) -> None:
    cpom(project, "record", "suivant.json", "--status", "signe")
    data = json.loads(cpom(project, "deadlines", "--on", "2026-01-01", "--json").stdout)
    assert data["le"] == "2026-01-01"
    assert [item["code"] for item in data["echeances"]] == [
        "990000010AB",
        "990000011AA",
        "990000119AA",
    ]
    shown = lines_of(cpom(project, "deadlines", "--on", "2026-01-01", "--all"))
    assert shown[-2:] == [
        "Renouvelés ou clos :",
        "  30/06/2025  990000010@1  990000010AA  Centre hospitalier de Valmont (fictif) : "
        "renouvelé par 990000010@2",
    ]


def test_a_terminated_contract_asks_for_nothing_more(project: Path, cpom: Cpom) -> None:
    cpom(project, "store", "status", "990000011@1", "resilie")
    data = json.loads(cpom(project, "deadlines", "--on", "2035-01-01", "--json", "--all").stdout)
    states = {item["code"]: item["etat"] for item in data["echeances"]}
    assert states["990000011AA"] == "clos"


def test_a_broken_profile_is_told_and_the_others_are_counted(project: Path, cpom: Cpom) -> None:
    (project / "profiles" / "casse.yaml").write_text("contrat: [", encoding="utf-8")
    result = cpom(project, "deadlines", "--on", "2024-08-01")
    assert "« profiles/casse.yaml » ne peut être lu" in result.stderr
    assert "demande du 15" in result.stdout


def test_a_contract_changed_behind_the_store_is_told_and_the_others_are_listed(
    project: Path, cpom: Cpom
) -> None:
    with sqlite3.connect(project / STORE_FILE) as database:
        database.execute("DROP TRIGGER cpom_version_no_update")
        database.execute(
            "UPDATE cpom_version SET body = (SELECT body FROM cpom_version WHERE number = 2) "
            "WHERE finess_ej = '990000011'"
        )
    for command in (("deadlines", "--on", "2024-08-01"), ("history", "990000011")):
        result = cpom(project, *command)
        assert result.exit_code == 0
        assert "« 990000011@1 » n’est plus celui qui a été enregistré" in result.stderr
    assert "990000011@1  contrat initial  signé, illisible : rien ne dit" in result.stdout


def test_a_day_that_is_none_is_refused_with_an_example(project: Path, cpom: Cpom) -> None:
    result = cpom(project, "deadlines", "--on", "30/06/2024")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "« 30/06/2024 » n’est pas une date" in result.stderr


def test_a_project_without_store_says_how_to_begin(mini_project: Path, cpom: Cpom) -> None:
    result = cpom(mini_project, "deadlines", "--on", "2024-08-01")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "« cpom record »" in result.stderr
