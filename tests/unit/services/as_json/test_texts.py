"""Comparisons, avenants and consolidated texts, for a program."""

import json
from datetime import date

from contract_builder.services.as_json.texts import (
    compared_data,
    consolidated_data,
    drafted_amendment_data,
)
from contract_builder.services.comparing import CompareRequest, compare_versions
from contract_builder.services.consolidating import consolidate_stored
from contract_builder.services.drafted_amendments import DraftedAmendment
from contract_builder.services.project import Project
from tests.unit.services.kept_contracts import keep
from tests.unit.services.test_amending import NEW, OLD, _draft, _file
from tests.unit.store.samples import START


def test_a_comparison_ends_with_the_paths_of_its_files(project: Project) -> None:
    sides = [str(_file(project, name, side)) for name, side in (("un", OLD), ("deux", NEW))]
    request = CompareRequest(sides[0], sides[1], ("html",), "ARS", START)
    compared = compare_versions(project, request, project.root / "output")
    data = compared_data(compared)
    assert list(data)[-1] == "files"
    assert data["files"] == [str(path) for path in compared.published.written]
    assert not data["identical"]


def test_an_avenant_is_as_in_its_file_and_nothing_where_there_is_none(project: Project) -> None:
    made = _draft(project, _file(project, "un", OLD), _file(project, "deux", NEW), "json")
    (path,) = (item for item in made.files if not item.name.endswith(".preuve.json"))
    assert drafted_amendment_data(made) == json.loads(path.read_bytes())
    assert drafted_amendment_data(DraftedAmendment()) == {}


def test_the_text_in_force_is_a_contract(project: Project) -> None:
    keep(project, OLD, "signe")
    found = consolidate_stored(project, "990000011@1", date(2025, 9, 1))
    assert consolidated_data(found)["contract"]["code"] == OLD.header.code
