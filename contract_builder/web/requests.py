"""What a request holds beside Django's own, and what becomes of the errors of services."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from contract_builder.errors import ProblemsError, UserError
from contract_builder.web.forms.posted import read_sent_text
from contract_builder.web.hall import Hall
from contract_builder.web.people import ROLE_WORDS, Person
from contract_builder.web.remedies import error_text


class PageRequest(HttpRequest):
    """A request of a page: the project and the states of its profiles are in its ``hall``.

    ``person`` is who asks; None before the entrance, where public pages alone are shown. Behind
    the gate it is the ``visitor``, which a public page does not have.
    """

    hall: Hall
    person: Person | None
    visitor: Person


class ProjectMiddleware:
    """Gives each request the hall; turns errors that a user can mend into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, with the headers that every page bears."""
        page = cast("PageRequest", request)
        try:
            page.person = _find_person(request)
        except Error:
            page.person = None
            return render(request, "web/refus.html", _DATABASE_GONE, status=503)
        page.hall = settings.CPOM_HALL.acting_as(page.person.name if page.person else "")
        page.hall.project.refresh()
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        """Before any page reads what was asked and sent, its texts are such as files can hold."""
        request.GET = _clean(request.GET)
        if request.method == "POST":
            request.POST = _clean(request.POST)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that tells what is wrong and what would help; None for a fault of ours."""
        if isinstance(error, ProblemsError):
            told = {"problems": error.problems, "text": "Des données sont à corriger."}
            return render(request, "web/refus.html", told, status=422)
        if isinstance(error, Error):
            return render(request, "web/refus.html", _DATABASE_GONE, status=503)
        if isinstance(error, UserError):
            return render(request, "web/refus.html", {"text": error_text(error)}, status=422)
        return None


def _clean(sent: Any) -> Any:
    """Names and values as ``read_sent_text`` reads each of them, in their order."""
    cleaned = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        for value in values:
            cleaned.appendlist(read_sent_text(name), read_sent_text(value))
    return cleaned


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    person: Person | None = getattr(request, "person", None)
    entry = _ENTRIES.get(name.partition("-")[0], "")
    return {"entry": entry, "person": person, "role": ROLE_WORDS[person.role] if person else ""}


def _find_person(request: HttpRequest) -> Person | None:
    """The one user of this machine, else who the directory names, else the session's account."""
    from contract_builder.web.directory import find_session_person, find_told_person

    local: Person | None = settings.CPOM_LOCAL_PERSON
    if local is not None:
        return local
    return find_told_person(request) or find_session_person(request)


_DATABASE_GONE = {
    "heading": "La base ne répond pas",
    "text": "Rien de ce qui était enregistré n’est perdu. Réessayez dans un instant ; si cela "
    "dure, prévenez votre administrateur.",
}


_ENTRIES = {
    "accueil": "accueil",
    "etablissements": "etablissements",
    "etablissement": "etablissements",
    "comparer": "comparer",
    "retours": "comparer",
    "avenants": "region",
    "bibliotheque": "bibliotheque",
    "impact": "bibliotheque",
    "comptes": "region",
    "journal": "region",
    "lots": "region",
    "suivi": "region",
    "lot": "region",
    "region": "region",
    "visite": "visite",
}
"""The first word of a page's name → the entry of the menu that it belongs to."""
