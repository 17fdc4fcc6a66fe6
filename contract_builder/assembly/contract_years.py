"""The years of a contract, and the money that falls in them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_builder.assembly.context import Context
from contract_builder.model.profile import FundingLine


def find_whole_years(start: date, end: date) -> range:
    """The calendar years that a contract covers from 1 January to 31 December; empty for none."""
    first = start.year if (start.month, start.day) == (1, 1) else start.year + 1
    last = end.year if (end.month, end.day) == (12, 31) else end.year - 1
    return range(first, last + 1)


def lines_of_contract(context: Context) -> tuple[FundingLine, ...]:
    """The lines with an amount for a year of the contract, without their other amounts."""
    years = range(context.on.year, context.end.year + 1)
    if not years:  # dates the wrong way round, which ``check`` tells
        return context.profile.financements
    kept = (
        replace(line, montants={y: a for y, a in line.montants.items() if y in years})
        for line in context.profile.financements
    )
    return tuple(line for line in kept if line.montants)


def total_of_contract(context: Context) -> Decimal:
    """What all lines give over the years of the contract, in euros."""
    amounts = (a for line in lines_of_contract(context) for a in line.montants.values())
    return sum(amounts, Decimal(0))
