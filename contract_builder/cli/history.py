"""``cpom history``: the versions of an establishment."""

import argparse
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import add_day_in_force_option, today
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.cli.record import describe_lineage
from contract_builder.model.french import enumerate_words

if TYPE_CHECKING:
    from contract_builder.services.agenda import ContractHistory
    from contract_builder.services.in_force import StateInForce
    from contract_builder.services.project import Project


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "history",
        description="Liste les contrats d’une entité juridique, leurs versions enregistrées, de la "
        "plus ancienne à la plus récente, et l’échéance de chaque contrat signé.",
    )
    parser.add_argument("finess_ej", metavar="FINESS_EJ", help="n° FINESS de l’entité juridique")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    add_day_in_force_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints each contract, then one line a version, then its deadlines."""
    from contract_builder.services.agenda import get_histories
    from contract_builder.services.as_json.versions import history_data
    from contract_builder.services.signing import list_signed_documents

    project = project_of(args)
    agenda = get_histories(project, args.finess_ej, args.on or today())
    for text in agenda.unread:
        print_error(text)
    if args.json:
        print_json(
            history_data(
                agenda,
                {c.versions[-1].facts.code: _list_states(project, c) for c in agenda.contracts},
                {
                    version.reference: list_signed_documents(project, version.reference)
                    for contract in agenda.contracts
                    for version in contract.versions
                },
            )
        )
        return 0
    for contract in agenda.contracts:
        _print_contract(project, contract)
    return 0


def _print_contract(project: "Project", contract: "ContractHistory") -> None:
    from contract_builder.services.agenda import describe_deadline
    from contract_builder.services.signed_findings import summarise_signed
    from contract_builder.services.signing import list_signed_documents

    facts, header = contract.versions[-1].facts, contract.header
    dates = (
        ""
        if header is None
        else f", du {header.effective_date:%d/%m/%Y} au {header.end_date:%d/%m/%Y}"
    )
    print_line(f"{facts.code} ({facts.type}){dates}")
    for version in contract.versions:
        standing = contract.standings.get(version.reference)
        force = "" if standing is None else f", {standing.words}"
        print_line(
            f"  {version.reference}  {describe_lineage(version)}  "
            f"{version.status_word}{force}  {version.recorded_at:%d/%m/%Y}"
        )
        for findings in list_signed_documents(project, version.reference):
            print_line(f"    {summarise_signed(findings)}")
    for state in _list_states(project, contract):
        print_line(f"  {_describe_state(state)}")
    if contract.deadline is not None:
        print_line(f"  échéance : {describe_deadline(contract.deadline)}")


def _list_states(project: "Project", contract: "ContractHistory") -> "tuple[StateInForce, ...]":
    """The consolidated states of a contract that has signed avenants; else its text is one."""
    from contract_builder.services.in_force import list_texts_in_force
    from contract_builder.services.keeping import SIGNED_STATUSES

    signed = [version for version in contract.versions if version.status in SIGNED_STATUSES]
    if not any(version.facts.kind == "avenant" for version in signed):
        return ()
    return list_texts_in_force(project, signed)


def _describe_state(state: "StateInForce") -> str:
    """« texte du 01/01/2025 au 28/02/2026 : 990000011@1 avec l’avenant n° 1 »."""
    text = state.text
    numbers = [str(amendment.number) for _, amendment in text.taken]
    taken = ""
    if numbers:
        noun = "les avenants" if len(numbers) > 1 else "l’avenant"
        taken = f" avec {noun} n° {enumerate_words(numbers)}"
    until = "à partir du" if state.end is None else "du"
    end = "" if state.end is None else f" au {state.end:%d/%m/%Y}"
    return f"texte {until} {state.start:%d/%m/%Y}{end} : {text.base.reference}{taken}"
