"""The order of the steps, from a profile to published documents."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.errors import InternalRenderError, ProblemsError, TemplateError, UserError
from contract_builder.services.making import (
    BuildOptions,
    build,
    contract_identity,
    new_library_item,
    prepare,
    print_word_file,
)
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file
from tests.unit.services.kept_contracts import made_contract

DATA = BuildOptions(formats=("json",))


def test_a_contract_is_published_with_the_templates_that_gave_it_its_form(
    project: Project, tmp_path: Path
) -> None:
    options = BuildOptions(formats=("docx", "html", "json"), instruction=True)
    built = build(project, project.root / PROFILE, tmp_path, options)
    assert [path.suffix for path in built.documents] == [".docx", ".html", ".json"]
    assert [path.suffix for path in built.instruction] == [".docx", ".html"]
    assert [path.name for path in built.templates] == [
        "contrat.docx",
        "contrat.typ",
        "contrat.html",
    ]
    data = json.loads(built.documents[-1].read_bytes())
    assert data["contract"]["code"] == built.contract.header.code == "990000010AA"


def test_nothing_is_written_of_a_profile_with_errors(project: Project, tmp_path: Path) -> None:
    change_file(project.root / PROFILE, "statut: public", "statut: publique")
    with pytest.raises(ProblemsError) as caught:
        build(project, project.root / PROFILE, tmp_path / "out", DATA)
    assert {item.place.file for item in caught.value.problems} == {"profiles/valmont.yaml"}
    assert not (tmp_path / "out").exists()


def test_a_warning_stops_a_strict_build_alone(project: Project, tmp_path: Path) -> None:
    change_file(project.root / PROFILE, "date_demande: 2024-06-15", "date_demande: 2025-06-15")
    path = project.root / PROFILE
    with pytest.raises(ProblemsError):
        build(project, path, tmp_path, replace(DATA, strict=True))
    assert [item.severity for item in build(project, path, tmp_path, DATA).problems] == [
        "avertissement"
    ]


def test_a_faulty_template_stops_what_uses_it_and_nothing_else(
    project: Project, tmp_path: Path
) -> None:
    (project.root / "templates" / "contrat.docx").write_bytes(b"texte")
    with pytest.raises(ProblemsError) as caught:
        build(project, project.root / PROFILE, tmp_path, BuildOptions(formats=("docx",)))
    assert caught.value.problems[0].place.file == "templates/contrat.docx"
    assert build(project, project.root / PROFILE, tmp_path, DATA).documents
    (project.root / "templates" / "contrat.html").write_text("{{ inconnu }}", encoding="utf-8")
    with pytest.raises((ProblemsError, TemplateError)) as failed:
        build(project, project.root / PROFILE, tmp_path, BuildOptions(formats=("html",)))
    assert not isinstance(failed.value, InternalRenderError)


def test_warnings_that_follow_from_an_error_already_told_are_left_out(project: Project) -> None:
    change_file(project.root / PROFILE, "date_effet: 2025-07-01", "date_effet: hier")
    prepared = prepare(project, project.root / PROFILE)
    assert prepared.assembly is None
    assert {item.severity for item in prepared.problems} == {"erreur"}
    assert {item.place.line for item in prepared.problems} == {6}


def test_the_identity_of_a_contract_leaves_the_rest_of_the_library_aside(project: Project) -> None:
    contract = made_contract(project)
    assert contract_identity(replace(contract, library_version="autre")) == contract_identity(
        contract
    )
    other = replace(contract, header=replace(contract.header, version=2))
    assert contract_identity(other) != contract_identity(contract)


def test_a_new_text_of_the_library_is_written_as_a_skeleton(project: Project) -> None:
    path = new_library_item(project.root, "reference", "CSP  L6114-9", "")
    assert "L6114-9" in path.read_text(encoding="utf-8")
    with pytest.raises(UserError, match="n’est pas une référence"):
        new_library_item(project.root, "reference", "L6114-9", "")


def test_what_is_no_word_file_is_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("texte", encoding="utf-8")
    with pytest.raises(UserError, match="n’est pas un fichier Word"):
        print_word_file(path, tmp_path)
