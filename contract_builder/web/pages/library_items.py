"""One text of the library: a clause in all its versions, or a sheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.services.checking import export_project_library
from contract_builder.web.requests import PageRequest


@require_safe
def show(request: PageRequest, kind: str, item: str) -> HttpResponse:
    """One clause in all its versions, one sheet, or one reference."""
    data, _ = export_project_library(request.hall.project)
    if kind == "clause":
        found = [clause for clause in data["clauses"] if clause["id"] == item]
        title = "titre"
    elif kind == "fiche":
        found = [sheet for sheet in data["fiches"] if sheet["code"] == item]
        title = "intitule"
    else:
        found, title = [], ""
    if not found:
        raise Http404(item)
    context = {"kind": kind, "item": item, "found": found, "title": found[0][title]}
    return render(request, "web/article.html", context)
