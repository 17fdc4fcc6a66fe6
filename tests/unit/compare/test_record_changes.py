"""Money, targets, authorisations, objectives and references: by key, told once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contract_builder.model.contract import (
    AuthorisationRecord,
    CitedReference,
    Contract,
    ContractTables,
    FundingRecord,
    Objective,
    TargetRecord,
)
from tests.unit.compare.builders import changes_between, clause, contract, table, the_change

FUNDING = FundingRecord(
    key="FIR-1",
    year=2027,
    envelope="FIR",
    sub_envelope="Sanitaire",
    mode="CNR",
    measure="MI2-3-5",
    amount=Decimal("19741.00"),
    order_number="2025-001",
    order_date=date(2025, 3, 1),
    payer="ARS",
)
TARGET = TargetRecord(
    sheet="CPOM_OS_2",
    volet="",
    category="tous",
    year=2027,
    text="20",
    type="nombre",
    value="20",
    origin="fiche",
)
AUTHORISATION = AuthorisationRecord(
    key="99-99-0001",
    quintuplet=("QA001", "MO000", "ME000", "PTS00", "DE015"),
    labels=("Médecine", "", "", "", "Adultes"),
    finess_et="990000028",
    status="02",
    authorised_on=date(2024, 6, 11),
    renewed_on=None,
    effective_on=date(2024, 7, 1),
    start_deadline=None,
    started_on=date(2024, 7, 1),
    ends_on=date(2031, 6, 30),
)


def _with(**tables: Any) -> Contract:
    return contract(tables=ContractTables(**tables))


def test_an_amount_is_told_by_line_and_year_with_its_distance() -> None:
    change = the_change(
        _with(fundings=(FUNDING,)), _with(fundings=(replace(FUNDING, amount=Decimal(21000)),))
    )
    where, difference = change.where, change.difference
    assert (where.table, where.key, where.year) == ("financements", "FIR-1", 2027)
    assert (change.old, change.new) == ("19\u00a0741,00\u00a0€", "21\u00a0000,00\u00a0€")
    assert difference is not None
    assert (difference.value, difference.percent, difference.unit) == (
        Decimal("1259.00"),
        Decimal("6.4"),
        "€",
    )


def test_a_distance_from_nothing_has_no_percentage() -> None:
    zero = replace(FUNDING, amount=Decimal(0))
    difference = the_change(_with(fundings=(zero,)), _with(fundings=(FUNDING,))).difference
    assert difference is not None
    assert difference.percent is None


def test_the_order_of_a_line_is_told_once_for_all_its_years() -> None:
    years = [replace(FUNDING, year=year) for year in range(2025, 2030)]
    other = [replace(item, order_number="2025-099") for item in years]
    change = the_change(_with(fundings=tuple(years)), _with(fundings=tuple(other)))
    assert (change.where.key, change.where.year) == ("FIR-1", None)
    assert "2025-099" in change.new


def test_a_target_that_changes_its_value_has_a_distance() -> None:
    new = replace(TARGET, text="25", value="25")
    change = the_change(_with(targets=(TARGET,)), _with(targets=(new,)))
    assert (change.topic, change.where.key, change.where.year) == ("cible", "CPOM_OS_2", 2027)
    assert change.difference is not None
    assert (change.difference.value, change.difference.percent) == (Decimal(5), Decimal("25.0"))


def test_an_increment_and_a_number_have_no_distance() -> None:
    old = replace(TARGET, text="+ 1 programme", type="increment", value="1")
    new = replace(TARGET, text="2 programmes", value="2")
    change = the_change(_with(targets=(old,)), _with(targets=(new,)))
    assert (change.old, change.new, change.difference) == ("+ 1 programme", "2 programmes", None)


def test_a_target_that_only_gets_another_space_is_typography() -> None:
    old = replace(TARGET, text="5 actions", value="")
    change = the_change(
        _with(targets=(old,)), _with(targets=(replace(old, text="5\u00a0actions"),))
    )
    assert change.cls == "typographie"


def test_targets_of_two_volets_are_kept_apart() -> None:
    both = (replace(TARGET, volet="Pharmacie"), replace(TARGET, volet="Biologie"))
    new = (both[0], replace(both[1], text="30", value="30"))
    assert the_change(_with(targets=both), _with(targets=new)).where.volet == "Biologie"


def test_a_doubt_that_is_lifted_is_told() -> None:
    change = the_change(
        _with(targets=(replace(TARGET, doubt="20 ou 26"),)), _with(targets=(TARGET,))
    )
    assert (change.kind, change.old, change.new) == ("modify", "doute : 20 ou 26", "doute : –")


def test_an_authorisation_is_told_by_its_number_and_changed_dates() -> None:
    new = replace(AUTHORISATION, ends_on=date(2038, 6, 30))
    change = the_change(_with(authorisations=(AUTHORISATION,)), _with(authorisations=(new,)))
    assert (change.topic, change.where.key) == ("autorisation", "99-99-0001")
    assert (change.old, change.new) == (
        "fin de validité : 30/06/2031",
        "fin de validité : 30/06/2038",
    )


def test_an_authorisation_that_goes_is_told_in_words() -> None:
    change = the_change(_with(authorisations=(AUTHORISATION,)), _with())
    assert (change.kind, change.old) == ("delete", "Médecine, Adultes (site 990000028)")


def test_a_reference_that_is_abrogated_is_told() -> None:
    old = CitedReference("CSP", "L6114-3", "en_vigueur", ("visa",))
    change = the_change(
        _with(references=(old,)), _with(references=(replace(old, status="abroge"),))
    )
    assert (change.topic, change.cls, change.where.key) == ("reference", "substance", "CSP L6114-3")
    assert (change.old, change.new) == ("statut : en vigueur", "statut : abrogé")


def test_a_reference_cited_elsewhere_is_only_form() -> None:
    old = CitedReference("CSP", "L6114-1", "en_vigueur", ("visa",))
    new = replace(old, cited_in=("visa", "duree"))
    assert the_change(_with(references=(old,)), _with(references=(new,))).cls == "format"


@pytest.mark.parametrize(
    ("records", "make"),
    [
        ("fundings", lambda n: replace(FUNDING, key=f"F{n}")),
        ("targets", lambda n: replace(TARGET, sheet=f"S{n}")),
        ("authorisations", lambda n: replace(AUTHORISATION, key=f"A{n}")),
        ("objectives", lambda n: Objective(f"O{n}", "Titre", (), "taux", "")),
    ],
)
def test_records_in_another_order_are_no_change_of_substance(
    records: str, make: Callable[[int], object]
) -> None:
    both = (make(1), make(2))
    change = the_change(_with(**{records: both}), _with(**{records: both[::-1]}))
    assert (change.cls, change.topic) == ("format", "donnees-internes")


def _printed(amount: str, total: str) -> table:  # type: ignore[valid-type]
    return table(
        "financements",
        "Mesure|Arrêté|2027|Total",
        f"FIR-1:Soins|2025-001|#financement.FIR-1.2027={amount}|{total}",
        f"total:Total||{amount}|{total}",
    )


def test_the_cell_that_prints_an_amount_is_a_detail_of_its_record() -> None:
    old_text, new_text = "19\u00a0741,00\u00a0€", "21\u00a0000,00\u00a0€"
    old = contract(
        clause("annexe", _printed(old_text, old_text)), tables=ContractTables(fundings=(FUNDING,))
    )
    new = contract(
        clause("annexe", _printed(new_text, new_text)),
        tables=ContractTables(fundings=(replace(FUNDING, amount=Decimal(21000)),)),
    )
    money, *totals = changes_between(old, new)
    (cell,) = money.details
    assert (money.where.section, money.where.path, money.where.entry) == ("annexe", (0, 0, 2), 0)
    assert (cell.where.column, cell.new) == ("2027", new_text)
    assert [(item.where.key, item.where.column) for item in totals] == [
        ("FIR-1", "Total"),
        ("total", "2027"),
        ("total", "Total"),
    ]


def test_the_row_of_a_new_line_is_a_detail_of_its_record() -> None:
    rows = table("financements", "Mesure|2027", "total:Total|5,00\u00a0€")
    more = table(
        "financements", "Mesure|2027", "FIR-1:Soins|5,00\u00a0€", "total:Total|5,00\u00a0€"
    )
    change = the_change(
        contract(clause("annexe", rows)),
        contract(clause("annexe", more), tables=ContractTables(fundings=(FUNDING,))),
    )
    assert (change.kind, change.topic, len(change.details)) == ("insert", "financement", 1)


def test_a_printed_cell_that_no_record_tells_stays_a_change() -> None:
    old = table("autorisations", "N°|Site|Fin", "99-99-0001:1|Hôpital nord|30/06/2031")
    new = table("autorisations", "N°|Site|Fin", "99-99-0001:1|Hôpital sud|30/06/2038")
    later = replace(AUTHORISATION, ends_on=date(2038, 6, 30))
    record, site = changes_between(
        contract(clause("a", old), tables=ContractTables(authorisations=(AUTHORISATION,))),
        contract(clause("a", new), tables=ContractTables(authorisations=(later,))),
    )
    assert [detail.where.column for detail in record.details] == ["Fin"]
    assert (site.where.column, site.new) == ("Site", "Hôpital sud")


def test_the_header_tells_dates_as_a_reader_writes_them() -> None:
    old = contract()
    change = the_change(
        old, replace(old, header=replace(old.header, effective_date=date(2025, 9, 1)))
    )
    assert (change.where.key, change.cls) == ("date d’effet", "substance")
    assert (change.old, change.new) == (
        "1er\u00a0juillet\u00a02025",
        "1er\u00a0septembre\u00a02025",
    )


def test_version_and_state_are_no_change_of_look_and_nothing_follows_from_them() -> None:
    old = contract()
    new = replace(old, header=replace(old.header, version=2, status="signe"))
    assert {(c.where.key, c.cls) for c in changes_between(old, new)} == {
        ("version", "substance"),
        ("état", "substance"),
    }


def test_a_signatory_that_comes_is_told() -> None:
    from contract_builder.model.contract import Signatory

    old = contract()
    more = (*old.header.signatories, Signatory("Département", "Le président du conseil"))
    change = the_change(old, replace(old, header=replace(old.header, signatories=more)))
    assert (change.kind, change.where.key) == ("insert", "signataire : Département")
