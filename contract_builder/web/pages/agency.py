"""The agency's own logo and colours, as files of the pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from contract_builder.services.branding import load_look
from contract_builder.web.requests import PageRequest

_NO_ACT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing may hold a script: opened by itself, it is shown and nothing more."""


@require_safe
def show_logo(request: PageRequest) -> HttpResponse:
    """The logo, which does nothing but be seen."""
    look = load_look(request.hall.project)
    if not look.logo:
        raise Http404
    response = HttpResponse(look.logo, content_type=look.logo_type)
    response._csp_exempt = True  # type: ignore[attr-defined]  # how django-csp is told
    response.headers["Content-Security-Policy"] = _NO_ACT
    return response


@require_safe
def show_style(request: PageRequest) -> HttpResponse:
    """The colours, as a style sheet; by night our own accent stays where the agency has none."""
    look = load_look(request.hall.project)
    return render(request, "web/couleurs.css", {"look": look}, content_type="text/css")


def tell_look(request: HttpRequest) -> dict[str, object]:
    """For the frame of every page: what the agency's folder holds, and the agency's name."""
    hall = getattr(request, "hall", None)
    if hall is None:
        return {}
    profiles = (state.profile for state in hall.states.known().values())
    name = next((p.ars.nom for p in profiles if p and p.ars.nom), "")
    return {"look": SimpleLazyObject(lambda: load_look(hall.project)), "agency": name}
