"""``cpom deadlines``: which contracts end when, and what is late."""

import argparse
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import add_day_option, parse_day, today
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of

if TYPE_CHECKING:
    from contract_builder.services.agenda import Deadline


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "deadlines",
        description="Liste les contrats signés du registre : leur terme, le dernier jour pour "
        "demander leur renouvellement, la demande reçue et la date du renouvellement tacite. Ce "
        "qui est en retard vient d’abord.",
    )
    add_day_option(parser)
    parser.add_argument(
        "--until",
        type=parse_day,
        metavar="DATE",
        help="ne montre que les échéances jusqu’à ce jour",
    )
    parser.add_argument(
        "--all", action="store_true", help="montre aussi les contrats déjà renouvelés ou clos"
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one line a contract, what is overdue first."""
    from contract_builder.services.agenda import is_done, list_deadlines

    on = args.on or today()
    agenda = list_deadlines(project_of(args), on)
    wanted = [
        item
        for item in agenda.deadlines
        if (args.all or not is_done(item)) and (args.until is None or item.due <= args.until)
    ]
    for text in agenda.unread:
        print_error(text)
    if args.json:
        from contract_builder.services.as_json.versions import deadlines_data

        print_json(deadlines_data(wanted, on))
        return 0
    _print_part("En retard :", [item for item in wanted if item.is_overdue])
    _print_part("À venir :", [item for item in wanted if not item.is_overdue and not is_done(item)])
    _print_part("Renouvelés ou clos :", [item for item in wanted if is_done(item)])
    if not wanted:
        print_error("Aucune échéance à montrer.")
    return 0


def _print_part(title: str, deadlines: "list[Deadline]") -> None:
    from contract_builder.services.agenda import describe_deadline

    if not deadlines:
        return
    print_line(title)
    for item in deadlines:
        contract = item.contract
        print_line(
            f"  {item.due:%d/%m/%Y}  {contract.reference}  {contract.code}  "
            f"{contract.legal_name} : {describe_deadline(item)}"
        )
