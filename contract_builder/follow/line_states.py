"""Lines and acts → the state of each line: the last values, their rating, what lacks.

The last entry of each step counts; the order of acts is that of the journal, and is all that
matters. Entries about lines that the contract no longer has are kept and told apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contract_builder.follow.plan import FollowPlan
from contract_builder.follow.rating import Rated, rate_value
from contract_builder.model.follow_rules import FollowUpRules
from contract_builder.model.follow_up import (
    NOT_APPLICABLE,
    FollowAct,
    FollowEntry,
    FollowKey,
    FollowLine,
)


@dataclass(frozen=True, slots=True)
class LineState:
    """One line and what is known of it.

    ``entries`` are all that was said of it, oldest first. ``rated`` rates the validated value, else
    the declared one; None without a value. ``deadline`` is the last day to declare, inclusive.
    """

    line: FollowLine
    entries: tuple[FollowEntry, ...]
    declared: FollowEntry | None
    validated: FollowEntry | None
    rated: Rated | None
    deadline: date | None
    is_late: bool
    lacks_evidence: bool
    to_recover: Decimal | None

    @property
    def value(self) -> str:
        """The value that counts: validated, else declared; empty without one."""
        entry = self.validated or self.declared
        return "" if entry is None else entry.value

    @property
    def justified(self) -> Decimal | None:
        """What is justified of an amount, in euros: the agency's figure, else the declared one."""
        for entry in (self.validated, self.declared):
            if entry is not None and entry.justified is not None:
                return entry.justified
        return None

    @property
    def is_provisional(self) -> bool:
        """True when the rating rests on a value that the agency has not validated."""
        return self.declared is not None and self.validated is None


@dataclass(frozen=True, slots=True)
class ContractStates:
    """The states of the lines of a contract, and the entries about lines that it does not have."""

    states: tuple[LineState, ...]
    strays: tuple[FollowEntry, ...]


def find_states(
    plan: FollowPlan, acts: Iterable[FollowAct], rules: FollowUpRules | None, on: date
) -> ContractStates:
    """The state of every line on the day ``on``; ``acts`` in the order of the journal."""
    said: dict[FollowKey, list[FollowEntry]] = {}
    for act in acts:
        for entry in act.entries:
            said.setdefault(entry.key, []).append(entry)
    states = tuple(_find_state(line, said.pop(line.key, []), rules, on) for line in plan.lines)
    strays = tuple(entry for entries in said.values() for entry in entries)
    return ContractStates(states, strays)


def find_declaration_deadline(rules: FollowUpRules | None, year: int) -> date | None:
    """The last day to declare a year; None when the campaign gives none."""
    if rules is None:
        return None
    month, _, day = rules.declaration_avant.partition("-")
    try:
        return date(year + 1, int(month), int(day))
    except ValueError:
        return None


def _find_state(
    line: FollowLine, entries: list[FollowEntry], rules: FollowUpRules | None, on: date
) -> LineState:
    declared = _last_of(entries, "declaration")
    validated = _last_of(entries, "validation")
    entry = validated or declared
    deadline = find_declaration_deadline(rules, line.key.year)
    is_awaited = entry is None and _is_asked(line, rules)
    return LineState(
        line=line,
        entries=tuple(entries),
        declared=declared,
        validated=validated,
        rated=_rate(line, entry, rules),
        deadline=deadline,
        is_late=is_awaited and deadline is not None and on > deadline,
        lacks_evidence=_lacks_evidence(declared, rules),
        to_recover=_reckon_recovery(line, entry, declared, rules),
    )


def _is_asked(line: FollowLine, rules: FollowUpRules | None) -> bool:
    """Of the financing lines, those alone whose mode asks a justification are to be declared."""
    if line.key.kind == "financement":
        return rules is not None and line.mode in rules.modes_a_justifier
    return line.measure is not None


def _last_of(entries: Iterable[FollowEntry], step: str) -> FollowEntry | None:
    found = [entry for entry in entries if entry.step == step]
    return found[-1] if found else None


def _rate(line: FollowLine, entry: FollowEntry | None, rules: FollowUpRules | None) -> Rated | None:
    if entry is not None:
        return rate_value(line, entry.value, rules)
    return Rated("sans_objet", line.why_unasked) if line.measure is None else None


def _lacks_evidence(declared: FollowEntry | None, rules: FollowUpRules | None) -> bool:
    """True for a value that says something was done and that nothing supports."""
    if declared is None or rules is None or not rules.preuve_exigee:
        return False
    return declared.evidence is None and declared.value not in (NOT_APPLICABLE, "non", "0")


def _reckon_recovery(
    line: FollowLine,
    entry: FollowEntry | None,
    declared: FollowEntry | None,
    rules: FollowUpRules | None,
) -> Decimal | None:
    """What was granted and nothing justifies; None where the mode asks no justification.

    The agency's own figure counts before the establishment's.
    """
    if line.granted is None or entry is None or rules is None:
        return None
    if line.mode not in rules.modes_a_justifier:
        return None
    justified = entry.justified
    if justified is None and declared is not None:
        justified = declared.justified
    return max(Decimal(0), line.granted - (justified or Decimal(0)))


def group_by_year(states: Iterable[LineState]) -> Mapping[int, tuple[LineState, ...]]:
    """The states by year, in the order of the years."""
    grouped: dict[int, list[LineState]] = {}
    for state in states:
        grouped.setdefault(state.line.key.year, []).append(state)
    return {year: tuple(grouped[year]) for year in sorted(grouped)}
