"""``cpom record``: keeps a contract as a version."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import today
from contract_builder.cli.output import print_error, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.model.french import enumerate_words

if TYPE_CHECKING:
    from contract_builder.services.keeping import RecordOutcome, StoredVersion
    from contract_builder.services.project import Project

RECORDED_STATUSES = ("projet", "envoye", "signe")
RECORDED_KINDS = ("initial", "renouvellement", "avenant")


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "record",
        description="Enregistre un contrat dans le registre des versions et affiche sa référence. "
        "Le même contrat n’est enregistré qu’une fois : le refaire avec « --status » fait avancer "
        "son statut.",
    )
    parser.add_argument(
        "contract",
        type=Path,
        metavar="CONTRAT",
        help="le contrat produit, ou un avenant : son fichier JSON, ou son PDF qui en porte les "
        "données ; ou une version déjà enregistrée, par exemple 990000011@3",
    )
    parser.add_argument(
        "--status",
        choices=RECORDED_STATUSES,
        help="statut (par défaut : celui que porte le contrat)",
    )
    add_lineage_options(parser)
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        type=Path,
        metavar="FICHIER",
        help="document issu du contrat, dont l’empreinte est gardée (option répétable) ; avec "
        "« --status signe », un PDF est comparé au contrat, ses signatures électroniques sont lues "
        "et il est gardé",
    )
    parser.set_defaults(run=run)


def add_lineage_options(parser: argparse.ArgumentParser) -> None:
    """What a version follows, and what it is, for a contract on file or one just built."""
    parser.add_argument(
        "--parent",
        action="append",
        default=[],
        metavar="RÉFÉRENCE",
        help="version de départ, par exemple 990000011@3 ; répétable si plusieurs contrats sont "
        "réunis en un seul (par défaut : la version précédente du même contrat, sinon celle que "
        "le profil indique à « suite_de »)",
    )
    parser.add_argument(
        "--merger",
        action="store_true",
        help="le contrat fait suite à une fusion ou à une reprise : ses versions de départ peuvent "
        "être d’autres entités juridiques, ou de contrats encore en cours",
    )
    parser.add_argument(
        "--kind",
        choices=RECORDED_KINDS,
        help="nature (par défaut : déduite de la version de départ)",
    )
    parser.add_argument(
        "--number",
        type=int,
        metavar="N",
        help="numéro d’un avenant (par défaut : celui qui suit le dernier avenant signé)",
    )


def run(args: argparse.Namespace) -> int:
    """Records; the reference alone goes to stdout."""
    from contract_builder.services import keeping, signing
    from contract_builder.services.attaching import holds_amendment, record_amendment_file
    from contract_builder.services.signed_findings import describe_signed

    request = keeping.RecordRequest(
        at=datetime.now(UTC),
        actor=keeping.find_actor(os.environ),
        status=args.status,
        kind=args.kind,
        parents=tuple(args.parent),
        amendment=args.number,
        is_merger=args.merger,
        documents=tuple(args.document),
    )
    project = project_of(args)
    signed: tuple[signing.SignedDocument, ...] = ()
    if holds_amendment(args.contract):
        outcome = record_amendment_file(project, args.contract, request)
    else:
        outcome, signed = signing.record_signed_file(project, args.contract, request)
    version = outcome.version
    done = "enregistrée" if outcome.is_new else "déjà enregistrée"
    print_error(
        f"Version {version.reference} {done} : contrat {version.facts.code}, "
        f"{describe_lineage(version)}, statut « {version.status_word} »."
    )
    print_printed_status(outcome)
    for document in signed:
        for line in describe_signed(document.findings):
            print_error(line)
    print_what_follows(project, outcome)
    print_line(str(version.reference))
    return 0


def describe_lineage(version: "StoredVersion") -> str:
    """The kind of a version and what it follows: « avenant n° 1, suite de 990000011@1 »."""
    parents = [str(parent) for parent in version.facts.parents]
    after = f", suite de {enumerate_words(parents)}" if parents else ""
    return f"{version.facts.kind_words}{after}"


def print_printed_status(outcome: "RecordOutcome") -> None:
    """Tells documents that bear another status than the store's."""
    from contract_builder.services.keeping import status_word

    if outcome.printed_status != outcome.version.status:
        print_error(
            f"À savoir : les documents de cette version portent le statut "
            f"« {status_word(outcome.printed_status)} »."
        )


def print_anchor(anchor: object, refusal: str = "") -> None:
    """Where the journal has come to, to be kept elsewhere; why it is not noted beside it."""
    print_error(f"Repère du journal, à garder aussi ailleurs : {anchor}")
    if refusal:
        print_error(f"À savoir : {refusal}")


def print_what_follows(project: "Project", outcome: "RecordOutcome") -> None:
    """Tells a date that goes back, the anchor to keep, and which signed version is in force."""
    from contract_builder.services.agenda import describe_force

    if outcome.dated_before is not None:
        print_error(
            "À savoir : la dernière écriture du registre est datée du "
            f"{outcome.dated_before:%d/%m/%Y à %H:%M} (UTC), après celle-ci. Vérifiez l’horloge "
            "de ce poste."
        )
    print_anchor(outcome.anchor, outcome.anchor_refusal)
    told = describe_force(project, outcome.version, today())
    if told:
        print_error(told)
