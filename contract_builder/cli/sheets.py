"""The sheets of a campaign for one profile, as ``cpom explain PROFIL fiches`` prints them."""

from typing import Any

from contract_builder.cli.output import print_line

_GROUPS = (
    ("Fiches choisies", lambda sheet: sheet["choisie"]),
    ("Ouvertes à l’établissement", lambda sheet: not sheet["choisie"] and sheet["ouverte"] is True),
    (
        "Ouverture à décider : une donnée manque",
        lambda sheet: not sheet["choisie"] and sheet["ouverte"] is None,
    ),
    (
        "Destinées à d’autres",
        lambda sheet: not sheet["choisie"] and sheet["ouverte"] is False,
    ),
)


def print_sheets(data: dict[str, Any]) -> None:
    """The sheets in four groups: chosen, open, undecided, for others."""
    print_line(
        f"{data['raison_sociale']} – contrat {data['code']}, effet {data['date_effet']}, "
        f"campagne {data['campagne']}"
    )
    for title, is_in in _GROUPS:
        found = [sheet for sheet in data["fiches"] if is_in(sheet)]
        if found:
            print_line()
            print_line(f"{title} ({len(found)})")
        for sheet in found:
            _print_sheet(sheet)


def _print_sheet(sheet: dict[str, Any]) -> None:
    print_line(f"  {sheet['code']} « {sheet['intitule']} »")
    if sheet["ouverte"] is not True:
        wrong = "n’est pas ouverte" if sheet["ouverte"] is False else "ne peut être décidée"
        print_line(f"      {wrong} : {sheet['motif']}")
    print_line(f"      public : {sheet['condition']}")
    if sheet["volet_a_choisir"]:
        print_line(f"      volet à choisir : {' ou '.join(sheet['volets'])}")
    if sheet["ouverte"] is False and not sheet["choisie"]:
        return
    for row in sheet["cibles"]:
        _print_row(row)
    for other in sheet["categories_ecartees"]:
        print_line(f"      catégorie « {other['categorie']} » non retenue : {other['motif']}")
    for value in sheet["valeurs_initiales_manquantes"]:
        print_line(
            f"      valeur de départ manquante : {value['libelle']} ({value['indicateur']}), "
            f"année {value['annee']}"
        )


def _print_row(row: dict[str, Any]) -> None:
    part = f"{row['volet']}, " if row["volet"] else ""
    print_line(f"      {part}{row['categorie']}")
    for year, target in row["annees"].items():
        agreed = " (négociée)" if target["origine"] == "negocie" else ""
        asked = "   à préciser" if target["a_preciser"] else ""
        print_line(f"        {year} : {target['texte'] or '–'}{agreed}{asked}")
        for figure in target["chiffres"]:
            print_line(f"               {figure['indicateur']} : {figure['calcul']}")
    if row["total"]:
        print_line(f"        total : {row['total']}")
