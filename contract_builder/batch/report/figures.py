"""What the plots of the report show, as figures: one value for each bar or point."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from statistics import median
from typing import Any

from contract_builder.batch.report.line import RegionLine
from contract_builder.model.fiche import NUMERIC_TYPES

_SPREADS = 4
"""How many sheets are drawn at most."""


@dataclass(frozen=True, slots=True)
class Funding:
    """The financing of the region by year then envelope, in euros; envelopes by falling total."""

    years: tuple[str, ...]
    envelopes: tuple[str, ...]
    amounts: Mapping[tuple[str, str], Decimal]

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
    amounts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        for envelope, years in line.summary.get("financements", {}).items():
            for year, amount in years.items():
                amounts[year, envelope] += Decimal(amount)
                totals[envelope] += Decimal(amount)
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
        for target in line.summary.get("cibles", ()):
            value = _figure(target)
            if value is None or not target["annee"]:
                continue
            key = (target["fiche"], target["volet"] or "", target["type"])
            groups[key].setdefault(target["annee"], []).append(value)
            met.add(key)
        holders.update(met)
    ranked = sorted(groups, key=lambda key: (-holders[key], key))
    spreads = [
        Spread(*key, {year: tuple(sorted(found)) for year, found in sorted(groups[key].items())})
        for key in ranked
    ]
    uneven = [spread for spread in spreads if spread.is_uneven]
    return uneven[:_SPREADS] or spreads[:1]


def _figure(target: Mapping[str, Any]) -> Decimal | None:
    if target["type"] not in NUMERIC_TYPES or not target["valeur"]:
        return None
    try:
        return Decimal(target["valeur"])
    except InvalidOperation:
        return None
