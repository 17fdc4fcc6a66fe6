"""Stored contracts with their deadlines, on a day that is given."""

from datetime import date
from typing import Any

import pytest

from contract_builder.errors import UserError
from contract_builder.services.agenda import (
    AgendaMemory,
    describe_force,
    get_histories,
    is_done,
    list_deadlines,
    load_profiles,
)
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, damage_stored_contract
from tests.unit.services.kept_contracts import keep_sample
from tests.unit.store.samples import EJ

VALMONT: dict[str, Any] = {"finess_ej": "990000010", "code": "990000010AA"}
EARLIER: dict[str, Any] = {"effective_date": date(2020, 7, 1), "end_date": date(2025, 6, 30)}


def test_the_deadlines_of_signed_contracts_come_in_the_order_of_urgency(project: Project) -> None:
    keep_sample(project, "plus tard", "signe")
    keep_sample(project, "projet", code="990000011AB")
    keep_sample(project, "en retard", "signe", **VALMONT | {"code": "990000010ZA"}, **EARLIER)
    agenda = list_deadlines(project, date(2026, 1, 1))
    assert [contract.deadline is None for contract in agenda.contracts] == [False, True, False]
    assert [item.contract.code for item in agenda.deadlines] == ["990000010ZA", "990000011AA"]
    assert agenda.deadlines[0].is_overdue
    assert agenda.unread == ()


def test_a_request_is_read_from_the_profile_of_the_contract_that_follows(project: Project) -> None:
    keep_sample(project, "1", "signe", **VALMONT | EARLIER)
    (deadline,) = list_deadlines(project, date(2024, 8, 1)).deadlines
    assert deadline.contract.requested_on == date(2024, 6, 15)
    assert deadline.last_day_to_answer == date(2024, 10, 15)


def test_a_contract_with_its_signed_successor_needs_nothing_more(project: Project) -> None:
    keep_sample(project, "1", "signe", **VALMONT | EARLIER)
    draft = keep_sample(project, "2", **VALMONT | {"code": "990000010AB"})
    first = list_deadlines(project, date(2025, 1, 1)).deadlines[0]
    assert (first.contract.successor, is_done(first)) == (str(draft.reference), False)
    keep_sample(project, "3", "signe", **VALMONT | {"code": "990000010AB"})
    done = list_deadlines(project, date(2025, 1, 1)).deadlines[-1]
    assert (done.contract.code, is_done(done)) == ("990000010AA", True)


def test_the_history_of_an_entity_says_what_is_in_force(project: Project) -> None:
    first = keep_sample(project, "1", "signe")
    second = keep_sample(project, "2", "signe")
    draft = keep_sample(project, "3")
    (contract,) = get_histories(project, EJ, date(2026, 1, 1)).contracts
    assert contract.versions == (first, second, draft)
    assert {str(name): item.state for name, item in contract.standings.items()} == {
        f"{EJ}@1": "remplacee",
        f"{EJ}@2": "en-vigueur",
    }
    assert f"{EJ}@2" in describe_force(project, first, date(2026, 1, 1))
    with pytest.raises(UserError, match="Aucun contrat"):
        get_histories(project, "990000119", date(2026, 1, 1))


def test_what_cannot_be_read_is_told_and_takes_nothing_else_along(project: Project) -> None:
    keep_sample(project, "1", "signe")
    keep_sample(project, "2", "signe", code="990000011AB")
    (project.root / PROFILE).write_text("a: [", encoding="utf-8")
    project.close()
    damage_stored_contract(project.root, 1)
    agenda = list_deadlines(project, date(2026, 1, 1))
    assert [item.contract.code for item in agenda.deadlines] == ["990000011AB"]
    version, profile = agenda.unread
    assert f"« {EJ}@1 »" in version
    assert "profiles/valmont.yaml" in profile
    unread: list[str] = []
    assert load_profiles(project, unread) == []
    assert unread == [profile]


def test_what_is_known_already_is_not_read_again(project: Project) -> None:
    keep_sample(project, "1", "signe", **VALMONT | EARLIER)
    path = project.profiles_folder / "valmont.yaml"
    profile = project.find_profile(path, [])
    assert profile is not None
    memory = AgendaMemory([profile], {})
    first = list_deadlines(project, date(2024, 8, 1), memory)
    assert first == list_deadlines(project, date(2024, 8, 1))
    path.write_text("etablissement: [", "utf-8")
    assert list_deadlines(project, date(2024, 8, 1), memory) == first
    finess = str(VALMONT["finess_ej"])
    shown = get_histories(project, finess, date(2024, 8, 1), memory)
    assert [contract.deadline for contract in shown.contracts] == first.deadlines
