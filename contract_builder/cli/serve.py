"""``cpom serve``: the web application, until it is stopped."""

import argparse

from contract_builder.cli.output import print_line
from contract_builder.cli.project_option import project_of


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "serve",
        parents=[common],
        help="ouvre l’application dans le navigateur",
        description="Sert les pages de l’application à ce poste : établissements, formulaires, "
        "projets, versions, comparaisons, bibliothèque. Ouvrez l’adresse affichée dans un "
        "navigateur ; Ctrl-C arrête.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="HÔTE", help="adresse de ce poste (127.0.0.1)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="PORT",
        help="port à ouvrir (8000) ; 0 en prend un libre",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the address, then serves."""
    from contract_builder.web.configuration import Address
    from contract_builder.web.serving import serve

    def tell(url: str) -> None:
        print_line(f"L’application est ouverte à l’adresse {url} ; Ctrl-C l’arrête.")

    serve(project_of(args), Address(args.host, args.port), tell)
    return 0
