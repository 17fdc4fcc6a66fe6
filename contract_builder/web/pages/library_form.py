"""The form of a text of the library: what was sent of it, what it shows beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from contract_builder.diagnostics import is_library_note
from contract_builder.services.authoring import TrialContract, list_text_states
from contract_builder.services.placing import PlacedProblem
from contract_builder.services.presenting import list_documents
from contract_builder.services.restricting import (
    FactGroup,
    check_lines,
    compose_condition,
    describe_tree,
    list_fact_values,
    open_condition,
)
from contract_builder.services.revisable import BODY, RevisedText, TextWording, list_values
from contract_builder.web.forms.condition_fields import (
    change_condition,
    list_fact_groups,
    parse_condition_fields,
    show_condition,
)
from contract_builder.web.forms.library_fields import (
    FieldGroup,
    list_fields,
    parse_text_fields,
    read_typed_text,
    show_text_field,
)
from contract_builder.web.pages.library_items import KIND_WORDS
from contract_builder.web.pages.lookup import list_visible_paths
from contract_builder.web.requests import PageRequest

CONDITION = "applicable_si"
"""The path of a text's condition."""
_WITH_CONDITION = ("clause", "fiche")
_NO_CONDITION = {
    "clause": "la clause vaut pour tous les contrats dont le plan la contient",
    "fiche": "la fiche est ouverte à tous les établissements de la campagne",
}


@dataclass(frozen=True, slots=True)
class SentText:
    """What a form says of a text; ``faults`` are those of its condition, by line."""

    wording: TextWording
    condition: FactGroup | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownText:
    """What the page tells beside the text: problems, a trial, what differs from the file.

    ``condition`` is the one that was sent, with its ``faults``; that of the text by default.
    """

    problems: tuple[PlacedProblem, ...] = ()
    checked: bool = False
    trial: TrialContract | None = None
    both: tuple[tuple[str, str, str, str], ...] = ()
    typed: bool = False
    status: int = 200
    profile: str = ""
    condition: FactGroup | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def list_groups(request: PageRequest, text: RevisedText) -> tuple[FieldGroup, ...]:
    """The fields of a text, in groups."""
    documents = list_documents(request.hall.project)
    return list_fields(text.kind, text.wording.tree, documents)


def read_sent(request: PageRequest, text: RevisedText) -> SentText:
    """What was sent of a text; where the condition was not, it stays as it is."""
    tree = parse_text_fields(list_groups(request, text), text.wording.tree, request.POST)
    body = request.POST.get(BODY)
    body = text.wording.body if body is None else read_typed_text(body)
    group = parse_condition_fields(request.POST) if text.kind in _WITH_CONDITION else None
    if group is None:
        return SentText(TextWording(tree, body))
    action, _, path = request.POST.get("_action", "").partition(":")
    if action == "si-ajouter":
        name = f"si.{path}.nouveau" if path else "si.nouveau"
        group = change_condition(group, "ajouter", path, request.POST.get(name, ""))
    elif action == "si-retirer":
        group = change_condition(group, "retirer", path)
    former = text.wording.tree.get(CONDITION)
    tree[CONDITION] = compose_condition(group, former)
    if not tree[CONDITION] and former is None:
        del tree[CONDITION]
    return SentText(TextWording(tree, body), group, check_lines(group))


def tell_both(
    request: PageRequest, current: RevisedText, mine: TextWording
) -> tuple[tuple[str, str, str, str], ...]:
    """What differs between the file and what was typed: field, label, the file's, mine."""
    fields = [item for group in list_groups(request, current) for item in group.fields]
    before, tree = current.wording.tree, mine.tree
    rows = [
        (item.path, item.label, show_text_field(item, before), show_text_field(item, tree))
        for item in fields
    ]
    project = request.hall.project
    theirs, wanted = (describe_tree(project, side.get(CONDITION)) for side in (before, tree))
    rows.append((CONDITION, "Condition", theirs, wanted))
    rows.append((BODY, "Texte", current.wording.body.strip(), mine.body.strip()))
    return tuple(row for row in rows if row[2] != row[3])


def show_form(
    request: PageRequest, text: RevisedText, wording: TextWording, shown: ShownText
) -> HttpResponse:
    """The page of a text that says ``wording``."""
    hall = request.hall
    told = _messages_by_field(shown.problems)
    groups = [
        (
            group.title,
            [
                (item, show_text_field(item, wording.tree), told.get(item.path, ()))
                for item in group.fields
            ],
        )
        for group in list_groups(request, text)
    ]
    names = {state.name: state.legal_name for state in hall.states.known().values()}
    context: dict[str, Any] = {
        "text": text,
        "kind_word": KIND_WORDS[text.kind],
        "groups": groups,
        "body": wording.body.strip("\n"),
        "has_body": text.kind in _WITH_CONDITION,
        "body_messages": told.get(BODY, ()),
        "shown": shown,
        "seen": text.file.sha256,
        "first_day": request.POST.get("premier_jour", ""),
        "profiles": [
            (path.stem, names.get(path.stem, path.stem)) for path in list_visible_paths(request)
        ],
        "values": list_values() if text.kind == "clause" else (),
        "states": list_text_states(hall.project, text.file.name)[::-1],
        **_tell_condition(request, text, wording, shown, told.get(CONDITION, [])),
    }
    return render(request, "web/bibliotheque_edition.html", context, status=shown.status)


def _tell_condition(
    request: PageRequest,
    text: RevisedText,
    wording: TextWording,
    shown: ShownText,
    messages: list[str],
) -> dict[str, Any]:
    if text.kind not in _WITH_CONDITION:
        return {}
    project, tree = request.hall.project, wording.tree.get(CONDITION)
    group = open_condition(tree) if shown.condition is None else shown.condition
    return {
        "condition": show_condition(group, list_fact_values(project), shown.faults),
        "condition_words": "" if check_lines(group) else describe_tree(project, tree),
        "condition_none": _NO_CONDITION[text.kind],
        "condition_title": "Condition",
        "condition_messages": messages,
        "fact_groups": list_fact_groups(),
        "yes_no": ("", "oui", "non"),
    }


def _messages_by_field(problems: tuple[PlacedProblem, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in problems:
        if item.path and not is_library_note(item.problem):
            line = f"ligne {item.line} : " if item.line else ""
            found.setdefault(_field_path(item.path), []).append(f"{line}{item.problem.message}")
    return found


def _field_path(path: str) -> str:
    """The field of the form that a path lies in: an item of a list is in the list's field."""
    first, _, rest = path.partition(".")
    return first if first in ("references", "objectifs", CONDITION) and rest else path
