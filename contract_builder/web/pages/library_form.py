"""The form of a text of the library: what was sent of it, what it shows beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from contract_builder.diagnostics import is_library_note
from contract_builder.model.blocks import Block
from contract_builder.reading.tree import Tree, get_lines, get_text
from contract_builder.services.adding import find_sheet_setting, list_sheet_settings
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
    TextField,
    parse_text_fields,
    read_typed_text,
    show_text_field,
)
from contract_builder.web.forms.library_shapes import FieldLists, list_fields
from contract_builder.web.forms.target_rows import (
    add_row,
    drop_row,
    list_ranks,
    parse_ranks,
    place_rows,
)
from contract_builder.web.pages.library_items import KIND_WORDS
from contract_builder.web.pages.lookup import list_profile_choices
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
    """What a form says of a text; ``faults`` are those of its condition, by line.

    ``ranks`` are those of the rows of targets; ``is_being_made`` after a button that adds or takes
    away a line of the form.
    """

    wording: TextWording
    condition: FactGroup | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    ranks: tuple[str, ...] = ()
    is_being_made: bool = False


@dataclass(frozen=True, slots=True)
class ShownText:
    """What the page tells beside the text: problems, a trial, what differs from the file.

    ``sent`` is what a form said, None for the text as it is; ``faults`` what a new text lacks, by
    field; ``preview`` the text as it would be read.
    """

    problems: tuple[PlacedProblem, ...] = ()
    checked: bool = False
    trial: TrialContract | None = None
    both: tuple[tuple[str, str, str, str], ...] = ()
    status: int = 200
    profile: str = ""
    sent: SentText | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    preview: tuple[Block, ...] = ()

    @property
    def typed(self) -> bool:
        """True when the form says what is not saved."""
        return self.sent is not None


def list_groups(
    request: PageRequest, text: RevisedText, tree: Mapping[str, Tree]
) -> tuple[FieldGroup, ...]:
    """The fields of a text that says ``tree``, in groups."""
    project = request.hall.project
    documents = list_documents(project)
    if text.kind == "campagne":
        return list_fields(text.kind, tree, _list_for_campaign(request, tree, documents))
    setting = find_sheet_setting(project, text.version) if text.kind == "fiche" else None
    lists = FieldLists(
        documents, setting.categories if setting else (), setting.years if setting else ()
    )
    return list_fields(text.kind, tree, lists)


def _list_for_campaign(
    request: PageRequest, tree: Mapping[str, Tree], documents: Mapping[str, str]
) -> FieldLists:
    project = request.hall.project
    catalogues = tuple((item.catalogue, item.title) for item in list_sheet_settings(project))
    return FieldLists(
        documents,
        plans=list_fact_values(project)["type_contrat"],
        catalogues=(("", "aucune"), *catalogues),
        conditions={
            get_text(row, "id"): describe_tree(project, row.get("si"))
            for row in get_lines(tree, "categories")
        },
    )


def read_sent(
    request: PageRequest, text: RevisedText, lead: tuple[FieldGroup, ...] = ()
) -> SentText:
    """What was sent of a text; where the condition was not, it stays as it is.

    ``lead`` are fields before those of its kind.
    """
    posted = request.POST
    base = text.wording.tree
    shown = parse_ranks(posted) if text.kind == "fiche" else None
    ranks = list_ranks(base) if shown is None else shown
    if shown is not None:
        base = place_rows(base, shown)
    tree = parse_text_fields((*lead, *list_groups(request, text, base)), base, posted)
    body = posted.get(BODY)
    body = text.wording.body if body is None else read_typed_text(body)
    action, _, path = posted.get("_action", "").partition(":")
    if action == "cible-ajouter":
        tree, ranks = add_row(tree, ranks, posted.get("cible.nouvelle", ""))
    elif action == "cible-retirer":
        tree, ranks = drop_row(tree, ranks, path)
    group = _read_condition(posted, action, path) if text.kind in _WITH_CONDITION else None
    if group is not None:
        former = text.wording.tree.get(CONDITION)
        tree[CONDITION] = compose_condition(group, former)
        if not tree[CONDITION] and former is None:
            del tree[CONDITION]
    is_being_made = action.startswith(("si-", "cible-"))
    faults = {} if group is None or is_being_made else check_lines(group)
    return SentText(TextWording(tree, body), group, faults, ranks, is_being_made)


def _read_condition(posted: QueryDict, action: str, path: str) -> FactGroup | None:
    group = parse_condition_fields(posted)
    if group is None:
        return None
    if action == "si-ajouter":
        name = f"si.{path}.nouveau" if path else "si.nouveau"
        return change_condition(group, "ajouter", path, posted.get(name, ""))
    return change_condition(group, "retirer", path) if action == "si-retirer" else group


def tell_both(
    request: PageRequest, current: RevisedText, mine: TextWording
) -> tuple[tuple[str, str, str, str], ...]:
    """What differs between the file and what was typed: field, label, the file's, mine."""
    before, tree = current.wording.tree, mine.tree
    groups = (*list_groups(request, current, before), *list_groups(request, current, tree))
    fields = {item.path: item for group in groups for item in group.iter_fields()}.values()
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
    request: PageRequest,
    text: RevisedText,
    wording: TextWording,
    shown: ShownText,
    lead: tuple[FieldGroup, ...] = (),
) -> HttpResponse:
    """The page of a text that says ``wording``; ``lead`` are fields before those of its kind."""
    hall = request.hall
    told = _messages_by_field(shown.problems)
    for path, message in shown.faults.items():
        told.setdefault(path, []).append(message)
    ranks = shown.sent.ranks if shown.sent else list_ranks(wording.tree)
    groups = list_groups(request, text, wording.tree)
    context: dict[str, Any] = {
        "text": text,
        "kind_word": KIND_WORDS[text.kind],
        "lead": [_show_group(group, wording.tree, told, ranks) for group in lead],
        "title": _find_title(wording) or text.id,
        "groups": [_show_group(group, wording.tree, told, ranks) for group in groups],
        "body": wording.body.strip("\n"),
        "has_body": text.kind in _WITH_CONDITION,
        "has_trial": text.kind != "reference",
        "back": _find_way_back(text),
        "body_messages": told.get(BODY, ()),
        "shown": shown,
        "seen": text.file.sha256 or "nouveau",
        "first_day": request.POST.get("premier_jour", ""),
        "profiles": list_profile_choices(request),
        "printable": [(code, label, "") for code, label in list_values()]
        if text.kind == "clause"
        else [],
        "file_name": text.file.name,
        "states": list_text_states(hall.project, text.file.name)[::-1] if not text.is_new else (),
        "categories": _list_categories(request, text),
        **_tell_condition(request, text, wording, shown, told.get(CONDITION, [])),
    }
    return render(request, "web/bibliotheque_edition.html", context, status=shown.status)


