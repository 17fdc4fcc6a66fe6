"""« Proposer une autre rédaction »: the words of one clause, checked as they are written."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    StaleProfileError,
    open_profile,
)
from contract_builder.services.making import Prepared
from contract_builder.services.previewing import preview_clause
from contract_builder.services.rewording import (
    ClauseWording,
    OpenedWording,
    drop_wording,
    open_wording,
    save_wording,
    try_wording,
)
from contract_builder.web.pages.lookup import get_path, get_state
from contract_builder.web.pages.lost_texts import show_lost
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_STALE, _NOT_FOUND = 409, 404


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the page is about: the establishment's file, its contract, the clause."""

    name: str
    clause: str
    file: ProfileFile
    prepared: Prepared
    opened: OpenedWording


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, name: str, item: str) -> HttpResponse:
    """The editor; sent « verifier », what the words would print; « enregistrer », kept."""
    try:
        asked = _open(request, name, item)
    except Http404:
        if request.method != "POST":
            raise
        kept = show_lost(request, f"clause « {item} »", reverse("etablissements"))
        kept.status_code = _NOT_FOUND
        return kept
    if request.method != "POST":
        return _show(request, asked, asked.opened.start)
    wording = _read(request, asked)
    action = request.POST.get("_action", "")
    if action not in ("enregistrer", "reprendre"):
        return _show(request, asked, wording, is_tried=True)
    try:
        _keep(request, asked, wording, action)
    except StaleProfileError as refused:
        return _show(request, asked, wording, error=error_text(refused), status=_STALE)
    except ProblemsError:
        return _show(request, asked, wording, is_tried=True, status=422)
    except UserError as refused:
        return _show(request, asked, wording, error=error_text(refused), status=422)
    request.hall.states.refresh(name)
    messages.success(request, _TOLD[action])
    return redirect(f"{reverse('etablissement-projet', args=[name])}?clause={item}#s-{item}")


def _open(request: PageRequest, name: str, item: str) -> _Asked:
    path = get_path(request, name)
    hall = request.hall
    prepared = hall.prepared.prepare(path)
    file = open_profile(hall.project, name)
    try:
        opened = open_wording(hall.project, file, prepared, item)
    except ProblemsError:
        raise
    except UserError as error:
        raise Http404(item) from error
    return _Asked(name, item, file, prepared, opened)


def _read(request: PageRequest, asked: _Asked) -> ClauseWording:
    given = request.POST
    return ClauseWording(
        asked.clause,
        given.get("texte", ""),
        given.get("titre", "").strip(),
        given.get("retiree") == "oui",
        "negociee" if given.get("etat") == "negociee" else "proposee",
        given.get("auteur", ""),
        given.get("motif", ""),
    )


def _keep(request: PageRequest, asked: _Asked, wording: ClauseWording, action: str) -> None:
    hall = request.hall
    seen = request.POST.get("_vu", "")
    note = f"{_NOTES[action]} de la clause « {asked.opened.title or asked.clause} »"
    change = ProfileChange(asked.name, seen, {}, hall.now(), hall.actor, note)
    if action == "reprendre":
        drop_wording(hall.project, asked.file, asked.clause, change)
    else:
        save_wording(hall.project, asked.file, asked.prepared, wording, change)


def _show(
    request: PageRequest,
    asked: _Asked,
    wording: ClauseWording,
    *,
    is_tried: bool = False,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "state": get_state(request, asked.name),
        "opened": asked.opened,
        "wording": wording,
        "fields": asked.opened.fields,
        "is_stale": status == _STALE,
        "seen": request.POST.get("_vu", "")
        if status != _STALE and request.POST
        else asked.file.sha256,
        "error": error,
    }
    if is_tried:
        context |= _try(request, asked, wording)
        status = 422 if status == 200 and context["error"] else status
    return render(request, "web/variante.html", context, status=status)


def _try(request: PageRequest, asked: _Asked, wording: ClauseWording) -> dict[str, Any]:
    hall = request.hall
    try:
        tried = try_wording(hall.project, asked.file, asked.prepared, wording, hall.now())
    except UserError as refused:
        return {"error": error_text(refused)}
    printed = preview_clause(tried.contract, asked.clause) if tried.contract else ""
    return {
        "tried": tried,
        "printed": mark_safe(printed),  # noqa: S308 - escaped by the writer
    }


_TOLD = {
    "enregistrer": "La rédaction est enregistrée : le projet la porte.",
    "reprendre": "La clause dit de nouveau le texte de la bibliothèque.",
}
_NOTES = {"enregistrer": "rédaction", "reprendre": "retour au texte type"}
