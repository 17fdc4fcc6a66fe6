"""A command, a worker and a page open each file of the project once, and the store once."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from contract_builder.batch.task import Settings, Task
from contract_builder.batch.work import run_task
from contract_builder.services.making import BuildOptions
from contract_builder.services.project import Project
from contract_builder.store.location import STORE_FILE
from tests.mini_project import PROFILE, CommandResult
from tests.openings import counting_openings

Cpom = Callable[..., CommandResult]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def region(mini_project: Path, cpom: Cpom) -> Path:
    """Three profiles of a region, a signed contract of each in the store."""
    profile = mini_project / PROFILE
    text = profile.read_text(encoding="utf-8")
    for number in ("0", "1", "2"):
        path = profile if number == "0" else profile.with_name(f"autre-{number}.yaml")
        path.write_text(text.replace("990000010AA", f"99000001{number}AA"), encoding="utf-8")
        made = cpom(mini_project, "build", str(path), "--formats", "json").stdout.splitlines()[0]
        assert cpom(mini_project, "record", made, "--status", "signe").exit_code == 0
    return mini_project


def opened_twice(root: Path, opened: Mapping[Path, int]) -> set[str]:
    """The texts of the project, and its store, that were opened more than once."""
    mine = {path: count for path, count in opened.items() if root in path.parents}
    texts = {path for path in mine if path.suffix in (".yaml", ".md")}
    assert texts, "nothing was read"
    return {path.name for path in {*texts, root / STORE_FILE} if mine.get(path, 0) > 1}


@pytest.mark.parametrize(
    "command",
    [
        ("build", str(PROFILE), "--formats", "json", "--record"),
        ("check",),
        ("departures", "--json"),
        ("explain", str(PROFILE)),
        ("deadlines", "--on", "2029-01-01"),
        ("impact", "CSP L6114-1", "--on", "2026-05-01"),
    ],
    ids=lambda command: str(command[0]),
)
def test_a_command_opens_each_file_and_the_store_once(
    region: Path, cpom: Cpom, command: tuple[str, ...]
) -> None:
    with counting_openings() as opened:
        assert cpom(region, *command).exit_code == 0
    assert opened_twice(region, opened) == set()


def test_a_batch_opens_the_store_once_and_each_profile_to_read_and_to_hash_it(
    region: Path, cpom: Cpom
) -> None:
    with counting_openings() as opened:
        done = cpom(region, "batch", "--jobs", "1", "--formats", "json", "--compare-with", "last")
    assert done.exit_code == 0
    twice = opened_twice(region, opened)
    assert twice == {path.name for path in (region / "profiles").glob("*.yaml")}
    assert {opened[region / "profiles" / name] for name in twice} == {2}


def test_a_worker_reads_the_library_once_for_all_its_contracts(region: Path) -> None:
    with Project(region) as project:
        version = project.get_library().version
    out = region / "output" / "lot"
    settings = Settings(str(region), str(out), BuildOptions(("json",)), version, 60, 4096)
    tasks = [
        Task(path.stem, str(path), path.name, {}, "", ())
        for path in sorted((region / "profiles").glob("[!_]*.yaml"))
    ]
    with counting_openings() as opened:
        assert [run_task(settings, task).status for task in tasks] == ["produit"] * 3
    assert opened_twice(region, opened) == set()
    assert region / STORE_FILE not in opened, "no worker needs the store"


def test_pages_open_each_file_once_as_long_as_it_stays_the_same(region: Path) -> None:
    pages = ("/etablissements/", "/etablissements/valmont/", "/etablissements/valmont/projet",
             "/bibliotheque", "/suivi", "/")  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.web_openings", str(region), *pages],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    opened = Counter({region / name: count for name, count in json.loads(done.stdout).items()})
    store = opened.pop(region / STORE_FILE)
    assert store <= 1 + 2 * len(pages), "a request has one connection, closed at its end"
    assert opened_twice(region, opened) == set()
