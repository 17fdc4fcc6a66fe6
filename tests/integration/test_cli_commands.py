"""The command line as programs and people meet it: exit codes, streams, help, project folder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.cli import make_parser
from tests.mini_project import PROFILE, CommandResult, change_file

Cpom = Callable[..., CommandResult]


def run_process(folder: Path, *arguments: str, **environment: str) -> CommandResult:
    """``python -m contract_builder`` as its own process, in a plain environment."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "contract_builder", *arguments],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        check=False,
    )
    return CommandResult(done.returncode, done.stdout.decode(), done.stderr.decode())


def break_profile(project: Path) -> None:
    change_file(project / PROFILE, "statut: public", "statut: publique")


def add_warning(project: Path) -> None:
    change_file(project / PROFILE, " arrete: {numero: 2025-1},", "")


# Exit codes


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("import tout absent", "« absent » ne peut être lu : ce chemin n’existe pas."),
        ("import tout vide", "Le dossier « vide » ne contient aucun fichier à importer."),
        (
            "import targets profiles/valmont.yaml/c.xlsx --template cibles",
            "Impossible d’écrire « profiles/valmont.yaml/c.xlsx »",
        ),
        ("generate profiles/valmont.yaml", "Impossible d’écrire dans « profiles/valmont.yaml »"),
        ("pdf profiles/valmont.yaml", "« profiles/valmont.yaml » n’est pas un fichier Word"),
    ],
)
def test_1_when_a_path_cannot_be_used(
    mini_project: Path, cpom: Cpom, command: str, told: str
) -> None:
    (mini_project / "vide").mkdir()
    result = cpom(mini_project, *command.split())
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr.replace("\u00a0", " ")


def test_0_when_all_is_done(mini_project: Path, cpom: Cpom) -> None:
    assert cpom(mini_project, "check").exit_code == 0
    assert cpom(mini_project, "check", "--strict").exit_code == 0


@pytest.mark.parametrize("command", ["check", "build valmont", "explain valmont"])
def test_1_when_the_files_hold_errors(mini_project: Path, cpom: Cpom, command: str) -> None:
    break_profile(mini_project)
    result = cpom(mini_project, *command.split())
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[valeur-hors-liste]" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("inconnue",),
        ("check", "--inconnue"),
        ("check", "absent"),
        ("build",),
        ("build", "absent"),
        ("build", "valmont", "--formats"),
        ("build", "valmont", "--formats", ","),
        ("build", "valmont", "--formats", "odt"),
        ("explain", "valmont", "absent"),
        ("library",),
        ("library", "show", "absent"),
        ("generate", "registres", "--establishments", "0"),
    ],
)
def test_2_when_the_command_line_does_not_hold_together(
    mini_project: Path, cpom: Cpom, arguments: tuple[str, ...]
) -> None:
    result = cpom(mini_project, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_3_when_strict_meets_a_warning(mini_project: Path, cpom: Cpom) -> None:
    add_warning(mini_project)
    assert cpom(mini_project, "check").exit_code == 0
    assert cpom(mini_project, "check", "--strict").exit_code == 3
    assert cpom(mini_project, "check", "--strict", "--json").exit_code == 3
    assert cpom(mini_project, "build", "valmont", "--strict").exit_code == 3
    assert not (mini_project / "output").exists()


def test_1_wins_over_3(mini_project: Path, cpom: Cpom) -> None:
    add_warning(mini_project)
    change_file(mini_project / PROFILE, "mode: CNR", "mode: CNX")
    assert cpom(mini_project, "check", "--strict").exit_code == 1


def test_70_when_the_fault_is_ours(mini_project: Path, cpom: Cpom) -> None:
    # No system accepts this character in a path: nothing in the program expects it.
    impossible = ("check", "--project", "a\0b")
    result = cpom(mini_project, *impossible)
    assert (result.exit_code, result.stdout) == (70, "")
    assert result.stderr.startswith("Erreur interne, dont vous n’êtes pas responsable")
    assert "Traceback" not in result.stderr
    assert "Traceback" in cpom(mini_project, *impossible, "--debug").stderr


def test_the_process_ends_with_the_code_of_the_command(mini_project: Path) -> None:
    break_profile(mini_project)
    result = run_process(mini_project, "check")
    assert result.exit_code == 1
    assert "profiles/valmont.yaml:13:11: erreur [valeur-hors-liste]" in result.stderr


def test_a_reader_that_stops_early_is_no_failure(mini_project: Path) -> None:
    command = f"{sys.executable} -m contract_builder library export | head -c 10"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=mini_project,
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "valmont", "objet", "--json"),
        ("explain", "valmont", "--json", "objet"),
        ("explain", "--json", "valmont", "objet"),
        ("explain", "--js", "valmont", "--", "objet"),
    ],
    ids=" ".join,
)
def test_options_may_stand_before_after_and_among_arguments(
    mini_project: Path, cpom: Cpom, arguments: tuple[str, ...]
) -> None:
    result = cpom(mini_project, *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == cpom(mini_project, "explain", "valmont", "objet", "--json").stdout


def test_an_option_with_its_value_may_stand_between_two_contracts(
    mini_project: Path, cpom: Cpom
) -> None:
    built = cpom(mini_project, "build", "--formats", "json", "valmont").stdout.strip()
    result = cpom(mini_project, "compare", built, "--formats=json", "--out", "ici", built)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len([*(mini_project / "ici").glob("comparaison-*.json")]) == 1


# Streams


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--json"),
        ("explain", "valmont", "--json"),
        ("explain", "valmont", "duree", "--json"),
        ("library", "export", "--json"),
    ],
)
def test_json_is_all_that_stdout_holds(
    mini_project: Path, cpom: Cpom, arguments: tuple[str, ...]
) -> None:
    add_warning(mini_project)
    result = cpom(mini_project, *arguments)
    assert result.exit_code == 0
    assert isinstance(json.loads(result.stdout), dict)


