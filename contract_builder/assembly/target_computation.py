"""The establishment's own figures where a sheet asks for progress from a starting value.

The rule always reaches what the sheet asks. A figure is a whole number (a tenth of a point for a
rate), reckoned from the whole figure of the year that the cell names and rounded up. A sheet that
prints a worked example is rounded as its example shows, to the nearest unit, as long as the rate,
in the whole per cents that the sheet prints, is reached; else up. Where two targets bear on one
year, such as a rate a year and a rate over the period, the more demanding holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from contract_builder.assembly.negotiation import (
    RELATIVE_TYPES,
    Departure,
    ResolvedCell,
    about,
    is_doubtful,
)
from contract_builder.frozen import dataclass
from contract_builder.model.fiche import Baseline, Fiche, TargetCell, TargetPart, TargetRow
from contract_builder.model.french import format_number
from contract_builder.model.profile import BaselineValue
from contract_builder.reading.target_values import is_comparison, number_of

_ABSOLUTE = frozenset({"nombre", "seuil", "pourcentage"})
# Counts are rounded to the unit, rates to a tenth of a point.
_COUNT_UNIT, _RATE_UNIT = Decimal(1), Decimal("0.1")
_HIGHEST_RATE = Decimal(100)
_WHOLE_PERCENT = Decimal(1)


@dataclass(frozen=True, slots=True)
class ComputedTarget:
    """The establishment's own figure for one indicator and one year.

    ``formula`` shows the computation: « 740 × 1,03 = 762,2, arrondi à 762 ».
    """

    indicator: str
    label: str
    year: int
    value: Decimal
    formula: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A target that no series of figures can reach from a starting value."""

    indicator: str
    label: str
    year: int
    reason: str


