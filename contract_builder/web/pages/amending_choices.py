"""« Avenants »: what is decided of a draft and kept with the establishment: reasons, levels."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from contract_builder.errors import UserError
from contract_builder.services.editing import ProfileChange, StaleProfileError
from contract_builder.services.levelling import choose_level
from contract_builder.services.motivating import save_reasons
from contract_builder.web.pages.amending import REASON, show_draft
from contract_builder.web.pages.amending_sides import (
    AmendingSides,
    asking,
    find_establishment,
)
from contract_builder.web.pages.amending_wishes import parse_wish
from contract_builder.web.pages.lookup import get_path, list_visible_versions
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_ORDERED: Final = "ordonne"
"""The place of the page where the operations stand."""


@require_POST
def keep_reasons(request: PageRequest) -> HttpResponse:
    """Writes the reasons into the profile, then drafts the avenant again with them."""
    asked = AmendingSides.of_request(request)
    change = _change_of(request, asked, "motifs de l’avenant")
    given = {
        key.removeprefix(REASON): request.POST.get(key, "")
        for key in request.POST
        if key.startswith(REASON)
    }
    try:
        save_reasons(request.hall.project, given, change)
    except StaleProfileError as refused:
        return show_draft(request, asked, given, error_text(refused), 409)
    request.hall.states.refresh(change.name)
    messages.success(request, "Les motifs sont enregistrés : l’avenant les porte.")
    return redirect(f"{reverse('avenants')}?{asked.query}")


@require_POST
def keep_level(request: PageRequest) -> HttpResponse:
    """Writes the level chosen for a passage, once the avenant is proved with it."""
    asked = AmendingSides.of_request(request)
    change = _change_of(request, asked, "niveau d’une modification de l’avenant")
    versions = list_visible_versions(request)
    try:
        wish = parse_wish(request.POST.get("choix", ""))
        with asking(request, asked, versions, ("json",)) as (wanted, _):
            choose_level(request.hall.project, wish, change, wanted)
    except StaleProfileError as refused:
        return show_draft(request, asked, error=error_text(refused), status=409)
    except UserError as refused:
        return show_draft(request, asked, error=error_text(refused), status=422)
    request.hall.states.refresh(change.name)
    told = (
        "Le logiciel choisit de nouveau ce que l’avenant remplace."
        if wish.is_undone
        else "L’avenant est rédigé ainsi, et prouvé de nouveau."
    )
    messages.success(request, told)
    return redirect(f"{reverse('avenants')}?{asked.query}#{_ORDERED}")


def _change_of(request: PageRequest, asked: AmendingSides, note: str) -> ProfileChange:
    """A change of the profile that keeps what is decided; Http404 without one that is seen."""
    name = find_establishment(request, asked, list_visible_versions(request))
    if not name:
        raise Http404(asked.new)
    get_path(request, name)
    hall = request.hall
    return ProfileChange(name, request.POST.get("_vu", ""), {}, hall.now(), hall.actor, note)
