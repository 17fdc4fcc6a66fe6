"""The editor of the library: a text reworded, checked beside, tried, dated, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contract_builder.diagnostics import Diagnostic, is_library_note
from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.authoring import (
    StaleLibraryError,
    TrialContract,
    list_text_states,
    try_contract,
    try_library,
)
from contract_builder.services.browsing import name_reference
from contract_builder.services.presenting import is_article_name, list_documents
from contract_builder.services.revising import (
    BODY,
    PlacedProblem,
    RevisedText,
    SavedBy,
    TextWording,
    compose_change,
    compose_following,
    list_values,
    merge_wordings,
    open_new_article,
    open_revised_text,
    place_problems,
    restore_wording,
    save_following,
    save_revision,
    withdraw_version,
)
from contract_builder.web.forms.days import parse_typed_day
from contract_builder.web.forms.library_fields import (
    FieldGroup,
    list_fields,
    parse_text_fields,
    read_typed_text,
    show_text_field,
)
from contract_builder.web.pages.library_items import KIND_WORDS
from contract_builder.web.pages.lookup import get_path, list_visible_paths
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_STALE = 409
_REFUSED = 422


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page tells beside the text: problems, a trial, what differs from the file."""

    problems: tuple[PlacedProblem, ...] = ()
    checked: bool = False
    trial: TrialContract | None = None
    both: tuple[tuple[str, str, str, str], ...] = ()
    typed: bool = False
    status: int = 200
    profile: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, kind: str, item: str) -> HttpResponse:
    """One version of a clause or sheet, or an article of the registry, in a form."""
    text = _open(request, kind, item)
    if request.method != "POST":
        return _show(request, text, text.wording, _Shown())
    wording = _read(request, text)
    action = request.POST.get("_action", "verifier")
    try:
        if action in _SAVING or action.startswith("reprendre:"):
            return _save(request, text, wording, action)
        return _try(request, text, wording, action)
    except StaleLibraryError as stale:
        return _show_stale(request, text, wording, stale)
    except ProblemsError as refused:
        messages.error(
            request,
            "Rien n’a été enregistré : la bibliothèque ne serait plus utilisable. Corrigez ce qui "
            "suit ; votre saisie est gardée.",
        )
        return _show(request, text, wording, _told(request, text, wording, refused.problems))
    except UserError as refused:
        messages.error(request, error_text(refused))
        return _show(request, text, wording, _Shown(typed=True, status=_REFUSED))


def _open(request: PageRequest, kind: str, item: str) -> RevisedText:
    project = request.hall.project
    version = request.GET.get("version", "")
    text = open_revised_text(project, kind, item, version)
    if text is None and kind == "reference" and not version and is_article_name(item):
        library, _ = project.open_library()
        code, _, article = item.partition(" ")
        if not library.reference_versions(code, article):
            return open_new_article(project, name_reference(code, article))
    if text is None:
        raise Http404(item)
    return text


def _read(request: PageRequest, text: RevisedText) -> TextWording:
    groups = _groups(request, text)
    tree = parse_text_fields(groups, text.wording.tree, request.POST)
    body = request.POST.get(BODY)
    return TextWording(tree, text.wording.body if body is None else read_typed_text(body))


def _groups(request: PageRequest, text: RevisedText) -> tuple[FieldGroup, ...]:
    documents = list_documents(request.hall.project)
    return list_fields(text.kind, text.wording.tree, documents)


def _texts(
    request: PageRequest, text: RevisedText, wording: TextWording
) -> Mapping[str, str | None]:
    """The files as they would be: another version when a first day is typed."""
    first_day = _first_day(request)
    if first_day is None or text.kind == "fiche":
        return compose_change(text, wording)
    return compose_following(text, wording, first_day)


def _first_day(request: PageRequest) -> date | None:
    return parse_typed_day(request.POST.get("premier_jour", "").strip())


def _try(
    request: PageRequest, text: RevisedText, wording: TextWording, action: str
) -> HttpResponse:
    project, texts = request.hall.project, _texts(request, text, wording)
    found = try_library(project, texts)
    placed = place_problems(text, texts, (*found.problems, *found.added))
    trial, profile = None, request.POST.get("essai", "")
    if action == "essayer" and profile:
        trial = try_contract(project, texts, get_path(request, profile))
    elif action == "essayer":
        messages.warning(request, "Choisissez un établissement pour l’essai.")
    shown = _Shown(_once(placed), True, trial, typed=True, profile=profile)
    return _show(request, text, wording, shown)


