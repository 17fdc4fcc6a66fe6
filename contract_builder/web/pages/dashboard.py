"""« À faire »: what waits for somebody, most pressing first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contract_builder.services.agenda import list_deadlines
from contract_builder.services.surveying import ProfileState
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
    project = request.hall.project
    states = request.hall.states.known().values()
    total = len(project.profile_paths())
    tasks = list(_iter_tasks(states))
    agenda = list_deadlines(project, request.hall.now().date()) if project.has_store() else None
    return render(
        request,
        "web/accueil.html",
        {
            "tasks": tasks[:_SHOWN],
            "hidden": max(0, len(tasks) - _SHOWN),
            "deadlines": agenda.deadlines[:_SHOWN] if agenda else (),
            "unread": agenda.unread if agenda else (),
            "read": len(states),
            "total": total,
        },
    )


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
