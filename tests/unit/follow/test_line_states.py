"""The state of each line after what was said of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_builder.follow.line_states import find_states, group_by_year
from contract_builder.follow.line_words import describe_line, iter_history
from contract_builder.follow.plan import plan_follow_up
from contract_builder.model.follow_up import Evidence, FollowAct
from tests.followed_contracts import (
    CONTRACT,
    LATER,
    ON,
    RULES,
    declaration,
    followed_contract,
    key_of,
    states_of,
    validation,
)


def test_the_last_value_counts_and_the_first_is_kept() -> None:
    states = states_of(declaration("RATE", "60"), declaration("RATE", "85"))
    state = next(s for s in states.states if s.line.key.item == "RATE")
    assert state.value == "85"
    assert [entry.value for entry in state.entries] == ["60", "85"]
    assert state.is_provisional
    assert len(list(iter_history(state))) == 2


def test_the_agency_s_value_counts_before_the_declared_one() -> None:
    states = states_of(validation("RATE", "60"), declaration("RATE", "85"))
    state = next(s for s in states.states if s.line.key.item == "RATE")
    assert (state.value, state.is_provisional) == ("60", False)
    assert state.rated is not None
    assert state.rated.rating == "non_atteint"


def test_what_is_not_declared_in_time_is_late() -> None:
    on_time = states_of(on=date(2026, 3, 31))
    late = states_of(on=date(2026, 4, 1))
    assert not any(state.is_late for state in on_time.states)
    found = {s.line.key.item for s in late.states if s.is_late}
    assert "RATE" in found
    assert "fir-1" in found
    assert "mig-1" not in found, "an amount that asks no justification is not late"
    assert "NONE" not in found


def test_a_value_without_evidence_is_told() -> None:
    evidence = Evidence(reference="délibération du 3 mars")
    states = states_of(
        declaration("RATE", "85"),
        declaration("COUNT", "4", evidence=evidence),
        declaration("YES", "non"),
    )
    assert [s.line.key.item for s in states.states if s.lacks_evidence] == ["RATE"]


def test_what_nothing_justifies_is_to_recover() -> None:
    states = states_of(
        declaration("fir-1", "19741", justified=Decimal(15000)), declaration("mig-1", "900")
    )
    found = {s.line.key.item: s.to_recover for s in states.states if s.line.granted is not None}
    assert found == {"fir-1": Decimal("4741.00"), "mig-1": None}


def test_the_agency_s_figure_of_what_is_justified_counts() -> None:
    states = states_of(
        declaration("fir-1", "19741", justified=Decimal(19741)),
        validation("fir-1", "19741", justified=Decimal(19000)),
    )
    (state,) = [s for s in states.states if s.line.key.item == "fir-1"]
    assert state.to_recover == Decimal("741.00")


def test_values_of_lines_that_are_gone_are_told_apart() -> None:
    gone = replace(declaration("RATE", "85"), key=key_of("GONE"))
    states = states_of(gone)
    assert states.strays == (gone,)


def test_the_state_in_words() -> None:
    states = states_of(
        declaration("RATE", "80", evidence=Evidence("bilan.pdf", "a" * 64), comment="grève"),
        on=LATER,
    )
    state = next(s for s in states.states if s.line.key.item == "RATE")
    assert list(describe_line(state)) == [
        "Attendu\u00a0: 85 %",
        "Déclaré le 1er\u00a0mars\u00a02026 par le directeur des soins\u00a0: 80\u00a0% "
        "(pièce «\u00a0bilan.pdf\u00a0») — grève",
        "Appréciation\u00a0: partiellement atteint, provisoire tant que l’agence n’a pas validé "
        "(au moins 75\u00a0% de la cible\u00a0: réalisé à 94,1\u00a0%, écart de 5\u00a0%)",
    ]


def test_without_rules_nothing_is_late_nor_rated() -> None:
    act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "85"),))
    states = find_states(plan_follow_up(followed_contract()), [act], None, date(2030, 1, 1))
    assert not any(s.is_late or s.lacks_evidence for s in states.states)


def test_states_are_grouped_by_year_in_order() -> None:
    assert list(group_by_year(states_of(on=ON).states)) == [2025, 2026]
    assert RULES.rules_of("RATE") == RULES.appreciation
