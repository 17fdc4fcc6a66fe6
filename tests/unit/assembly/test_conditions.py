"""Conditions over facts: truth with unknowns, order, sets, and the French trace of why."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.assembly.conditions import evaluate
from contract_builder.diagnostics import Problems
from contract_builder.model.condition import AllOf, Always, AnyOf, Condition, Not
from contract_builder.model.condition import Test as FactTest
from contract_builder.model.facts import Fact, FactValue
from contract_builder.reading.conditions import parse_condition
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.source import NOWHERE, SourceFile

TRUE = FactTest("chu", "parmi", True)
FALSE = FactTest("had", "parmi", True)
UNKNOWN = FactTest("urgences", "parmi", True)
FACTS_KNOWN: dict[str, FactValue] = {"chu": True, "had": False}
OUTCOMES = {TRUE: True, FALSE: False, UNKNOWN: None}


def facts(**values: FactValue) -> dict[str, Fact]:
    return {name: Fact(value, "profil", NOWHERE) for name, value in values.items()}


def condition(text: str) -> Condition:
    problems: Problems = []
    node = parse_yaml(SourceFile.of_text("f.yaml", text), problems)
    assert node is not None
    parsed = parse_condition(node, problems)
    assert parsed is not None
    return parsed


def outcome(item: Condition | None, **values: FactValue) -> bool | None:
    return evaluate(item, facts(**(values or FACTS_KNOWN))).outcome


@pytest.mark.parametrize("items", list(product(OUTCOMES, repeat=3)))
def test_all_is_false_with_one_false_then_unknown_with_one_unknown(
    items: tuple[FactTest, ...],
) -> None:
    known = [OUTCOMES[item] for item in items]
    expected = False if False in known else None if None in known else True
    assert outcome(AllOf(items)) is expected


@pytest.mark.parametrize("items", list(product(OUTCOMES, repeat=3)))
def test_any_is_true_with_one_true_then_unknown_with_one_unknown(
    items: tuple[FactTest, ...],
) -> None:
    known = [OUTCOMES[item] for item in items]
    expected = True if True in known else None if None in known else False
    assert outcome(AnyOf(items)) is expected


def test_the_contrary_of_an_unknown_is_unknown() -> None:
    assert [outcome(Not(item)) for item in OUTCOMES] == [False, True, None]


@given(
    st.recursive(
        st.sampled_from([*OUTCOMES, Always()]),
        lambda inner: (
            st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
            | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
            | st.builds(Not, inner)
        ),
        max_leaves=8,
    ),
    st.booleans(),
)
def test_learning_an_unknown_fact_never_reverses_a_decision(item: Condition, value: bool) -> None:
    before = outcome(item)
    after = outcome(item, **FACTS_KNOWN, urgences=value)
    assert after is not None
    assert before in (None, after)


@pytest.mark.parametrize("item", [None, Always()])
def test_without_a_condition_everything_is_in(item: Condition | None) -> None:
    verdict = evaluate(item, {})
    assert (verdict.outcome, verdict.reasons()) == (True, ("toujours",))


@pytest.mark.parametrize(
    ("text", "beds", "expected", "trace"),
    [
        ("lits: {plus_de: 500}", 501, True, "lits : 501 > 500"),
        ("lits: {plus_de: 500}", 500, False, "lits : 500 ≤ 500"),
        ("lits: {au_moins: 100}", 100, True, "lits : 100 ≥ 100"),
        ("lits: {au_moins: 100}", 99, False, "lits : 99 < 100"),
        ("lits: {au_plus: 499}", 499, True, "lits : 499 ≤ 499"),
        ("lits: {au_plus: 499}", 500, False, "lits : 500 > 499"),
        ("lits: {moins_de: 100}", 99, True, "lits : 99 < 100"),
        ("lits: {moins_de: 100}", 100, False, "lits : 100 ≥ 100"),
        ("lits: 45", 45, True, "lits : 45 = 45"),
        ("lits: 45", 44, False, "lits : 44 ≠ 45"),
        ("lits: {plus_de: 1000}", 1234, True, "lits : 1\u00a0234 > 1\u00a0000"),
    ],
)
def test_numbers_are_compared_exactly_and_the_trace_says_how(
    text: str, beds: int, expected: bool, trace: str
) -> None:
    verdict = evaluate(condition(text), facts(lits=Decimal(beds)))
    assert (verdict.outcome, verdict.reasons()) == (expected, (trace,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date_effet: {au_moins: 2025-07-01}", True),
        ("date_effet: {plus_de: 2025-07-01}", False),
        ("date_effet: {moins_de: 2025-07-02}", True),
        ("date_effet: {au_plus: 2025-06-30}", False),
        ("date_effet: 2025-07-01", True),
    ],
)
def test_dates_are_compared_by_the_day(text: str, expected: bool) -> None:
    verdict = evaluate(condition(text), facts(date_effet=date(2025, 7, 1)))
    assert verdict.outcome is expected
    assert "1er\u00a0juillet\u00a02025" in verdict.reasons()[0]


@pytest.mark.parametrize(
    ("text", "values", "expected", "trace"),
    [
        ("statut: public", {"statut": "public"}, True, "statut de l’établissement : public"),
        (
            "statut: [espic, prive_lucratif]",
            {"statut": "public"},
            False,
            "statut de l’établissement : public (attendu : espic ou prive_lucratif)",
        ),
        ("chu: non", {"chu": False}, True, "CHU : non"),
        ("chu: non", {"chu": True}, False, "CHU : oui"),
        (
            "activites: {contient: QA014}",
            {"activites": frozenset({"QA001", "QA014"})},
            True,
            "activités autorisées : QA014 présent",
        ),
        (
            "activites: [QA014, QA020]",
            {"activites": frozenset({"QA001"})},
            False,
            "activités autorisées : QA014 ou QA020 absent",
        ),
        ("statut: public", {"chu": True}, None, "statut de l’établissement : non renseigné"),
        (
            "non: {statut: public}",
            {"statut": "public"},
            False,
            "contraire de : statut de l’établissement : public",
        ),
    ],
)
def test_the_trace_is_french_and_names_the_value_that_decided(
    text: str, values: dict[str, FactValue], expected: bool | None, trace: str
) -> None:
    verdict = evaluate(condition(text), facts(**values))
    assert (verdict.outcome, verdict.reasons()) == (expected, (trace,))


def test_only_the_tests_that_decided_are_given_as_reasons() -> None:
    text = "tous: [{statut: public}, {chu: oui}, {lits: {au_moins: 100}}]"
    verdict = evaluate(condition(text), facts(statut="public", chu=False, lits=Decimal(45)))
    assert verdict.reasons() == ("CHU : non", "lits : 45 < 100")
    assert len(verdict.parts) == 3
    undecided = evaluate(condition(text), facts(statut="public", chu=True))
    assert undecided.reasons() == ("lits : non renseigné",)


def test_this_sheet_stands_for_the_sheet_that_is_being_resolved() -> None:
    engaged = condition("deja_engage: {contient: cette_fiche}")
    known = facts(deja_engage=frozenset({"CPOM_OS_2"}))
    assert evaluate(engaged, known, "CPOM_OS_2").outcome is True
    other = evaluate(engaged, known, "CPOM_OS_3")
    assert other.outcome is False
    assert "CPOM_OS_3 absent" in other.reasons()[0]
    assert evaluate(Not(engaged), known, "CPOM_OS_3").outcome is True
