"""What the plots of the report show, as figures: one value for each bar or point."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from statistics import median

from contract_builder.batch.report.line import RegionLine
from contract_builder.batch.summary import SummaryTarget
from contract_builder.model.contract import FundingRecord
from contract_builder.model.fiche import NUMERIC_TYPES

_SPREADS = 4
"""How many sheets are drawn at most."""


@dataclass(frozen=True, slots=True)
class Funding:
    """Financing by year then envelope, in euros; envelopes by falling total."""

    years: tuple[str, ...]
    envelopes: tuple[str, ...]
    amounts: Mapping[tuple[str, str], Decimal]

    @property
    def can_be_stacked(self) -> bool:
        """True when bars can show it: there is something, and nothing is taken back."""
        return bool(self.amounts) and all(amount >= 0 for amount in self.amounts.values())

    def total(self, year: str) -> Decimal:
        """All envelopes of one year."""
        return sum((self.amounts.get((year, e), Decimal(0)) for e in self.envelopes), Decimal(0))


@dataclass(frozen=True, slots=True)
class Spread:
    """The targets of one sheet, volet and kind of figure: every establishment's value by year."""

    sheet: str
    volet: str
    type: str
    values: Mapping[int, tuple[Decimal, ...]]

    @property
    def is_uneven(self) -> bool:
        """True when two establishments have another value for one year."""
        return any(len(set(values)) > 1 for values in self.values.values())

    def median(self, year: int) -> Decimal:
        """The value that half of the establishments reach."""
        return median(self.values[year])


def sum_funding(lines: Sequence[RegionLine]) -> Funding:
    """The financing of all contracts together."""
    return _sum_amounts(
        (str(year), envelope, amount)
        for line in lines
        if line.contract
        for envelope, years in line.contract.fundings.items()
        for year, amount in years.items()
    )


def sum_records(records: Iterable[FundingRecord]) -> Funding:
    """The financing of one contract."""
    return _sum_amounts((str(item.year), item.envelope, item.amount) for item in records)


def _sum_amounts(found: Iterable[tuple[str, str, Decimal]]) -> Funding:
    amounts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for year, envelope, amount in found:
        amounts[year, envelope] += amount
        totals[envelope] += amount
    return Funding(
        years=tuple(sorted({year for year, _ in amounts})),
        envelopes=tuple(sorted(totals, key=lambda envelope: (-totals[envelope], envelope))),
        amounts=dict(amounts),
    )


def find_spreads(lines: Sequence[RegionLine]) -> list[Spread]:
    """The sheets to look at: those whose figures differ between contracts, the most held first.

    Four at most. When no figure differs, the most held sheet alone; none without any figure.
    Figures are comparable within a sheet, a volet and a type of target.
    """
    groups: dict[tuple[str, str, str], dict[int, list[Decimal]]] = defaultdict(dict)
    holders: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        met: set[tuple[str, str, str]] = set()
        for target in line.contract.targets if line.contract else ():
            value = _figure(target)
            if value is None or not target.year:
                continue
            key = (target.sheet, target.volet, target.type)
            groups[key].setdefault(target.year, []).append(value)
            met.add(key)
        holders.update(met)
    ranked = sorted(groups, key=lambda key: (-holders[key], key))
    spreads = [
        Spread(*key, {year: tuple(sorted(found)) for year, found in sorted(groups[key].items())})
        for key in ranked
    ]
    uneven = [spread for spread in spreads if spread.is_uneven]
    return uneven[:_SPREADS] or spreads[:1]


def _figure(target: SummaryTarget) -> Decimal | None:
    if target.type not in NUMERIC_TYPES or not target.value:
        return None
    try:
        return Decimal(target.value)
    except InvalidOperation:
        return None
