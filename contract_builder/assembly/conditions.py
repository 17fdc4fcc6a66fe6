"""Conditions evaluated over the facts of a profile, with the trace of why.

A test on an unknown fact gives None (« ne peut être décidé »); None is carried through: ``tous``
with one False is False whatever is unknown, ``au_moins_un`` with one True is True.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contract_builder.frozen import dataclass
from contract_builder.model.condition import (
    FACTS,
    THIS_SHEET,
    AllOf,
    Always,
    AnyOf,
    Condition,
    Not,
    Test,
)
from contract_builder.model.facts import Fact, Facts, FactValue
from contract_builder.model.french import format_number, long_date

_SIGNS = {"parmi": "=", "au_moins": "≥", "au_plus": "≤", "plus_de": ">", "moins_de": "<"}
_OPPOSITES = {"parmi": "≠", "au_moins": "<", "au_plus": ">", "plus_de": "≤", "moins_de": "≥"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a condition, what decided it in French, and the parts it came from."""

    outcome: bool | None
    text: str
    parts: tuple["Verdict", ...] = ()

    def reasons(self) -> tuple[str, ...]:
        """The texts of the tests that decided, in order."""
        if not self.parts:
            return (self.text,) if self.text else ()
        deciding = [part for part in self.parts if part.outcome == self.outcome]
        return tuple(text for part in deciding or self.parts for text in part.reasons())


ALWAYS = Verdict(True, "toujours")


def evaluate(condition: Condition | None, facts: Facts, sheet: str = "") -> Verdict:
    """The verdict of ``condition``; ``sheet`` is the code that « cette_fiche » stands for."""
    match condition:
        case None | Always():
            return ALWAYS
        case AllOf(items=items):
            parts = tuple(evaluate(item, facts, sheet) for item in items)
            return Verdict(_all(parts), "toutes ces conditions", parts)
        case AnyOf(items=items):
            parts = tuple(evaluate(item, facts, sheet) for item in items)
            return Verdict(_any(parts), "au moins une de ces conditions", parts)
        case Not(item=item):
            inner = evaluate(item, facts, sheet)
            outcome = None if inner.outcome is None else not inner.outcome
            return Verdict(outcome, f"contraire de : {' ; '.join(inner.reasons())}")
        case Test():
            return _evaluate_test(condition, facts, sheet)
        case _:
            raise TypeError(condition)


def _all(parts: tuple[Verdict, ...]) -> bool | None:
    outcomes = {part.outcome for part in parts}
    if False in outcomes:
        return False
    return None if None in outcomes else True


def _any(parts: tuple[Verdict, ...]) -> bool | None:
    outcomes = {part.outcome for part in parts}
    if True in outcomes:
        return True
    return None if None in outcomes else False


def _evaluate_test(test: Test, facts: Mapping[str, Fact], sheet: str) -> Verdict:
    label = FACTS[test.fact].label
    fact = facts.get(test.fact)
    if fact is None:
        return Verdict(None, f"{label} : non renseigné")
    if isinstance(test.operand, tuple):
        return _evaluate_words(test, label, fact.value, sheet)
    if isinstance(test.operand, bool):
        outcome = fact.value is test.operand
        return Verdict(outcome, f"{label} : {'oui' if fact.value else 'non'}")
    return _evaluate_order(test, label, fact)


def _evaluate_words(test: Test, label: str, value: FactValue, sheet: str) -> Verdict:
    assert isinstance(test.operand, tuple)  # noqa: S101 — narrows the type for the reader
    wanted = tuple(sheet if word == THIS_SHEET else word for word in test.operand)
    shown = " ou ".join(wanted)
    if isinstance(value, frozenset):
        outcome = any(word in value for word in wanted)
        return Verdict(outcome, f"{label} : {shown} {'présent' if outcome else 'absent'}")
    outcome = value in wanted
    expected = "" if outcome else f" (attendu : {shown})"
    return Verdict(outcome, f"{label} : {value}{expected}")


def _evaluate_order(test: Test, label: str, fact: Fact) -> Verdict:
    value, operand = fact.value, test.operand
    if isinstance(value, Decimal) and isinstance(operand, Decimal):
        outcome = _compare(value, operand, test.operator)
        shown = (format_number(value), format_number(operand))
    elif isinstance(value, date) and isinstance(operand, date):
        outcome = _compare(value.toordinal(), operand.toordinal(), test.operator)
        shown = (long_date(value), long_date(operand))
    else:
        raise TypeError(test)
    signs = _SIGNS if outcome else _OPPOSITES
    return Verdict(outcome, f"{label} : {shown[0]} {signs[test.operator]} {shown[1]}")


def _compare(value: Decimal | int, operand: Decimal | int, operator: str) -> bool:
    match operator:
        case "parmi":
            return value == operand
        case "au_moins":
            return value >= operand
        case "au_plus":
            return value <= operand
        case "plus_de":
            return value > operand
        case _:
            return value < operand
