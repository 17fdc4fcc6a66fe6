"""The lines that a contract gives to follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_builder.follow.plan import plan_follow_up, plan_tables
from contract_builder.model.contract import TargetRecord
from tests.followed_contracts import LINES, followed_contract


def test_each_kind_of_target_says_what_is_to_be_declared() -> None:
    found = {item: line.measure for item, line in LINES.items() if line.key.kind == "objectif"}
    assert found == {
        "RATE": "pourcentage",
        "COUNT": "nombre",
        "LESS": "nombre",
        "GROWTH": "pourcentage",
        "THIRDS": "nombre",
        "DAY": "date",
        "YES": "oui_non",
        "STEP": "realisation",
        "NONE": None,
    }


def test_a_target_keeps_its_value_its_sign_and_its_bound() -> None:
    assert (LINES["LESS"].target, LINES["LESS"].operator) == (Decimal(10), "<=")
    assert LINES["RATE"].maximum == Decimal(100)
    assert LINES["THIRDS"].maximum == Decimal(3)
    assert LINES["GROWTH"].is_progress
    assert LINES["GROWTH"].maximum is None
    assert LINES["DAY"].target_day == date(2025, 6, 30)
    assert LINES["NONE"].why_unasked == "la cible de l’année est « sans objet »"


def test_a_threshold_in_percent_is_declared_in_percent() -> None:
    record = TargetRecord("OS", "", "Tous", 2026, "Hausse ≥ 5 %", "seuil", "5", "fiche")
    contract = followed_contract()
    tables = replace(contract.tables, targets=(record,))
    (line, *_) = plan_tables(contract.header, tables).lines
    assert (line.measure, line.operator, line.target) == ("pourcentage", ">=", Decimal(5))


def test_figures_of_the_establishment_take_the_place_of_the_printed_target() -> None:
    printed = TargetRecord("OS", "", "Tous", 2026, "+ 5 % par an", "composite", "", "fiche")
    own = replace(printed, category="Mammographies", type="nombre", value="800", origin="calcul")
    other_year = replace(printed, year=2027)
    contract = followed_contract()
    tables = replace(contract.tables, targets=(printed, own, other_year), fundings=())
    lines = plan_tables(contract.header, tables).lines
    assert [(line.key.part, line.key.year, line.measure) for line in lines] == [
        ("Mammographies", 2026, "nombre"),
        ("", 2027, "realisation"),
    ]


def test_years_outside_the_contract_and_totals_are_not_followed() -> None:
    record = TargetRecord("OS", "", "Tous", 2024, "1", "nombre", "1", "fiche")
    contract = followed_contract()
    tables = replace(contract.tables, targets=(record, replace(record, year=0)), fundings=())
    assert plan_tables(contract.header, tables).lines == ()


def test_a_target_in_doubt_or_missing_asks_nothing() -> None:
    record = TargetRecord("OS", "", "Tous", 2026, "4?", "nombre", "4", "fiche", doubt="4 ou 14")
    blank = replace(record, sheet="OT", doubt="", origin="lacune")
    contract = followed_contract()
    tables = replace(contract.tables, targets=(record, blank), fundings=())
    lines = plan_tables(contract.header, tables).lines
    assert [line.why_unasked for line in lines] == ["aucune cible n’est fixée pour cette année"] * 2


def test_a_commitment_is_followed_each_year_up_to_its_own_deadline() -> None:
    lines = plan_follow_up(followed_contract()).lines
    commitments = [line for line in lines if line.key.kind == "engagement"]
    assert [(line.key.part, line.key.year) for line in commitments] == [
        ("qualite", 2025),
        ("qualite", 2026),
    ]
    assert commitments[0].expected == "échéance 2026 – Décision"


def test_a_financing_line_carries_its_amount_and_its_mode() -> None:
    line = LINES["fir-1"]
    assert (line.granted, line.mode, line.measure) == (Decimal("19741.00"), "CNR", "euros")
