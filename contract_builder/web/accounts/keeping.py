"""Accounts made, listed, changed, closed; their passwords. Every refusal is a UserError in French.

Each change is a line of the journal, kept with it or not at all.
"""

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from contract_builder.errors import UserError
from contract_builder.services.noting import OrderedBy, WorkNote, note_work
from contract_builder.services.project import Project
from contract_builder.web.accounts.database import has_tables, prepare_database, telling_faults
from contract_builder.web.accounts.models import LONGEST_NAME, Account
from contract_builder.web.people import ROLE_WORDS, ROLES, Person, normal_name, word_departments

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@-]*[a-z0-9])?")
_DEPARTMENT = re.compile(r"[0-9][0-9AB][0-9]?")
_REASONS: Mapping[str, str] = {
    "password_too_short": "il lui faut au moins douze caractères",
    "password_too_similar": "il ressemble trop au nom du compte",
    "password_too_common": "il est trop répandu",
    "password_entirely_numeric": "il n’a que des chiffres",
}
_CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 5, 4


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account as lists show it; one without a password enters by the directory alone."""

    person: Person
    is_active: bool
    has_password: bool
    last_entered: datetime | None


def create_account(
    project: Project,
    person: Person,
    password: str | None,
    by: OrderedBy,
    *,
    is_temporary: bool = False,
) -> None:
    """Makes an account; UserError for a name that is taken or wrong, or a weak password.

    One without a password enters by the agency's directory alone. A temporary password is
    changed at the first entrance.
    """
    name = normal_name(person.name)
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise UserError(
            f"« {person.name} » n’est pas un nom de compte : il se fait de lettres sans accent, de "
            "chiffres, de points, de tirets ou de « @ », et compte au plus "
            f"{LONGEST_NAME} caractères."
        )
    account = Account(name=name)
    _set_rights(account, person)
    prepare_database(project)
    _set_password(account, password, is_temporary=is_temporary)
    entrance = "sans mot de passe" if password is None else "avec un mot de passe"
    with _changing(project, by, account, f"compte fait : {_word_rights(account)}, {entrance}"):
        if Account.objects.filter(name=name).exists():
            raise UserError(f"Le compte « {name} » existe déjà.")
        account.save(force_insert=True)


def change_rights(project: Project, person: Person, by: OrderedBy) -> None:
    """Gives the account of that name another role and other departments, at once."""
    account = _get(project, person.name)
    _set_rights(account, person)
    with _changing(project, by, account, f"droits : {_word_rights(account)}"):
        _keep_an_administrator(account)
        account.save(update_fields=["role", "is_regional", "departments"])


def change_password(
    project: Project, name: str, password: str, by: OrderedBy, *, is_temporary: bool = False
) -> None:
    """Gives the account another password; its open sessions end, and it no longer waits.

    A temporary one is changed at the next entrance.
    """
    from axes.utils import reset  # its tables are not there where the routes alone are read

    account = _get(project, name)
    _set_password(account, password, is_temporary=is_temporary)
    with _changing(project, by, account, "mot de passe changé"):
        account.save(update_fields=["password", "password_is_temporary"])
        reset(username=account.name)


def set_active(project: Project, name: str, by: OrderedBy, *, is_active: bool) -> None:
    """Closes the account, whose sessions end at once, or opens it again."""
    account = _get(project, name)
    account.is_active = is_active
    with _changing(project, by, account, "compte ouvert" if is_active else "compte fermé"):
        _keep_an_administrator(account)
        account.save(update_fields=["is_active"])


def list_accounts(project: Project) -> tuple[KeptAccount, ...]:
    """Every account, in the order of names; none where none was ever made."""
    if not has_tables(project):
        return ()
    prepare_database(project)
    with telling_faults(project):
        return tuple(_tell(account) for account in Account.objects.order_by("name"))


def find_account(project: Project, name: str) -> KeptAccount | None:
    """The account of that name."""
    return next((kept for kept in list_accounts(project) if kept.person.name == name), None)


def make_password() -> str:
    """A password that nobody can guess, of letters and figures that are not mistaken."""
    groups = (
        "".join(secrets.choice(_CLEAR_LETTERS) for _ in range(_GROUP_LENGTH))
        for _ in range(_GROUPS)
    )
    return "-".join(groups)


@contextmanager
def _changing(project: Project, by: OrderedBy, account: Account, note: str) -> Iterator[None]:
    """What is changed within and its line of the journal: both are kept, or neither."""
    state = {"role": account.role, "departements": account.departments, "ouvert": account.is_active}
    told = WorkNote(f"compte {account.name}", note, json.dumps(state, sort_keys=True).encode())
    with telling_faults(project), transaction.atomic():
        yield
        note_work(project, told, by)


def _keep_an_administrator(changed: Account) -> None:
    """UserError when nobody could open an account any more, once ``changed`` is saved.

    That of some departments is no substitute for one of the whole region.
    """
    rows: Any = Account.objects.select_for_update()
    others = list(rows.filter(role="administrateur", is_active=True).exclude(pk=changed.pk))
    before = Account.objects.get(pk=changed.pk)
    if before.role != "administrateur" or not before.is_active:
        return
    stays = changed.is_active and changed.role == "administrateur"
    left = [*others, changed] if stays else others
    if not left or (before.is_regional and not any(account.is_regional for account in left)):
        raise UserError(
            f"« {changed.name} » est le seul administrateur : faites-en d’abord un autre."
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


def _tell(account: Account) -> KeptAccount:
    has_password = account.has_usable_password()
    return KeptAccount(account.person, account.is_active, has_password, account.last_login)


def _word_rights(account: Account) -> str:
    person = account.person
    return f"{ROLE_WORDS[person.role]}, {word_departments(person)}"


def _set_rights(account: Account, person: Person) -> None:
    if person.role not in ROLES:
        raise UserError("Choisissez un rôle.")
    codes = sorted(person.departments or ())
    wrong = [code for code in codes if not _DEPARTMENT.fullmatch(code)]
    if wrong:
        raise UserError(f"« {wrong[0]} » n’est pas un code de département, comme 44, 2A ou 971.")
    account.role = person.role
    account.is_regional = person.departments is None
    account.departments = " ".join(codes)


def _set_password(account: Account, password: str | None, *, is_temporary: bool) -> None:
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as refused:
            codes = (error.code or "" for error in refused.error_list)
            reasons = ", ".join(_REASONS.get(code, "il est refusé") for code in codes)
            raise UserError(f"Ce mot de passe ne convient pas : {reasons}.") from refused
    account.set_password(password)
    account.password_is_temporary = is_temporary
