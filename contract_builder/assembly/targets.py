"""The targets of a chosen sheet for this establishment: the right row, year by year.

The row is the one whose category, or own condition, holds. A negotiated target replaces the
sheet's. A target that depends on a baseline is computed from the establishment's own value, with
formula and rounding shown; it never hides the printed text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from contract_builder.assembly.conditions import Verdict, evaluate
from contract_builder.assembly.context import Setting
from contract_builder.model.fiche import Baseline, Fiche, TargetCell, TargetPart, TargetRow
from contract_builder.model.french import format_number
from contract_builder.model.profile import ChosenSheet, NegotiatedTarget
from contract_builder.reading.scalars import parse_decimal

Origin = Literal["fiche", "negocie"]


@dataclass(frozen=True, slots=True)
class ResolvedCell:
    """One target cell and the years that it covers; ``origin`` says who set it."""

    years: tuple[int, ...]
    cell: TargetCell
    origin: Origin
    negotiated: NegotiatedTarget | None = None


@dataclass(frozen=True, slots=True)
class ComputedTarget:
    """The establishment's own figure for one indicator and one year.

    ``formula`` shows the computation: « 740 × 1,03 = 762,2, arrondi à 762 ».
    """

    indicator: str
    year: int
    value: Decimal
    formula: str


@dataclass(frozen=True, slots=True)
class ResolvedRow:
    """The row of a sheet that applies to the establishment.

    ``missing_baselines``: the starting values that the profile lacks, or gives for another year.
    """

    row: TargetRow
    category_label: str
    cells: tuple[ResolvedCell, ...]
    computed: tuple[ComputedTarget, ...]
    missing_baselines: tuple[Baseline, ...]


@dataclass(frozen=True, slots=True)
class RowChoice:
    """The rows that apply, and the verdict on every row of the sheet."""

    rows: tuple[ResolvedRow, ...]
    verdicts: tuple[tuple[TargetRow, Verdict], ...]


def resolve_targets(fiche: Fiche, chosen: ChosenSheet, context: Setting) -> RowChoice:
    """The rows of the sheet for this establishment (one for each volet), with every verdict."""
    verdicts = tuple(
        (row, _row_verdict(row, fiche, context))
        for row in fiche.header.cibles
        if not chosen.volet or row.volet == chosen.volet
    )
    rows = tuple(
        resolve_row(row, fiche, chosen, context)
        for row, verdict in verdicts
        if verdict.outcome is True
    )
    return RowChoice(rows, verdicts)


def _row_verdict(row: TargetRow, fiche: Fiche, context: Setting) -> Verdict:
    category = next((c for c in context.campaign.categories if c.id == row.categorie), None)
    parts = [
        evaluate(condition, context.facts, fiche.code)
        for condition in (row.si, category.si if category and row.si is None else None)
        if condition is not None
    ]
    return parts[0] if parts else Verdict(None, f"catégorie « {row.categorie} » inconnue")


def resolve_row(row: TargetRow, fiche: Fiche, chosen: ChosenSheet, context: Setting) -> ResolvedRow:
    """The cells of a row, negotiated ones in their place, and the figures that are computed."""
    negotiated = {target.annee: target for target in chosen.cibles}
    cells = tuple(_resolve_cells(row, negotiated))
    label = category_label(row, context)
    unit = _RATE_UNIT if fiche.header.indicateur.type == "taux" else _COUNT_UNIT
    computed, missing = _compute(row, chosen, negotiated, unit)
    return ResolvedRow(row, label, cells, computed, missing)


def category_label(row: TargetRow, context: Setting) -> str:
    """What the sheet prints for the row, else the name of its category in the campaign."""
    category = next((c for c in context.campaign.categories if c.id == row.categorie), None)
    return row.libelle or (category.libelle if category else row.categorie)


def _resolve_cells(
    row: TargetRow, negotiated: Mapping[int, NegotiatedTarget]
) -> Iterator[ResolvedCell]:
    """The row's cells; a merged cell is split where a year of it was negotiated."""
    printed = set[int]()
    for years, cell in row.iter_cells():
        printed.update(years)
        if not any(year in negotiated for year in years):
            yield ResolvedCell(years, cell, "fiche")
            continue
        for year in years:
            yield (
                _negotiated_cell(negotiated[year])
                if year in negotiated
                else ResolvedCell((year,), cell, "fiche")
            )
    for year, target in negotiated.items():
        if year not in printed:
            yield _negotiated_cell(target)


