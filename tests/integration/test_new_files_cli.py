"""Commands that write a new file, never over another: skeletons, empty workbooks, templates."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("clause", "ma-clause"), "clause_library/corps/ma-clause.md"),
        (("clause", "mon-visa", "--folder", "visas"), "clause_library/visas/mon-visa.md"),
        (("fiche", "DEMO_2", "--catalogue", "demo"), "fiches/demo/DEMO_2.md"),
        (("reference", "CSS L162-22-5"), "clause_library/references/css.yaml"),
        (("reference", "csp  L6114-9"), "clause_library/references/csp.yaml"),
    ],
    ids=" ".join,
)
def test_a_skeleton_is_written_and_read_without_a_fault_of_form(
    mini_project: Path, cpom: Cpom, arguments: tuple[str, ...], file: str
) -> None:
    result = cpom(mini_project, "library", "new", *arguments)
    assert result == CommandResult(0, f"{mini_project / file}\n", "")
    problems = json.loads(cpom(mini_project, "check", "--json").stdout)["problemes"]
    left_to_fill = {"categorie-inconnue", "annee-hors-periode", "document-inconnu"}
    assert {item["code"] for item in problems if item["gravite"] == "erreur"} <= left_to_fill
    listed = cpom(mini_project, "library", "list").stdout
    assert arguments[1].split()[-1] in listed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("clause", "objet"), "existe déjà ; rien n’a été écrit."),
        (("clause", "Mon Objet"), "n’est pas un identifiant"),
        (("clause", "neuve", "--folder", "../profiles"), "possibles : corps"),
        (("fiche", "DEMO_1", "--catalogue", "demo"), "existe déjà ; rien n’a été écrit."),
        (("fiche", "../../ailleurs", "--catalogue", "demo"), "n’est pas un code de fiche"),
        (("fiche", "DEMO_2", "--catalogue", ".."), "n’existe pas ; connus : demo."),
        (("reference", "L6114-1"), "écrivez le code puis l’article"),
        (("reference", "CSP L6114-1: x"), "n’est pas une référence"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_name_or_a_file_that_is_there_is_told_and_nothing_is_written(
    mini_project: Path, cpom: Cpom, arguments: tuple[str, ...], told: str
) -> None:
    before = {path: path.read_bytes() for path in mini_project.rglob("*.*") if path.is_file()}
    result = cpom(mini_project, "library", "new", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    after = {path: path.read_bytes() for path in mini_project.rglob("*.*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize("kind", ["cibles", "financements", "valeurs-initiales"])
def test_an_empty_workbook_is_written_once_and_its_folder_is_made(
    mini_project: Path, cpom: Cpom, kind: str
) -> None:
    command = ("import", "targets", "--template", kind, "classeurs/neuf.xlsx")
    assert cpom(mini_project, *command) == CommandResult(0, "classeurs/neuf.xlsx\n", "")
    assert (mini_project / "classeurs" / "neuf.xlsx").read_bytes().startswith(b"PK")
    again = cpom(mini_project, *command)
    assert again.exit_code == 1
    assert again.stderr.startswith("« classeurs/neuf.xlsx » existe déjà ; rien n’a été écrit.")


def test_a_place_where_nothing_can_be_written_is_told(mini_project: Path, cpom: Cpom) -> None:
    (mini_project / "fichier").write_bytes(b"")
    for command in (
        ("template", "new", "fichier/neuf.docx"),
        ("import", "targets", "--template", "cibles", "fichier/neuf.xlsx"),
    ):
        result = cpom(mini_project, *command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("Impossible d’écrire « fichier/neuf.")
