"""« Imports »: registries sent, read outside requests, each change seen before it is applied."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contract_builder.errors import UserError
from contract_builder.reading.bounded import read_bounded
from contract_builder.services.noting import OrderedBy
from contract_builder.services.project import Project
from contract_builder.web.forms.words import word_path
from contract_builder.web.lots.import_orders import (
    AGAIN,
    MOST_BYTES,
    MOST_FILES,
    apply_chosen,
    give_up,
    order_import,
    read_again,
    undo_order,
)
from contract_builder.web.lots.intake import CHANGES_FILE, folder_of
from contract_builder.web.lots.models import AT_WORK, IMPORT_STATE_WORDS, WAITING, Import
from contract_builder.web.lots.queue import settle_interrupted
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest
from contract_builder.web.worker_lock import has_worker

_SHOWN = 100
_ACTS: Mapping[str, Callable[[Project, int, OrderedBy], None]] = {
    "annuler": undo_order,
    "relire": read_again,
    "abandonner": give_up,
}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PageRequest) -> HttpResponse:
    """The files to send; the imports of before, the last first."""
    project = request.hall.project
    error = ""
    if request.method == "POST":
        try:
            number = order_import(project, request.FILES.getlist("fichiers"), request.hall.by())
        except UserError as refused:
            error = error_text(refused)
        else:
            return redirect("lots-import", number=number)
    settle_interrupted(project)
    context = {
        "error": error,
        "imports": Import.objects.order_by("-pk")[:_SHOWN],
        "words": IMPORT_STATE_WORDS,
        "most_files": MOST_FILES,
        "most_mib": MOST_BYTES >> 20,
        "has_worker": has_worker(project.root),
    }
    return render(request, "web/imports.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: PageRequest, number: int) -> HttpResponse:
    """One import: what it would change, by establishment; its buttons."""
    project = request.hall.project
    settle_interrupted(project)
    work = _get(number)
    if request.method == "POST":
        try:
            _act(request, number)
        except UserError as refused:
            messages.error(request, error_text(refused))
        return redirect("lots-import", number=number)
    return render(request, "web/import.html", _tell(request, work))


@require_safe
def show_progress(request: PageRequest, number: int) -> HttpResponse:
    """Where an import is: the part of its page that moves."""
    settle_interrupted(request.hall.project)
    return render(request, "web/import_avancement.html", _tell(request, _get(number)))


@require_safe
def show_entity(request: PageRequest, number: int, finess: str) -> HttpResponse:
    """Each value that an import would change for one establishment."""
    work = _get(number)
    known = next((item for item in work.proposals if item["finess"] == finess), None)
    path = folder_of(request.hall.project, number) / CHANGES_FILE
    if known is None or not path.is_file():
        raise Http404(finess)
    changes = json.loads(read_bounded(path)).get(finess, [])
    lines = [_Line(change, word_path(change["chemin"]), _day_of(change)) for change in changes]
    context = {"work": work, "entity": known, "lines": lines}
    return render(request, "web/import_etablissement.html", context)


@dataclass(frozen=True, slots=True)
class _Line:
    """One value: its change as data, what the forms call it, the day of its extract."""

    change: Mapping[str, Any]
    place: str
    extracted: date | None


def _day_of(change: Mapping[str, Any]) -> date | None:
    day = (change["origine"] or {}).get("extrait_le")
    return date.fromisoformat(day) if day else None


def _act(request: PageRequest, number: int) -> None:
    action = request.POST.get("action", "")
    if action == "appliquer":
        chosen = request.POST.getlist("finess")
        apply_chosen(request.hall.project, number, chosen, request.hall.by())
        return
    act = _ACTS.get(action)
    if act is None:
        raise UserError("Cette action n’existe pas.")
    act(request.hall.project, number, request.hall.by())


def _tell(request: PageRequest, work: Any) -> dict[str, Any]:
    return {
        "work": work,
        "word": IMPORT_STATE_WORDS[work.state],
        "is_moving": work.state in (*WAITING, *AT_WORK),
        "may_go_back": work.state in AGAIN and not work.written,
        "may_undo": bool(work.written) and work.state in ("applique", "interrompu"),
        "has_worker": has_worker(request.hall.project.root),
    }


def _get(number: int) -> Any:
    work = Import.objects.filter(pk=number).first()
    if work is None:
        raise Http404(number)
    return work
