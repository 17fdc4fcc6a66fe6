"""``cpom consolidate``: the text in force, a contract with its avenants."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import parse_day, today
from contract_builder.cli.formats import parse_formats
from contract_builder.cli.output import print_error, print_json, print_kept, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError
from contract_builder.model.french import NBSP, enumerate_words, long_date
from contract_builder.model.identifiers import split_version_reference

if TYPE_CHECKING:
    from contract_builder.services.consolidating import Consolidated
    from contract_builder.services.project import Project


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "consolidate",
        description="Applique des avenants, dans l’ordre, au contrat qu’ils modifient, ou donne le "
        "texte que le registre sait en vigueur un jour donné ; écrit le texte consolidé, où une "
        "note dit de quel avenant vient chaque passage modifié.",
    )
    parser.add_argument(
        "contract",
        metavar="CONTRAT",
        help="le contrat signé : fichier JSON ou PDF, ou version du registre, par exemple "
        "990000011@3 ; seule, celle-ci désigne le contrat dont le registre connaît les avenants",
    )
    parser.add_argument(
        "amendments",
        metavar="AVENANT.json",
        nargs="*",
        type=Path,
        help="les avenants, dans l’ordre : les fichiers JSON écrits avec eux",
    )
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="jour dont donner le texte en vigueur (par défaut : aujourd’hui pour un contrat du "
        "registre ; tous les avenants donnés sinon)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DOSSIER",
        help="dossier de sortie (par défaut : output/ ; avec « --json », rien n’est écrit sans "
        "cette option)",
    )
    parser.add_argument(
        "--formats",
        default="docx,pdf,html,json",
        metavar="LISTE",
        help="formats séparés par des virgules : docx, pdf, html, json (par défaut : tous)",
    )
    parser.add_argument(
        "--json", action="store_true", help="affiche le contrat consolidé au format JSON"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Consolidates, then prints the contract, or the paths written, one a line."""
    from contract_builder.services.consolidating import publish_consolidation
    from contract_builder.services.making import FORMATS

    formats = parse_formats(args.formats, FORMATS)
    project = project_of(args)
    consolidated = _consolidate(project, args)
    if args.out is not None or not args.json:
        out = args.out or project.root / "output"
        published, _ = publish_consolidation(project, consolidated, out, formats)
        print_kept(published.kept)
        if not args.json:
            for path in published.written:
                print_line(str(path))
    if args.json:
        from contract_builder.services.as_json.texts import consolidated_data

        print_json(consolidated_data(consolidated))
    _print_summary(consolidated)
    return 0


def _consolidate(project: "Project", args: argparse.Namespace) -> "Consolidated":
    from contract_builder.services.consolidating import consolidate_files, consolidate_stored

    if args.amendments:
        return consolidate_files(project, args.contract, args.amendments, args.on)
    if split_version_reference(args.contract) is None:
        raise UsageError(
            "Il manque les avenants : donnez, après le contrat, les fichiers JSON de ses avenants, "
            "dans l’ordre. Sans eux, le contrat se désigne par une version du registre, comme "
            "« 990000011@3 »."
        )
    return consolidate_stored(project, args.contract, args.on or today())


def _print_summary(consolidated: "Consolidated") -> None:
    """Which avenants are in the text, which are not yet, and what to know."""
    taken = [item.amendment.number for item in consolidated.consolidation.integrated]
    named = _name_numbers(taken) if taken else "aucun avenant"
    print_error(f"Texte consolidé au {long_date(consolidated.on)} : {named}.")
    for amendment in consolidated.waiting:
        print_error(
            f"À savoir : l’avenant n°{NBSP}{amendment.number} ne prend effet que le "
            f"{long_date(amendment.effective_on)} ; il n’est pas dans ce texte."
        )
    for remark in consolidated.remarks:
        print_error(f"À savoir : {remark}")


def _name_numbers(numbers: list[int]) -> str:
    """« avenant n° 1 », « avenants n° 1 et n° 2 »."""
    noun = "avenant" if len(numbers) == 1 else "avenants"
    return f"{noun} {enumerate_words([f'n°{NBSP}{number}' for number in numbers])}"
