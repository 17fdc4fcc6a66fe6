"""``cpom library``: list, show and export what the library holds."""

import argparse
from pathlib import Path
from typing import Any

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_json, print_line, print_problems
from contract_builder.cli.project_option import project_of
from contract_builder.diagnostics import only_errors
from contract_builder.errors import UsageError
from contract_builder.model.french import long_date


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command and its sub-commands."""
    parser = add_command(
        commands,
        common,
        "library",
        description="Montre les clauses, les fiches et les références légales de la bibliothèque.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", parents=[common], help="liste clauses, fiches et références")
    show = actions.add_parser("show", parents=[common], help="montre un élément entier")
    show.add_argument(
        "item",
        metavar="ÉLÉMENT",
        help="code de fiche, identifiant de clause, « CSP L6114-1 », ou code d’une nomenclature",
    )
    export = actions.add_parser("export", parents=[common], help="exporte toute la bibliothèque")
    export.add_argument("--json", action="store_true", help="au format JSON (le seul à ce jour)")
    control = actions.add_parser(
        "control",
        parents=[common],
        help="compare le registre des références avec un extrait de code",
        description="Compare les entrées d’un code, au registre des références, avec toutes les "
        "versions de chaque article que donne un extrait (fichier JSON du paquet npm "
        "@socialgouv/legi-data, ou dossier XML d’un code de la base LEGI de la DILA), et dit ce "
        "qui diffère et ce qui a changé depuis la dernière vérification de chaque article. "
        "N’écrit rien.",
    )
    control.add_argument("extract", metavar="EXTRAIT", help="fichier JSON ou dossier XML d’un code")
    control.add_argument("--strict", action="store_true", help="un écart donne le code de sortie 3")
    _add_new_parsers(actions, common)
    parser.set_defaults(run=run)


def _add_new_parsers(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    new = actions.add_parser("new", parents=[common], help="écrit un squelette à compléter")
    kinds = new.add_subparsers(dest="kind", metavar="SORTE", required=True)
    clause = kinds.add_parser("clause", parents=[common], help="une clause")
    clause.add_argument("name", metavar="IDENTIFIANT", help="minuscules, chiffres et tirets")
    clause.add_argument(
        "--folder", default="corps", metavar="DOSSIER", help="corps, annexes ou visas"
    )
    sheet = kinds.add_parser("fiche", parents=[common], help="une fiche")
    sheet.add_argument("name", metavar="CODE", help="code de la fiche")
    sheet.add_argument(
        "--catalogue", required=True, metavar="DOSSIER", help="dossier de « fiches »"
    )
    reference = kinds.add_parser("reference", parents=[common], help="une référence légale")
    reference.add_argument("name", metavar="RÉFÉRENCE", help="code et article : « CSP L6114-1 »")


def _run_new(args: argparse.Namespace) -> int:
    """Writes the skeleton and prints its path."""
    from contract_builder.services.making import new_library_item

    folder = getattr(args, "folder", "") or getattr(args, "catalogue", "")
    print_line(str(new_library_item(project_of(args).root, args.kind, args.name, folder)))
    return 0


def _run_control(args: argparse.Namespace) -> int:
    """Prints what differs, then what was compared."""
    from contract_builder.services.controlling import control_law

    control = control_law(project_of(args), Path(args.extract))
    code = print_problems(control.problems, strict=args.strict)
    count = len(control.problems)
    gaps = f"{count} écart{'s' * (count > 1)}" if count else "aucun écart"
    print_line(
        f"{control.title} : {control.entries} entrées comparées à l’extrait du "
        f"{long_date(control.extract_on)}, {gaps}."
    )
    if control.changes:
        print_line("Changés depuis leur dernière vérification (verifie_le) :")
    for change in control.changes:
        name = f"{control.code} {change.article}"
        what = "plus en vigueur à partir du" if change.is_end else "autre rédaction à partir du"
        known = "" if change.known else ", que le registre n’a pas"
        print_line(
            f"  {name} (vérifié le {long_date(change.checked)}) : {what} "
            f"{long_date(change.since)}{known}"
        )
        print_line(f'    cpom impact "{name}" --on {change.since}')
    return code


def run(args: argparse.Namespace) -> int:
    """Prints what is asked; problems of the library go to stderr and give code 1."""
    from contract_builder.services.as_json.libraries import export_project_library

    if args.action == "new":
        return _run_new(args)
    if args.action == "control":
        return _run_control(args)
    data, problems = export_project_library(project_of(args))
    code = print_problems(only_errors(problems), strict=False)
    if args.action == "export":
        print_json(data)
    elif args.action == "list":
        _print_list(data)
    else:
        _print_item(data, args)
    return code


def _print_list(data: dict[str, Any]) -> None:
    print_line(f"Fiches ({len(data['fiches'])})")
    for fiche in data["fiches"]:
        print_line(f"  {fiche['code']:<28} {fiche['intitule']}")
    print_line(f"Clauses ({len(data['clauses'])})")
    for clause in data["clauses"]:
        until = f" au {clause['en_vigueur_au']}" if clause["en_vigueur_au"] else ""
        period = f"du {clause['en_vigueur_du']}{until}"
        print_line(f"  {clause['id']:<40} {period:<28} {clause['titre']}")
    print_line(f"Références ({len(data['references'])})")
    for item in data["references"]:
        name = f"{item['code']} {item['article']}"
        print_line(f"  {name:<24} {item['statut']:<12} {item['depuis']}  {item['objet']}")


def _print_item(data: dict[str, Any], args: argparse.Namespace) -> None:
    from contract_builder.services.as_json.libraries import find_code_data

    name = args.item
    wanted = " ".join(name.split()).casefold()
    found = [
        item
        for kind, keys in (("fiches", ("code",)), ("clauses", ("id",)))
        for item in data[kind]
        if wanted in {str(item[key]).casefold() for key in keys}
    ]
    found.extend(
        item
        for item in data["references"]
        if wanted == f"{item['code']} {item['article']}".casefold()
    )
    found.extend(find_code_data(args.opened, name))
    if not found:
        raise UsageError(
            f"Rien ne s’appelle « {name} » dans la bibliothèque ; « cpom library list » la montre."
        )
    for number, item in enumerate(found):
        if number:
            print_line()
        _print_mapping(item, "")


def _print_mapping(item: dict[str, Any], indent: str) -> None:
    """A record as indented « key : value » lines; empty values are left out."""
    for key, value in item.items():
        if value in (None, "", [], {}, False):
            continue
        if isinstance(value, dict):
            print_line(f"{indent}{key} :")
            _print_mapping(value, indent + "  ")
        elif isinstance(value, list):
            print_line(f"{indent}{key} :")
            for entry in value:
                if isinstance(entry, dict):
                    _print_mapping(entry, indent + "  ")
                    print_line()
                else:
                    print_line(f"{indent}  - {entry}")
        else:
            text = str(value).replace("\n", f"\n{indent}  ")
            print_line(f"{indent}{key} : {text}")
