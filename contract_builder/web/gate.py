"""The gate: no page is shown, and no form taken, that the table of routes does not allow."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from contract_builder.web.people import Person
from contract_builder.web.requests import PageRequest
from contract_builder.web.routes import ROUTES, SAFE_METHODS


class GateMiddleware:
    """Asks for an account, then for its right, before any view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._routes = {route.name: route for route in ROUTES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, once ``process_view`` has let the request through."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """None to go on; the entrance for who has not entered; a refusal for who may not."""
        page = cast("PageRequest", request)
        name = request.resolver_match.url_name if request.resolver_match else None
        route = self._routes.get(name or "")
        if route is not None and route.is_public and (route.changes or _is_safe(request)):
            return None
        if page.person is None:
            return _ask_to_enter(request)
        if page.person.must_change_password and name not in _BEFORE_A_PASSWORD_OF_ONES_OWN:
            return HttpResponseRedirect(reverse("compte"))
        if route is None or not route.lets(page.person, request.method or ""):
            return render(request, "web/refus.html", _REFUSED, status=403)
        page.visitor = page.person
        return None


def tell_rights(request: HttpRequest) -> dict[str, frozenset[str]]:
    """The names of the pages that who asks may open, and change: what else is not offered."""
    person: Person | None = getattr(request, "person", None)
    if person is None:
        return {"readable": frozenset(), "writable": frozenset()}
    return {
        "readable": frozenset(route.name for route in ROUTES if route.lets(person, "GET")),
        "writable": frozenset(route.name for route in ROUTES if route.lets(person, "POST")),
    }


def _is_safe(request: HttpRequest) -> bool:
    return request.method in SAFE_METHODS


def _ask_to_enter(request: HttpRequest) -> HttpResponse:
    entrance = reverse("compte-connexion")
    if not _is_safe(request):
        told = {"heading": "Session terminée", "text": _ENDED, "entrance": entrance}
        return render(request, "web/refus.html", told, status=403)
    return HttpResponseRedirect(f"{entrance}?{urlencode({'next': request.get_full_path()})}")


_BEFORE_A_PASSWORD_OF_ONES_OWN = ("compte", "compte-deconnexion")
_REFUSED = {
    "heading": "Accès refusé",
    "text": "Votre compte ne permet pas cette action. Si elle vous est nécessaire, demandez à un "
    "administrateur d’en changer le rôle ou les départements.",
}
_ENDED = (
    "Votre session est terminée, et rien n’a été enregistré. Revenez en arrière pour retrouver "
    "votre saisie et la copier, puis connectez-vous de nouveau."
)
