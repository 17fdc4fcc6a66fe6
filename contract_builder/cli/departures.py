"""``cpom departures``: what the stored contracts say otherwise than the standard text."""

import argparse
from datetime import date
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import parse_day, today
from contract_builder.cli.formats import parse_formats
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.model.status import STATUS_WORDS


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "departures",
        description="Examine la dernière version de chaque contrat du registre : les clauses qui "
        "s’écartent du texte standard, combien de fois et avec quelles rédactions ; les cibles "
        "négociées et leur étendue ; les articles cités qui ont changé depuis la date d’effet.",
    )
    parser.add_argument(
        "--status",
        choices=tuple(STATUS_WORDS),
        help="ne retient que les versions qui ont ce statut : la dernière de chaque contrat",
    )
    parser.add_argument(
        "--campaign", metavar="CAMPAGNE", help="ne retient que les contrats de cette campagne"
    )
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="DATE",
        help="jour du droit auquel comparer les articles cités (par défaut : aujourd’hui)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="dossier de sortie (par défaut : output/)"
    )
    parser.add_argument(
        "--formats",
        default="html,xlsx,json",
        metavar="LISTE",
        help="vues séparées par des virgules : html, xlsx, json (par défaut : toutes)",
    )
    parser.add_argument(
        "--json", action="store_true", help="affiche les tableaux en JSON ; n’écrit aucun fichier"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what departs most often, then the paths written, one a line."""
    from contract_builder.batch.departures.tables import departure_data
    from contract_builder.batch.departures.text import render_departures_text
    from contract_builder.batch.departures.write import DEPARTURE_FORMATS, write_departures
    from contract_builder.services.departing import DepartureRequest, examine_contracts

    formats = parse_formats(args.formats, DEPARTURE_FORMATS)
    project = project_of(args)
    on: date = args.on or today()
    request = DepartureRequest(on, args.status, args.campaign)
    found = examine_contracts(project, request)
    for text in found.unread:
        print_error(text)
    if args.json:
        print_json(departure_data(found))
        return 0
    if not found.contracts:
        print_error("Aucun contrat du registre ne répond à cette demande.")
        return 0
    print_line(render_departures_text(found))
    for path in write_departures(found, formats, args.out or project.root / "output"):
        print_line(str(path))
    return 0
