"""« À faire »: what waits for somebody, most pressing first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contract_builder.services.agenda import Deadline, list_deadlines
from contract_builder.services.surveying import ProfileState
from contract_builder.web.pages.lookup import (
    find_visible_entities,
    list_visible_paths,
    list_visible_states,
)
from contract_builder.web.requests import PageRequest

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: about whom, what, and where it is done."""

    who: str
    what: str
    link: str
    is_pressing: bool


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """Establishments with errors, then with gaps; deadlines of the signed contracts."""
    states = list_visible_states(request)
    total = len(list_visible_paths(request))
    tasks = list(_iter_tasks(states))
    deadlines, unread = _list_deadlines(request)
    return render(
        request,
        "web/accueil.html",
        {
            "tasks": tasks[:_SHOWN],
            "hidden": max(0, len(tasks) - _SHOWN),
            "deadlines": deadlines[:_SHOWN],
            "unread": unread,
            "read": len(states),
            "total": total,
        },
    )


def _list_deadlines(request: PageRequest) -> tuple[list[Deadline], tuple[str, ...]]:
    """Those of the contracts that are seen; what could not be read, for the whole region alone."""
    project = request.hall.project
    if not project.has_store():
        return [], ()
    hall = request.hall
    agenda = list_deadlines(project, hall.now().date(), hall.recall_contracts())
    seen = find_visible_entities(request)
    deadlines = [item for item in agenda.deadlines if item.contract.finess_ej in seen]
    return deadlines, agenda.unread if request.visitor.departments is None else ()


def _iter_tasks(states: Iterable[ProfileState]) -> Iterator[Task]:
    ordered = sorted(states, key=lambda s: (-s.errors, -s.gaps, s.name))
    for state in ordered:
        link = reverse("etablissement", args=[state.name])
        who = state.legal_name
        if state.errors:
            yield Task(
                who, f"{state.errors} erreur(s) empêchent de produire le contrat", link, True
            )
        elif state.gaps:
            yield Task(who, f"{state.gaps} donnée(s) à compléter", link, False)
