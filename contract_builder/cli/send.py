"""``cpom send``: the files that leave for the other party, and their receipt."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import (
    count_words,
    print_error,
    print_json,
    print_kept,
    print_line,
    print_problems,
)
from contract_builder.cli.project_option import profile_path, project_of
from contract_builder.cli.record import print_printed_status, print_what_follows
from contract_builder.diagnostics import without_notes
from contract_builder.errors import UsageError
from contract_builder.model.french import NBSP
from contract_builder.model.identifiers import split_version_reference

if TYPE_CHECKING:
    from contract_builder.services.project import Project
    from contract_builder.services.sending import Departing, Dispatch


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "send",
        description="Produit le fichier Word et le PDF qui partent, enregistre la version comme "
        "envoyée et écrit un reçu. Le fichier Word suit toute modification et ne dit rien de ceux "
        "qui l’ont préparé. Le reçu donne les empreintes des fichiers ; sa page HTML les contrôle "
        "dans un navigateur, sans connexion. Rien n’est transmis : envoyez vous-même les fichiers.",
    )
    parser.add_argument(
        "source",
        metavar="RÉFÉRENCE|PROFIL",
        help="la version à envoyer, par exemple 990000011@3, ou un profil",
    )
    parser.add_argument(
        "--amendment",
        action="store_true",
        help="envoie l’avenant seul, et non le contrat qu’il modifie : la version est celle qu’il "
        "fait au registre",
    )
    parser.add_argument(
        "--to",
        default="",
        metavar="DESTINATAIRE",
        help="la fonction ou l’organisme à qui les fichiers sont adressés ; le reçu le dit",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DOSSIER",
        help="dossier de sortie (par défaut : output/envois/RÉFÉRENCE)",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="produit et contrôle les fichiers, mais n’enregistre et n’écrit rien",
    )
    parser.add_argument("--json", action="store_true", help="affiche le reçu au format JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sends, then prints the paths of the files, one a line, or the receipt under ``--json``."""
    from contract_builder.services import keeping
    from contract_builder.services.sending import SendRequest, send

    if args.dry_run and args.json:
        raise UsageError("« --json » affiche un reçu : il n’y en a pas avec « --dry-run ».")
    project = project_of(args)
    departing = _prepare(project, args.source, is_amendment=args.amendment)
    if args.dry_run:
        return _print_trial(departing)
    request = SendRequest(
        at=datetime.now(UTC),
        actor=keeping.find_actor(os.environ),
        recipient=args.to,
        out=args.out,
    )
    dispatch = send(project, departing, request)
    _print_dispatch(project, dispatch)
    if args.json:
        from contract_builder.services.as_json.exchanges import dispatch_data

        print_json(dispatch_data(dispatch))
    else:
        for path in dispatch.published.written:
            print_line(str(path))
    return 0


def _prepare(project: "Project", source: str, *, is_amendment: bool) -> "Departing":
    from contract_builder.services.sending import prepare_profile_to_send, prepare_stored
    from contract_builder.services.sending_amendments import prepare_amendment

    is_stored = split_version_reference(source) is not None
    if is_amendment and not is_stored:
        raise UsageError(
            "« --amendment » envoie l’avenant d’une version du registre : donnez-la, par exemple "
            "990000011@3."
        )
    if is_amendment:
        return prepare_amendment(project, source)
    if is_stored:
        return prepare_stored(project, source)
    departing = prepare_profile_to_send(project, profile_path(source, project.root))
    shown = without_notes(departing.problems)
    print_problems(shown, strict=False)
    if shown:
        print_error(f"Le profil a {count_words(shown)} : à lire avant d’envoyer.")
    return departing


def _print_trial(departing: "Departing") -> int:
    for file in departing.files:
        print_line(f"{file.name}  {file.size} octets  {file.sha256}")
    print_error("Essai : ces fichiers partiraient. Rien n’a été enregistré ni écrit.")
    return 0


def _print_dispatch(project: "Project", dispatch: "Dispatch") -> None:
    receipt, outcome = dispatch.receipt, dispatch.outcome
    to = f", à {receipt.recipient}" if receipt.recipient else ""
    what = "" if receipt.amendment is None else f"avenant n°{NBSP}{receipt.amendment} seul, "
    print_error(
        f"Version {receipt.reference}, contrat {receipt.header.code} : {what}envoi "
        f"n°{NBSP}{receipt.number} préparé{to}. Statut « {outcome.version.status_word} »."
    )
    if receipt.number > 1:
        print_error(f"À savoir : cette version a déjà été envoyée {_times(receipt.number - 1)}.")
    print_printed_status(outcome)
    print_kept(dispatch.published.kept)
    print_what_follows(project, outcome)


def _times(count: int) -> str:
    return "une fois" if count == 1 else f"{count} fois"
