"""The two sides of ``cpom compare``: how they are named, in the summary and in the files."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.render.json import render_json
from tests.compared_project import NEW, OLD
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two versions of a contract."""
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)
    folder = tmp_path / "projet"
    (folder / "clause_library").mkdir(parents=True)
    (folder / "un.json").write_bytes(render_json(OLD))
    (folder / "deux.json").write_bytes(render_json(NEW))
    return folder


def products(project: Path) -> list[str]:
    """What comparisons left in the folder of products, sorted."""
    return sorted(path.name for path in (project / "output").glob("comparaison-*"))


def test_the_files_of_stored_versions_bear_both_references(project: Path, cpom: Cpom) -> None:
    third = replace(OLD, header=replace(OLD.header, legal_name="Hôpital de Valmont"))
    (project / "trois.json").write_bytes(render_json(third))
    for name in ("un.json", "deux.json", "trois.json"):
        assert cpom(project, "record", name).exit_code == 0
    finess = OLD.header.finess_ej
    for old, new in ((1, 2), (3, 2), (2, 1)):
        sides = (f"{finess}@{old}", f"{finess}@{new}")
        assert cpom(project, "compare", *sides, "--formats", "json").exit_code == 0
    assert products(project) == [
        f"comparaison-{finess}-1-{finess}-2.json",
        f"comparaison-{finess}-2-{finess}-1.json",
        f"comparaison-{finess}-3-{finess}-2.json",
    ]


def test_stored_sides_are_named_as_the_store_knows_them_and_in_their_order(
    project: Path, cpom: Cpom
) -> None:
    """The status is that of the store, not the printed one; a swapped order is told, once."""
    for name in ("un.json", "deux.json"):
        assert cpom(project, "record", name).exit_code == 0
    finess = OLD.header.finess_ej
    first, second = f"{finess}@1", f"{finess}@2"
    assert cpom(project, "record", "un.json", "--status", "envoye").exit_code == 0
    told = cpom(project, "compare", first, second, "--formats", "json").stdout.splitlines()
    assert told[0].startswith("Avant :")
    assert told[0].endswith(f"version 1 (projet), {first} au registre, où son état est : envoyé")
    assert told[1].endswith(f"version 2 (projet), {second} au registre, où son état est : projet")
    assert not any("inversé" in line for line in told)
    swapped = cpom(project, "compare", second, first, "--formats", "json").stdout
    assert f"{second} a été enregistrée après {first}" in swapped
    files = cpom(project, "compare", "deux.json", "un.json", "--formats", "json", "--json").stdout
    (remark,) = json.loads(files)["remarks"]
    assert "l’ancien côté est la version 2, le nouveau la version 1" in remark


def test_a_side_that_takes_effect_later_is_no_old_one(project: Path, cpom: Cpom) -> None:
    later = OLD.header.effective_date.replace(year=OLD.header.effective_date.year + 1)
    moved = replace(OLD, header=replace(OLD.header, effective_date=later))
    (project / "tard.json").write_bytes(render_json(moved))
    swapped = cpom(project, "compare", "tard.json", "deux.json", "--formats", "json").stdout
    assert "l’ordre semble inversé" in swapped
    right = cpom(project, "compare", "deux.json", "tard.json", "--formats", "json").stdout
    assert "inversé" not in right


def test_contracts_of_one_code_and_one_version_do_not_share_their_files(
    project: Path, cpom: Cpom
) -> None:
    """Two drafts that nobody recorded: only their content tells them apart."""
    (project / "tiers.json").write_bytes(
        render_json(replace(NEW, header=replace(NEW.header, subtitle="autre")))
    )
    for old, new in (("un", "deux"), ("un", "tiers"), ("tiers", "deux")):
        done = cpom(project, "compare", f"{old}.json", f"{new}.json", "--formats", "json")
        assert (done.exit_code, done.stderr) == (0, "")
    names = products(project)
    assert len(names) == 3
    code = OLD.header.code.upper()
    assert all(
        re.fullmatch(rf"(?i)comparaison(-{code}-v\d-[0-9a-f]{{8}}){{2}}\.json", n) for n in names
    )
