"""``cpom record``: keeps a contract as a version."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from contract_builder.cli.output import print_error, print_line
from contract_builder.cli.project_option import project_of

STATUSES = ("projet", "envoye", "signe")
KINDS = ("projet", "renouvellement", "avenant")


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "record",
        parents=[common],
        help="enregistre une version d’un contrat",
        description="Enregistre un contrat dans le registre des versions et affiche sa référence. "
        "Le même contrat n’est enregistré qu’une fois : le refaire avec « --status » fait avancer "
        "son statut.",
    )
    parser.add_argument(
        "contract",
        type=Path,
        metavar="CONTRAT.json",
        help="le contrat produit : son fichier JSON, ou son PDF qui en porte les données",
    )
    parser.add_argument(
        "--status", choices=STATUSES, help="statut (par défaut : celui que porte le contrat)"
    )
    parser.add_argument(
        "--parent",
        metavar="RÉFÉRENCE",
        help="version de départ, par exemple 990000011@3 "
        "(par défaut : la version précédente du même contrat)",
    )
    parser.add_argument(
        "--kind", choices=KINDS, help="nature (par défaut : déduite de la version de départ)"
    )
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        type=Path,
        metavar="FICHIER",
        help="document issu du contrat, dont l’empreinte est gardée (option répétable)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Records; the reference alone goes to stdout."""
    from contract_builder.services import keeping

    request = keeping.RecordRequest(
        at=datetime.now(UTC),
        actor=keeping.find_actor(os.environ),
        status=args.status,
        kind=args.kind,
        parent=args.parent,
        documents=tuple(args.document),
    )
    outcome = keeping.record_file(project_of(args), args.contract, request)
    version = outcome.version
    done = "enregistrée" if outcome.is_new else "déjà enregistrée"
    print_error(
        f"Version {version.reference} {done} : contrat {version.facts.code}, "
        f"{version.facts.kind}, statut « {version.status_word} »."
    )
    if outcome.printed_status != version.status:
        print_error(
            f"À savoir : les documents de cette version portent le statut "
            f"« {keeping.status_word(outcome.printed_status)} »."
        )
    print_line(str(version.reference))
    return 0
