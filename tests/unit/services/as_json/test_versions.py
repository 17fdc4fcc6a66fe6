"""Stored versions and deadlines, for a program."""

from datetime import date

from contract_builder.services.agenda import get_histories, list_deadlines
from contract_builder.services.as_json.versions import deadlines_data, history_data, version_data
from contract_builder.services.project import Project
from tests.unit.services.kept_contracts import keep_sample
from tests.unit.services.signed_samples import SIGNED

ON = date(2026, 1, 1)


def test_a_version_says_its_status_its_lineage_and_its_files(project: Project) -> None:
    version = keep_sample(project, "un", "signe")
    data = version_data(version)
    assert (data["reference"], data["number"]) == (str(version.reference), 1)
    assert (data["status"], data["in_force"], data["standing"]) == ("signe", False, None)
    assert (data["parent"], data["parents"]) == (None, [])
    assert [event["status"] for event in data["statuses"]][-1] == "signe"
    assert data["recorded_at"].endswith("+00:00")


def test_a_history_holds_versions_with_what_is_in_force_and_what_was_signed(
    project: Project,
) -> None:
    version = keep_sample(project, "un", "signe")
    agenda = get_histories(project, version.reference.finess_ej, ON)
    data = history_data(agenda, {version.facts.code: ()}, {version.reference: [SIGNED]})
    assert list(data) == ["finess_ej", "versions", "states", "echeances"]
    (told,) = data["versions"]
    assert told["standing"] is not None
    assert told["signed_documents"][0]["fichier"] == "signe.pdf"
    assert data["states"] == []
    assert data["echeances"] == deadlines_data(agenda.deadlines, ON)["echeances"]


def test_deadlines_come_in_the_order_given_on_their_day(project: Project) -> None:
    keep_sample(project, "un", "signe")
    agenda = list_deadlines(project, ON)
    data = deadlines_data(agenda.deadlines, ON)
    assert data["le"] == "2026-01-01"
    assert len(data["echeances"]) == len(agenda.deadlines) == 1