def _once(placed: tuple[PlacedProblem, ...]) -> tuple[PlacedProblem, ...]:
    return tuple(dict.fromkeys(placed))


def _save(
    request: PageRequest, text: RevisedText, wording: TextWording, action: str
) -> HttpResponse:
    hall = request.hall
    by = SavedBy(hall.actor, hall.now(), request.POST.get("_vu", ""))
    version = text.version
    if action == "version":
        first_day = _first_day(request)
        if first_day is None:
            raise UserError("Donnez le premier jour de la nouvelle version.")
        save_following(hall.project, text, wording, by, first_day)
        version = first_day.isoformat()
    elif action == "retirer":
        withdraw_version(hall.project, text, by, hall.holdings)
        version = ""
    elif action.startswith("reprendre:"):
        restore_wording(hall.project, text, _rank(action), by, hall.holdings)
    else:
        save_revision(hall.project, text, wording, by, hall.holdings)
        version = version or str(wording.tree.get("depuis", ""))
    messages.success(request, _SAVING.get(action, "L’état choisi est repris."))
    response = redirect("bibliotheque-article", kind=text.kind, item=text.id)
    if version:
        response["Location"] += f"?version={version}"
    return response


_SAVING = {
    "enregistrer": "Le texte est enregistré.",
    "version": "La nouvelle version est enregistrée ; la précédente prend fin la veille.",
    "retirer": "La version est retirée ; la précédente est de nouveau sans fin.",
}


def _rank(action: str) -> int:
    number = action.partition(":")[2]
    return int(number) if number.isdecimal() and number.isascii() and len(number) < 12 else 0


def _told(
    request: PageRequest, text: RevisedText, wording: TextWording, problems: tuple[Diagnostic, ...]
) -> _Shown:
    placed = place_problems(text, _texts(request, text, wording), problems)
    return _Shown(_once(placed), True, typed=True, status=_REFUSED)


def _show_stale(
    request: PageRequest, text: RevisedText, wording: TextWording, stale: StaleLibraryError
) -> HttpResponse:
    """Both states: what the file says now, and what was typed, which stays in the form."""
    messages.error(request, str(stale))
    current = _open(request, text.kind, text.id)
    mine = merge_wordings(request.hall.project, current, request.POST.get("_vu", ""), wording)
    fields = [field for group in _groups(request, current) for field in group.fields]
    before, tree = current.wording.tree, mine.tree
    rows = [
        (field.path, field.label, show_text_field(field, before), show_text_field(field, tree))
        for field in fields
    ]
    rows.append((BODY, "Texte", current.wording.body.strip(), mine.body.strip()))
    both = tuple(row for row in rows if row[2] != row[3])
    return _show(request, current, mine, _Shown(both=both, typed=True, status=_STALE))


def _show(
    request: PageRequest, text: RevisedText, wording: TextWording, shown: _Shown
) -> HttpResponse:
    hall = request.hall
    messages_by: dict[str, list[str]] = {}
    for item in shown.problems:
        if item.path and not is_library_note(item.problem):
            line = f"ligne {item.line} : " if item.line else ""
            told = f"{line}{item.problem.message}"
            messages_by.setdefault(_field_path(item.path), []).append(told)
    groups = [
        (
            group.title,
            [
                (field, show_text_field(field, wording.tree), messages_by.get(field.path, ()))
                for field in group.fields
            ],
        )
        for group in _groups(request, text)
    ]
    names = {state.name: state.legal_name for state in hall.states.known().values()}
    context: dict[str, Any] = {
        "text": text,
        "kind_word": KIND_WORDS[text.kind],
        "groups": groups,
        "body": wording.body.strip("\n"),
        "has_body": text.kind != "reference",
        "body_messages": messages_by.get(BODY, ()),
        "shown": shown,
        "seen": text.file.sha256,
        "first_day": request.POST.get("premier_jour", ""),
        "is_new": not text.version,
        "profiles": [
            (path.stem, names.get(path.stem, path.stem)) for path in list_visible_paths(request)
        ],
        "values": list_values() if text.kind == "clause" else (),
        "states": list_text_states(hall.project, text.file.name)[::-1],
    }
    return render(request, "web/bibliotheque_edition.html", context, status=shown.status)


def _field_path(path: str) -> str:
    """The field of the form that a path lies in: an item of a list is in the list's field."""
    first, _, rest = path.partition(".")
    return first if first in ("references", "objectifs") and rest else path
