"""The money of a contract over several years: granted, spent, justified, to recover, by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from contract_builder.follow.line_states import LineState
from contract_builder.model.follow_up import NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class MoneySum:
    """One financing line, summed; amounts in euros, None where nothing was said in any year."""

    key: str
    title: str
    mode: str
    granted: Decimal
    spent: Decimal | None
    justified: Decimal | None
    to_recover: Decimal | None


def sum_money(states: Iterable[LineState]) -> tuple[MoneySum, ...]:
    """The financing lines of these states, in their order."""
    grouped: dict[str, list[LineState]] = {}
    for state in states:
        if state.line.key.kind == "financement":
            grouped.setdefault(state.line.key.item, []).append(state)
    return tuple(_sum_line(key, own) for key, own in grouped.items())


def _sum_line(key: str, states: list[LineState]) -> MoneySum:
    first = states[0].line
    return MoneySum(
        key,
        first.title,
        first.mode,
        sum((state.line.granted or Decimal(0) for state in states), Decimal(0)),
        _sum_known(_spent(state) for state in states),
        _sum_known(state.justified for state in states),
        _sum_known(state.to_recover for state in states),
    )


def _spent(state: LineState) -> Decimal | None:
    return Decimal(state.value) if state.value and state.value != NOT_APPLICABLE else None


def _sum_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
