"""What an establishment still lacks, one question a page: answered, or left for later.

Nothing is kept but the profile's file: who leaves comes back to the questions that it still asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from contract_builder.diagnostics import is_lack
from contract_builder.errors import UserError
from contract_builder.reading.tree import Tree
from contract_builder.services.editing import (
    ProfileChange,
    StaleProfileError,
    Trial,
    open_profile,
    save_change,
    try_change,
)
from contract_builder.services.surveying import ProfileState
from contract_builder.web.forms.bound import Binder, Bound, FieldMessage
from contract_builder.web.forms.editing import list_messages, parse_section
from contract_builder.web.forms.fields import GroupShape, Shape, TableShape, shape_of_key
from contract_builder.web.forms.sections import SECTIONS, FormSection
from contract_builder.web.pages.lookup import get_state
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class Question:
    """A field that the contract cannot do without, or lacks: ``shape`` is None for a list.

    ``may_be_absent``: one may declare, with a reason, that there is nothing of the kind.
    """

    path: str
    section: FormSection
    shape: Shape | None
    text: str
    may_be_absent: bool


def list_questions(state: ProfileState) -> tuple[Question, ...]:
    """What is still to be answered, by section, each once."""
    found: dict[str, Question] = {}
    for section in SECTIONS:
        for place, problem in state.problems_under(*section.keys):
            path = _find_group(place)
            if (problem.severity == "erreur" or is_lack(problem)) and path not in found:
                shape = _find_shape(path)
                may_be_absent = problem.code == "rubrique-vide"
                found[path] = Question(path, section, shape, problem.message, may_be_absent)
    return tuple(found.values())


def _find_group(path: str) -> str:
    """A small group is asked whole: « Représentant », not its function and then its title."""
    group = ".".join(path.split(".")[:2])
    return group if isinstance(_find_shape(group), GroupShape) else path


def _find_shape(path: str) -> Shape | None:
    """The control or the small group at a path; None for a list, or what stands in one."""
    first, *steps = path.split(".")
    shape: Shape | None = shape_of_key(first)
    for step in steps:
        parts = shape.parts if isinstance(shape, GroupShape) else ()
        shape = next((part for part in parts if part.key == step), None)
    is_whole = isinstance(shape, GroupShape) and not steps
    return None if isinstance(shape, TableShape) or is_whole else shape


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest, name: str) -> HttpResponse:
    """The next question that was not put off, with how many are left; an answer is saved."""
    state = get_state(request, name)
    questions = list_questions(state)
    left_aside = tuple(request.GET.getlist("plus-tard"))
    waiting = [question for question in questions if question.path not in left_aside]
    if request.method == "POST":
        sent = next((q for q in questions if q.path == request.POST.get("_champ")), None)
        if sent is None or sent.shape is None:  # answered meanwhile
            return redirect(_address(name, left_aside))
        return _answer(request, state, Asked(sent, left_aside, len(waiting)))
    if not waiting:
        context = {"state": state, "questions": questions}
        return render(request, "web/questions_fin.html", context)
    file = open_profile(request.hall.project, name)
    asked = Asked(waiting[0], left_aside, len(waiting), file.sha256)
    return _show(request, state, asked, _bind(waiting[0], file.tree, ()))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the paths of those put off, how many wait, from which file the page is made."""

    question: Question
    left_aside: tuple[str, ...]
    waiting: int
    seen: str = ""


def _answer(request: PageRequest, state: ProfileState, asked: Asked) -> HttpResponse:
    hall, name, question = request.hall, state.name, asked.question
    file = open_profile(hall.project, name)
    tree = parse_section(question.section, request.POST, file)
    told = _tell(question, try_change(hall.project, file, tree))
    seen, status = request.POST.get("_vu", ""), 422
    if tree == dict(file.tree):
        told = (FieldMessage("gap", "Donnez une réponse, ou gardez la question pour plus tard."),)
    elif not told:
        change = ProfileChange(name, seen, tree, hall.now(), hall.actor, question.section.title)
        try:
            save_change(hall.project, change)
        except StaleProfileError as stale:
            seen, status = stale.current.sha256, 409
            messages.error(request, str(stale))
        except UserError as refused:
            messages.error(request, error_text(refused))
        else:
            hall.states.refresh(name)
            return redirect(_address(name, asked.left_aside))
    shown = replace(asked, seen=seen)
    return _show(request, state, shown, _bind(question, tree, told), status=status)


def _tell(question: Question, trial: Trial) -> tuple[FieldMessage, ...]:
    """What forbids to keep the answer."""
    return tuple(
        message
        for path, message in list_messages(question.section, trial)
        if message.kind == "error" and f"{path}.".startswith(f"{question.path}.")
    )


def _bind(
    question: Question, tree: Mapping[str, Tree], told: tuple[FieldMessage, ...]
) -> Bound | None:
    """The control of a question with what ``tree`` says; None for a list."""
    if question.shape is None:
        return None
    found: Tree | None = dict(tree)
    for step in question.path.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    binder = Binder({question.path: told}, {}, ())
    return binder.bind(question.shape, found, question.path.rpartition(".")[0])


def _show(
    request: PageRequest, state: ProfileState, asked: Asked, part: Bound | None, status: int = 200
) -> HttpResponse:
    context = {
        "state": state,
        "asked": asked,
        "question": asked.question,
        "part": part,
        "later": _address(state.name, (*asked.left_aside, asked.question.path)),
        "is_open": state.errors > 0,
        "is_group": part is not None and part.kind in ("groupe", "paires"),
    }
    return render(request, "web/question.html", context, status=status)


def _address(name: str, left_aside: tuple[str, ...]) -> str:
    query = urlencode([("plus-tard", path) for path in left_aside])
    address = reverse("etablissement-questions", args=[name])
    return f"{address}?{query}" if query else address
