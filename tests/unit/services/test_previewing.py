"""The contract of a profile as a page, made now."""

import pytest

from contract_builder.errors import ProblemsError
from contract_builder.services.making import prepare
from contract_builder.services.previewing import preview_contract


def test_the_page_says_what_the_profile_says(project):
    prepared = prepare(project, project.profiles_folder / "valmont.yaml")
    page = preview_contract(project, prepared).decode()
    assert "Centre hospitalier de Valmont (fictif)" in page


def test_a_profile_with_errors_has_no_page(project):
    path = project.profiles_folder / "valmont.yaml"
    path.write_text("etablissement: [", "utf-8")
    with pytest.raises(ProblemsError):
        preview_contract(project, prepare(project, path))
