"""« À faire »: what waits for somebody, most pressing first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contract_builder.model.french import long_date
from contract_builder.services.agenda import Deadline, describe_deadline, is_done, list_deadlines
from contract_builder.services.surveying import ProfileState
from contract_builder.tables.table import ReportColumn, ReportTable
from contract_builder.tables.workbook import render_workbook
from contract_builder.web.pages.deciding import ShownReturn, list_visible_returns
from contract_builder.web.pages.field_links import link_problem
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import (
    find_visible_entities,
    list_visible_paths,
    list_visible_states,
    list_visible_versions,
)
from contract_builder.web.requests import PageRequest

_SHOWN = 100
_HORIZON = timedelta(days=366)
"""How long before its day a deadline is shown."""
KINDS = {
    "erreurs": "contrat impossible à produire",
    "retours": "fichier revenu à décider",
    "manques": "données à compléter",
    "echeances": "échéance d’un contrat signé",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: about whom, what, when, and the very field where it is done.

    ``kind`` is one of ``KINDS``; ``due`` is the day by which it is to be looked at, None for now.
    """

    kind: str
    who: str
    department: str
    what: str
    detail: str
    link: str
    due: date | None = None
    is_late: bool = False
    rank: int = 0

    @property
    def is_pressing(self) -> bool:
        """True for what stops a contract, or is late."""
        return self.is_late or self.kind == "erreurs"