def test_json_of_a_library_with_an_error_is_still_json(mini_project: Path, cpom: Cpom) -> None:
    (mini_project / "clause_library" / "corps" / "vide.md").write_text("")
    result = cpom(mini_project, "library", "export", "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["clauses"]) == 2
    assert "[entete-manquant]" in result.stderr


def test_check_json_tells_every_problem_with_its_place(mini_project: Path, cpom: Cpom) -> None:
    break_profile(mini_project)
    (problem,) = json.loads(cpom(mini_project, "check", "--json").stdout)["problemes"]
    assert (problem["fichier"], problem["ligne"], problem["colonne"]) == (
        "profiles/valmont.yaml",
        13,
        11,
    )


def test_explain_json_holds_facts_and_items(mini_project: Path, cpom: Cpom) -> None:
    data = json.loads(cpom(mini_project, "explain", "valmont", "--json").stdout)
    assert {item["id"] for item in data["elements"]} >= {"objet", "duree", "DEMO_1"}
    assert {"nom", "libelle", "valeur", "origine"} == set(data["faits"][0])


@pytest.mark.parametrize("language", ["C", "fr_FR.ISO-8859-1", ""])
def test_accents_are_printed_in_utf8_whatever_the_locale(mini_project: Path, language: str) -> None:
    environment = {"LC_ALL": language, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = run_process(mini_project, "check", **environment)
    assert result.stderr == "Vérification terminée : aucune erreur, aucun avertissement.\n"


# Help and wrong command lines


def test_every_command_has_a_french_help(mini_project: Path, cpom: Cpom) -> None:
    choices = next(action.choices for action in make_parser()._actions if action.dest == "command")
    assert choices is not None
    for name in ("", *choices):
        result = cpom(mini_project, *name.split(), "--help")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith("usage : cpom")
        for english in ("show this", "positional", "optional arguments", "error"):
            assert english not in result.stdout, name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "il manque : COMMANDE"),
        (("build",), "il manque : PROFIL"),
        (("check", "--inconnue"), "arguments inconnus : --inconnue"),
        (("inconnue",), "n’est pas admis"),
        (("build", "valmont", "--formats"), "une valeur est attendue"),
        (("check", "--strict=oui"), "cette option ne prend pas de valeur"),
        (("check", "--project"), "une valeur est attendue"),
    ],
)
def test_a_wrong_command_line_is_told_in_french_with_the_way_to_the_help(
    mini_project: Path, cpom: Cpom, arguments: tuple[str, ...], words: str
) -> None:
    stderr = cpom(mini_project, *arguments).stderr
    assert words in stderr
    assert "--help »" in stderr
    for english in ("expected", "required", "invalid", "unrecognized", "choose"):
        assert english not in stderr


def test_the_version_is_told(mini_project: Path, cpom: Cpom) -> None:
    result = cpom(mini_project, "--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("cpom 0.")


# The project folder


def test_a_command_finds_its_project_from_a_folder_below(mini_project: Path, cpom: Cpom) -> None:
    assert cpom(mini_project / "profiles", "check").exit_code == 0


def test_a_command_finds_the_project_that_it_is_given(
    mini_project: Path, tmp_path: Path, cpom: Cpom
) -> None:
    assert cpom(tmp_path, "check").exit_code == 1
    assert cpom(tmp_path, "check", "--project", "projet").exit_code == 0
    assert cpom(tmp_path, "check", "--project", str(mini_project)).exit_code == 0


def test_a_command_finds_the_project_of_the_environment(mini_project: Path, tmp_path: Path) -> None:
    assert run_process(tmp_path, "check", CPOM_PROJECT=str(mini_project)).exit_code == 0


def test_outside_a_project_the_way_to_one_is_told(tmp_path: Path, cpom: Cpom) -> None:
    result = cpom(tmp_path, "check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cpom init DOSSIER" in result.stderr


@pytest.mark.parametrize(
    "profile", ["valmont", "valmont.yaml", "profiles/valmont.yaml", "../profiles/valmont.yaml"]
)
def test_a_profile_is_named_in_any_usual_way(mini_project: Path, cpom: Cpom, profile: str) -> None:
    folder = mini_project / ("profiles" if profile.startswith("..") else ".")
    result = cpom(folder, "check", profile)
    assert (result.exit_code, result.stderr[:12]) == (0, "Vérification")


def test_a_profile_may_lie_outside_the_project(
    mini_project: Path, tmp_path: Path, cpom: Cpom
) -> None:
    for name in ("_region.yaml", "valmont.yaml"):
        (mini_project / "profiles" / name).rename(tmp_path / name)
    break_outside = tmp_path / "valmont.yaml"
    change_file(break_outside, "statut: public", "statut: publique")
    result = cpom(mini_project, "check", str(break_outside))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{break_outside}:13:11: erreur")


def test_all_profiles_are_checked_by_default_but_shared_layers(
    mini_project: Path, cpom: Cpom
) -> None:
    (mini_project / "profiles" / "autre.yaml").write_text("campagne: demo\n")
    (mini_project / "profiles" / "_groupe.yaml").write_text("n'importe quoi")
    stderr = cpom(mini_project, "check").stderr
    assert "profiles/autre.yaml" in stderr
    assert "_groupe" not in stderr
