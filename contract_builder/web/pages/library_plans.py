"""The plans of contracts and the campaigns: what they say; a plan put in another order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.authoring import (
    StaleLibraryError,
    TrialContract,
    list_text_states,
)
from contract_builder.services.placing import PlacedProblem, place_problems
from contract_builder.services.planning import (
    PART_WORDS,
    PlannedPart,
    add_part,
    compose_plan,
    list_campaigns,
    list_clause_titles,
    list_plan_parts,
    read_planned_parts,
)
from contract_builder.services.revisable import RevisedText, TextWording, open_revised_text
from contract_builder.services.revising import (
    SavedBy,
    compose_change,
    restore_wording,
    save_revision,
)
from contract_builder.web.forms.plan_lines import change_plan_lines, parse_plan_lines
from contract_builder.web.pages.library_trials import REFUSED, parse_sequence, try_texts
from contract_builder.web.pages.lookup import list_profile_choices
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_STALE = 409
_MOVES = ("monter", "descendre", "retirer", "placer")


@dataclass(frozen=True, slots=True)
class _Shown:
    """The parts as they are on the page, and what is told beside them.

    ``focus`` is the place of what was just moved, ``theirs`` the parts that the file has now when
    somebody else changed it.
    """

    parts: tuple[PlannedPart, ...]
    problems: tuple[PlacedProblem, ...] = ()
    checked: bool = False
    trial: TrialContract | None = None
    focus: str = ""
    theirs: tuple[PlannedPart, ...] = ()
    status: int = 200
    typed: bool = True


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """Every plan with its parts and clauses in order, and the campaigns."""
    project = request.hall.project
    plans: dict[str, Any] = {}
    for part in list_plan_parts(project):
        plans.setdefault(part.plan, {"title": part.plan_title, "parts": []})["parts"].append(part)
    context = {"plans": plans, "campaigns": list_campaigns(project)}
    return render(request, "web/bibliotheque_plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, plan: str) -> HttpResponse:
    """The order of a plan, and the titles of its parts, changed by buttons."""
    text = open_revised_text(request.hall.project, "plan", plan, "")
    if text is None:
        raise Http404(plan)
    if request.method != "POST":
        return _show(request, text, _Shown(read_planned_parts(text.wording.tree), typed=False))
    parts = parse_plan_lines(request.POST, read_planned_parts(text.wording.tree))
    try:
        return _act(request, text, parts)
    except StaleLibraryError as stale:
        messages.error(request, str(stale))
        theirs = read_planned_parts(text.wording.tree)
        return _show(request, text, _Shown(parts, theirs=theirs, status=_STALE))
    except ProblemsError as refused:
        messages.error(request, "Rien n’a été enregistré : corrigez d’abord ce qui suit.")
        wording = TextWording(compose_plan(text.wording.tree, parts))
        placed = place_problems(text, compose_change(text, wording), refused.problems)
        return _show(request, text, _Shown(parts, placed, True, status=REFUSED))
    except UserError as refused:
        messages.error(request, error_text(refused))
        return _show(request, text, _Shown(parts, status=REFUSED))


def _act(request: PageRequest, text: RevisedText, parts: tuple[PlannedPart, ...]) -> HttpResponse:
    hall = request.hall
    act, _, place = request.POST.get("_action", "").partition(":")
    by = SavedBy(hall.actor, hall.now(), request.POST.get("_vu", ""))
    if act in _MOVES:
        added = request.POST.get(f"partie.{place}.nouvelle", "")
        moved, focus = change_plan_lines(parts, act, place, added)
        return _show(request, text, _Shown(moved, focus=focus))
    if act == "ajouter-partie":
        title = " ".join(request.POST.get("nouvelle.titre", "").split())
        more = add_part(parts, request.POST.get("nouvelle.sorte", ""), title)
        return _show(request, text, _Shown(more))
    if act == "reprendre":
        restore_wording(hall.project, text, parse_sequence(place), by, hall.holdings)
        messages.success(request, "L’état choisi est repris.")
        return redirect("bibliotheque-plans")
    wording = TextWording(compose_plan(text.wording.tree, parts))
    if act == "enregistrer":
        save_revision(hall.project, text, wording, by, hall.holdings)
        messages.success(request, "Le plan est enregistré.")
        return redirect("bibliotheque-plans")
    texts = compose_change(text, wording)
    tried = try_texts(request, text, texts, act)
    return _show(request, text, _Shown(parts, tried.problems, True, tried.trial))


def _show(request: PageRequest, text: RevisedText, shown: _Shown) -> HttpResponse:
    hall = request.hall
    titles = list_clause_titles(hall.project)
    placed = {clause for part in shown.parts for clause in part.clauses}
    context: dict[str, Any] = {
        "text": text,
        "seen": text.file.sha256,
        "title": text.wording.tree.get("titre", ""),
        "parts": [
            _tell_part(part, titles, rank, shown.focus) for rank, part in enumerate(shown.parts)
        ],
        "theirs": [_tell_part(part, titles, 0, "") for part in shown.theirs],
        "unplaced": sorted(
            ((key, title) for key, title in titles.items() if key not in placed),
            key=lambda item: item[1],
        ),
        "shown": shown,
        "kinds": PART_WORDS,
        "states": list_text_states(hall.project, text.file.name)[::-1],
        "profile": request.POST.get("essai", ""),
        "profiles": list_profile_choices(request),
    }
    return render(request, "web/bibliotheque_plan.html", context, status=shown.status)


def _tell_part(
    part: PlannedPart, titles: Mapping[str, str], rank: int, focus: str
) -> dict[str, Any]:
    places = [f"{rank}.{at}" for at in range(len(part.clauses))]
    return {
        "part": part,
        "kind": PART_WORDS.get(part.kind, part.kind),
        "has_focus": focus == str(rank),
        "clauses": [
            (clause, titles.get(clause, clause), place, place == focus)
            for clause, place in zip(part.clauses, places, strict=True)
        ],
    }
