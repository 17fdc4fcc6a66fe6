"""Every sheet of a campaign as one establishment meets it: open or not, its targets, what lacks.

For choosing: the sheets that the profile did not choose are looked at as if it had.
"""

from collections.abc import Iterator
from typing import Any

from contract_builder.assembly.condition_words import describe_condition
from contract_builder.assembly.conditions import Verdict, evaluate
from contract_builder.assembly.context import Context, GapList
from contract_builder.assembly.sheet_questions import find_open_volets
from contract_builder.assembly.targets import (
    ResolvedRow,
    asked_years,
    category_label,
    resolve_targets,
)
from contract_builder.model.facts import Facts
from contract_builder.model.fiche import Baseline, Fiche
from contract_builder.model.identifiers import sheet_order
from contract_builder.model.library import Library
from contract_builder.model.profile import ChosenSheet, Profile


def sheet_overview_data(library: Library, profile: Profile, facts: Facts) -> list[dict[str, Any]]:
    """One entry for each sheet of the campaign's catalogue, in its order, as JSON-ready data."""
    context = Context(
        library=library,
        outline=library.outlines[profile.type_contrat],
        campaign=library.campaigns[profile.campagne],
        profile=profile,
        facts=facts,
        on=profile.contrat.date_effet,
        end=profile.contrat.last_day,
        problems=[],
        gaps=GapList(),
    )
    chosen: dict[str, list[ChosenSheet]] = {}
    for sheet in profile.fiches:
        chosen.setdefault(sheet.code, []).append(sheet)
    catalogue = library.fiches.get(context.campaign.fiches, {})
    return [
        _sheet_data(catalogue[code], chosen.get(code, []), context)
        for code in sorted(catalogue, key=sheet_order)
    ]


def _sheet_data(fiche: Fiche, chosen: list[ChosenSheet], context: Context) -> dict[str, Any]:
    audience = evaluate(fiche.header.applicable_si, context.facts, fiche.code)
    looked_at = chosen or [ChosenSheet(code=fiche.code)]
    rows = [row for sheet in looked_at for row in _iter_rows(fiche, sheet, context)]
    return {
        "code": fiche.code,
        "intitule": fiche.header.intitule,
        "choisie": bool(chosen),
        "ouverte": audience.outcome,
        "public": fiche.header.public,
        "indicateur": fiche.header.indicateur.definition,
        "condition": describe_condition(fiche.header.applicable_si, context.library),
        "motif": " ; ".join(audience.reasons()),
        "volets": list(fiche.volets),
        "volet_a_choisir": any(
            find_open_volets(sheet, resolve_targets(fiche, sheet, context)) for sheet in looked_at
        ),
        "cibles": rows,
        "categories_ecartees": [
            {"categorie": label, "motif": reasons}
            for sheet in looked_at
            for label, reasons in _iter_other_categories(fiche, sheet, context)
        ]
        if not rows
        else [],
        "valeurs_initiales": list(_iter_given_baselines(fiche, chosen)),
        "valeurs_initiales_manquantes": _missing_baselines(fiche, looked_at, context),
    }


def _iter_rows(fiche: Fiche, sheet: ChosenSheet, context: Context) -> Iterator[dict[str, Any]]:
    for resolved in resolve_targets(fiche, sheet, context).rows:
        yield _row_data(resolved, context)


def _row_data(resolved: ResolvedRow, context: Context) -> dict[str, Any]:
    """The targets of one row, year by year; a figure computed from a starting value beside each."""
    years = asked_years(context)
    computed: dict[int, list[dict[str, str]]] = {}
    for item in resolved.computed:
        figure = {"indicateur": item.label, "valeur": f"{item.value:f}", "calcul": item.formula}
        computed.setdefault(item.year, []).append(figure)
    targets: dict[str, Any] = {}
    for cell in resolved.cells:
        for year in cell.years:
            if year in years:
                targets[str(year)] = {
                    "texte": cell.cell.texte,
                    "imprime": None if cell.printed is None else cell.printed.texte,
                    "type": cell.cell.type,
                    "origine": cell.origin,
                    "motifs": [target.motif for target in cell.negotiated],
                    "a_preciser": cell.is_question,
                    "chiffres": computed.get(year, []),
                }
    total = resolved.total.cell
    return {
        "volet": resolved.row.volet or None,
        "categorie": resolved.category_label,
        "annees": dict(sorted(targets.items())),
        "total": total.texte if total is not None and resolved.total.is_printed else None,
        "note": resolved.note,
    }


def _iter_other_categories(
    fiche: Fiche, sheet: ChosenSheet, context: Context
) -> Iterator[tuple[str, str]]:
    """Each category of the sheet, and why it is not, or not yet, the establishment's."""
    verdicts: tuple[tuple[Any, Verdict], ...] = resolve_targets(fiche, sheet, context).verdicts
    for row, verdict in verdicts:
        yield category_label(row, context), " ; ".join(verdict.reasons())


def _iter_given_baselines(fiche: Fiche, chosen: list[ChosenSheet]) -> Iterator[dict[str, Any]]:
    for sheet in chosen:
        for name, given in (sheet.valeurs_initiales or {}).items():
            yield {
                "indicateur": name,
                "libelle": fiche.label_of_indicator(name),
                "annee": given.annee,
                "valeur": f"{given.valeur:f}",
                "source": given.source,
            }


def _missing_baselines(
    fiche: Fiche, sheets: list[ChosenSheet], context: Context
) -> list[dict[str, Any]]:
    missing: dict[tuple[str, int], Baseline] = {}
    for sheet in sheets:
        for row in resolve_targets(fiche, sheet, context).rows:
            for item in row.missing_baselines:
                missing[item.indicateur, item.annee] = item
    return [
        {
            "indicateur": item.indicateur,
            "libelle": item.libelle or fiche.label_of_indicator(item.indicateur),
            "annee": item.annee,
        }
        for item in missing.values()
    ]
