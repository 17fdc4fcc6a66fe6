"""Which texts a contract holds, read from its tree and from the store alike."""

from contract_builder.services.holding import SignedHoldings, find_held_texts, versions_held
from contract_builder.services.project import Project
from tests.unit.services.kept_contracts import keep, made_contract


def test_a_contract_holds_its_clauses_by_version_and_its_sheets_by_catalogue(
    project: Project,
) -> None:
    held = find_held_texts(made_contract(project))
    assert {("objet", "2018-01-01"), ("demo-1", "demo")} <= held
    assert list(versions_held(held, "fiche", "DEMO_1")) == ["demo"]
    assert list(versions_held(held, "clause", "absente")) == []


def test_a_signed_contract_is_told_with_the_version_that_it_holds(project: Project) -> None:
    holdings = SignedHoldings(project)
    assert holdings.list_holding("clause", "objet") == ()
    contract = made_contract(project)
    keep(project, contract, "envoye")
    assert holdings.list_holding("clause", "objet") == ()
    signed = keep(project, contract, "signe", 1)
    (found,) = holdings.list_holding("clause", "objet")
    assert (found.stored.reference, found.version) == (signed.reference, "2018-01-01")
    assert found.legal_name == contract.header.legal_name
    assert [item.version for item in holdings.list_holding("fiche", "DEMO_1")] == ["demo"]
