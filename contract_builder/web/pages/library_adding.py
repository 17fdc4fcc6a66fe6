"""A new clause or a new sheet: where it comes first, then what it says, in the editor's form."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contract_builder.errors import ProblemsError, UserError
from contract_builder.reading.tree import Tree
from contract_builder.services.adding import (
    check_new_text,
    compose_addition,
    list_sheet_settings,
    name_new_text,
    open_new_clause,
    open_new_sheet,
    propose_clause_id,
    save_addition,
)
from contract_builder.services.planning import PlanPart, PlanPlace, list_plan_parts
from contract_builder.services.revisable import RevisedText, TextWording
from contract_builder.services.revising import SavedBy
from contract_builder.web.forms.library_fields import FieldGroup
from contract_builder.web.forms.library_shapes import list_first_fields
from contract_builder.web.pages.library_form import SentText, ShownText, read_sent, show_form
from contract_builder.web.pages.library_trials import REFUSED, show_refused, show_trial
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_PLACE = "place"
_ADDED = {
    "clause": "La clause est ajoutée à la bibliothèque, à sa place dans le plan.",
    "fiche": "La fiche est ajoutée au catalogue.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PageRequest, kind: str) -> HttpResponse:
    """What the text belongs to is chosen first; the form, once it is in the address."""
    if kind == "clause":
        return _add_clause(request)
    if kind == "fiche":
        return _add_sheet(request)
    raise Http404(kind)


def _add_clause(request: PageRequest) -> HttpResponse:
    project = request.hall.project
    parts = list_plan_parts(project)
    plan, _, part = request.GET.get("ou", "").partition("/")
    chosen = next((item for item in parts if (item.plan, item.id) == (plan, part)), None)
    if chosen is None:
        plans: dict[str, list[PlanPart]] = {}
        for item in parts:
            plans.setdefault(item.plan_title, []).append(item)
        return render(request, "web/bibliotheque_ajout.html", {"kind": "clause", "plans": plans})
    place = PlanPlace(plan, part, chosen.clauses[-1][0] if chosen.clauses else "")
    text = open_new_clause(project, place, request.hall.now().astimezone().date())
    return _write(request, text, place, _first_fields(chosen))


def _first_fields(part: PlanPart) -> tuple[FieldGroup, ...]:
    places = [("", "en premier"), *((key, f"après « {title} »") for key, title in part.clauses)]
    return list_first_fields("clause", f"{part.kind} « {part.title} »", tuple(places))


def _add_sheet(request: PageRequest) -> HttpResponse:
    project = request.hall.project
    settings = list_sheet_settings(project)
    catalogue = request.GET.get("catalogue", "")
    if catalogue not in {item.catalogue for item in settings}:
        context = {"kind": "fiche", "settings": settings}
        return render(request, "web/bibliotheque_ajout.html", context)
    return _write(request, open_new_sheet(project, catalogue), None, list_first_fields("fiche"))


def _write(
    request: PageRequest, text: RevisedText, place: PlanPlace | None, lead: tuple[FieldGroup, ...]
) -> HttpResponse:
    """The form, blank or as it was sent; what is complete is tried or saved."""
    if request.method != "POST":
        return show_form(request, text, _placed(text.wording, place), ShownText(), lead)
    sent = read_sent(request, text, lead)
    tree = dict(sent.wording.tree)
    if place is not None:
        place = replace(place, after=str(tree.pop(_PLACE, "")))
    if text.kind == "clause" and not tree.get("id"):
        tree["id"] = propose_clause_id(request.hall.project, str(tree.get("titre", "")))
    wording = TextWording(tree, sent.wording.body)
    text = name_new_text(request.hall.project, text, wording)
    shown = replace(sent, wording=_placed(wording, place))
    if sent.is_being_made:
        return show_form(request, text, shown.wording, ShownText(sent=shown), lead)
    lacking = check_new_text(request.hall.project, text, wording)
    if lacking or sent.faults:
        return _show_lacking(request, text, shown, lacking, lead)
    return _act(request, text, wording, place, shown, lead)


def _show_lacking(
    request: PageRequest,
    text: RevisedText,
    sent: SentText,
    lacking: Mapping[str, str],
    lead: tuple[FieldGroup, ...],
) -> HttpResponse:
    messages.error(request, "Il manque encore ce qui est marqué ; rien n’a été enregistré.")
    shown = ShownText(status=REFUSED, sent=sent, faults=lacking)
    return show_form(request, text, sent.wording, shown, lead)


def _act(
    request: PageRequest,
    text: RevisedText,
    wording: TextWording,
    place: PlanPlace | None,
    sent: SentText,
    lead: tuple[FieldGroup, ...],
) -> HttpResponse:
    hall, action = request.hall, request.POST.get("_action", "verifier")
    try:
        texts = compose_addition(hall.project, text, wording, place)
        if action != "enregistrer":
            return show_trial(request, text, sent, texts, action, lead)
        save_addition(hall.project, text, wording, SavedBy(hall.actor, hall.now(), ""), place)
    except ProblemsError as refused:
        return show_refused(request, text, sent, texts, refused, lead)
    except UserError as refused:
        messages.error(request, error_text(refused))
        shown = ShownText(status=REFUSED, sent=sent)
        return show_form(request, text, sent.wording, shown, lead)
    messages.success(request, _ADDED[text.kind])
    response = redirect("bibliotheque-article", kind=text.kind, item=text.id)
    response["Location"] += f"?version={text.version}"
    return response


def _placed(wording: TextWording, place: PlanPlace | None) -> TextWording:
    """The wording with the place that the form shows."""
    tree: dict[str, Tree] = dict(wording.tree)
    return wording if place is None else TextWording({**tree, _PLACE: place.after}, wording.body)