_SORTS: dict[str, Callable[[Task], Any]] = {
    "urgence": lambda task: (
        not task.is_pressing,
        list(KINDS).index(task.kind),
        task.due or date.min,
        -task.rank,
        task.who.casefold(),
    ),
    "nom": lambda task: (task.who.casefold(), task.kind),
    "date": lambda task: (task.due or date.max, task.who.casefold()),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for; empty for anything."""

    words: str
    kind: str
    department: str
    sort: str

    @classmethod
    def of_request(cls, request: PageRequest) -> "_Asked":
        given = request.GET
        sort = given.get("tri", "")
        return cls(
            given.get("q", "").strip(),
            given.get("nature", ""),
            given.get("departement", ""),
            sort if sort in _SORTS else "urgence",
        )

    def apply(self, tasks: Iterable[Task]) -> list[Task]:
        words = self.words.casefold().split()
        found = [
            task
            for task in tasks
            if self.kind in ("", task.kind)
            and self.department in ("", task.department)
            and all(word in f"{task.who} {task.what} {task.detail}".casefold() for word in words)
        ]
        return sorted(found, key=_SORTS[self.sort])


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """Establishments with errors, returned files to decide, gaps; deadlines of signed contracts."""
    states = list_visible_states(request)
    everything, unread = _list_tasks(request, states)
    asked = _Asked.of_request(request)
    tasks = asked.apply(everything)
    query = request.GET.copy()
    query.pop("tri", None)
    context = {
        "tasks": tasks[:_SHOWN],
        "hidden": max(0, len(tasks) - _SHOWN),
        "count": len(tasks),
        "asked": asked,
        "kinds": KINDS,
        "departments": sorted({task.department for task in everything} - {""}),
        "query": query.urlencode(),
        "unread": unread,
        "read": len(states),
        "total": len(list_visible_paths(request)),
        "nothing": not everything,
        "following": _find_following(request),
    }
    return render(request, "web/accueil.html", context)


@require_safe
def export(request: PageRequest) -> HttpResponse:
    """The same lines, all of them, as a workbook."""
    found, _ = _list_tasks(request, list_visible_states(request))
    columns = (
        ReportColumn("qui", "Établissement", width=45),
        ReportColumn("departement", "Département", width=12),
        ReportColumn("nature", "Nature", width=28),
        ReportColumn("quoi", "À faire", width=40),
        ReportColumn("detail", "Précision", width=60),
        ReportColumn("jour", "À regarder le", "date", width=14),
        ReportColumn("retard", "En retard", width=10),
    )
    rows = tuple(
        (
            task.who,
            task.department,
            KINDS[task.kind],
            task.what,
            task.detail,
            task.due,
            "oui" if task.is_late else "",
        )
        for task in _Asked.of_request(request).apply(found)
    )
    table = ReportTable("a-faire", "À faire", "", columns, rows)
    return hand_out("a-faire.xlsx", render_workbook([table], request.hall.now().date(), "À faire"))


def _list_tasks(
    request: PageRequest, states: Iterable[ProfileState]
) -> tuple[list[Task], tuple[str, ...]]:
    """All that waits; what could not be read, for the whole region alone."""
    known = list(states)
    deadlines, unread = _list_deadlines(request)
    today = request.hall.now().date()
    soon = (item for item in deadlines if item.due <= today + _HORIZON and not is_done(item))
    names = {state.finess_ej: state for state in known if state.finess_ej}
    tasks = [
        *_iter_state_tasks(known),
        *(_return_task(item, names) for item in _list_returns(request)),
        *(_deadline_task(item, names) for item in soon),
    ]
    return tasks, unread


def _list_returns(request: PageRequest) -> list[ShownReturn]:
    """The files that came back of which something is left to decide."""
    if not request.hall.project.has_store():
        return []
    known = {str(version.reference) for version in list_visible_versions(request)}
    return [item for item in list_visible_returns(request, known) if item.taken < item.total]


def _list_deadlines(request: PageRequest) -> tuple[list[Deadline], tuple[str, ...]]:
    project = request.hall.project
    if not project.has_store():
        return [], ()
    hall = request.hall
    agenda = list_deadlines(project, hall.now().date(), hall.recall_contracts())
    seen = find_visible_entities(request)
    deadlines = [item for item in agenda.deadlines if item.contract.finess_ej in seen]
    return deadlines, agenda.unread if request.visitor.departments is None else ()


def _find_following(request: PageRequest) -> Deadline | None:
    """What comes next, whenever that is: shown when nothing waits."""
    deadlines, _ = _list_deadlines(request)
    waiting = (item for item in deadlines if not is_done(item))
    return min(waiting, key=lambda item: item.due, default=None)


def _iter_state_tasks(states: Iterable[ProfileState]) -> Iterator[Task]:
    for state in states:
        if state.errors:
            kind, count = "erreurs", state.errors
            what = "1 erreur empêche de produire le contrat"
            if count > 1:
                what = f"{count} erreurs empêchent de produire le contrat"
        elif state.gaps:
            kind, count = "manques", state.gaps
            what = "1 donnée à compléter" if count == 1 else f"{count} données à compléter"
        else:
            continue
        detail, link = _find_first(state, kind)
        yield Task(kind, state.legal_name, state.department, what, detail, link, rank=count)


def _find_first(state: ProfileState, kind: str) -> tuple[str, str]:
    """The first problem that a form can mend, and the address of its field."""
    wanted = [
        (path, problem)
        for path, problem in state.located
        if problem.severity == "erreur" or (kind == "manques" and problem.code == _GAP)
    ]
    linked = (link_problem(state.name, path, problem) for path, problem in wanted)
    first = next((item for item in linked if item.link), None)
    if first is not None:
        return first.problem.message, first.link
    detail = wanted[0][1].message if wanted else ""
    return detail, reverse("etablissement", args=[state.name])


def _deadline_task(item: Deadline, states: dict[str, ProfileState]) -> Task:
    contract = item.contract
    state = states.get(contract.finess_ej)
    link = reverse("etablissement-versions", args=[state.name]) if state else reverse("journal")
    return Task(
        "echeances",
        contract.legal_name,
        state.department if state else "",
        f"Contrat {contract.code}, jusqu’au {long_date(contract.end_date)}",
        describe_deadline(item),
        link,
        item.due,
        item.is_overdue,
    )


def _return_task(item: ShownReturn, states: dict[str, ProfileState]) -> Task:
    state = states.get(item.version.partition("@")[0])
    left = item.total - item.taken
    return Task(
        "retours",
        state.legal_name if state else item.version,
        state.department if state else "",
        "1 modification à décider" if left == 1 else f"{left} modifications à décider",
        item.files,
        reverse("retours-decider", args=[item.key]),
        rank=left,
    )


_GAP = "donnee-manquante"
