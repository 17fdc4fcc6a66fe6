"""The command line ``cpom``: parses, calls a service, prints.

One handler turns every user error into French text and an exit code: 0 done, 1 problems in the
user's files, 2 wrong command line, 3 warnings under ``--strict``, 70 our own fault.
"""

import argparse
import atexit
import gc
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from contract_builder.cli.french_argparse import FrenchParser, speak_french
from contract_builder.cli.output import (
    EXIT_DONE,
    EXIT_INTERNAL,
    EXIT_PROBLEMS,
    EXIT_STOPPED,
    EXIT_USAGE,
    count_words,
    print_error,
    print_line,
    print_problems,
)
from contract_builder.cli.project_option import close_project
from contract_builder.cli.remedies import error_text
from contract_builder.cli.stopping import StopAskedError, hearing_stop_signals
from contract_builder.diagnostics import without_notes
from contract_builder.errors import InternalError, ProblemsError, UsageError, UserError

_COMMANDS: Mapping[str, str] = {
    "init": "init",
    "import": "import_registry",
    "generate": "generate",
    "new": "new",
    "check": "check",
    "build": "build",
    "batch": "batch",
    "explain": "explain",
    "library": "library",
    "nomenclature": "nomenclature",
    "pdf": "pdf",
    "template": "template",
    "where-cited": "where_cited",
    "impact": "impact",
    "record": "record",
    "send": "send",
    "history": "history",
    "show": "show",
    "deadlines": "deadlines",
    "renew": "renew",
    "compare": "compare",
    "amend": "amend",
    "consolidate": "consolidate",
    "follow": "follow",
    "readback": "readback",
    "departures": "departures",
    "store": "store",
    "serve": "serve",
    "account": "account",
}
"""The module of each command, in the order of the help. One command loads its own module alone."""


def make_parser(command: str = "") -> argparse.ArgumentParser:
    """The whole command line; with one ``command`` alone where it is the name of one."""
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
    for name in [command] if command in _COMMANDS else _COMMANDS:
        module = import_module(f"contract_builder.cli.{_COMMANDS[name]}")
        module.add_parser(commands, common)
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

        print_line(f"cpom {get_software_version()}")
        parser.exit()


_COLLECTED_AFTER = 200_000
"""So many new objects before cycles are looked for, 700 by default. Contracts and libraries are
trees, freed without it; it walked through all of them again and again, a fifth of a command's time.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code is the interface's, 128 and the signal's number when one
    stopped it (130 after Ctrl-C, 143 after SIGTERM).
    """
    _use_utf8()
    gc.set_threshold(_COLLECTED_AFTER)
    atexit.register(gc.freeze)  # nor are they looked for in what the end of the process frees
    words = sys.argv[1:] if arguments is None else [*arguments]
    args = make_parser(words[0] if words else "").parse_args(words)
    with hearing_stop_signals() as asked:
        code = _run(args)
    return 128 + asked[0] if asked else code


def _run(args: argparse.Namespace) -> int:
    try:
        return int(args.run(args))
    except ProblemsError as error:
        shown = without_notes(error.problems)
        code = print_problems(shown, strict=getattr(args, "strict", False))
        print_error(f"Commande arrêtée, rien n’a été produit : {count_words(shown)}.")
        return code
    except UsageError as error:
        print_error(error_text(error))
        return EXIT_USAGE
    except UserError as error:
        print_error(error_text(error))
        return EXIT_PROBLEMS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except StopAskedError:
        print_error("Arrêté à la demande du système ; rien d’inachevé n’a été gardé.")
        return EXIT_STOPPED
    except KeyboardInterrupt:
        print_error("Arrêté à votre demande ; rien d’inachevé n’a été gardé.")
        return EXIT_STOPPED
    except Exception as error:
        return _internal_error(error, debug=args.debug)
    finally:
        close_project(args)


def _internal_error(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    kind = "" if isinstance(error, InternalError) else f"{type(error).__name__} : "
    print_error(
        f"Erreur interne, dont vous n’êtes pas responsable : {kind}{error}\n"
        "  aide : relancez avec « --debug » et joignez le texte affiché à votre signalement."
    )
    return EXIT_INTERNAL


def _use_utf8() -> None:
    """Prints UTF-8 whatever the terminal's locale is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