@dataclass(slots=True)
class Computation:
    """What follows from the starting values, and those that lack."""

    computed: tuple[ComputedTarget, ...] = ()
    missing: tuple[Baseline, ...] = ()
    departures: tuple[Departure, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bound:
    """The least (or, for a decrease, the most) that one target asks, and how it is reckoned."""

    value: Decimal
    formula: str
    is_ceiling: bool = False


@dataclass(slots=True)
class _Series:
    """The figures of one indicator, year after year."""

    indicator: str
    label: str
    unit: Decimal
    is_nearest: bool
    known: dict[int, Decimal]
    computed: list[ComputedTarget] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    unreachable: list[Unreachable] = field(default_factory=list)


def compute(
    row: TargetRow,
    fiche: Fiche,
    cells: Sequence[ResolvedCell],
    values: Mapping[str, BaselineValue],
) -> Computation:
    """The figures of every year that the starting values ``values``, by indicator, lead to.

    A starting value is missing only when a target is reckoned from it.
    """
    found = Computation()
    ordered = sorted(cells, key=lambda item: item.years[0])
    for indicator, wanted in find_baselines(row).items():
        value = values.get(indicator)
        unit = _RATE_UNIT if fiche.header.indicateur.type == "taux" else _COUNT_UNIT
        if value is None or value.annee != wanted.annee:
            found.missing += (wanted,) if _is_needed(row, wanted, ordered, unit) else ()
            continue
        label = wanted.libelle or fiche.label_of_indicator(indicator)
        known = {wanted.annee: value.valeur}
        series = _Series(indicator, label, unit, _is_nearest(fiche, indicator), known)
        _run(series, row, ordered)
        found.computed += tuple(series.computed)
        found.departures += tuple(series.departures)
        found.unreachable += tuple(series.unreachable)
    return found


def find_baselines(row: TargetRow) -> dict[str, Baseline]:
    """The starting values that the targets of a row depend on, by indicator."""
    found: dict[str, Baseline] = {}
    if row.base is not None:
        found[row.base.indicateur] = row.base
    for _, cell in row.iter_cells():
        for part in (cell, *cell.composantes):
            if part.base is not None:
                found.setdefault(part.base.indicateur, part.base)
    return found


def _is_nearest(fiche: Fiche, indicator: str) -> bool:
    """True where the sheet's worked example rounds to the nearest unit."""
    example = fiche.header.exemple
    return example is not None and (example.indicateur, example.arrondi) == (indicator, "proche")


def _parts_about(row: TargetRow, cell: TargetCell, indicator: str) -> Iterator[TargetPart]:
    """The parts of a cell that are about an indicator and can be read."""
    if cell.doute:
        return
    for part in (cell, *cell.composantes):
        if about(row, cell, part) == indicator and not part.doute:
            yield part


def _is_needed(
    row: TargetRow, wanted: Baseline, cells: Sequence[ResolvedCell], unit: Decimal
) -> bool:
    """True when a target is reckoned from the starting value itself."""
    return any(
        part.reference == wanted.annee and _is_reckoned(part, unit)
        for item in cells
        for part in _parts_about(row, item.cell, wanted.indicateur)
    )


def _is_reckoned(part: TargetPart, unit: Decimal) -> bool:
    """True for a target that is reckoned from the figure of another year.

    Points are added to a rate alone: of a count, nothing says what they are points of.
    """
    if part.reference is None:
        return False
    if part.type == "increment_points" and unit != _RATE_UNIT:
        return False
    relative = part.type in RELATIVE_TYPES and number_of(part) is not None
    return relative or (part.type == "seuil" and not part.valeur and is_comparison(part))


def _run(series: _Series, row: TargetRow, cells: Sequence[ResolvedCell]) -> None:
    """Fills a series, cell after cell."""
    for item in cells:
        parts = list(_parts_about(row, item.cell, series.indicator))
        for year in item.years:
            agreed = next((number_of(p) for p in parts if p.type in _ABSOLUTE and p.valeur), None)
            if item.origin == "negocie" and agreed is not None:
                _compare(series, row, item, year, agreed)
                series.known[year] = agreed
                continue
            bounds = [b for part in parts for b in _iter_bounds(series, part, year)]
            if bounds:
                _settle(series, year, bounds)


def _compare(
    series: _Series, row: TargetRow, item: ResolvedCell, year: int, agreed: Decimal
) -> None:
    """Records a negotiated figure that is less than what the sheet would give for the year."""
    printed = item.printed
    if printed is None or is_doubtful(printed):
        return
    scratch = _Series(
        series.indicator, series.label, series.unit, series.is_nearest, dict(series.known)
    )
    bounds = [
        bound
        for part in _parts_about(row, printed, series.indicator)
        for bound in _iter_bounds(scratch, part, year)
    ]
    if bounds:
        _settle(scratch, year, bounds)
    for found in scratch.computed:
        if agreed < found.value:
            names = ("", series.indicator)
            target = next(t for t in item.negotiated if t.indicateur in names)
            asked = f"{printed.texte} », soit « {format_number(found.value)}"
            series.departures.append(Departure(target, asked))


def _iter_bounds(series: _Series, part: TargetPart, year: int) -> Iterator[_Bound]:
    """What one target asks of a year, where the year that it names is known."""
    start = series.known.get(part.reference or 0)
    if start is None or not _is_reckoned(part, series.unit):
        return
    amount = number_of(part)
    if amount is None:
        yield _comparison(series, part, start)
    elif part.type == "increment_pourcentage":
        bound = _growth(series, part, start, amount, year)
        if bound is not None:
            yield bound
    else:
        value = start + amount
        formula = f"{format_number(start)} + {format_number(amount)} = {format_number(value)}"
        yield _Bound(value, formula, amount < 0)


def _comparison(series: _Series, part: TargetPart, start: Decimal) -> _Bound:
    """« ≥ 2024 »: at least the figure of that year; « > 2024 »: a unit more."""
    is_ceiling = part.operateur in ("<", "<=")
    value = start
    if part.operateur in ("<", ">"):
        value += -series.unit if is_ceiling else series.unit
    words = "au plus" if is_ceiling else "au moins"
    shown = f"{words} la valeur de {part.reference}, soit {format_number(value)}"
    if value != start:
        words = "moins" if is_ceiling else "plus"
        known = f"{format_number(start)} en {part.reference}"
        shown = f"{words} que la valeur de {part.reference} ({known}), soit {format_number(value)}"
    return _Bound(value, shown, is_ceiling)


def _growth(
    series: _Series, part: TargetPart, start: Decimal, rate: Decimal, year: int
) -> _Bound | None:
    """A rate on a known figure, rounded; None, and recorded, when nothing grows by a rate."""
    if start <= 0 < rate:
        reason = (
            f"une valeur de {format_number(start)} en {part.reference} ne progresse pas de "
            f"{format_number(rate)} %"
        )
        series.unreachable.append(Unreachable(series.indicator, series.label, year, reason))
        return None
    factor = 1 + rate / 100
    exact = start * factor
    shown = f"{format_number(start)} × {format_number(factor)} = {format_number(exact)}"
    value = _round(exact, start, rate, series, is_yearly=part.reference == year - 1)
    if value == exact:
        return _Bound(value, shown, rate < 0)
    up = value > exact and value != exact.quantize(series.unit, ROUND_HALF_UP)
    words = "arrondi, pour l’atteindre, à" if up else "arrondi à"
    return _Bound(value, f"{shown}, {words} {format_number(value)}", rate < 0)


def _round(
    exact: Decimal, start: Decimal, rate: Decimal, series: _Series, is_yearly: bool
) -> Decimal:
    """The figure for an exact result: rounded the way of the progress, else as the example does."""
    towards = exact.quantize(series.unit, ROUND_CEILING if rate >= 0 else ROUND_FLOOR)
    if not (series.is_nearest and is_yearly):
        return towards
    nearest = exact.quantize(series.unit, ROUND_HALF_UP)
    reached = ((nearest / start - 1) * 100).quantize(_WHOLE_PERCENT, ROUND_HALF_UP)
    return nearest if abs(reached) >= abs(rate) else towards


def _settle(series: _Series, year: int, bounds: Sequence[_Bound]) -> None:
    """The figure of a year that meets every bound; recorded as out of reach when none can."""
    least = max((b for b in bounds if not b.is_ceiling), key=lambda b: b.value, default=None)
    most = min((b for b in bounds if b.is_ceiling), key=lambda b: b.value, default=None)
    chosen = least or most
    if chosen is None:
        return
    reason = ""
    if most is not None and chosen.value > most.value:
        reason = f"il faudrait à la fois {chosen.formula} et {most.formula}"
    elif series.unit == _RATE_UNIT and chosen.value > _HIGHEST_RATE:
        reason = f"un taux ne dépasse pas 100 % ({chosen.formula})"
    elif chosen.value < 0:
        reason = f"la valeur serait négative ({chosen.formula})"
    if reason:
        series.unreachable.append(Unreachable(series.indicator, series.label, year, reason))
        return
    formula = chosen.formula
    if chosen is not bounds[0] and chosen.value != bounds[0].value:
        formula = f"{bounds[0].formula} ; plus exigeant : {formula}"
    series.known[year] = chosen.value
    series.computed.append(
        ComputedTarget(series.indicator, series.label, year, chosen.value, formula)
    )
