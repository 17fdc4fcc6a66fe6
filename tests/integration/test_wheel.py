"""The software as users get it: built as a wheel, installed far from the repository."""

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hatch_build import make_sbom

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository, built with the locked hatchling."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", folder], cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def cpom(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command ``cpom`` of an environment that holds the wheel.

    The dependencies are those of the environment that runs the tests, reached by a path file; an
    editable install of the repository is not, for path files are not followed twice.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    site_packages = Path(
        sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)})
    )
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, wheel], check=True, capture_output=True)
    return folder / "bin" / "cpom"


def _run(cpom: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [cpom, *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _data_files() -> Iterator[str]:
    yield "docs/erreurs.md"  # shown by the pages
    for folder in ("clause_library", "fiches", "profiles", "templates"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(ROOT).as_posix()


def test_the_wheel_holds_the_package_the_data_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert all(name.startswith("contract_builder/") for name in names)
    data = {name for name in names if name.startswith("contract_builder/_data/")}
    carried = {name.removeprefix("contract_builder/_data/") for name in data}
    assert {name for name in carried if not Path(name).name.startswith(".")} == set(_data_files())
    assert {Path(name).suffix for name in names - data} <= {
        *(".py", ".typ", ".html", ".css", ".js"),
        ".txt",  # the licence of a script
    }


def test_the_wheel_holds_its_sbom_made_by_the_build(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if ".dist-info/sboms/" in name]
    assert name.endswith("/contract-builder.cdx.json")
    assert archive.read(name) == make_sbom(ROOT)


def test_a_folder_made_by_the_installed_command_is_whole_and_without_error(
    cpom: Path, tmp_path: Path
) -> None:
    made = _run(cpom, tmp_path, "init", "région")
    assert (made.returncode, made.stderr) == (0, "")
    folder = tmp_path / "région"
    assert (folder / "LISEZMOI.md").is_file()
    checked = _run(cpom, folder, "check", "--json")
    problems = json.loads(checked.stdout)["problemes"]
    assert [problem for problem in problems if problem["gravite"] == "erreur"] == []
    assert checked.returncode == 0


def test_the_installed_command_builds_the_demonstration_contract(
    cpom: Path, tmp_path: Path
) -> None:
    _run(cpom, tmp_path, "init", "région")
    folder = tmp_path / "région"
    built = _run(cpom, folder, "build", "profiles/chu-demonstration.yaml", "--formats", "docx,json")
    assert built.returncode == 0, built.stderr
    paths = [Path(line) for line in built.stdout.splitlines()]
    assert sorted(path.suffix for path in paths) == [".docx", ".json"]
    assert all((folder / path).stat().st_size > 10_000 for path in paths)


def test_outside_a_working_folder_the_installed_command_says_how_to_make_one(
    cpom: Path, tmp_path: Path
) -> None:
    checked = _run(cpom, tmp_path, "check")
    assert checked.returncode == 1
    assert "cpom init DOSSIER" in checked.stderr
    assert "Traceback" not in checked.stderr
