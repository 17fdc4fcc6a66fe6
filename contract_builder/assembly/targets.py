"""The targets of a chosen sheet for this establishment: the right row, year by year.

The row is the one whose category, or own condition, holds. A negotiated target replaces the
sheet's, and totals and notes follow it. A target that depends on a baseline is computed from the
establishment's own value, with formula and rounding shown; it never hides the printed text.
"""

from contract_builder.assembly.conditions import Verdict, evaluate
from contract_builder.assembly.context import Setting
from contract_builder.assembly.negotiation import Departure, ResolvedCell, resolve_cells
from contract_builder.assembly.target_computation import ComputedTarget, Unreachable, compute
from contract_builder.assembly.target_totals import ResolvedTotal, resolve_note, resolve_total
from contract_builder.frozen import dataclass
from contract_builder.model.fiche import Baseline, Fiche, TargetRow
from contract_builder.model.profile import ChosenSheet

_NEGOTIATED = "Cibles négociées"


@dataclass(frozen=True, slots=True)
class ResolvedRow:
    """The row of a sheet that applies to the establishment.

    ``missing_baselines``: the starting values that the computation needs and the profile lacks, or
    gives for another year. ``departures``: the negotiated targets that ask less than the sheet.
    """

    row: TargetRow
    category_label: str
    cells: tuple[ResolvedCell, ...]
    total: ResolvedTotal
    note: str = ""
    computed: tuple[ComputedTarget, ...] = ()
    missing_baselines: tuple[Baseline, ...] = ()
    departures: tuple[Departure, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()


@dataclass(frozen=True, slots=True)
class RowChoice:
    """The rows that apply, and the verdict on every row of the sheet."""

    rows: tuple[ResolvedRow, ...]
    verdicts: tuple[tuple[TargetRow, Verdict], ...]

    @property
    def is_settled(self) -> bool:
        """True when the profile says enough to decide on every row."""
        return all(verdict.outcome is not None for _, verdict in self.verdicts)


def resolve_targets(fiche: Fiche, chosen: ChosenSheet, setting: Setting) -> RowChoice:
    """The rows of the sheet for this establishment (one for each volet), with every verdict."""
    verdicts = tuple(
        (row, _row_verdict(row, fiche, setting))
        for row in fiche.header.cibles
        if not chosen.volet or row.volet == chosen.volet
    )
    rows = tuple(
        resolve_row(row, fiche, chosen, setting)
        for row, verdict in verdicts
        if verdict.outcome is True
    )
    return RowChoice(rows, verdicts)


def _row_verdict(row: TargetRow, fiche: Fiche, setting: Setting) -> Verdict:
    category = next((c for c in setting.campaign.categories if c.id == row.categorie), None)
    parts = [
        evaluate(condition, setting.facts, fiche.code)
        for condition in (row.si, category.si if category and row.si is None else None)
        if condition is not None
    ]
    return parts[0] if parts else Verdict(None, f"catégorie « {row.categorie} » inconnue")


def resolve_row(row: TargetRow, fiche: Fiche, chosen: ChosenSheet, setting: Setting) -> ResolvedRow:
    """The cells of a row, negotiated ones in their place, and the figures that are computed."""
    cells, departures = resolve_cells(row, fiche, chosen.cibles, _covered_years(setting))
    computation = compute(row, fiche, cells, chosen.valeurs_initiales or {})
    return ResolvedRow(
        row=row,
        category_label=category_label(row, setting),
        cells=cells,
        total=resolve_total(row, cells),
        note=resolve_note(row, cells),
        computed=computation.computed,
        missing_baselines=computation.missing,
        departures=(*departures, *computation.departures),
        unreachable=computation.unreachable,
    )


def negotiated_row(fiche: Fiche, chosen: ChosenSheet, setting: Setting) -> ResolvedRow:
    """The negotiated targets of a sheet that prints no row for the establishment."""
    row = TargetRow(categorie="", libelle=_NEGOTIATED, volet=chosen.volet, valeurs={})
    cells, _ = resolve_cells(row, fiche, chosen.cibles, _covered_years(setting))
    return ResolvedRow(row, _NEGOTIATED, cells, ResolvedTotal())


def asked_years(setting: Setting) -> tuple[int, ...]:
    """The years of the campaign that the contract covers; all of them when it covers none."""
    covered = _covered_years(setting)
    years = tuple(year for year in setting.campaign.annees if year in covered)
    return years or setting.campaign.annees


def _covered_years(setting: Setting) -> range:
    return range(setting.on.year, setting.end.year + 1)


def category_label(row: TargetRow, setting: Setting) -> str:
    """What the sheet prints for the row, else the name of its category in the campaign."""
    category = next((c for c in setting.campaign.categories if c.id == row.categorie), None)
    return row.libelle or (category.libelle if category else row.categorie)
