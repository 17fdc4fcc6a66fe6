"""The indicators of a contract that can be drawn: a number for a target, year by year."""

from collections.abc import Iterable
from decimal import Decimal

from contract_builder.follow.line_states import LineState
from contract_builder.model.follow_up import NOT_APPLICABLE
from contract_builder.tables.trajectory import Trajectory

_UNITS = {"pourcentage": "%", "points": "points"}


def find_trajectories(states: Iterable[LineState]) -> tuple[Trajectory, ...]:
    """One for each indicator with a numeric target in some year, in the order of the contract.

    Years measured otherwise than the first one are left out: their figures do not compare.
    """
    grouped: dict[tuple[str, str], list[LineState]] = {}
    for state in states:
        key = state.line.key
        if key.kind == "objectif" and state.line.target is not None:
            grouped.setdefault((key.item, key.part), []).append(state)
    return tuple(_trajectory(code, part, own) for (code, part), own in grouped.items())


def _trajectory(code: str, part: str, states: list[LineState]) -> Trajectory:
    first = states[0].line
    alike = [
        state
        for state in states
        if (state.line.measure, state.line.is_progress) == (first.measure, first.is_progress)
    ]
    gained = ", gagné dans l’année" if first.is_progress else ""
    return Trajectory(
        f"{code}{f' – {part}' if part else ''}{gained}",
        _UNITS.get(first.measure or "", ""),
        {s.line.key.year: s.line.target for s in alike if s.line.target is not None},
        {s.line.key.year: Decimal(s.value) for s in alike if s.value and s.value != NOT_APPLICABLE},
    )
