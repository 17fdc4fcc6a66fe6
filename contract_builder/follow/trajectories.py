"""The indicators of a contract that can be drawn: a number for a target, year by year."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from contract_builder.follow.evaluation import EvaluationFacts
from contract_builder.follow.line_states import LineState
from contract_builder.follow.plan import NOT_ASKED
from contract_builder.follow.values import NOT_APPLICABLE_WORDS
from contract_builder.model.follow_up import NOT_APPLICABLE, FollowEntry, FollowLine
from contract_builder.model.trajectory import Trajectory, TrajectoryYear

_UNITS = {"pourcentage": "%", "points": "points"}
_OTHERWISE = "autre mesure"
_TO_COME = "à venir"
_WITHOUT_TARGET = "sans cible"


def find_trajectories(
    states: Iterable[LineState], last_year: int | None = None
) -> dict[tuple[str, str], Trajectory]:
    """By sheet and part, each indicator with a number for a target, in order.

    Every year of the indicator is there, those between them too. A year measured otherwise than
    the first one has neither target nor value, for their figures do not compare; one after
    ``last_year`` has its target alone.
    """
    grouped: dict[tuple[str, str], list[LineState]] = {}
    for state in states:
        key = state.line.key
        if key.kind == "objectif":
            grouped.setdefault((key.item, key.part), []).append(state)
    return {
        key: _trajectory(key, own, last_year)
        for key, own in grouped.items()
        if any(state.line.target is not None for state in own)
    }


def report_trajectories(facts: EvaluationFacts) -> dict[tuple[str, str], Trajectory]:
    """Those of a report: the targets of the whole contract, the values of the years evaluated."""
    return find_trajectories(facts.course, facts.last_year)


def _trajectory(
    key: tuple[str, str], states: Collection[LineState], last_year: int | None
) -> Trajectory:
    code, part = key
    first = next(state.line for state in states if state.line.target is not None)
    by_year = {state.line.key.year: state for state in states}
    gained = ", gagné dans l’année" if first.is_progress else ""
    years = []
    for year in range(min(by_year), max(by_year) + 1):
        state = by_year.get(year)
        is_to_come = last_year is not None and year > last_year
        years.append(_year(year, state, first, is_to_come=is_to_come))
    title = f"{code}{f' – {part}' if part else ''}{gained}"
    return Trajectory(title, _UNITS.get(first.measure or "", ""), tuple(years))


def _year(
    year: int, state: LineState | None, first: FollowLine, *, is_to_come: bool
) -> TrajectoryYear:
    if state is None:
        return TrajectoryYear(year, note=_WITHOUT_TARGET)
    line = state.line
    if line.measure is None:
        is_not_asked = line.why_unasked == NOT_ASKED
        return TrajectoryYear(year, note=NOT_APPLICABLE_WORDS if is_not_asked else _WITHOUT_TARGET)
    if (line.measure, line.is_progress) != (first.measure, first.is_progress):
        return TrajectoryYear(year, note=_OTHERWISE)
    if is_to_come:
        return TrajectoryYear(year, line.target, note=_TO_COME)
    is_apart = state.value == NOT_APPLICABLE
    return TrajectoryYear(
        year,
        line.target,
        None if is_apart else _number(state.declared),
        None if is_apart else _number(state.validated),
        NOT_APPLICABLE_WORDS if is_apart else "",
    )


def _number(entry: FollowEntry | None) -> Decimal | None:
    return Decimal(entry.value) if entry and entry.value not in ("", NOT_APPLICABLE) else None
