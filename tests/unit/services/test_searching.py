"""Codes of the nomenclatures, by words or by code, at a date."""

from datetime import date

import pytest

from contract_builder.errors import ProblemsError
from contract_builder.services.project import Project
from contract_builder.services.searching import search_codes, search_data

DAY = date(2025, 7, 1)


def test_words_find_the_codes_and_their_lines(project: Project) -> None:
    found = search_data(search_codes(project, ["médecine", "urgence"], DAY))
    assert [item["code"] for item in found["codes"]] == ["QA014"]


def test_a_library_that_cannot_be_read_is_not_searched(project: Project) -> None:
    path = project.root / "clause_library" / "nomenclatures" / "autorisations.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(ProblemsError):
        search_codes(project, ["médecine"], DAY)
