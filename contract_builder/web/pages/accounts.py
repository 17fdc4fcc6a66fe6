"""« Comptes »: who may enter; an account made, given other rights or a password, closed."""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from contract_builder.errors import UserError
from contract_builder.web.accounts.keeping import (
    change_password,
    change_rights,
    create_account,
    find_account,
    list_accounts,
    make_password,
    set_active,
)
from contract_builder.web.people import ROLE_WORDS, Person, Role, normal_name
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_ROLE_MEANINGS: Mapping[Role, str] = {
    "relecteur": "tout lire, comparer, télécharger",
    "redacteur": "tout lire, remplir les établissements, enregistrer versions et avenants",
    "operateur": "tout lire, créer les établissements, produire en lot, importer les registres",
    "administrateur": "tout, les comptes aussi quand il voit toute la région",
}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("password")
def show(request: PageRequest) -> HttpResponse:
    """Every account, and the form of another; its password is shown once, in the answer."""
    project = request.hall.project
    error = password = ""
    if request.method == "POST":
        password = "" if request.POST.get("entree") == "annuaire" else make_password()
        person = _read_person(request, request.POST.get("name", ""))
        try:
            create_account(project, person, password or None, request.hall.by(), is_temporary=True)
        except UserError as refused:
            error = error_text(refused)
        else:
            return _show_made(request, person.name, password)
    context = {
        "error": error,
        "accounts": list_accounts(project),
        "typed": request.POST if error else {},
        **_WORDS,
    }
    return render(request, "web/comptes.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("password")
def show_one(request: PageRequest, account: str) -> HttpResponse:
    """One account and what may be done with it."""
    if find_account(request.hall.project, account) is None:
        raise Http404(account)
    if request.method != "POST":
        return _render_one(request, account)
    act = _ACTS.get(request.POST.get("action", ""))
    try:
        if act is None:
            raise UserError("Cette action n’existe pas.")
        password = act(request, account)
    except UserError as refused:
        return _render_one(request, account, error=error_text(refused))
    if password:
        return _render_one(request, account, password=password)
    return redirect("comptes-un", account=account)


def _give_rights(request: PageRequest, name: str) -> str:
    change_rights(request.hall.project, _read_person(request, name), request.hall.by())
    messages.success(request, "Le rôle et les départements sont enregistrés.")
    return ""


def _give_password(request: PageRequest, name: str) -> str:
    password = make_password()
    change_password(request.hall.project, name, password, request.hall.by(), is_temporary=True)
    return password


def _close(request: PageRequest, name: str) -> str:
    set_active(request.hall.project, name, request.hall.by(), is_active=False)
    messages.success(request, "Le compte est fermé, et ses sessions sont finies.")
    return ""


def _reopen(request: PageRequest, name: str) -> str:
    set_active(request.hall.project, name, request.hall.by(), is_active=True)
    messages.success(request, "Le compte est ouvert.")
    return ""


_ACTS: Mapping[str, Callable[[PageRequest, str], str]] = {
    "droits": _give_rights,
    "mot-de-passe": _give_password,
    "fermer": _close,
    "rouvrir": _reopen,
}
"""What each button does; the password that it made, to be shown once, or nothing."""
_WORDS: Mapping[str, Any] = {
    "roles": [(role, ROLE_WORDS[role], meaning) for role, meaning in _ROLE_MEANINGS.items()],
}


def _show_made(request: PageRequest, name: str, password: str) -> HttpResponse:
    made = normal_name(name)
    if password:
        return _render_one(request, made, password=password)
    messages.success(request, "Le compte est fait ; il entre par l’annuaire de l’agence.")
    return redirect("comptes-un", account=made)


def _render_one(
    request: PageRequest, name: str, *, error: str = "", password: str = ""
) -> HttpResponse:
    kept = find_account(request.hall.project, name)
    context = {
        "kept": kept,
        "error": error,
        "password": password,
        "is_own": request.visitor.has_account and request.visitor.name == name,
        **_WORDS,
    }
    return render(request, "web/compte.html", context, status=422 if error else 200)


def _read_person(request: PageRequest, name: str) -> Person:
    """Who the form describes; « 44, 72 » or « 44 72 » are two departments."""
    role = cast("Role", request.POST.get("role", ""))  # looked at where it is kept
    departments = None
    if request.POST.get("vue") != "region":
        codes = re.split(r"[\s,;]+", request.POST.get("departements", "").upper())
        departments = frozenset(code for code in codes if code)
    return Person(name, role, departments)
