"""An import that is killed leaves the region as it was, or wholly imported: never half of it."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.files.together import ORDER_FILE
from contract_builder.services.importing import ImportRequest, import_registries
from contract_builder.services.project import Project
from tests.dying_process import kill_at_each_operation
from tests.mini_project import CommandResult
from tests.refusing_disk import make_read_only, shared_folder, without_rights
from tests.registry_workspace import FILES, HOSPITAL, Workspace, real_library

REGISTRIES = ("entites.xml", "sites.xml", "arhgos.xml")


def import_all(root: Path) -> None:
    files = tuple(FILES / name for name in REGISTRIES)
    request = ImportRequest("tout", files, root / "profiles")
    import_registries(Project(root, library=real_library()), request)


def state(root: Path) -> dict[str, bytes]:
    """Every file of the profiles, hidden ones included."""
    paths = sorted(path for path in (root / "profiles").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def profile_files(root: Path) -> list[str]:
    """What any command does first: it looks for the profiles."""
    return [path.name for path in Project(root).profile_paths()]


def test_an_import_of_everything_killed_at_any_operation_is_whole_or_absent(
    tmp_path: Path,
) -> None:
    root = tmp_path / "projet"

    def prepare() -> None:
        shutil.rmtree(root, ignore_errors=True)
        Workspace.make(root)

    prepare()
    before = state(root)
    import_all(root)
    after = state(root)
    ends = []
    work = partial(import_all, root)
    for _ in kill_at_each_operation(work, root / "profiles", prepare):
        profile_files(root)
        ends.append(state(root))
    assert [end for end in ends if end not in (before, after)] == []
    assert before in ends
    assert after in ends


def test_an_import_that_nobody_may_end_stops_what_would_read_half_of_it() -> None:
    with shared_folder() as root:
        workspace = Workspace.make(root / "projet")
        import_all(workspace.root)
        order = '{"mark": "01234567.part"}\n{"moves": []}\n'
        (workspace.profiles / ORDER_FILE).write_text(order, encoding="utf-8")
        make_read_only(workspace.profiles)
        project = Project(workspace.root)
        with without_rights():
            with pytest.raises(UserError, match="Une écriture y a été interrompue"):
                project.profile_paths()
            with pytest.raises(UserError, match="une partie seulement des fichiers"):
                project.find_profile(workspace.profiles / f"{HOSPITAL}.yaml", [])


def test_a_trial_of_everything_tells_what_the_import_will_do(
    tmp_path: Path, cpom: Callable[..., CommandResult]
) -> None:
    """Authorisations of establishments that the same import makes are planned, not left out."""
    assert cpom(tmp_path, "init", "dossier").exit_code == 0
    project = tmp_path / "dossier"
    cpom(project, "generate", "registres", "--establishments", "2", "--seed", "7")
    command = ("import", "tout", "registres", "--into", "region", "--json")
    trial = cpom(project, *command, "--dry-run")
    assert not (project / "region").exists()
    assert cpom(project, *command).stdout == trial.stdout
