"""``cpom show``: one version."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import add_day_in_force_option, today
from contract_builder.cli.output import print_error, print_line
from contract_builder.cli.project_option import project_of

if TYPE_CHECKING:
    from contract_builder.services.keeping import StoredVersion
    from contract_builder.services.project import Project


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "show",
        description="Montre une version : sa nature, ses statuts, les empreintes de ses "
        "documents. Avec « --json », affiche le contrat lui-même, à l’octet près.",
    )
    parser.add_argument(
        "reference", metavar="RÉFÉRENCE", help="la version, par exemple 990000011@3"
    )
    parser.add_argument("--json", action="store_true", help="le contrat au format JSON")
    add_day_in_force_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the contract's own bytes under ``--json``, else what the store knows of it."""
    from contract_builder.services import keeping

    project = project_of(args)
    if args.json:
        contract = keeping.get_contract_json(project, args.reference)
        sys.stdout.write(contract.decode("utf-8"))
        return 0
    version = keeping.get_version(project, args.reference)
    facts = version.facts
    print_line(f"{version.reference} – contrat {facts.code} ({facts.type})")
    print_line(f"nature : {facts.kind_words}")
    _print_lineage(project, version, args.on or today())
    print_line(f"empreinte du contrat (SHA-256) : {facts.sha256}")
    print_line(f"bibliothèque : {facts.library_version or 'non précisée'}")
    print_line("statuts :")
    for event in version.statuses:
        word = keeping.status_word(event.status)
        print_line(f"  {word}, le {event.at:%d/%m/%Y à %H:%M} (UTC), par {event.actor}")
    _print_files(project, version)
    return 0


def _print_files(project: "Project", version: "StoredVersion") -> None:
    """The hashes of its documents, what was sent, what came back signed."""
    from contract_builder.services.sending import list_receipts
    from contract_builder.services.signed_findings import describe_signed
    from contract_builder.services.signing import list_signed_documents

    for role, title in (("document", "documents :"), ("modele", "modèles :")):
        files = [file for file in version.files if file.role == role]
        if files:
            print_line(title)
        for file in files:
            print_line(f"  {file.name} : {file.sha256}")
    receipts = list_receipts(project, version.reference)
    if receipts:
        print_line("envois :")
    for receipt in receipts:
        print_line(f"  {receipt.facts.note}, par {receipt.actor}")
    signed = list_signed_documents(project, version.reference)
    if signed:
        print_line("PDF signés :")
    for findings in signed:
        for line in describe_signed(findings):
            print_line(f"  {line}")


def _print_lineage(project: "Project", version: "StoredVersion", on: date) -> None:
    """The period of the contract, what the version follows and what follows it, its deadline."""
    from contract_builder.services.agenda import describe_deadline, get_histories

    agenda = get_histories(project, version.reference.finess_ej, on)
    for text in agenda.unread:
        print_error(text)
    others = [other for contract in agenda.contracts for other in contract.versions]
    contract = next(item for item in agenda.contracts if version in item.versions)
    if contract.header is not None:
        start, end = contract.header.effective_date, contract.header.end_date
        print_line(f"période : du {start:%d/%m/%Y} au {end:%d/%m/%Y}")
    standing = contract.standings.get(version.reference)
    if standing is not None:
        print_line(f"état : {standing.words}")
    parents = [str(parent) for parent in version.facts.parents]
    if parents:
        title = "version de départ" if len(parents) == 1 else "versions de départ"
        print_line(f"{title} : {', '.join(parents)}")
    others += project.get_store().followers(version.reference.finess_ej)
    following = [str(o.reference) for o in others if version.reference in o.facts.parents]
    if following:
        print_line(f"versions qui en partent : {', '.join(following)}")
    if contract.deadline is not None:
        print_line(f"échéance : {describe_deadline(contract.deadline)}")
