"""« Journal »: who did what, when, on what, and whether the chain is whole."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.services.keeping import verify_store
from contract_builder.services.noting import list_works
from contract_builder.web.pages.lookup import list_visible_paths, list_visible_versions
from contract_builder.web.requests import PageRequest

_SHOWN = 300


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """Versions, statuses and kept states, the last first; the chain verified now."""
    project = request.hall.project
    is_regional = request.visitor.departments is None
    lines: list[tuple[datetime, str, str, str]] = []
    if project.has_store():
        names = {path.stem for path in list_visible_paths(request)}
        for version in list_visible_versions(request):
            name = str(version.reference)
            lines += [(event.at, event.actor, name, event.status) for event in version.statuses]
        for state in project.open_store().pieces("profil"):
            if not is_regional and state.facts.subject not in names:
                continue
            what = state.facts.note or "profil modifié"
            lines.append((state.at, state.actor, state.facts.subject, what))
        if is_regional:
            for order in list_works(project):
                lines.append((order.at, order.actor, order.facts.subject, order.facts.note))
    lines.sort(key=lambda line: line[0], reverse=True)
    verification = verify_store(project) if project.has_store() else None
    context = {
        "lines": lines[:_SHOWN],
        "hidden": max(0, len(lines) - _SHOWN),
        "verification": verification,
    }
    return render(request, "web/journal.html", context)