def _find_title(wording: TextWording) -> str:
    titles = (get_text(wording.tree, key) for key in ("titre", "intitule"))
    return next((title for title in titles if title), "")


def _find_way_back(text: RevisedText) -> str:
    """The page that tells what the text says."""
    if text.kind == "campagne":
        return reverse("bibliotheque-plans")
    address = reverse("bibliotheque-article", args=[text.kind, text.id]) if text.id else ""
    return f"{address}?{urlencode({'version': text.version})}"


@dataclass(frozen=True, slots=True)
class _ShownField:
    """A field with what it shows and what is wrong with it."""

    field: TextField
    value: str
    messages: list[str]


def _show_group(
    group: FieldGroup,
    tree: Mapping[str, Tree],
    told: Mapping[str, list[str]],
    ranks: tuple[str, ...],
) -> dict[str, Any]:
    def show(item: TextField) -> _ShownField:
        return _ShownField(item, show_text_field(item, tree), told.get(item.path, []))

    row = group.path.rpartition(".")[2]
    return {
        "title": group.title,
        "fields": [show(item) for item in group.fields],
        "columns": group.columns,
        "lines": [(line.title, [show(cell) for cell in line.cells]) for line in group.lines],
        "row": row,
        "rank": ranks[int(row)] if row and int(row) < len(ranks) else "",
        "messages": told.get(f"{group.path}.valeurs", []) if group.path else [],
    }


def _list_categories(request: PageRequest, text: RevisedText) -> tuple[tuple[str, str], ...]:
    setting = find_sheet_setting(request.hall.project, text.version)
    return setting.categories if setting and text.kind == "fiche" else ()


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
    sent = shown.sent
    group = open_condition(tree) if sent is None or sent.condition is None else sent.condition
    faults = sent.faults if sent else {}
    return {
        "condition": show_condition(group, list_fact_values(project), faults),
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
