"""``cpom check`` looks at what the profiles of a folder have in common."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.mini_project import PROFILE, CommandResult, change_file

Cpom = Callable[..., CommandResult]


def test_a_profile_copied_without_its_code_being_changed_is_an_error(
    mini_project: Path, cpom: Cpom
) -> None:
    copy = mini_project / "profiles" / "copie.yaml"
    shutil.copy(mini_project / PROFILE, copy)
    checked = cpom(mini_project, "check", "copie")
    assert checked.exit_code == 1
    assert "profiles/copie.yaml:5:9: erreur [contrat-en-double]" in checked.stderr
    assert "« profiles/valmont.yaml »" in checked.stderr
    assert "valmont.yaml:5:9" not in checked.stderr
    assert cpom(mini_project, "check").stderr.count("[contrat-en-double]") == 2
    change_file(copy, "990000010AA", "990000010AB")
    assert cpom(mini_project, "check").exit_code == 0


def test_the_notes_of_a_check_of_one_profile_are_its_own(mini_project: Path, cpom: Cpom) -> None:
    sheet = mini_project / "fiches" / "demo" / "DEMO_1.md"
    change_file(
        sheet,
        "source: {document",
        "remarques:\n  - {texte: Un total douteux}\nsource: {document",
    )
    assert "[remarque-source]" in cpom(mini_project, "check", "--notes").stderr
    alone = cpom(mini_project, "check", "valmont", "--notes")
    assert alone.exit_code == 0
    assert "[remarque-source]" not in alone.stderr
    assert "note" not in alone.stderr


def test_a_note_about_the_profile_itself_is_shown(mini_project: Path, cpom: Cpom) -> None:
    change_file(mini_project / PROFILE, "date_effet: 2025-07-01", "date_effet: 2023-01-01")
    told = cpom(mini_project, "check", "valmont", "--notes").stderr
    assert "note [nomenclature-posterieure]" in told


def test_an_error_of_the_library_is_told_with_one_profile_too(
    mini_project: Path, cpom: Cpom
) -> None:
    sheet = mini_project / "fiches" / "demo" / "DEMO_1.md"
    change_file(sheet, "type: quantitatif", "type: qualité")
    checked = cpom(mini_project, "check", "valmont")
    assert checked.exit_code == 1
    assert "DEMO_1.md" in checked.stderr
