"""« Fiches »: the sheets of the campaign, those open to the establishment first, to choose from."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.choosing import choose_sheet, drop_sheet, lines_of_sheets
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    StaleProfileError,
    open_profile,
    save_change,
)
from contract_builder.services.explaining import explain_prepared_sheets
from contract_builder.web.forms.sections import find_section
from contract_builder.web.pages.lookup import get_path
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

if TYPE_CHECKING:
    from contract_builder.assembly.sheet_overview import SheetOverview

_GROUPS: "tuple[tuple[str, str, Callable[[SheetOverview], bool]], ...]" = (
    ("choisies", "Fiches choisies", lambda sheet: sheet.is_chosen),
    ("ouvertes", "Ouvertes à l’établissement", lambda sheet: sheet.is_open is True),
    ("a-decider", "À décider : une donnée manque", lambda sheet: sheet.is_open is None),
    ("autres", "Destinées à d’autres", lambda sheet: True),
)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PageRequest, name: str) -> HttpResponse:
    """Every sheet with its audience, its targets and what it lacks; one is chosen or dropped."""
    path = get_path(request, name)
    file = open_profile(request.hall.project, name)
    status = 200
    if request.method == "POST":
        try:
            _change(request, file)
        except StaleProfileError as stale:
            messages.error(request, str(stale))
            status, file = 409, stale.current
        except UserError as refused:
            messages.error(request, error_text(refused))
            status = 422
        else:
            return redirect("etablissement-fiches", name=name)
    hall = request.hall
    prepared = hall.prepared.prepare(path)
    explanation, problems = explain_prepared_sheets(hall.project, path, prepared)
    if explanation is None:
        raise ProblemsError(problems)
    context = {
        "name": name,
        "explanation": explanation,
        "groups": _group(explanation.sheets),
        "count": sum(sheet.is_chosen for sheet in explanation.sheets),
        "own": {line.get("code") for line in lines_of_sheets(file) if isinstance(line, dict)},
        "seen": file.sha256,
        "section": find_section("fiches"),
    }
    return render(request, "web/fiches.html", context, status=status)


def _group(sheets: "Sequence[SheetOverview]") -> list[dict[str, Any]]:
    """The groups that hold a sheet; each sheet in the first that takes it."""
    rest = list(sheets)
    groups = []
    for key, title, is_in in _GROUPS:
        found = [sheet for sheet in rest if is_in(sheet)]
        rest = [sheet for sheet in rest if not is_in(sheet)]
        if found:
            groups.append({"key": key, "title": title, "sheets": found})
    return groups


def _change(request: PageRequest, file: ProfileFile) -> None:
    hall = request.hall
    verb, _, code = request.POST.get("_action", "").partition(":")
    if verb == "choisir":
        volet = request.POST.get(f"volet.{code}", "")
        tree = choose_sheet(hall.project, file, code, volet)
        done = f"Fiche {code} choisie"
    elif verb == "retirer":
        tree, done = drop_sheet(file, code), f"Fiche {code} retirée"
    else:
        raise Http404(verb)
    seen = request.POST.get("_vu", "")
    save_change(hall.project, ProfileChange(file.name, seen, tree, hall.now(), hall.actor, done))
    hall.states.refresh(file.name)
    messages.success(request, f"{done}. « Modifications » permet d’y revenir.")
