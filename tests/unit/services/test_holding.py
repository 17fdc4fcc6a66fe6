"""Which texts a contract holds, read from its tree and from the store alike."""

from datetime import date

from contract_builder.services.holding import SignedHoldings, TextVersion, find_held_texts
from contract_builder.services.project import Project
from tests.unit.services.kept_contracts import keep, made_contract

OBJECT = TextVersion("clause", "objet", "2018-01-01", date(2018, 1, 1))
SHEET = TextVersion("fiche", "DEMO_1", "demo")
DURATION = TextVersion("clause", "duree", "2020-11-20", date(2020, 11, 20))
"""Its text stands in the part of its name."""


def test_a_contract_holds_its_clauses_by_version_and_its_sheets_by_catalogue(
    project: Project,
) -> None:
    held = find_held_texts(made_contract(project))
    assert OBJECT.is_in(held)
    assert SHEET.is_in(held)
    assert DURATION.is_in(held)
    assert not TextVersion("clause", "objet", "2027-01-01", date(2027, 1, 1)).is_in(held)
    assert not TextVersion("clause", "duree", "2027-01-01", date(2027, 1, 1)).is_in(held)
    former = TextVersion("clause", "duree", "2018-01-01", date(2018, 1, 1), date(2020, 11, 19))
    assert not former.is_in(held)
    assert not TextVersion("clause", "absente", "2018-01-01", date(2018, 1, 1)).is_in(held)


def test_a_signed_contract_is_told_and_no_other(project: Project) -> None:
    holdings = SignedHoldings(project)
    assert holdings.list_holding(OBJECT) == ()
    contract = made_contract(project)
    keep(project, contract, "envoye")
    assert holdings.list_holding(OBJECT) == ()
    signed = keep(project, contract, "signe", 1)
    for text in (OBJECT, SHEET, DURATION):
        (found,) = holdings.list_holding(text)
        assert found.stored.reference == signed.reference
        assert found.legal_name == contract.header.legal_name
    assert holdings.list_holding(TextVersion("clause", "objet", "2027-01-01")) == ()
