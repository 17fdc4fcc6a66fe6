"""A whole region: objectives by sheet and year, who reached what, distributions, outliers, silence.

Pure, and the same whatever the order of contracts: rows are in order of sheet, year, establishment.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median, quantiles
from typing import Final

from contract_builder.follow.line_states import LineState
from contract_builder.follow.rating import combine_ratings
from contract_builder.model.contract import ContractHeader
from contract_builder.model.follow_rules import Rating
from contract_builder.model.identifiers import sheet_order

_FENCE: Final = Decimal("1.5")
"""Of the distance between quartiles: beyond, a value is an outlier (Tukey's rule)."""
_FEWEST: Final = 4
"""Values below which quartiles say nothing."""


@dataclass(frozen=True, slots=True)
class LateYear:
    """How many lines of one year were not declared by the last day to do so, inclusive."""

    year: int
    lines: int
    deadline: date


@dataclass(frozen=True, slots=True)
class RegionalContract:
    """One contract of the region, and the states of its lines."""

    header: ContractHeader
    reference: str
    states: tuple[LineState, ...]

    @property
    def late(self) -> int:
        """How many lines should have been declared."""
        return sum(state.is_late for state in self.states)

    def list_late_years(self) -> list[LateYear]:
        """The years of which lines are late, the oldest first."""
        late = Counter(
            (state.line.key.year, state.deadline)
            for state in self.states
            if state.is_late and state.deadline is not None
        )
        return [LateYear(year, lines, day) for (year, day), lines in sorted(late.items())]

    @property
    def unsupported(self) -> int:
        """How many values nothing supports."""
        return sum(state.lacks_evidence for state in self.states)

    @property
    def waiting(self) -> int:
        """How many declared values the agency has not validated."""
        return sum(state.is_provisional for state in self.states)


@dataclass(frozen=True, slots=True)
class Outlier:
    """A share of a target far from the others'; in percent."""

    header: ContractHeader
    share: Decimal


@dataclass(frozen=True, slots=True)
class SheetYear:
    """One sheet in one year over the region.

    ``counts``: contracts by rating, None for what is not rated or not declared. ``shares`` are
    the parts of the targets that were achieved, in percent, ascending. ``silent`` are the
    establishments that declared nothing in time.
    """

    sheet: str
    title: str
    year: int
    counts: Mapping[Rating | None, int]
    shares: tuple[Decimal, ...]
    outliers: tuple[Outlier, ...]
    silent: tuple[ContractHeader, ...]

    @property
    def reached(self) -> int:
        """How many contracts reached it."""
        return self.counts.get("atteint", 0)

    @property
    def partly(self) -> int:
        """How many reached it in part."""
        return self.counts.get("partiellement_atteint", 0)

    @property
    def missed(self) -> int:
        """How many did not reach it."""
        return self.counts.get("non_atteint", 0)

    @property
    def contracts(self) -> int:
        """How many contracts hold the sheet that year."""
        return sum(self.counts.values())

    @property
    def middle(self) -> Decimal | None:
        """The median share; None without any."""
        return median(self.shares) if self.shares else None


def summarise_region(contracts: Iterable[RegionalContract]) -> tuple[SheetYear, ...]:
    """Every sheet in every year that some contract follows, by sheet then year."""
    held: dict[tuple[str, int], list[tuple[ContractHeader, list[LineState]]]] = {}
    ordered = sorted(contracts, key=lambda item: (item.header.finess_ej, item.header.code))
    for contract in ordered:
        own: dict[tuple[str, int], list[LineState]] = {}
        for state in contract.states:
            if state.line.key.kind == "objectif":
                own.setdefault((state.line.key.item, state.line.key.year), []).append(state)
        for key, states in own.items():
            held.setdefault(key, []).append((contract.header, states))
    keys = sorted(held, key=lambda key: (sheet_order(key[0]), key[1]))
    return tuple(_summarise(sheet, year, held[sheet, year]) for sheet, year in keys)


def _summarise(
    sheet: str, year: int, holders: Sequence[tuple[ContractHeader, list[LineState]]]
) -> SheetYear:
    counts = Counter(
        combine_ratings(state.rated.rating if state.rated else None for state in states)
        for _, states in holders
    )
    shares = [(header, share) for header, states in holders for share in _iter_shares(states)]
    silent = tuple(
        header
        for header, states in holders
        if any(state.is_late for state in states) and not any(state.value for state in states)
    )
    return SheetYear(
        sheet,
        holders[0][1][0].line.title,
        year,
        dict(counts),
        tuple(sorted(share for _, share in shares)),
        _find_outliers(shares),
        silent,
    )


def _iter_shares(states: Iterable[LineState]) -> Iterable[Decimal]:
    """Of numeric targets alone: a word has no distribution."""
    for state in states:
        achievement = state.rated.achievement if state.rated else None
        if achievement is not None and achievement.gap is not None:
            yield achievement.shown_share


def _find_outliers(shares: Sequence[tuple[ContractHeader, Decimal]]) -> tuple[Outlier, ...]:
    if len(shares) < _FEWEST:
        return ()
    low, _, high = quantiles([share for _, share in shares], n=4)
    fence = (high - low) * _FENCE
    return tuple(
        Outlier(header, share)
        for header, share in shares
        if share < low - fence or share > high + fence
    )
