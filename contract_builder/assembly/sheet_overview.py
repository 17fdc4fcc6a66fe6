"""Every sheet of a campaign as one establishment meets it: open or not, its targets, what lacks.

For choosing: the sheets that the profile did not choose are looked at as if it had.
"""

from collections.abc import Iterator, Mapping

from contract_builder.assembly.condition_words import describe_condition
from contract_builder.assembly.conditions import evaluate
from contract_builder.assembly.context import Context
from contract_builder.assembly.sheet_questions import find_open_volets
from contract_builder.assembly.targets import (
    ResolvedRow,
    asked_years,
    category_label,
    resolve_targets,
)
from contract_builder.frozen import dataclass
from contract_builder.model.facts import Facts
from contract_builder.model.fiche import Baseline, Fiche
from contract_builder.model.identifiers import sheet_order
from contract_builder.model.library import Library
from contract_builder.model.profile import ChosenSheet, Profile


@dataclass(frozen=True, slots=True)
class ComputedFigure:
    """A figure that a target means once a starting value is known; ``formula`` tells how."""

    indicator: str
    value: str
    formula: str


@dataclass(frozen=True, slots=True)
class OverviewTarget:
    """The target of one year: what applies, and what the sheet prints, None for nothing.

    ``reasons`` are those of what was negotiated; ``is_question``: the sheet leaves it to be said.
    """

    text: str
    printed: str | None
    type: str
    origin: str
    reasons: tuple[str, ...]
    is_question: bool
    figures: tuple[ComputedFigure, ...]


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """The row of a sheet that is the establishment's: its targets by year, those of the contract.

    ``volet`` is empty where the sheet has none; ``total`` is None where none is printed.
    """

    volet: str
    category: str
    years: Mapping[int, OverviewTarget]
    total: str | None
    note: str


@dataclass(frozen=True, slots=True)
class OtherCategory:
    """A row of a sheet that is not, or not yet, the establishment's, and why."""

    category: str
    reasons: str


@dataclass(frozen=True, slots=True)
class MissingBaseline:
    """A starting value that a target needs and that nobody gave."""

    indicator: str
    label: str
    year: int


@dataclass(frozen=True, slots=True)
class GivenBaseline:
    """A starting value of the profile; ``source`` says where the figure comes from."""

    indicator: str
    label: str
    year: int
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class SheetOverview:
    """One sheet as the establishment meets it.

    ``is_open`` is None where a datum lacks; ``condition`` tells whom it is for, ``reasons`` what
    decided. ``asks_volet``: one is to be chosen. ``other_categories`` are told when no row is the
    establishment's.
    """

    code: str
    title: str
    is_chosen: bool
    is_open: bool | None
    audience: str
    indicator: str
    condition: str
    reasons: str
    volets: tuple[str, ...]
    asks_volet: bool
    rows: tuple[OverviewRow, ...]
    other_categories: tuple[OtherCategory, ...]
    baselines: tuple[GivenBaseline, ...]
    missing_baselines: tuple[MissingBaseline, ...]


def look_at_sheets(library: Library, profile: Profile, facts: Facts) -> tuple[SheetOverview, ...]:
    """Each sheet of the campaign's catalogue, in its order."""
    context = Context.of_profile(library, profile, facts)
    chosen: dict[str, list[ChosenSheet]] = {}
    for sheet in profile.fiches:
        chosen.setdefault(sheet.code, []).append(sheet)
    catalogue = library.fiches.get(context.campaign.fiches, {})
    return tuple(
        _look_at(catalogue[code], chosen.get(code, []), context)
        for code in sorted(catalogue, key=sheet_order)
    )


def _look_at(fiche: Fiche, chosen: list[ChosenSheet], context: Context) -> SheetOverview:
    audience = evaluate(fiche.header.applicable_si, context.facts, fiche.code)
    looked_at = chosen or [ChosenSheet(code=fiche.code)]
    rows = tuple(row for sheet in looked_at for row in _iter_rows(fiche, sheet, context))
    others = (item for sheet in looked_at for item in _iter_other_categories(fiche, sheet, context))
    return SheetOverview(
        code=fiche.code,
        title=fiche.header.intitule,
        is_chosen=bool(chosen),
        is_open=audience.outcome,
        audience=fiche.header.public,
        indicator=fiche.header.indicateur.definition,
        condition=describe_condition(fiche.header.applicable_si, context.library),
        reasons=" ; ".join(audience.reasons()),
        volets=tuple(fiche.volets),
        asks_volet=any(
            find_open_volets(sheet, resolve_targets(fiche, sheet, context)) for sheet in looked_at
        ),
        rows=rows,
        other_categories=() if rows else tuple(others),
        baselines=tuple(_iter_given_baselines(fiche, chosen)),
        missing_baselines=_find_missing_baselines(fiche, looked_at, context),
    )


def _iter_rows(fiche: Fiche, sheet: ChosenSheet, context: Context) -> Iterator[OverviewRow]:
    for resolved in resolve_targets(fiche, sheet, context).rows:
        yield _row_of(resolved, context)


def _row_of(resolved: ResolvedRow, context: Context) -> OverviewRow:
    """The targets of one row, year by year; a figure computed from a starting value beside each."""
    years = asked_years(context)
    computed: dict[int, list[ComputedFigure]] = {}
    for item in resolved.computed:
        figure = ComputedFigure(item.label, f"{item.value:f}", item.formula)
        computed.setdefault(item.year, []).append(figure)
    targets = {
        year: OverviewTarget(
            text=cell.cell.texte,
            printed=None if cell.printed is None else cell.printed.texte,
            type=cell.cell.type,
            origin=cell.origin,
            reasons=tuple(target.motif for target in cell.negotiated),
            is_question=cell.is_question,
            figures=tuple(computed.get(year, ())),
        )
        for cell in resolved.cells
        for year in cell.years
        if year in years
    }
    total = resolved.total.cell
    return OverviewRow(
        resolved.row.volet,
        resolved.category_label,
        dict(sorted(targets.items())),
        total.texte if total is not None and resolved.total.is_printed else None,
        resolved.note,
    )


def _iter_other_categories(
    fiche: Fiche, sheet: ChosenSheet, context: Context
) -> Iterator[OtherCategory]:
    for row, verdict in resolve_targets(fiche, sheet, context).verdicts:
        yield OtherCategory(category_label(row, context), " ; ".join(verdict.reasons()))


def _iter_given_baselines(fiche: Fiche, chosen: list[ChosenSheet]) -> Iterator[GivenBaseline]:
    for sheet in chosen:
        for name, given in (sheet.valeurs_initiales or {}).items():
            label = fiche.label_of_indicator(name)
            yield GivenBaseline(name, label, given.annee, f"{given.valeur:f}", given.source)


def _find_missing_baselines(
    fiche: Fiche, sheets: list[ChosenSheet], context: Context
) -> tuple[MissingBaseline, ...]:
    missing: dict[tuple[str, int], Baseline] = {}
    for sheet in sheets:
        for row in resolve_targets(fiche, sheet, context).rows:
            for item in row.missing_baselines:
                missing[item.indicateur, item.annee] = item
    return tuple(
        MissingBaseline(
            item.indicateur,
            item.libelle or fiche.label_of_indicator(item.indicateur),
            item.annee,
        )
        for item in missing.values()
    )
