"""« Projet »: the contract as it would be, in three panes; its documents, and how it is kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from contract_builder.diagnostics import has_errors, is_library_note
from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.work_folder import work_folder
from contract_builder.services.clarifying import PartFacts, clarify_part
from contract_builder.services.editing import show_as_it_is
from contract_builder.services.explaining import explain_prepared
from contract_builder.services.keeping import RecordRequest, record_contract
from contract_builder.services.making import BuildOptions, Format, Prepared, build
from contract_builder.services.previewing import ReadingWish, preview_contract, read_on_screen
from contract_builder.web.pages.field_links import LinkedProblem, find_gap_links, link_problem
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.funding import tell_funding
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import get_path, get_state, list_visible_states
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, Format] = {"docx": "docx", "pdf": "pdf"}
_INSTRUCTION = "instruction.docx"
_LONGEST_SEARCH = 200


@require_safe
def show(request: PageRequest, name: str) -> HttpResponse:
    """The contents, the text, and what is known of the part in focus; its gaps and its money."""
    path = get_path(request, name)
    prepared = request.hall.prepared.prepare(path)
    located = show_as_it_is(request.hall.project, path, prepared).located
    problems = [
        link_problem(name, where, problem)
        for where, problem in located
        if not is_library_note(problem)
    ]
    context: dict[str, Any] = {
        "state": get_state(request, name),
        "problems": problems,
        "can_build": not has_errors(prepared.problems) and prepared.assembly is not None,
    }
    if context["can_build"]:
        context |= _read(request, name, prepared, problems)
        context |= {**tell_funding(prepared), "decisions": _explain(request, path, prepared)}
    return render(request, "web/projet.html", context)


def _read(
    request: PageRequest, name: str, prepared: Prepared, problems: list[LinkedProblem]
) -> dict[str, Any]:
    """The three panes."""
    focus = request.GET.get("clause", "")
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    kept = f"{urlencode({'q': words})}&" if words else ""
    wish = ReadingWish(focus, words, f"?{kept}clause=", find_gap_links(name, prepared, problems))
    reading = read_on_screen(prepared, wish)
    return {
        "words": words,
        "ask": wish.ask,
        "contents": reading.contents,
        "withdrawn": reading.withdrawn,
        "passages": reading.passages,
        "text": mark_safe(reading.text),  # noqa: S308 - escaped by the writer
        "facts": _clarify(request, prepared, focus) if focus else None,
        "focus": focus,
    }


@require_safe
def show_part(request: PageRequest, name: str, item: str) -> HttpResponse:
    """The pane of one part alone, for a page that is open already."""
    prepared = request.hall.prepared.prepare(get_path(request, name))
    facts = _clarify(request, prepared, item)
    if facts is None:
        raise Http404(item)
    context = {"state": get_state(request, name), "facts": facts}
    return render(request, "web/volet.html", context)


def _clarify(request: PageRequest, prepared: Prepared, section: str) -> PartFacts | None:
    """What is known of a part; None when the contract has none of that name."""
    others = {
        state.name: state.profile
        for state in list_visible_states(request)
        if state.profile is not None
    }
    hall = request.hall
    try:
        return clarify_part(hall.project, prepared, section, hall.now().date(), others)
    except UserError:
        return None


def _explain(request: PageRequest, path: Path, prepared: Prepared) -> Any:
    explanation, _ = explain_prepared(request.hall.project, path, prepared)
    return explanation.decisions if explanation else ()


@require_safe
def show_text(request: PageRequest, name: str) -> HttpResponse:
    """The contract as the page that is handed out: it bears its own policy."""
    hall = request.hall
    prepared = hall.prepared.prepare(get_path(request, name))
    return make_framed_page(preview_contract(hall.project, prepared))


@require_safe
def download(request: PageRequest, name: str, kind: str) -> HttpResponse:
    """The contract as Word or PDF, or its instruction file, made now, through the gates."""
    is_instruction = kind == _INSTRUCTION
    if kind not in _FORMATS and not is_instruction:
        raise Http404(kind)
    wanted: Format = "docx" if is_instruction else _FORMATS[kind]
    options = BuildOptions(formats=(wanted,), instruction=is_instruction)
    path = get_path(request, name)
    with work_folder() as folder:
        built = build(request.hall.project, path, folder, options)
        files = built.instruction if is_instruction else built.documents
        product = next(file for file in files if file.suffix == f".{wanted}")
        return hand_out(product.name, read_file(product))


@require_POST
def record(request: PageRequest, name: str) -> HttpResponse:
    """Keeps the contract as it is now as a version; then its sendings, when that is wished."""
    hall, path = request.hall, get_path(request, name)
    prepared = hall.prepared.prepare(path)
    if prepared.assembly is None or prepared.profile is None:
        raise ProblemsError(prepared.problems)
    asked = RecordRequest(
        at=hall.now(), actor=hall.actor, follows=prepared.profile.contrat.followed
    )
    try:
        outcome = record_contract(hall.project, prepared.assembly.contract, asked)
    except UserError as refused:
        messages.error(request, error_text(refused))
        return redirect("etablissement-projet", name=name)
    told = "est enregistrée" if outcome.is_new else "existait déjà : rien n’a changé"
    messages.success(request, f"La version « {outcome.version.reference} » {told}.")
    if request.POST.get("suite") == "envoi":
        number = outcome.version.reference.number
        return redirect("etablissement-envois", name=name, number=number)
    return redirect("etablissement-versions", name=name)
