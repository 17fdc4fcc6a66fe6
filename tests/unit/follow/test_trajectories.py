"""What of a contract can be drawn: numbers against numbers, every year of them."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from contract_builder.follow.line_states import LineState
from contract_builder.follow.trajectories import find_trajectories
from contract_builder.model.follow_up import NOT_APPLICABLE, FollowEntry, FollowLine
from contract_builder.model.trajectory import TrajectoryYear
from tests.followed_contracts import declaration, states_of, validation


def state_of(item: str, *entries: FollowEntry) -> LineState:
    states = states_of(*entries).states
    return next(state for state in states if state.line.key.item == item)


def in_year(state: LineState, year: int, **changes: object) -> LineState:
    """The same state in another year, its line changed."""
    line: FollowLine = replace(
        state.line,
        key=replace(state.line.key, year=year),
        **changes,  # type: ignore[arg-type]
    )
    return replace(state, line=line)


def years_of(states: Iterable[LineState], last_year: int | None = None) -> list[TrajectoryYear]:
    (found,) = find_trajectories(states, last_year).values()
    return list(found.years)


def test_only_indicators_with_a_number_for_a_target_are_drawn() -> None:
    found = find_trajectories(states_of().states)
    assert list(found) == [(code, "") for code in ("RATE", "COUNT", "LESS", "GROWTH", "THIRDS")]
    assert found["GROWTH", ""].title == "GROWTH, gagné dans l’année"
    assert found["RATE", ""].unit == "%"


def test_what_was_declared_stands_beside_what_was_validated() -> None:
    state = state_of("RATE", declaration("RATE", "80"), validation("RATE", "78.5"))
    assert years_of([state]) == [TrajectoryYear(2025, Decimal(85), Decimal(80), Decimal("78.5"))]


def test_a_year_without_line_without_target_or_not_applicable_says_so() -> None:
    state = state_of("RATE")
    apart = state_of("RATE", declaration("RATE", NOT_APPLICABLE))
    found = years_of([state, in_year(apart, 2027), in_year(state, 2028, measure=None, target=None)])
    assert [(item.year, item.target, item.note) for item in found] == [
        (2025, Decimal(85), ""),
        (2026, None, "sans cible"),
        (2027, Decimal(85), "sans objet"),
        (2028, None, "sans cible"),
    ]


def test_a_year_measured_otherwise_is_not_compared() -> None:
    state = state_of("RATE", declaration("RATE", "80"))
    other = in_year(state, 2026, measure="nombre", target=Decimal(7))
    assert years_of([state, other])[1] == TrajectoryYear(2026, note="autre mesure")


def test_a_year_to_come_has_its_target_alone() -> None:
    state = state_of("RATE", declaration("RATE", "80"))
    found = years_of([state, in_year(state, 2026)], 2025)
    assert found[1] == TrajectoryYear(2026, Decimal(85), note="à venir")
