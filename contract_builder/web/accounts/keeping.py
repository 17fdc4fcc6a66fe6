"""Accounts made, listed, closed; their passwords. Every refusal is a UserError in French."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from contract_builder.errors import UserError
from contract_builder.services.project import Project
from contract_builder.web.accounts.database import has_tables, prepare_database, telling_faults
from contract_builder.web.accounts.models import LONGEST_NAME, Account
from contract_builder.web.people import Person, normal_name

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@-]*[a-z0-9])?")
_DEPARTMENT = re.compile(r"[0-9][0-9AB][0-9]?")
_REASONS: Mapping[str, str] = {
    "password_too_short": "il lui faut au moins douze caractères",
    "password_too_similar": "il ressemble trop au nom du compte",
    "password_too_common": "il est trop répandu",
    "password_entirely_numeric": "il n’a que des chiffres",
}


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account as lists show it."""

    person: Person
    is_active: bool


def create_account(project: Project, person: Person, password: str | None) -> None:
    """Makes an account; UserError for a name that is taken or wrong, or a weak password.

    One without a password enters by the agency's directory alone.
    """
    name = normal_name(person.name)
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise UserError(
            f"« {person.name} » n’est pas un nom de compte : il se fait de lettres sans accent, de "
            "chiffres, de points, de tirets ou de « @ », et compte au plus "
            f"{LONGEST_NAME} caractères."
        )
    codes = sorted(person.departments or ())
    wrong = [code for code in codes if not _DEPARTMENT.fullmatch(code)]
    if wrong:
        raise UserError(f"« {wrong[0]} » n’est pas un code de département, comme 44, 2A ou 971.")
    prepare_database(project)
    account = Account(
        name=name,
        role=person.role,
        is_regional=person.departments is None,
        departments=" ".join(codes),
    )
    if password is not None:
        _check_password(account, password)
    account.set_password(password)
    with telling_faults(project):
        if Account.objects.filter(name=name).exists():
            raise UserError(f"Le compte « {name} » existe déjà.")
        account.save(force_insert=True)


def change_password(project: Project, name: str, password: str) -> None:
    """Gives the account another password; its open sessions end."""
    account = _get(project, name)
    _check_password(account, password)
    account.set_password(password)
    with telling_faults(project):
        account.save(update_fields=["password"])


def set_active(project: Project, name: str, *, is_active: bool) -> None:
    """Closes the account, whose sessions end at once, or opens it again.

    The last open administrator is not closed: nobody could open another.
    """
    account = _get(project, name)
    with telling_faults(project):
        others = Account.objects.filter(role="administrateur", is_active=True)
        if (
            not is_active
            and account.role == "administrateur"
            and not others.exclude(pk=account.pk).exists()
        ):
            raise UserError(
                f"« {account.name} » est le seul administrateur : faites-en d’abord un autre."
            )
        account.is_active = is_active
        account.save(update_fields=["is_active"])


def list_accounts(project: Project) -> tuple[KeptAccount, ...]:
    """Every account, in the order of names; none where none was ever made."""
    if not has_tables(project):
        return ()
    prepare_database(project)
    with telling_faults(project):
        return tuple(
            KeptAccount(account.person, account.is_active)
            for account in Account.objects.order_by("name")
        )


def _get(project: Project, name: str) -> Account:
    wanted = normal_name(name)
    if has_tables(project):
        prepare_database(project)
        with telling_faults(project):
            found = Account.objects.filter(name=wanted).first()
        if isinstance(found, Account):
            return found
    raise UserError(f"Il n’y a pas de compte « {wanted} ».")


def _check_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as refused:
        reasons = [_REASONS.get(error.code or "", "il est refusé") for error in refused.error_list]
        raise UserError(f"Ce mot de passe ne convient pas : {', '.join(reasons)}.") from refused
