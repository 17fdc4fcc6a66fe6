"""The registry of legal references beside an extract of a code."""

from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.controlling import control_law
from contract_builder.services.project import Project
from tests.law_extracts import extract


def write_extract(folder: Path, title: str, first_day: str) -> Path:
    """An extract of one article with one version that has no end."""
    path = folder / "extrait.json"
    versions = [("VIGUEUR", first_day, "2999-01-01")]
    path.write_text(extract({"L6114-1": versions}, title), encoding="utf-8")
    return path


def test_a_registry_that_says_what_the_extract_says_has_no_problem(
    project: Project, tmp_path: Path
) -> None:
    extract = write_extract(tmp_path, "Code de la santé publique", "2018-01-01")
    control = control_law(project, extract)
    assert (control.code, control.entries, control.problems) == ("CSP", 1, [])


def test_another_first_day_is_told_where_the_registry_writes_it(
    project: Project, tmp_path: Path
) -> None:
    extract = write_extract(tmp_path, "Code de la santé publique", "2018-03-01")
    problems = control_law(project, extract).problems
    assert {item.place.file for item in problems} == {"clause_library/references/csp.yaml"}


def test_an_extract_of_a_code_that_the_registry_lacks_is_refused_with_those_it_has(
    project: Project, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="il a : Code de la santé publique"):
        control_law(project, write_extract(tmp_path, "Code du travail", "2018-01-01"))
    (tmp_path / "autre.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UserError, match="pas un extrait de code"):
        control_law(project, tmp_path / "autre.json")
