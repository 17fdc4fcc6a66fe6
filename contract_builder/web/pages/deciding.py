"""« Retours », decided: one change at a time, left and gone on with by somebody else, then applied.

Each decision is a state in the journal; the page holds none of its own.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.work_folder import work_folder
from contract_builder.model.decision import DecisionFile, DecisionLine
from contract_builder.model.french import long_date
from contract_builder.services.decided_changes import read_choice
from contract_builder.services.deciding import (
    SettleRequest,
    answer_copies,
    settle_copies,
)
from contract_builder.services.kept_returns import (
    KeptReturn,
    keep_decisions,
    list_returns,
    open_return,
    read_kept_copies,
)
from contract_builder.web.forms.words import word_path
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import list_visible_versions
from contract_builder.web.requests import PageRequest

_WORDS: Final = {
    "accepte": ("accepté", "Accepter", "a"),
    "refuse": ("refusé", "Refuser", "r"),
    "contre": ("contre", "Contre-proposer", "c"),
    "ouvert": ("ouvert", "Laisser ouvert", "l"),
}
"""Decision → the word kept, the button, its key."""
_MARK_LENGTH: Final = 16
_FIELD: Final = re.compile(r"\{\{\s*([^|}]+?)\s*(?:\|[^}]*)?\}\}")
_LINK: Final = re.compile(r"\[([^\]]*)\]\(#([^)]*)\)")


@dataclass(frozen=True, slots=True)
class ShownReturn:
    """A return in the list: its key, what it is about, who went on with it last."""

    key: str
    files: str
    version: str
    taken: int
    total: int
    actor: str
    at: Any


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One change in the list of a return; ``is_current`` for the one that is shown."""

    line: DecisionLine
    state: str
    is_current: bool


def list_visible_returns(request: PageRequest, known: Collection[str]) -> list[ShownReturn]:
    """The returns of the versions that are seen, the newest first."""
    return [
        ShownReturn(
            item.key,
            ", ".join(item.files),
            item.version,
            item.taken,
            item.total,
            item.piece.actor,
            item.piece.at,
        )
        for item in reversed(list_returns(request.hall.project))
        if _is_seen(request, item.version, known)
    ]


def _is_seen(request: PageRequest, version: str, known: Collection[str]) -> bool:
    return request.visitor.departments is None or version in known


def _get_return(request: PageRequest, key: str) -> KeptReturn:
    """The return; « not found » for one that is not there or not seen."""
    try:
        kept = open_return(request.hall.project, key)
    except UserError as error:
        raise Http404(key) from error
    known = {str(version.reference) for version in list_visible_versions(request)}
    if not _is_seen(request, kept.decisions.version, known):
        raise Http404(key)
    return kept


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PageRequest, key: str) -> HttpResponse:
    """One change with its context; a decision sent, then the next one that waits."""
    kept = _get_return(request, key)
    lines = kept.decisions.modifications
    if not lines:
        raise Http404(key)
    if request.method == "POST":
        return _keep(request, kept)
    asked = request.GET.get("modification", "")
    waiting = next((n for n, line in enumerate(lines) if not line.decision), 0)
    rank = next((n for n, line in enumerate(lines) if line.id == asked), waiting)
    return render(request, "web/retour.html", _context(request, kept, rank))


def _keep(request: PageRequest, kept: KeptReturn, error: str = "") -> HttpResponse:
    lines = list(kept.decisions.modifications)
    asked = request.POST.get("modification", "")
    rank = next((n for n, line in enumerate(lines) if line.id == asked), None)
    word = _WORDS.get(request.POST.get("decision", ""))
    if rank is None or word is None:
        raise UserError("Choisissez une décision de la liste.")
    text = request.POST.get("texte", "").replace("\r\n", "\n").strip()
    reason = request.POST.get("motif", "").strip()
    if word[0] == "contre" and not text:
        error = "Une contre-proposition demande son texte."
        context = _context(request, kept, rank) | {"error": error, "reason": reason}
        return render(request, "web/retour.html", context, status=422)
    own = f"{text}\n" if word[0] == "contre" else ""
    wanted = replace(lines[rank], decision=word[0], texte=own, motif=reason)
    if wanted != lines[rank] and request.POST.get("vu", "") != _mark_of(lines[rank]):
        state = _state_of(lines[rank])
        error = (
            f"{kept.piece.actor} a décidé « {state} » depuis que vous avez ouvert la page. Rien "
            "n’a été changé : lisez cette décision, puis choisissez."
        )
        told = {"error": error, "text": text, "reason": reason}
        context = _context(request, kept, rank) | told
        return render(request, "web/retour.html", context, status=409)
    lines[rank] = wanted
    decisions = replace(kept.decisions, modifications=tuple(lines))
    hall = request.hall
    keep_decisions(hall.project, kept, decisions, at=hall.now(), actor=hall.actor)
    after = [*range(rank + 1, len(lines)), *range(rank)]
    following = next((n for n in after if not lines[n].decision), min(rank + 1, len(lines) - 1))
    address = reverse("retours-decider", args=[kept.key])
    return redirect(f"{address}?modification={lines[following].id}")


