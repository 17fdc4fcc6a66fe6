"""How far a contract has come, what a version may become, and the rule that stands beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contract_builder.errors import UserError
from contract_builder.services.advancing import (
    StatusWish,
    advance_version,
    list_next_steps,
    trace_contract,
)
from contract_builder.services.decision_files import make_decision_file
from contract_builder.services.keeping import StatusEvent, get_version, list_all_versions
from contract_builder.services.kept_returns import keep_return
from contract_builder.services.project import Project
from tests.contract_samples import small_contract
from tests.unit.services.kept_contracts import keep, made_contract
from tests.unit.services.returns import returned_copies
from tests.unit.store.samples import ACTOR, START

LATER = START + timedelta(hours=1)


def test_each_status_that_a_version_may_take_comes_with_its_rule(project: Project) -> None:
    version = keep(project, made_contract(project))
    steps = list_next_steps(project, version)
    assert [(step.status, step.word, step.refusal) for step in steps] == [
        ("envoye", "envoyé", ""),
        ("signe", "signé", ""),
    ]
    assert "ne change plus que par avenant" in steps[1].rule
    ended = keep(project, made_contract(project), "signe")
    assert [step.status for step in list_next_steps(project, ended)] == ["echu", "resilie"]
    reference = str(ended.reference)
    advance_version(project, StatusWish(reference, "signe", StatusEvent("echu", LATER, ACTOR)))
    assert list_next_steps(project, get_version(project, reference)) == ()


def test_a_contract_that_lacks_data_says_why_it_cannot_leave(project: Project) -> None:
    contract = made_contract(project)
    lacking = replace(contract.sections[-1], id="lacune", kind="lacunes", children=())
    version = keep(project, replace(contract, sections=(*contract.sections, lacking)))
    refusals = [step.refusal for step in list_next_steps(project, version)]
    assert all("a des données à compléter" in text for text in refusals)
    assert not any("[" in text for text in refusals)


def test_the_same_status_twice_is_one_and_a_stale_page_changes_nothing(project: Project) -> None:
    reference = str(keep(project, made_contract(project)).reference)
    wish = StatusWish(reference, "projet", StatusEvent("envoye", LATER, ACTOR))
    for _ in range(2):
        advance_version(project, wish)
    assert len(get_version(project, reference).statuses) == 2
    stale = replace(wish, event=StatusEvent("signe", LATER, ACTOR))
    with pytest.raises(UserError, match="est devenue « envoyé » depuis"):
        advance_version(project, stale)
    assert get_version(project, reference).status == "envoye"


def test_the_line_of_states_tells_who_and_when(project: Project) -> None:
    keep(project, made_contract(project))
    copies = returned_copies(project)
    keep_return(project, copies, make_decision_file(copies), at=LATER, actor="juriste")
    versions = list_all_versions(project)
    told = {item.kind: (item.count, item.actor) for item in trace_contract(project, versions)}
    assert list(told) == ["projet", "envoye", "retour", "signe", "avenants", "consolide"]
    assert told["retour"] == (1, "juriste")
    assert told["signe"] == (0, "")


def test_a_signed_avenant_gives_a_consolidated_text(project: Project) -> None:
    old = small_contract()
    keep(project, old, "signe")
    keep(project, replace(old, header=replace(old.header, subtitle="bis")), "signe", 1)
    told = {item.kind: item for item in trace_contract(project, list_all_versions(project))}
    assert (told["projet"].count, told["signe"].count, told["avenants"].count) == (1, 1, 1)
    assert told["consolide"].reference.endswith("@2")
