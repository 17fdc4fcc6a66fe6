"""YAML → conditions: what each writing means, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.model.condition import (
    FACTS,
    AllOf,
    Always,
    AnyOf,
    Condition,
    Not,
)
from contract_builder.model.condition import Test as FactTest
from contract_builder.reading.conditions import parse_condition
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.source import SourceFile


def parse(text: str) -> tuple[Condition | None, Problems]:
    problems: Problems = []
    node = parse_yaml(SourceFile.of_text("f.yaml", text), problems)
    assert node is not None
    return parse_condition(node, problems), problems


PUBLIC = FactTest("statut", "parmi", ("public",))
CHU = FactTest("chu", "parmi", True)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("toujours", Always()),
        ("statut: public", PUBLIC),
        ("statut: [public, espic]", FactTest("statut", "parmi", ("public", "espic"))),
        ("statut: {parmi: [public]}", PUBLIC),
        ("chu: oui", CHU),
        ("chu: non", FactTest("chu", "parmi", False)),
        ("activites: QA014", FactTest("activites", "contient", ("QA014",))),
        ("activites: {contient: QA014}", FactTest("activites", "contient", ("QA014",))),
        ("lits: {plus_de: 500}", FactTest("lits", "plus_de", Decimal(500))),
        ("lits: 45", FactTest("lits", "parmi", Decimal(45))),
        (
            "date_effet: {au_moins: 2025-01-01}",
            FactTest("date_effet", "au_moins", date(2025, 1, 1)),
        ),
        (
            "lits: {au_moins: 100, au_plus: 499}",
            AllOf(
                (
                    FactTest("lits", "au_moins", Decimal(100)),
                    FactTest("lits", "au_plus", Decimal(499)),
                )
            ),
        ),
        ("{statut: public, chu: oui}", AllOf((PUBLIC, CHU))),
        ("tous: [{statut: public}, {chu: oui}]", AllOf((PUBLIC, CHU))),
        ("au_moins_un: [{statut: public}, {chu: oui}]", AnyOf((PUBLIC, CHU))),
        ("non: {statut: public}", Not(PUBLIC)),
        ("non: {tous: [{chu: oui}]}", Not(AllOf((CHU,)))),
        ("tous: [toujours]", AllOf((Always(),))),
    ],
)
def test_each_writing_has_one_meaning(text: str, condition: Condition) -> None:
    assert parse(text) == (condition, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("parfois", "valeur-inattendue"),
        ("{}", "valeur-inattendue"),
        ("[{chu: oui}]", "valeur-inattendue"),
        ("tous: {chu: oui}", "valeur-inattendue"),
        ("tous: []", "valeur-inattendue"),
        ("non: jamais", "valeur-inattendue"),
        ("lit: 3", "fait-inconnu"),
        ("tous: [{chu: oui}, {lit: 3}]", "fait-inconnu"),
        ("statut: {au_moins: 3}", "operateur-inconnu"),
        ("lits: {contient: 3}", "operateur-inconnu"),
        ("chu: {parmi: oui}", "operateur-inconnu"),
        ("lits: {environ: 3}", "operateur-inconnu"),
        ("lits: {au_moins: [3]}", "valeur-inattendue"),
        ("chu: vrai", "valeur-inattendue"),
        ("date_effet: {au_moins: 2025}", "valeur-inattendue"),
        ("statut:", "valeur-inattendue"),
        ("statut: [public, {a: b}]", "valeur-inattendue"),
    ],
)
def test_a_wrong_condition_is_no_condition(text: str, code: str) -> None:
    condition, problems = parse(text)
    assert condition is None
    assert [p.code for p in problems] == [code]


def test_a_misspelt_fact_is_told_at_its_column_with_the_near_name() -> None:
    problem = parse("tous:\n  - {chu: oui, staut: public}")[1][0]
    assert (problem.place.line, problem.place.column, problem.place.length) == (2, 16, 5)
    assert "« statut »" in problem.hint


def test_every_wrong_part_of_a_condition_is_told() -> None:
    problems = parse("tous: [{lit: 3}, {chu: vrai}, {statut: {au_moins: 1}}]")[1]
    assert [p.code for p in problems] == ["fait-inconnu", "valeur-inattendue", "operateur-inconnu"]


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_can_be_tested(fact: str) -> None:
    sample = {"texte": "x", "nombre": "{au_moins: 1}", "oui_non": "oui", "ensemble": "[x, y]",
              "date": "{au_plus: 2025-01-01}"}  # fmt: skip
    condition, problems = parse(f"{fact}: {sample[FACTS[fact].kind]}")
    assert isinstance(condition, FactTest)
    assert (condition.fact, problems) == (fact, [])
