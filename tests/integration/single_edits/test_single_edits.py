"""One edit of a profile, a clause or a sheet is told as one change; order alone as moves."""

from collections.abc import Sequence

import pytest

from contract_builder.compare.change import Change
from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.projection import prove
from contract_builder.model.contract import Contract
from tests.amended_pairs import is_amended
from tests.integration.single_edits import library_edits, profile_edits
from tests.integration.single_edits.workbench import ProfileEdit, TextEdit, Workbench


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return Workbench(tmp_path_factory.mktemp("projet"))


def _told(workbench: Workbench, edited: Contract) -> list[Change]:
    """What readers are told; script and avenant must give the contract after the edit."""
    comparison = compare_contracts(workbench.contract, edited)
    proof = prove(comparison.script, workbench.contract, edited)
    assert proof.accept_all_equals_new
    assert proof.reject_all_equals_old
    assert is_amended(workbench.contract, edited)
    aside = ("donnees-internes", "renumerotation")
    return [change for change in comparison.changes if change.topic not in aside]


def _summary(changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    return [(change.kind, change.cls, f"{change.old} → {change.new}") for change in changes]


@pytest.mark.parametrize("name", profile_edits.ONE_CHANGE)
def test_one_edit_of_a_profile_is_one_change(workbench: Workbench, name: str) -> None:
    edit: ProfileEdit = profile_edits.ONE_CHANGE[name]
    changes = _told(workbench, workbench.with_profile(edit))
    assert [change.cls for change in changes] == ["substance"], _summary(changes)


@pytest.mark.parametrize("name", profile_edits.SEVERAL_YEARS)
def test_an_edit_over_several_years_is_told_for_its_line_alone(
    workbench: Workbench, name: str
) -> None:
    changes = _told(workbench, workbench.with_profile(profile_edits.SEVERAL_YEARS[name]))
    assert {change.cls for change in changes} == {"substance"}, _summary(changes)
    about = {
        change.where.section
        if change.topic in ("cible", "texte")
        else change.where.key.lower().replace("_", "-")
        for change in changes
    }
    assert len(about) == 1, _summary(changes)
    assert len({change.where.year for change in changes}) == len(changes)


@pytest.mark.parametrize("name", profile_edits.MOVES)
def test_another_order_of_a_list_is_told_as_moves(workbench: Workbench, name: str) -> None:
    changes = _told(workbench, workbench.with_profile(profile_edits.MOVES[name]))
    assert {change.kind for change in changes} == {"move"}, _summary(changes)


@pytest.mark.parametrize("name", library_edits.ONE_CHANGE)
def test_one_edit_of_the_library_is_one_change(workbench: Workbench, name: str) -> None:
    edits: list[TextEdit] = library_edits.ONE_CHANGE[name]
    changes = _told(workbench, workbench.with_library(edits))
    assert [change.cls for change in changes] == ["substance"], _summary(changes)


@pytest.mark.parametrize("name", library_edits.MOVES)
def test_another_order_in_a_clause_is_told_as_moves(workbench: Workbench, name: str) -> None:
    changes = _told(workbench, workbench.with_library(library_edits.MOVES[name]))
    assert {change.kind for change in changes} == {"move"}, _summary(changes)


def test_a_contract_whose_rows_were_numbered_is_compared_by_what_they_say() -> None:
    from tests.unit.compare.builders import clause, contract, table, the_change

    old = table("paliers", "Gravité|Taux", "1:Premier|1 %", "2:Deuxième|3 %", "3:Troisième|5 %")
    new = table("paliers", "Gravité|Taux", "1:Premier|1 %", "2:Troisième|5 %")
    change = the_change(contract(clause("a", old)), contract(clause("a", new)))
    assert (change.kind, change.where.row) == ("delete", "Deuxième")
