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
