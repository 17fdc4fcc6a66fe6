"""The commands of the guide, typed one after the other in a new folder, do what the guide says."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]
GUIDE = ROOT / "docs" / "guide"

# What the guide announces: profiles just begun, and warnings under « --strict ».
EXPECTED = {
    "cpom check mon-etablissement": 1,
    "cpom check clinique-des-tilleuls": 1,
    "cpom check": 1,
    "cpom check --notes": 1,
    "cpom check --json": 1,
    "cpom check --strict": 1,
}
IN_ANOTHER_FOLDER = ("cpom init",)
ALL_PROFILES = "cpom batch"  # made for real elsewhere (test_batch_command): here only planned


def _iter_steps(page: str) -> Iterator[tuple[str, str]]:
    """« sh » with each command, « yaml » with each whole file, in the order of the page."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    for kind, block in re.findall(r"^```(sh|yaml)$(.*?)^```$", text, re.M | re.S):
        if kind == "yaml":
            yield kind, block.strip("\n")
            continue
        for line in block.splitlines():
            if line.startswith("cpom ") and not line.startswith(IN_ANOTHER_FOLDER):
                yield kind, line.partition("  #")[0].strip()


def _run(cpom: Cpom, project: Path, line: str) -> CommandResult:
    words = shlex.split(line.partition(" > ")[0])[1:]
    made_here = {"--dry-run", "--amend"}
    if line.startswith(ALL_PROFILES) and made_here.isdisjoint(words):
        words.append("--dry-run")
    return cpom(project, *words)


def _keep_three_versions(cpom: Cpom, project: Path) -> None:
    """990000011@1 to @3, the last one signed, and the files that the page on comparisons names."""
    model = (project / "profiles" / "espic-demonstration.yaml").read_text(encoding="utf-8")
    profile = project / "profiles" / "ch-de-valmont.yaml"
    finess = re.search(r'finess_ej: "(\d+)"', model)
    assert finess is not None
    for number in (1, 2, 3):
        text = model.replace(finess[1], "990000011")
        text = re.sub(r"(?m)^  version: 1$", f"  version: {number}", text)
        profile.write_text(text, encoding="utf-8")
        built = cpom(project, "build", "ch-de-valmont", "--formats", "json", "--record")
        assert built.exit_code == 0, built.stderr
        (made,) = (project / "output").glob(f"990000011AA-v{number}-*.json")
        made.rename(project / "output" / ("ancien.json" if number == 1 else "nouveau.json"))
    assert cpom(project, "store", "status", "990000011@3", "signe").exit_code == 0


PREPARED: dict[str, Callable[[Cpom, Path], None]] = {
    "comparer.md": _keep_three_versions,
    "ecarts.md": _keep_three_versions,
}
"""What stands already when a reader comes to the page."""


PAGES = (
    "utilisateur.md", "imports.md", "avenants.md", "comparer.md", "ecarts.md", "enrichir.md",
    "envoyer.md", "suivi.md",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_works_in_a_new_folder(
    tmp_path: Path, cpom: Cpom, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)
    project = tmp_path / "mon-dossier"
    cpom(tmp_path, "init", str(project))
    if page in PREPARED:
        PREPARED[page](cpom, project)
    failed: list[str] = []
    for kind, step in _iter_steps(page):
        if kind == "yaml":
            name = re.match(r"id: (\S+)\n", step)
            if name is not None:
                path = project / "clause_library" / "campagnes" / f"{name[1]}.yaml"
                path.write_text(f"{step}\n", encoding="utf-8")
            continue
        try:
            result = _run(cpom, project, step)
        except SystemExit as error:
            result = CommandResult(int(error.code or 0), "", "")
        if result.exit_code != EXPECTED.get(step, 0):
            failed.append(f"{step}\n-> {result.exit_code}\n{result.stderr[-2000:]}")
    assert "\n\n".join(failed) == ""
