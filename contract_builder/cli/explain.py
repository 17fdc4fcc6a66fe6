"""``cpom explain``: why each part, clause and sheet is in or out of a contract."""

import argparse
from typing import TYPE_CHECKING, Any

from contract_builder.cli.output import print_json, print_line, print_problems
from contract_builder.cli.project_option import profile_path, project_of
from contract_builder.cli.sheets import print_sheets
from contract_builder.errors import ProblemsError, UsageError

if TYPE_CHECKING:
    from contract_builder.services.checking import Explanation

SHEETS = "fiches"


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "explain",
        parents=[common],
        help="explique ce que contient un contrat, et pourquoi",
        description="Dit, pour chaque article, clause, annexe et fiche, si le contrat la retient "
        "et quelles données du profil en ont décidé.",
    )
    parser.add_argument("profile", metavar="PROFIL", help="fichier du profil, ou son nom")
    parser.add_argument(
        "item",
        nargs="?",
        metavar="ÉLÉMENT",
        help="une clause, une annexe, une fiche, une valeur du profil (« etablissement », "
        "« sites »), ou « fiches » : toutes celles de la campagne, avec leurs cibles",
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the decisions; 1 when the profile or the library has errors."""
    from contract_builder.services.checking import explain_profile, explain_sheets

    project = project_of(args)
    path = profile_path(args.profile, project.root)
    if (args.item or "").casefold() == SHEETS:
        return _explain_sheets(explain_sheets(project, path), as_json=args.json)
    explanation = explain_profile(project, path)
    if explanation.data is None:
        raise ProblemsError(explanation.problems)
    data = explanation.data
    if args.item:
        wanted = args.item.casefold()
        data["valeurs"] = [item for item in data["valeurs"] if _is_under(item["chemin"], wanted)]
        data["elements"] = [item for item in data["elements"] if item["id"].casefold() == wanted]
        if not data["elements"] and not data["valeurs"]:
            raise UsageError(f"Rien ne s’appelle « {args.item} » dans ce contrat ni son plan.")
    errors = [problem for problem in explanation.problems if problem.severity == "erreur"]
    code = print_problems(errors, strict=False)
    if args.json:
        print_json(data)
    else:
        _print_text(data, detailed=bool(args.item))
    return code


def _explain_sheets(explanation: "Explanation", *, as_json: bool) -> int:
    if explanation.data is None:
        raise ProblemsError(explanation.problems)
    errors = [problem for problem in explanation.problems if problem.severity == "erreur"]
    code = print_problems(errors, strict=False)
    if as_json:
        print_json(explanation.data)
    else:
        print_sheets(explanation.data)
    return code


def _is_under(path: str, wanted: str) -> bool:
    """True for the value named, and for all that stands under a group of values."""
    folded = path.casefold()
    return folded == wanted or folded.startswith((f"{wanted}.", f"{wanted}["))


def _print_text(data: dict[str, Any], *, detailed: bool) -> None:
    print_line(f"{data['raison_sociale']} – contrat {data['code']}, effet {data['date_effet']}")
    if not detailed:
        print_line()
        print_line("Données qui décident")
        for fact in data["faits"]:
            print_line(f"  {fact['libelle']} : {fact['valeur']}   [{fact['origine']}]")
    print_line()
    for item in data["elements"]:
        mark, word = ("✔", "retenue") if item["retenu"] else ("✘", "écartée")
        title = f" « {item['titre']} »" if item["titre"] else ""
        print_line(f"{mark} {item['genre']} {item['id']}{title}")
        print_line(f"    {word} parce que : {item['motif']}   [{item['place']}]")
        if item["negociation"] and item["retenu"]:
            print_line(f"    variante de l’établissement : {item['negociation']}")
        if detailed:
            _print_tree(item["conditions"], 4)
    for value in data["valeurs"] if detailed else ():
        source = value["registre"] or value["negociation"]
        origin = f"{value['couche']}, {value['place']}{f' ← {source}' if source else ''}"
        print_line(f"{value['chemin']} : {value['valeur']}   [{origin}]")


def _print_tree(node: dict[str, Any], depth: int) -> None:
    mark = {True: "vrai", False: "faux", None: "indécidable"}[node["resultat"]]
    print_line(f"{' ' * depth}{mark} : {node['texte']}")
    for part in node["parties"]:
        _print_tree(part, depth + 2)
