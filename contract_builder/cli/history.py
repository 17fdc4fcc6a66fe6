"""``cpom history``: the versions of an establishment."""

import argparse
from typing import TYPE_CHECKING, Any

from contract_builder.cli.dates import parse_day, today
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.cli.record import describe_lineage
from contract_builder.model.french import enumerate_words

if TYPE_CHECKING:
    from contract_builder.services.agenda import ContractHistory
    from contract_builder.services.in_force import StateInForce
    from contract_builder.services.keeping import StoredVersion
    from contract_builder.services.project import Project
    from contract_builder.services.standing import Standing


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "history",
        parents=[common],
        help="liste les versions d’un établissement",
        description="Liste les contrats d’une entité juridique, leurs versions enregistrées, de la "
        "plus ancienne à la plus récente, et l’échéance de chaque contrat signé.",
    )
    parser.add_argument("finess_ej", metavar="FINESS_EJ", help="n° FINESS de l’entité juridique")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="jour pour lequel dire ce qui est en vigueur et les échéances (par défaut : "
        "aujourd’hui)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints each contract, then one line a version, then its deadlines."""
    from contract_builder.services.agenda import deadline_data, get_histories
    from contract_builder.services.signing import list_signed_documents

    project = project_of(args)
    agenda = get_histories(project, args.finess_ej, args.on or today())
    for text in agenda.unread:
        print_error(text)
    versions = [version for contract in agenda.contracts for version in contract.versions]
    standings = {name: item for c in agenda.contracts for name, item in c.standings.items()}
    if args.json:
        print_json(
            {
                "finess_ej": versions[0].reference.finess_ej,
                "versions": [
                    {
                        **version_data(version, standings.get(version.reference)),
                        "signed_documents": list_signed_documents(project, version.reference),
                    }
                    for version in sorted(versions, key=lambda version: version.reference)
                ],
                "states": [
                    {"code": contract.versions[-1].facts.code, **state}
                    for contract in agenda.contracts
                    for state in map(state_data, _list_states(project, contract))
                ],
                "echeances": [deadline_data(item) for item in agenda.deadlines],
            }
        )
        return 0
    for contract in agenda.contracts:
        _print_contract(project, contract)
    return 0


def _print_contract(project: "Project", contract: "ContractHistory") -> None:
    from contract_builder.services.agenda import describe_deadline
    from contract_builder.services.signing import list_signed_documents, summarise_signed

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
        for result in list_signed_documents(project, version.reference):
            print_line(f"    {summarise_signed(result)}")
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


def state_data(state: "StateInForce") -> dict[str, Any]:
    """A state as JSON-ready data: its days, the version that it starts from, its avenants."""
    return {
        "from": state.start.isoformat(),
        "until": None if state.end is None else state.end.isoformat(),
        "base": str(state.text.base.reference),
        "amendments": [
            {"number": amendment.number, "version": str(made.reference)}
            for made, amendment in state.text.taken
        ],
    }


def version_data(version: "StoredVersion", standing: "Standing | None" = None) -> dict[str, Any]:
    """A version as JSON-ready data; times are ISO 8601, in UTC.

    ``standing`` says whether a signed version is in force today.
    """
    facts = version.facts
    return {
        "reference": str(version.reference),
        "number": version.reference.number,
        "code": facts.code,
        "type": facts.type,
        "kind": facts.kind,
        "status": version.status,
        "in_force": standing is not None and standing.state == "en-vigueur",
        "standing": None if standing is None else standing.state,
        "replaced_by": None if standing is None or standing.by is None else str(standing.by),
        "parent": None if facts.parent is None else str(facts.parent),
        "parents": [str(parent) for parent in facts.parents],
        "amendment": facts.amendment,
        "sha256": facts.sha256,
        "schema_version": facts.schema_version,
        "library_version": facts.library_version,
        "recorded_at": version.recorded_at.isoformat(),
        "statuses": [
            {"status": event.status, "at": event.at.isoformat(), "actor": event.actor}
            for event in version.statuses
        ],
        "files": [
            {"role": file.role, "name": file.name, "sha256": file.sha256} for file in version.files
        ],
    }
