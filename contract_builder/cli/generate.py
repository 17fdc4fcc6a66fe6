"""``cpom generate``: the registry files of a fictitious region, to try imports and batches."""

import argparse
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_line
from contract_builder.errors import UsageError


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "generate",
        description="Écrit des fichiers FINESS, ARHGOS, SAE et HAPI d’établissements fictifs, dans "
        "les formats réels, pour essayer « cpom import tout » et « cpom batch ».",
    )
    parser.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier à créer")
    parser.add_argument(
        "--establishments",
        type=int,
        default=279,
        metavar="N",
        help="nombre d’établissements (par défaut : 279)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="graine du tirage")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the files and prints their paths."""
    from contract_builder.services.importing import generate_demonstration

    if args.establishments < 1:
        raise UsageError("« --establishments » attend un nombre d’au moins 1.")
    for path in generate_demonstration(args.folder, args.establishments, args.seed):
        print_line(str(path))
    return 0
