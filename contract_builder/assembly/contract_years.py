"""The money that falls in the years of a contract."""

from dataclasses import replace
from decimal import Decimal

from contract_builder.assembly.context import Context
from contract_builder.model.profile import FundingLine


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
