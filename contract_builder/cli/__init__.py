"""The command line ``cpom``: parses, calls a service, prints.

What parses is all that is imported here, for ``cpom --help`` is to be printed at once; ``running``
is what runs a command.
"""

import argparse
import atexit
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from contract_builder.cli.commands import COMMANDS
from contract_builder.cli.french_argparse import FrenchParser, speak_french


def make_parser(command: str | None = None) -> argparse.ArgumentParser:
    """The whole command line; with a ``command`` named, the other ones are listed, not loaded."""
    speak_french()
    parser = FrenchParser(
        prog="cpom",
        description="Écrit, compare et conserve les CPOM d’une agence régionale de santé.",
        epilog="Chaque commande a son aide : « cpom COMMANDE --help ».",
    )
    parser.add_argument(
        "--version",
        action=_ShowVersion,
        nargs=0,
        help="affiche la version et quitte",
    )
    common = FrenchParser(add_help=False)
    common.add_argument(
        "--project",
        type=Path,
        metavar="DOSSIER",
        help="dossier de travail (par défaut : CPOM_PROJECT, sinon le dossier courant "
        "ou l’un de ses parents)",
    )
    common.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE", required=True)
    for name, told in COMMANDS.items():
        if command in (None, name):
            module = import_module(f"contract_builder.cli.{told.module}")
            module.add_parser(commands, common)
        else:
            commands.add_parser(name, help=told.summary, add_help=False)
    return parser


class _ShowVersion(argparse.Action):
    """Prints the version and ends, as argparse's own action does."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        from contract_builder import get_software_version
        from contract_builder.cli.output import print_line

        print_line(f"cpom {get_software_version()}")
        parser.exit()


_COLLECTED_AFTER = 200_000
"""So many new objects before cycles are looked for, 700 by default. Contracts and libraries are
trees, freed without it; it walked through all of them again and again, a fifth of a command's time.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code, which ``run_command`` tells (2 for a wrong command line)."""
    _use_utf8()
    gc.set_threshold(_COLLECTED_AFTER)
    atexit.register(gc.freeze)  # nor are they looked for in what the end of the process frees
    words = sys.argv[1:] if arguments is None else [*arguments]
    command = next((word for word in words if not word.startswith("-")), "")
    args = make_parser(command).parse_args(words)
    from contract_builder.cli.running import run_command

    return run_command(args)


def _use_utf8() -> None:
    """Prints UTF-8 whatever the terminal's locale is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
