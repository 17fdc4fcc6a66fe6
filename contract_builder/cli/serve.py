"""``cpom serve``: the web application, until it is stopped."""

import argparse
import os
import sys
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import EXIT_DONE, EXIT_PROBLEMS, print_error, print_line
from contract_builder.cli.project_option import find_fresh_folder, project_of
from contract_builder.cli.remedies import error_text
from contract_builder.errors import UsageError

_WORKING = "L’exécutant attend les travaux demandés par les pages ; Ctrl-C l’arrête."


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "serve",
        description="Sert les pages de l’application : établissements, formulaires, projets, "
        "versions, comparaisons, bibliothèque. Ouvrez l’adresse affichée dans un navigateur ; "
        "dans un dossier neuf, une page propose la région de démonstration. "
        "Ctrl-C arrête. Sans compte, à ce poste seul ; avec des comptes (« cpom account »), à "
        "une équipe.",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="HÔTE",
        help="adresse de ce poste (127.0.0.1) ; une autre demande qu’un compte existe",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="PORT",
        help="port à ouvrir (8000) ; 0 en prend un libre",
    )
    _add_way_options(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--worker",
        action="store_true",
        help="n’ouvre aucune page : exécute les travaux longs (lots, imports) qu’elles demandent",
    )
    kind.add_argument(
        "--no-worker",
        action="store_true",
        help="sert les pages sans exécuter les travaux longs, qu’un autre processus exécute",
    )
    kind.add_argument(
        "--check",
        action="store_true",
        help="dit chaque point peu sûr de cette installation, sans rien ouvrir",
    )
    parser.set_defaults(run=run)


def _add_way_options(parser: argparse.ArgumentParser) -> None:
    """How browsers come to the application of a team."""
    parser.add_argument(
        "--public-name",
        action="append",
        default=[],
        metavar="NOM",
        help="nom sous lequel les navigateurs connaissent l’application (plusieurs fois au besoin)",
    )
    parser.add_argument(
        "--behind-proxy",
        nargs="?",
        const="127.0.0.1",
        default="",
        metavar="ADRESSE",
        help="adresse du serveur placé devant, qui chiffre (TLS) et dit qui demande (127.0.0.1)",
    )
    parser.add_argument(
        "--login-header",
        default="",
        metavar="EN-TÊTE",
        help="en-tête où le serveur placé devant nomme qui demande, après l’annuaire de l’agence ; "
        "demande un secret commun (CPOM_PROXY_SECRET)",
    )


def run(args: argparse.Namespace) -> int:
    """Serves, or works; with ``--check``, prints the points that are unsafe, then 1."""
    from contract_builder.web.configuration import ServedAddress
    from contract_builder.web.serving import list_dangers, serve, serve_welcome
    from contract_builder.web.working import work

    address = ServedAddress(
        args.host, args.port, tuple(args.public_name), args.behind_proxy, args.login_header
    )
    if args.check:
        dangers = list_dangers(project_of(args), address)
        for danger in dangers:
            print_error(error_text(UsageError(danger.text, danger.remedy)))
        if not dangers:
            print_line("Rien à redire sur cette installation.")
        return EXIT_PROBLEMS if dangers else EXIT_DONE

    if args.worker:
        work(project_of(args), lambda: _tell(_WORKING))
        return EXIT_DONE

    def tell(url: str) -> None:
        _tell(f"L’application est ouverte à l’adresse {url} ; Ctrl-C l’arrête.")

    def offer(url: str) -> None:
        _tell(
            f"Pas encore de dossier de travail ici : {url} propose d’en créer un ; Ctrl-C arrête."
        )

    with_worker = not args.no_worker
    fresh = find_fresh_folder(args.project, os.environ, Path.cwd())
    if fresh is None:
        serve(project_of(args), address, tell, with_worker=with_worker)
    else:
        serve_welcome(fresh, os.environ, address, offer, with_worker=with_worker)
    return EXIT_DONE


def _tell(line: str) -> None:
    """Said at once, whatever stdout is: the process goes on, and its log is read meanwhile."""
    print_line(line)
    sys.stdout.flush()
