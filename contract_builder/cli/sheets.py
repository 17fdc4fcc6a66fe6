"""The sheets of a campaign for one profile, as ``cpom explain PROFIL fiches`` prints them."""

from typing import TYPE_CHECKING

from contract_builder.cli.output import print_line
from contract_builder.model.french import long_date

if TYPE_CHECKING:
    from contract_builder.assembly.sheet_overview import OverviewRow, SheetOverview
    from contract_builder.services.explaining import SheetsExplanation

_GROUPS = (
    ("Fiches choisies", lambda sheet: sheet.is_chosen),
    ("Ouvertes à l’établissement", lambda sheet: not sheet.is_chosen and sheet.is_open is True),
    (
        "Ouverture à décider : une donnée manque",
        lambda sheet: not sheet.is_chosen and sheet.is_open is None,
    ),
    (
        "Destinées à d’autres",
        lambda sheet: not sheet.is_chosen and sheet.is_open is False,
    ),
)


def print_sheets(explanation: "SheetsExplanation") -> None:
    """The sheets in four groups: chosen, open, undecided, for others."""
    subject = explanation.subject
    effective_date = long_date(subject.effective_date)
    print_line(
        f"{subject.legal_name} – contrat {subject.code}, effet {effective_date}, "
        f"campagne {explanation.campaign}"
    )
    for title, is_in in _GROUPS:
        found = [sheet for sheet in explanation.sheets if is_in(sheet)]
        if found:
            print_line()
            print_line(f"{title} ({len(found)})")
        for sheet in found:
            _print_sheet(sheet)


def _print_sheet(sheet: "SheetOverview") -> None:
    print_line(f"  {sheet.code} « {sheet.title} »")
    if sheet.is_open is not True:
        wrong = "n’est pas ouverte" if sheet.is_open is False else "ne peut être décidée"
        print_line(f"      {wrong} : {sheet.reasons}")
    print_line(f"      public : {sheet.condition}")
    if sheet.asks_volet:
        print_line(f"      volet à choisir : {' ou '.join(sheet.volets)}")
    if sheet.is_open is False and not sheet.is_chosen:
        return
    for row in sheet.rows:
        _print_row(row)
    for other in sheet.other_categories:
        print_line(f"      catégorie « {other.category} » non retenue : {other.reasons}")
    for value in sheet.missing_baselines:
        print_line(
            f"      valeur de départ manquante : {value.label} ({value.indicator}), "
            f"année {value.year}"
        )


def _print_row(row: "OverviewRow") -> None:
    part = f"{row.volet}, " if row.volet else ""
    print_line(f"      {part}{row.category}")
    for year, target in row.years.items():
        agreed = " (négociée)" if target.origin == "negocie" else ""
        asked = "   à préciser" if target.is_question else ""
        print_line(f"        {year} : {target.text or '–'}{agreed}{asked}")
        for figure in target.figures:
            print_line(f"               {figure.indicator} : {figure.formula}")
    if row.total:
        print_line(f"        total : {row.total}")
