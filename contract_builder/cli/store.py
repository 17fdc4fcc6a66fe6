"""``cpom store``: proves, exports, imports, time-stamps the store; moves a status forward."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_error, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.cli.record import print_anchor, print_what_follows
from contract_builder.model.french import NBSP, counted

if TYPE_CHECKING:
    from contract_builder.store.records import Verification

_WHAT_IS_PROVEN = (
    "Relit tout le registre. Sont décelés : une version, un statut, une empreinte ou une écriture "
    "modifiés, ajoutés ou retirés au milieu du journal, un journal qui ne passe plus par le "
    "dernier repère noté à côté du registre, et les protections retirées de la base. Ne l’est "
    "pas : le remplacement du registre et de ce repère à la fois, par une copie plus ancienne ou "
    "récrite ; pour l’écarter, donnez par « --anchor » un repère gardé ailleurs."
)
LATER_STATUSES = ("envoye", "signe", "echu", "resilie")


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command and its sub-commands."""
    parser = add_command(
        commands,
        common,
        "store",
        description="S’occupe du registre des versions : le fichier « output/cpom.sqlite3 » du "
        "dossier de travail, ou la base PostgreSQL de la variable CPOM_DATABASE_URL.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify",
        parents=[common],
        help="vérifie que rien n’a été modifié, ajouté ni retiré",
        description=_WHAT_IS_PROVEN,
    )
    verify.add_argument(
        "--anchor",
        metavar="REPÈRE",
        help="repère gardé ailleurs, par lequel le journal doit passer",
    )
    verify.set_defaults(run=run_verify)
    export = actions.add_parser("export", parents=[common], help="écrit tout dans un dossier")
    export.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier de l’export")
    export.set_defaults(run=run_export)
    import_ = actions.add_parser("import", parents=[common], help="reprend un export")
    import_.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier de l’export")
    import_.add_argument(
        "--anchor",
        metavar="REPÈRE",
        help="repère affiché par l’export, par lequel son journal doit passer",
    )
    import_.set_defaults(run=run_import)
    timestamp = actions.add_parser(
        "timestamp",
        parents=[common],
        help="écrit une demande d’horodatage du registre (RFC 3161)",
        description="Vérifie le registre, puis écrit dans DOSSIER son repère (« repere-N.txt ») et "
        "la demande à envoyer à une autorité d’horodatage (« repere-N.tsq »). Sa réponse prouve, "
        "par un tiers et à une date sûre, que toutes les écritures jusqu’à la n° N y étaient.",
    )
    timestamp.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier de la demande")
    timestamp.set_defaults(run=run_timestamp)
    status = actions.add_parser("status", parents=[common], help="fait avancer un statut")
    status.add_argument(
        "reference", metavar="RÉFÉRENCE", help="la version, par exemple 990000011@3"
    )
    status.add_argument("status", choices=LATER_STATUSES, help="le nouveau statut")
    status.set_defaults(run=run_status)


def run_verify(args: argparse.Namespace) -> int:
    """Prints the faults on stderr and gives 1, else the anchor to keep on stdout."""
    from contract_builder.services.keeping import verify_store

    found = verify_store(project_of(args), args.anchor)
    if found.faults:
        for fault in found.faults:
            print_error(fault)
        print_error("Le registre n’est plus tel qu’il a été écrit : reprenez une sauvegarde.")
        return 1
    for remark in found.remarks:
        print_error(f"À savoir : {remark}")
    print_error(_describe_proof(found, args.anchor))
    print_line(str(found.head))
    return 0


def _describe_proof(found: "Verification", anchor: str | None) -> str:
    """What was proven, and no more than that."""
    if not found.entries:
        return (
            "Registre vide : aucune version, et aucun repère noté à côté. Rien ne dit s’il en a "
            "contenu."
        )
    told = (
        f"Registre intact : {_count(found.versions, 'version')}, "
        f"{_count(found.entries, 'écriture')} au journal"
    )
    if anchor is not None:
        return f"{told}, qui passe par le repère donné. Repère à garder ailleurs :"
    if found.noted is None:
        return (
            f"{told}. Aucun repère n’était noté à côté : rien ne dit si des écritures manquent à "
            "la fin. Repère à garder ailleurs :"
        )
    return (
        f"{told}, qui passe par le repère noté à côté (écriture n° {found.noted.sequence}). Seul "
        "un repère gardé ailleurs, donné par « --anchor », écarte que l’un et l’autre aient été "
        "remplacés. Repère à garder ailleurs :"
    )


def run_export(args: argparse.Namespace) -> int:
    """Writes the files and prints their folder."""
    from contract_builder.services.transferring import export_store

    exported = export_store(project_of(args), args.folder)
    print_error(f"Registre exporté : {_count(exported.contracts, 'version')}.")
    print_anchor(exported.anchor)
    print_line(str(exported.folder))
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Adds what the export holds."""
    from contract_builder.services.transferring import import_store

    imported = import_store(project_of(args), args.folder, args.anchor)
    print_error(
        f"Export repris : {_count(imported.added, 'écriture nouvelle')}, "
        f"{_count(imported.known, 'écriture déjà connue')}."
    )
    print_anchor(imported.anchor, imported.anchor_refusal)
    return 0


def run_timestamp(args: argparse.Namespace) -> int:
    """Writes the request and prints its path."""
    from contract_builder.services.timestamping import write_timestamp_request

    asked = write_timestamp_request(project_of(args), args.folder)
    print_error(
        f"Demande d’horodatage de l’écriture n° {asked.anchor.sequence} : gardez la réponse avec "
        f"« {asked.text} »."
    )
    print_line(str(asked.request))
    return 0


def run_status(args: argparse.Namespace) -> int:
    """Moves the status forward and says what it is now."""
    from contract_builder.services import keeping

    event = keeping.StatusEvent(
        args.status, at=datetime.now(UTC), actor=keeping.find_actor(os.environ)
    )
    project = project_of(args)
    outcome = keeping.change_status(project, args.reference, event)
    version = outcome.version
    print_error(f"Version {version.reference} : statut « {version.status_word} ».")
    print_what_follows(project, outcome)
    return 0


def _count(number: int, words: str) -> str:
    """« 1 écriture nouvelle », « 2 écritures nouvelles »."""
    plural = " ".join(word if word == "déjà" else f"{word}s" for word in words.split())
    return counted(number, words, plural).replace(NBSP, " ")
