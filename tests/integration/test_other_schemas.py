"""Contracts of another schema than ours: a later one is refused by name, an earlier one is read."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.render.json import contract_data, render_json
from tests.contract_samples import long_contract, small_contract
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


@pytest.fixture
def project(mini_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A contract of ours, one of a later schema, one of the first."""
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)
    later = {**contract_data(small_contract()), "schema_version": 99}
    (mini_project / "notre.json").write_bytes(render_json(small_contract()))
    (mini_project / "futur.json").write_text(json.dumps(later), encoding="utf-8")
    first = render_json(long_contract(1))
    assert b'"schema_version":1' in first
    (mini_project / "premier.json").write_bytes(first)
    return mini_project


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (("compare", "futur.json", "notre.json"), "être comparé"),
        (("compare", "notre.json", "futur.json"), "être comparé"),
        (("compare", "futur.json", "--standard"), "être comparé"),
        (("record", "futur.json"), "être enregistré"),
    ],
    ids=" ".join,
)
def test_a_later_schema_is_refused_with_the_name_of_the_file_and_nothing_is_written(
    project: Path, cpom: Cpom, command: tuple[str, ...], what: str
) -> None:
    result = cpom(project, *command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"« futur.json » ne peut pas {what}." in result.stderr
    assert "schéma 99 ; cette version de l’outil lit les schémas 1 à 5." in result.stderr
    assert "Mettez l’outil à jour" in result.stderr
    assert not (project / "output").exists()


def test_a_contract_of_the_first_schema_is_recorded_once_and_compared_with_one_of_ours(
    project: Path, cpom: Cpom
) -> None:
    first = cpom(project, "record", "premier.json")
    assert first.exit_code == 0
    reference = first.stdout.strip()
    assert cpom(project, "record", "premier.json").stdout.strip() == reference
    shown = cpom(project, "show", reference, "--json").stdout
    assert json.loads(shown)["schema_version"] == 1
    compared = cpom(project, "compare", reference, "notre.json", "--formats", "json", "--json")
    assert (compared.exit_code, compared.stderr) == (0, "")
    assert json.loads(compared.stdout)["proof"] == {
        "accept_all_equals_new": True,
        "reject_all_equals_old": True,
    }
