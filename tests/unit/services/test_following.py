"""Which contracts are followed on a day, and what is known of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.model.follow_up import FollowAct
from contract_builder.services.declaring import declare_entries
from contract_builder.services.following import (
    follow_contract,
    follow_contracts,
    follow_region,
    iter_follow_fields,
)
from contract_builder.services.project import Project
from tests.followed_contracts import AT, CONTRACT, LATER, ON, declaration, make_followed_project
from tests.mini_project import damage_stored_contract


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        yield project


@pytest.mark.parametrize("name", ["990000010", "990000010@1", "990000010AA"])
def test_a_contract_answers_to_its_entity_its_version_and_its_code(
    followed: Project, name: str
) -> None:
    found = follow_contract(followed, name, ON)
    assert found.in_force.contract == CONTRACT
    assert found.in_force.reference == "990000010@1"
    assert found.in_force.rules is not None


def test_an_unknown_name_is_refused(followed: Project) -> None:
    with pytest.raises(UserError, match="ne répond au nom"):
        follow_contract(followed, "990000999", ON)


def test_a_contract_past_its_term_is_not_followed_and_the_reason_is_told(
    followed: Project,
) -> None:
    with pytest.raises(UserError, match="terme passé"):
        follow_contract(followed, "990000010", date(2031, 1, 1))
    assert follow_contracts(followed, (), date(2031, 1, 1)).contracts == ()


def test_what_was_declared_is_read_back(followed: Project) -> None:
    act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "80"),))
    declare_entries(followed, act, at=AT, actor="la cellule")
    found = follow_contract(followed, "990000010", LATER)
    fields = {row["code"]: row for row in iter_follow_fields(found) if row["annee"] == 2025}
    assert fields["RATE"]["valeur"] == "80\u00a0%"
    assert fields["RATE"]["appreciation"] == "partiellement atteint"
    assert fields["COUNT"]["en_retard"] == "oui"


def test_a_region_tells_late_lines_and_values_without_evidence(followed: Project) -> None:
    act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "80"),))
    declare_entries(followed, act, at=AT, actor="la cellule")
    region = follow_contracts(followed, (), LATER)
    assert "RATE" not in {state.line.key.item for _, state in region.iter_late()}
    assert [state.line.key.item for _, state in region.iter_unsupported()] == ["RATE"]


def test_a_region_without_printed_text_has_the_same_objectives_and_money(
    followed: Project,
) -> None:
    (whole,) = follow_contracts(followed, (), ON).contracts
    (fast,) = follow_region(followed, ON).contracts
    kept = [s.line for s in whole.states.states if s.line.key.kind == "objectif"]
    assert [s.line for s in fast.states.states if s.line.key.kind == "objectif"] == kept
    assert {s.line.granted for s in fast.states.states} == {
        s.line.granted for s in whole.states.states
    }


def test_a_damaged_contract_is_told_and_the_region_is_shown(followed: Project) -> None:
    followed.close()
    damage_stored_contract(followed.root, 1)
    region = follow_region(followed, ON)
    assert region.contracts == ()
    assert "990000010@1" in region.unread[0]