def _negotiated_cell(target: NegotiatedTarget) -> ResolvedCell:
    cell = TargetCell(texte=target.texte, type=target.type, valeur=target.valeur)
    return ResolvedCell((target.annee,), cell, "negocie", target)


def negotiated_only(chosen: ChosenSheet) -> tuple[ResolvedCell, ...]:
    """The negotiated cells of a sheet that prints no row for the establishment."""
    return tuple(_negotiated_cell(target) for target in chosen.cibles)


# Counts are rounded to the unit, rates to a tenth of a point.
_COUNT_UNIT, _RATE_UNIT = Decimal(1), Decimal("0.1")


def _compute(
    row: TargetRow,
    chosen: ChosenSheet,
    negotiated: Mapping[int, NegotiatedTarget],
    unit: Decimal,
) -> tuple[tuple[ComputedTarget, ...], tuple[Baseline, ...]]:
    """The figures that follow from baselines, and the baselines that are missing."""
    computed: list[ComputedTarget] = []
    missing: list[Baseline] = []
    baselines = chosen.valeurs_initiales or {}
    for indicator, wanted in find_baselines(row).items():
        baseline = baselines.get(indicator)
        if baseline is None or baseline.annee != wanted.annee:
            missing.append(wanted)
            continue
        known = {baseline.annee: baseline.valeur}
        for years, cell in row.iter_cells():
            for part in _relative_parts(row, cell, indicator):
                for year in years:
                    if year in negotiated:
                        agreed = number_of_text(negotiated[year].valeur)
                        if agreed is not None:
                            known[year] = agreed
                        continue
                    found = _step(indicator, year, part, known, unit)
                    if found is not None:
                        known[year] = found.value
                        computed.append(found)
    return tuple(computed), tuple(missing)


def find_baselines(row: TargetRow) -> dict[str, Baseline]:
    """The starting values that the targets of a row depend on, by indicator."""
    found: dict[str, Baseline] = {}
    for _, cell in row.iter_cells():
        for part in (cell, *cell.composantes):
            base = part.base or (row.base if part is cell else None)
            if base is not None:
                found.setdefault(base.indicateur, base)
    return found


def _relative_parts(row: TargetRow, cell: TargetCell, indicator: str) -> Iterator[TargetPart]:
    for part in (cell, *cell.composantes):
        base = part.base or (row.base if part is cell else None)
        relative = part.type == "increment_pourcentage" and part.reference is not None
        if base is not None and base.indicateur == indicator and relative:
            yield part


def _step(
    indicator: str, year: int, part: TargetPart, known: Mapping[int, Decimal], unit: Decimal
) -> ComputedTarget | None:
    """The value of ``year``: the reference year's, raised by the percentage, to ``unit``.

    Rounded half up, from the rounded value of the reference year, as the worked example of
    CPOM_OS_12 does (740 → 762, 800, 840, 882, 926).
    """
    start, percentage = known.get(part.reference or 0), number_of(part)
    if start is None or percentage is None:
        return None
    factor = 1 + percentage / 100
    exact = start * factor
    value = exact.quantize(unit, ROUND_HALF_UP)
    shown = f"{format_number(start)} × {format_number(factor)} = {format_number(exact)}"
    rounded = "" if exact == value else f", arrondi à {format_number(value)}"
    return ComputedTarget(indicator, year, value, shown + rounded)


def number_of(part: TargetPart) -> Decimal | None:
    """The typed value as a number; None when it is not one (an error of the library's files)."""
    return number_of_text(part.valeur)


def number_of_text(text: str) -> Decimal | None:
    """A typed value as a number; None when it is not one."""
    try:
        return parse_decimal(text)
    except ValueError:
        return None
