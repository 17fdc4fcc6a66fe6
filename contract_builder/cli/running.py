"""Runs a command, once its line is parsed.

One handler turns every user error into French text and an exit code: 0 done, 1 problems in the
user's files, 2 wrong command line, 3 warnings under ``--strict``, 70 our own fault.
"""

import argparse
import errno
import os
import sys
import traceback

from contract_builder.cli.output import (
    EXIT_DONE,
    EXIT_INTERNAL,
    EXIT_PROBLEMS,
    EXIT_STOPPED,
    EXIT_USAGE,
    count_words,
    print_error,
    print_problems,
)
from contract_builder.cli.project_option import close_project
from contract_builder.cli.remedies import error_text
from contract_builder.cli.stopping import StopAskedError, hearing_stop_signals
from contract_builder.diagnostics import without_notes
from contract_builder.errors import (
    InternalError,
    ProblemsError,
    UsageError,
    UserError,
    system_reason,
)

_OF_THE_MACHINE = frozenset(
    (
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.ELOOP,
        errno.ENAMETOOLONG,
    )
)
"""What the system refuses for a reason that is none of the program's: a right, the disk, a name."""
_SHOWN = 200


def run_command(args: argparse.Namespace) -> int:
    """Runs the command of a parsed line; the exit code is the interface's.

    128 and the signal's number when one stopped it (130 after Ctrl-C, 143 after SIGTERM).
    """
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
    except Exception as error:  # whatever it is, it is told in French, and has an exit code
        return _unforeseen_error(error, debug=args.debug)
    finally:
        close_project(args)


def _refused_by_the_system(error: OSError) -> int:
    name = str(error.filename or "Le disque")
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    print_error(f"« {shown} » ne peut être lu ni écrit : {system_reason(error)}.")
    return EXIT_PROBLEMS


def _unforeseen_error(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        return _refused_by_the_system(error)
    kind = "" if isinstance(error, InternalError) else f"{type(error).__name__} : "
    print_error(
        f"Erreur interne, dont vous n’êtes pas responsable : {kind}{error}\n"
        "  aide : relancez avec « --debug » et joignez le texte affiché à votre signalement."
    )
    return EXIT_INTERNAL
