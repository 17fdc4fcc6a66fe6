"""The library, for a program."""

from contract_builder.services.as_json.libraries import export_project_library, find_code_data
from contract_builder.services.project import Project


def test_the_library_is_exported_whole_with_its_problems(project: Project) -> None:
    data, problems = export_project_library(project)
    assert [sheet["code"] for sheet in data["fiches"]] == ["DEMO_1"]
    assert problems == []


def test_a_code_is_told_with_the_quintuplets_that_it_stands_in(project: Project) -> None:
    (entry,) = find_code_data(project, "MO032")
    (line,) = entry["quintuplets"]
    assert "QA014" in str(line)
    assert find_code_data(project, "XX999") == []