def _context(request: PageRequest, kept: KeptReturn, rank: int) -> dict[str, Any]:
    lines = kept.decisions.modifications
    line = lines[rank]
    taken = sum(bool(item.decision) for item in lines)
    return {
        "kept": kept,
        "line": line,
        "field": word_path(line.champ),
        "mark": _mark_of(line),
        "state": _state_of(line) if line.decision else "",
        "day": _day_of(line),
        "before": lines[rank - 1].id if rank else "",
        "after": lines[rank + 1].id if rank + 1 < len(lines) else "",
        "rank": rank + 1,
        "total": len(lines),
        "taken": taken,
        "shown": [ShownLine(item, _state_of(item), item is line) for item in lines],
        "standard": _standard_text(request, line),
        "conflicts": [c for c in kept.decisions.desaccords if line.id in c.modifications],
        "files": list(enumerate(kept.decisions.fichiers, start=1)),
        "choices": [(name, label, letter) for name, (_, label, letter) in _WORDS.items()],
        "error": "",
        "text": line.texte,
        "reason": line.motif,
    }


def _mark_of(line: DecisionLine) -> str:
    """What tells the decision that a page shows from one taken since."""
    told = "\n".join((line.decision, line.texte, line.motif))
    return sha256(told.encode()).hexdigest()[:_MARK_LENGTH]


def _state_of(line: DecisionLine) -> str:
    """The decision in one word, however somebody wrote it."""
    choice = read_choice(line.decision) if line.decision else None
    return line.decision or "à décider" if choice is None else _WORDS[choice][0]


def _day_of(line: DecisionLine) -> str:
    """The day of the change as French readers write it; as it came when it is no day."""
    try:
        return long_date(date.fromisoformat(line.date))
    except ValueError:
        return line.date


def _standard_text(request: PageRequest, line: DecisionLine) -> str:
    """The library's newest text of the clause, values and links named; empty without a clause."""
    versions = request.hall.project.get_library().clauses.get(line.clause, ())
    if not versions:
        return ""
    body = _LINK.sub(lambda m: m[1] or f"({m[2]})", versions[-1].body)
    return _FIELD.sub(lambda m: f"‹{m[1].rpartition('.')[2].replace('_', ' ')}›", body).strip()


@require_POST
def finish(request: PageRequest, key: str) -> HttpResponse:
    """Applies every decision to the establishment's project."""
    kept = _get_return(request, key)
    hall = request.hall
    with work_folder() as folder:
        copies = read_kept_copies(hall.project, kept, folder)
        try:
            done = settle_copies(
                hall.project, copies, kept.decisions, SettleRequest(hall.actor, hall.now())
            )
        except ProblemsError as refused:
            context = _context(request, kept, 0) | {"problems": refused.problems}
            return render(request, "web/retour.html", context, status=422)
    hall.states.refresh(done.profile)
    told = [sentence for answer in done.answers for sentence in answer.told]
    context = {"kept": kept, "done": done, "told": told, "files": _numbered(kept.decisions)}
    return render(request, "web/retour_fini.html", context)


def _numbered(file: DecisionFile) -> list[tuple[int, str]]:
    return [(rank, item.nom) for rank, item in enumerate(file.fichiers, start=1)]


@require_safe
def download(request: PageRequest, key: str, number: int) -> HttpResponse:
    """The file to send again, with the decisions taken so far."""
    kept = _get_return(request, key)
    with work_folder() as folder:
        copies = read_kept_copies(request.hall.project, kept, folder)
        answers = answer_copies(copies, kept.decisions, kept.piece.at)
    if not 1 <= number <= len(answers):
        raise Http404(key)
    return hand_out(f"reponse-{number}.docx", answers[number - 1])
