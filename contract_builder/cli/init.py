"""``cpom init``: a working folder with library, sheets, templates and demonstration profiles."""

import argparse
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_line


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "init",
        description="Crée un dossier de travail avec la bibliothèque de clauses, les fiches, les "
        "modèles et des profils de démonstration. N’écrase jamais un fichier existant.",
    )
    parser.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier à créer")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Copies the packaged data and says what to do next."""
    from contract_builder.files.resources import init_project

    written = init_project(args.folder)
    print_line(f"{args.folder} : {len(written)} fichiers créés.")
    print_line("Pour produire le contrat de démonstration :")
    print_line(f"  cpom build --project {args.folder} chu-demonstration")
    return 0
