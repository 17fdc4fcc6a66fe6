"""``cpom account``: who may enter the application of a team."""

import argparse
import getpass
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_line
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError

if TYPE_CHECKING:
    from contract_builder.services.noting import OrderedBy
    from contract_builder.services.project import Project
    from contract_builder.web.people import Person

_ROLES = ("relecteur", "redacteur", "operateur", "administrateur")


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command and its sub-commands."""
    parser = add_command(
        commands,
        common,
        "account",
        description="Fait, montre et ferme les comptes par lesquels une équipe entre dans "
        "l’application (« cpom serve »). Dès qu’un compte existe, tout le monde en demande un.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", parents=[common], help="fait un compte")
    _add_name(add)
    _add_rights(add)
    _add_password(add).add_argument(
        "--no-password",
        action="store_true",
        help="sans mot de passe : n’entre que par l’annuaire de l’agence",
    )
    add.set_defaults(run=run_add)
    change = actions.add_parser(
        "change", parents=[common], help="donne à un compte un autre rôle, d’autres départements"
    )
    _add_name(change)
    _add_rights(change)
    change.set_defaults(run=run_change)
    password = actions.add_parser("password", parents=[common], help="change un mot de passe")
    _add_name(password)
    _add_password(password)
    password.set_defaults(run=run_password)
    for word, run, told in (
        ("close", run_close, "ferme un compte, et ses sessions aussitôt"),
        ("reopen", run_reopen, "rouvre un compte fermé"),
    ):
        action = actions.add_parser(word, parents=[common], help=told)
        _add_name(action)
        action.set_defaults(run=run)
    actions.add_parser("list", parents=[common], help="montre les comptes").set_defaults(
        run=run_list
    )


def run_add(args: argparse.Namespace) -> int:
    """Makes the account with the password that is asked for."""
    project = _open(args)
    from contract_builder.web.accounts.keeping import create_account
    from contract_builder.web.people import normal_name

    password = None if args.no_password else _read_password(args)
    create_account(project, _read_person(args), password, _by(project))
    print_line(f"Le compte « {normal_name(args.name)} » est fait.")
    return 0


def run_change(args: argparse.Namespace) -> int:
    """Gives the account the role and the departments that are told, and no other."""
    project = _open(args)
    from contract_builder.web.accounts.keeping import change_rights
    from contract_builder.web.people import normal_name

    change_rights(project, _read_person(args), _by(project))
    print_line(f"Les droits du compte « {normal_name(args.name)} » sont changés.")
    return 0


def run_password(args: argparse.Namespace) -> int:
    """Changes the password; open sessions end."""
    project = _open(args)
    from contract_builder.web.accounts.keeping import change_password
    from contract_builder.web.people import normal_name

    change_password(project, args.name, _read_password(args), _by(project))
    print_line(f"Le mot de passe de « {normal_name(args.name)} » est changé.")
    return 0


def run_close(args: argparse.Namespace) -> int:
    """Closes the account."""
    return _set_active(args, is_active=False)


def run_reopen(args: argparse.Namespace) -> int:
    """Opens the account again."""
    return _set_active(args, is_active=True)


def run_list(args: argparse.Namespace) -> int:
    """One line an account: name, role, departments, and whether it is closed."""
    project = _open(args)
    from contract_builder.web.accounts.keeping import list_accounts
    from contract_builder.web.people import ROLE_WORDS, word_departments

    accounts = list_accounts(project)
    for kept in accounts:
        person = kept.person
        closed = "" if kept.is_active else " (fermé)"
        print_line(f"{person.name} : {ROLE_WORDS[person.role]}, {word_departments(person)}{closed}")
    if not accounts:
        print_line("Aucun compte.")
    return 0


def _set_active(args: argparse.Namespace, *, is_active: bool) -> int:
    project = _open(args)
    from contract_builder.web.accounts.keeping import set_active
    from contract_builder.web.people import normal_name

    set_active(project, args.name, _by(project), is_active=is_active)
    state = "ouvert" if is_active else "fermé"
    print_line(f"Le compte « {normal_name(args.name)} » est {state}.")
    return 0


def _open(args: argparse.Namespace) -> "Project":
    from contract_builder.web.configuration import ServedAddress, start_pages

    project = project_of(args)
    start_pages(project, ServedAddress())
    return project


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NOM", help="nom du compte, par exemple prenom.nom")


def _add_rights(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", choices=_ROLES, required=True, help="ce que le compte permet")
    parser.add_argument(
        "--department",
        action="append",
        metavar="CODE",
        help="département dont les établissements sont vus (plusieurs fois au besoin) ; sans "
        "cette option, toute la région",
    )


def _read_person(args: argparse.Namespace) -> "Person":
    from contract_builder.web.people import Person

    departments = None if args.department is None else frozenset(args.department)
    return Person(args.name, args.role, departments)


def _by(project: "Project") -> "OrderedBy":
    """Who acts, now, for the journal."""
    from contract_builder.services.keeping import find_actor
    from contract_builder.services.noting import OrderedBy

    return OrderedBy(find_actor(project.settings), datetime.now(UTC))


def _add_password(
    parser: argparse.ArgumentParser,
) -> "argparse._MutuallyExclusiveGroup":
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--password-stdin",
        action="store_true",
        help="lit le mot de passe sur l’entrée standard, sans le demander",
    )
    return group


def _read_password(args: argparse.Namespace) -> str:
    """The password, typed twice unseen, or the first line of what is piped in."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    try:
        first = getpass.getpass("Mot de passe (douze caractères au moins) : ")
        second = getpass.getpass("Le même, encore une fois : ")
    except EOFError as error:
        raise UsageError(
            "Aucun mot de passe n’a été tapé : donnez-le par l’entrée standard avec "
            "« --password-stdin »."
        ) from error
    if first != second:
        raise UsageError("Les deux mots de passe diffèrent : recommencez.")
    return first
