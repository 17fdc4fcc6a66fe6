"""« Nouveau »: an establishment from its number and the registries, or a contract after another.

One thing a page: where to start from, what is known already, what is carried over. The rest is
asked by ``questions``, one answer a page; the file on the disk is where one has got to.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contract_builder.errors import UserError
from contract_builder.services.drafting import DraftRequest, draft_profile, foresee_profile
from contract_builder.services.editing import keep_beginning
from contract_builder.services.renewing import (
    RenewRequest,
    find_next_day,
    list_renewable,
    renew,
)
from contract_builder.services.weighing import list_head_choices
from contract_builder.web.forms.days import parse_wanted_day
from contract_builder.web.forms.words import word_path
from contract_builder.web.pages.lookup import get_path, list_visible_paths, list_visible_versions
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

if TYPE_CHECKING:
    from contract_builder.renewal.fates import Fate, FateItem
    from contract_builder.renewal.plan import RenewalPlan

_LOOK = "voir"
"""The action that shows what would be made; any other makes it."""


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: PageRequest) -> HttpResponse:
    """A new establishment from its number: asked, then what is known of it, then made."""
    values = {key: request.POST.get(key, "").strip() for key in ("finess", "nom", "type", "modele")}
    told: dict[str, Any] = {"values": values}
    if request.method == "POST":
        model = get_path(request, values["modele"]) if values["modele"] else None
        day = request.hall.now().date()
        asked = DraftRequest(day, values["nom"], values["finess"], values["type"], model)
        try:
            if request.POST.get("_action") != _LOOK:
                return _draft(request, asked)
            told |= _foresee(request, asked)
        except UserError as refused:
            told |= {"error": error_text(refused), "known": _find_known(request, values)}
    template = "web/nouveau_registres.html" if "foreseen" in told else "web/nouveau.html"
    return render(request, template, told, status=422 if "error" in told else 200)


def _draft(request: PageRequest, asked: DraftRequest) -> HttpResponse:
    drafted = draft_profile(request.hall.project, asked)
    messages.success(request, "L’établissement est créé.")
    return _begin(request, drafted.path.stem, "nouvel établissement")


def _begin(request: PageRequest, name: str, note: str) -> HttpResponse:
    """To the questions of a profile that is there; what the journal refuses is told."""
    hall = request.hall
    hall.states.refresh(name)
    try:
        keep_beginning(hall.project, name, hall.by(), note)
    except UserError as refused:
        messages.warning(request, error_text(refused))
    return redirect("etablissement-questions", name=name)


def _foresee(request: PageRequest, asked: DraftRequest) -> dict[str, Any]:
    """What registries say of the number, with its origin, and what stays to be chosen."""
    project = request.hall.project
    foreseen = foresee_profile(project, asked)
    return {
        "foreseen": foreseen.drafted,
        "single": [
            (word_path(item.path), item.text, item.origin)
            for item in foreseen.imported
            if item.text
        ],
        "lists": [
            (word_path(item.path), item.count) for item in foreseen.imported if not item.text
        ],
        "types": list_head_choices(project).types,
        "models": [path.stem for path in list_visible_paths(request)],
    }


def _find_known(request: PageRequest, values: dict[str, str]) -> str:
    """The establishment of that name or number, when it is there already; empty without one."""
    wanted = values["nom"] or values["finess"].replace(" ", "")
    return next((p.stem for p in list_visible_paths(request) if p.stem == wanted), "")


@dataclass(frozen=True, slots=True)
class _Following:
    """A contract to come: after which version, from when, asked for on which day."""

    reference: str
    day: str
    requested: str

    def wish(self, on: date, *, dry_run: bool) -> RenewRequest:
        """The request to the service; UserError for a day that is none."""
        asked = parse_wanted_day(self.requested) if self.requested else None
        return RenewRequest(
            self.reference, parse_wanted_day(self.day), on, requested_on=asked, dry_run=dry_run
        )


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: PageRequest) -> HttpResponse:
    """A contract that follows a signed one: which, from when, what is carried and what is not."""
    renewable = list_renewable(list_visible_versions(request))
    told: dict[str, Any] = {"versions": renewable}
    data = request.POST if request.method == "POST" else request.GET
    following = _Following(*(data.get(key, "").strip() for key in ("version", "jour", "demande")))
    if not following.reference:
        return render(request, "web/nouveau_suite.html", told)
    version = next((v for v in renewable if str(v.reference) == following.reference), None)
    if version is None:
        raise Http404(following.reference)
    today = request.hall.now().date()
    told |= {"version": version, "following": following, "day": following.day}
    if request.method != "POST":
        next_day = find_next_day(request.hall.project, following.reference, today)
        told["day"] = next_day.isoformat() if next_day else ""
        return render(request, "web/nouveau_suite.html", told)
    is_look = request.POST.get("_action") == _LOOK
    try:
        renewed = renew(request.hall.project, following.wish(today, dry_run=is_look))
    except UserError as refused:
        told["error"] = error_text(refused)
        return render(request, "web/nouveau_suite.html", told, status=422)
    if is_look:
        told |= {"plan": renewed.plan, "fates": _lay_fates(renewed.plan)}
        return render(request, "web/nouveau_suite.html", told)
    messages.success(request, f"Le contrat {renewed.plan.contract.code} est créé.")
    note = f"nouveau contrat, à la suite de {following.reference}"
    return _begin(request, renewed.path.stem, note)


def _lay_fates(plan: "RenewalPlan") -> list[tuple[str, list[tuple[str, str]]]]:
    """What is carried over, what is over, what is to be asked again: each line in words."""
    titles: dict[Fate, str] = {
        "a-redemander": "À redemander",
        "caduc": "Non repris",
        "repris": "Repris",
    }
    return [
        (title, [(word_path(item.section), _tell(item)) for item in plan.items(fate)])
        for fate, title in titles.items()
    ]


def _tell(item: "FateItem") -> str:
    return " : ".join(part for part in (item.what, item.why) if part)
