"""Commands on a full disk and without rights: a clear message, nothing lost, done again later."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract_builder.store.location import STORE_FILE
from tests.mini_project import CommandResult, copy_mini_project
from tests.refusing_disk import (
    fill_disk,
    largest_file,
    make_read_only,
    shared_folder,
    small_disk,
    without_any_right,
    without_rights,
)
from tests.unit.store.samples import contract_json

Cpom = Callable[..., CommandResult]
FOLLOWING = """\
id: suite
intitule: Campagne suivante
type: etablissement
date_effet_du: 2030-01-01
annees: [2025, 2026]
fiches: demo
categories:
  - {id: grands, libelle: Plus de 500 lits, si: {lits: {plus_de: 500}}}
  - {id: petits, libelle: Moins de 500 lits, si: {lits: {moins_de: 500}}}
"""
COMMANDS = {
    "record": "record second.json",
    "status": "store status 990000010@1 signe",
    "export": "store export sauvegarde",
    "import": "store import ancien",
    "build": "build valmont --formats json --out produits",
    "renew": "renew 990000010@1 --effect 2030-07-01",
}


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


def make_project(folder: Path, cpom: Cpom, command: str) -> Path:
    """A project with one version, signed where it is to be renewed, and an older export."""
    project = copy_mini_project(folder / "projet")
    (project / "clause_library" / "campagnes" / "suite.yaml").write_text(FOLLOWING, "utf-8")
    cpom(project, "build", "valmont", "--formats", "json")
    first = next((project / "output").glob("9*.json"))
    status = "signe" if command == "renew" else "projet"
    assert cpom(project, "record", str(first), "--status", status).exit_code == 0
    changed = json.loads(first.read_text("utf-8"))
    changed["contract"]["version"] = 2
    (project / "second.json").write_text(json.dumps(changed), encoding="utf-8")
    if command == "import":
        cpom(project, "store", "export", "ancien")
        shutil.rmtree(project / "output")
    return project


def state(project: Path, cpom: Cpom) -> str:
    """What the store holds, proved; blank for an empty one as for none."""
    anchor = cpom(project, "store", "verify").stdout
    return "" if anchor.startswith("0:") else anchor


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_told_and_the_command_works_once_there_is_room(
    tmp_path: Path, cpom: Cpom, command: str
) -> None:
    with small_disk(tmp_path / "disque", "3m") as disk:
        project = make_project(disk, cpom, command)
        before = state(project, cpom)
        files = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
        filler = fill_disk(disk)
        refused = cpom(project, *COMMANDS[command].split())
        assert refused.exit_code == 1
        assert "disque" in refused.stderr
        assert "Erreur interne" not in refused.stderr
        filler.unlink()
        assert state(project, cpom) == before
        assert {path: path.read_bytes() for path in files} == files
        assert list(project.rglob(".*.tmp")) == []
        assert cpom(project, *COMMANDS[command].split()).exit_code == 0


def test_a_store_that_the_system_lets_grow_no_more_keeps_what_it_held(
    mini_project: Path, cpom: Cpom
) -> None:
    (mini_project / "un.json").write_bytes(contract_json("1"))
    (mini_project / "deux.json").write_bytes(
        contract_json(" ".join(str(n**5) for n in range(9999)))
    )
    cpom(mini_project, "record", "un.json")
    before = state(mini_project, cpom)
    with largest_file((mini_project / STORE_FILE).stat().st_size - 4096):
        refused = cpom(mini_project, "record", "deux.json")
    assert refused.exit_code == 1
    assert "Rien n’a été enregistré ; ce qui l’était déjà est intact." in refused.stderr
    assert state(mini_project, cpom) == before
    assert cpom(mini_project, "record", "deux.json").exit_code == 0


@pytest.fixture
def read_only(cpom: Cpom, request: pytest.FixtureRequest) -> Iterator[Path]:
    with shared_folder() as folder:
        project = make_project(folder, cpom, request.param)
        make_read_only(project)
        yield project


@pytest.mark.parametrize(
    ("read_only", "command"),
    list(COMMANDS.items()),
    indirect=["read_only"],
    ids=list(COMMANDS),
)
def test_a_read_only_project_is_told_and_stays_as_it_was(
    read_only: Path, cpom: Cpom, command: str
) -> None:
    files = {path: path.read_bytes() for path in read_only.rglob("*") if path.is_file()}
    with without_rights():
        refused = cpom(read_only, *command.split())
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "droit" in refused.stderr
        assert cpom(read_only, "check").exit_code == 0
    assert {path: path.read_bytes() for path in read_only.rglob("*") if path.is_file()} == files


def test_a_read_only_store_is_shown_and_verified(cpom: Cpom) -> None:
    with shared_folder() as folder:
        project = make_project(folder, cpom, "record")
        make_read_only(project)
        with without_rights():
            for command in ("history 990000010", "show 990000010@1", "store verify", "deadlines"):
                assert cpom(project, *command.split()).exit_code == 0


@pytest.mark.parametrize("name", ["clause_library/corps", "fiches", "fiches/demo", "profiles"])
def test_a_folder_that_cannot_be_listed_is_named_and_its_files_are_not_called_missing(
    mini_project: Path, cpom: Cpom, name: str
) -> None:
    with without_any_right(mini_project / name):
        refused = cpom(mini_project, "check")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Impossible de lire le dossier « {mini_project / name} »")
    assert "vous n’en avez pas le droit" in refused.stderr
