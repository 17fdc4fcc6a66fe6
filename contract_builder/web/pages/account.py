"""« Compte »: entering and leaving."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from contract_builder.web.configuration import COOL_OFF_MINUTES
from contract_builder.web.directory import read_told_name
from contract_builder.web.people import normal_name
from contract_builder.web.requests import PageRequest

_TEMPLATE = "web/connexion.html"


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
    context = {"name": name, "next": asked, "wrong": wrong, "told": read_told_name(request)}
    return render(request, _TEMPLATE, context, status=422 if wrong else 200)


@require_POST
def log_out(request: PageRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return redirect("compte-connexion")


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


def _own_address(request: HttpRequest, asked: str) -> str:
    """``asked`` when it is a page of this application; else the first page."""
    ours = {request.get_host()}
    if url_has_allowed_host_and_scheme(asked, ours, require_https=request.is_secure()):
        return asked
    return "/"
