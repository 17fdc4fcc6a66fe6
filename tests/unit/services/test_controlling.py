"""The registry of legal references beside an extract of a code."""

from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.controlling import control_law
from contract_builder.services.project import Project
from tests.law_extracts import extract, write_law_folder


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


BAD = {
    "a folder without articles": ({}, "aucun article"),
    "a day that is none": ({"L1": [("VIGUEUR", "2018-13-01", "2999-01-01")]}, "pas une date"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_folder_that_is_no_code_is_refused_with_its_reason(
    name: str, project: Project, tmp_path: Path
) -> None:
    articles, reason = BAD[name]
    folder = write_law_folder(tmp_path / "code", articles)
    with pytest.raises(UserError, match=f"base LEGI : .*{reason}"):
        control_law(project, folder)


def test_a_damaged_file_and_two_codes_in_one_folder_are_named(
    project: Project, tmp_path: Path
) -> None:
    folder = write_law_folder(tmp_path / "code", {"L1": [("VIGUEUR", "2018-01-01", "2999-01-01")]})
    article = next(folder.rglob("LEGIARTI*.xml"))
    whole = article.read_text(encoding="utf-8")
    article.write_text(whole[:90], encoding="utf-8")
    with pytest.raises(UserError, match=rf"« {article.name} » n’est pas un fichier XML entier"):
        control_law(project, folder)
    article.write_text(whole, encoding="utf-8")
    text = next(folder.rglob("LEGITEXT*.xml"))
    other = text.read_text(encoding="utf-8").replace("santé publique", "route")
    text.with_name("LEGITEXT000099000001.xml").write_text(other, encoding="utf-8")
    with pytest.raises(UserError, match="plusieurs textes : Code de la santé publique, Code de la"):
        control_law(project, folder)


def test_a_folder_without_the_text_of_the_code_says_what_is_missing(
    project: Project, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="ni le titre du code ni sa date"):
        control_law(project, tmp_path)
