"""« Compte »: entering and leaving; one's own password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contract_builder.errors import UserError
from contract_builder.web.accounts.keeping import change_password, find_account
from contract_builder.web.accounts.models import Account
from contract_builder.web.configuration import COOL_OFF_MINUTES
from contract_builder.web.directory import read_told_name
from contract_builder.web.people import normal_name
from contract_builder.web.provider import (
    EntranceRefused,
    ProviderSettings,
    begin_entrance,
    find_exit,
    finish_entrance,
    is_by_provider,
    mark_entrance,
)
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_TEMPLATE = "web/connexion.html"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: PageRequest) -> HttpResponse:
    """The form of the entrance; a session of its own once name and password are right.

    It leads back to the page that was asked for, which is one of ours.
    """
    asked = request.POST.get("next") or request.GET.get("next", "")
    if request.person is not None:
        return HttpResponseRedirect(_own_address(request, asked))
    name = normal_name(request.POST.get("name", ""))
    wrong = False
    if request.method == "POST":
        account = authenticate(request, name=name, password=request.POST.get("password", ""))
        if account is not None:
            login(request, account)
            return HttpResponseRedirect(_own_address(request, asked))
        wrong = True
    context = {"name": name, "asked": asked, "wrong": wrong, "told": read_told_name(request)}
    return _show_entrance(request, context, 422 if wrong else 200)


@require_safe
def ask_directory(request: PageRequest) -> HttpResponse:
    """Sends the browser to the agency's directory, which asks who is there."""
    asked = request.GET.get("next", "")
    try:
        address = begin_entrance(request, _get_provider(), asked)
    except EntranceRefused as refused:
        return _show_refused_entrance(request, refused)
    return HttpResponseRedirect(address)


@require_safe
def come_from_directory(request: PageRequest) -> HttpResponse:
    """A session of its own for the open account that the directory names, and for no other."""
    try:
        named = finish_entrance(request, _get_provider())
    except EntranceRefused as refused:
        return _show_refused_entrance(request, refused)
    account = Account.objects.filter(name=named.name, is_active=True).first()
    if account is None:
        return _show_entrance(request, {"told": named.name, "asked": named.asked}, 403)
    login(request, account, backend=_BACKEND)
    mark_entrance(request)
    return HttpResponseRedirect(_own_address(request, named.asked))


@require_POST
def log_out(request: PageRequest) -> HttpResponse:
    """Ends the session; where the directory opened it, shows how to end that one too."""
    provider: ProviderSettings | None = settings.CPOM_PROVIDER
    way_out = find_exit(provider) if provider and is_by_provider(request) else ""
    logout(request)
    if not way_out:
        return redirect("compte-connexion")
    request.person = None
    return render(request, "web/sortie.html", {"way_out": way_out})


@sensitive_post_parameters("ancien", "nouveau", "encore")
@require_http_methods(["GET", "HEAD", "POST"])
def show_own(request: PageRequest) -> HttpResponse:
    """Who one is here; another password, once the present one is given again."""
    kept = find_account(request.hall.project, request.visitor.name)
    has_password = request.visitor.has_account and kept is not None and kept.has_password
    error = wrong = ""
    if request.method == "POST":
        error, wrong = _NO_PASSWORD if not has_password else _change_own_password(request)
        if not error:
            messages.success(request, "Votre mot de passe est changé.")
            return redirect("compte")
    context = {"error": error, "wrong": wrong, "has_password": has_password}
    return render(request, "web/mon_compte.html", context, status=422 if error else 200)


def _change_own_password(request: PageRequest) -> tuple[str, str]:
    """What is wrong and in which field; nothing once it is changed, this session going on."""
    name, new = request.visitor.name, request.POST.get("nouveau", "")
    if new != request.POST.get("encore"):
        return "Les deux nouveaux mots de passe diffèrent.", "encore"
    account = authenticate(request, name=name, password=request.POST.get("ancien", ""))
    if not isinstance(account, Account):
        return "Le mot de passe actuel n’est pas celui-là.", "ancien"
    if account.check_password(new):
        return "Choisissez un mot de passe qui diffère de l’actuel.", "nouveau"
    try:
        change_password(request.hall.project, name, new, request.hall.by())
    except UserError as refused:
        return error_text(refused), "nouveau"
    account.refresh_from_db()
    update_session_auth_hash(request, account)
    return "", ""


_NO_PASSWORD = ("Il n’y a pas de mot de passe à changer ici.", "")


def show_locked(
    request: HttpRequest, response: HttpResponse | None = None, credentials: object = None
) -> HttpResponse:
    """Too many wrong passwords for a name: nothing is tried for a while."""
    told = {
        "heading": "Trop d’essais",
        "text": "Le mot de passe a été faux plusieurs fois de suite pour ce compte. Attendez "
        f"{COOL_OFF_MINUTES} minutes, puis recommencez ; s’il est oublié, demandez-en un autre à "
        "un administrateur.",
    }
    return render(request, "web/refus.html", told, status=429)


def _get_provider() -> ProviderSettings:
    """Http404 where no directory is asked."""
    provider: ProviderSettings | None = settings.CPOM_PROVIDER
    if provider is None:
        raise Http404
    return provider


def _show_refused_entrance(request: HttpRequest, refused: EntranceRefused) -> HttpResponse:
    return _show_entrance(request, {"refused": refused}, 503 if refused.is_down else 403)


def _show_entrance(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    has_provider = settings.CPOM_PROVIDER is not None
    return render(request, _TEMPLATE, {"has_provider": has_provider, **context}, status=status)


def _own_address(request: HttpRequest, asked: str) -> str:
    """``asked`` when it is a page of this application; else the first page."""
    ours = {request.get_host()}
    if url_has_allowed_host_and_scheme(asked, ours, require_https=request.is_secure()):
        return asked
    return "/"
