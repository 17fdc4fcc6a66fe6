"""What waits for somebody: of profiles, files that came back, follow-up, contracts that end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from contract_builder.diagnostics import is_lack
from contract_builder.model.french import counted, long_date
from contract_builder.services.agenda import Deadline, describe_deadline, is_done, list_deadlines
from contract_builder.services.overseeing import RegionalContract
from contract_builder.services.postponing import Postponement
from contract_builder.services.surveying import ProfileState
from contract_builder.web.pages.deciding import ShownReturn, list_visible_returns
from contract_builder.web.pages.field_links import link_problem
from contract_builder.web.pages.lookup import find_visible_entities, list_visible_versions
from contract_builder.web.requests import PageRequest

_HORIZON = timedelta(days=366)
"""How long before its day a deadline is shown."""
KINDS = {
    "erreurs": "contrat impossible à produire",
    "retours": "fichier revenu à décider",
    "cibles": "valeurs à déclarer, en retard",
    "manques": "données à compléter",
    "echeances": "échéance d’un contrat signé",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: about whom, what, when, and the very field where it is done.

    ``name`` tells it from the others for as long as it waits. ``kind`` is one of ``KINDS``; ``due``
    is the day by which it is to be looked at, None for now; ``put_off`` says until when it waits.
    """

    name: str
    kind: str
    who: str
    department: str
    what: str
    detail: str
    link: str
    due: date | None = None
    is_late: bool = False
    rank: int = 0
    put_off: Postponement | None = None

    @property
    def is_pressing(self) -> bool:
        """True for what stops a contract, or is late."""
        return self.is_late or self.kind == "erreurs"


@dataclass(frozen=True, slots=True)
class WaitingTasks:
    """All that waits for who asks, in no order, put off or not.

    ``unread`` tells what could not be read, for the whole region alone; ``following`` is the
    deadline that comes next, whenever that is.
    """

    tasks: tuple[Task, ...]
    unread: tuple[str, ...]
    following: Deadline | None


def list_tasks(request: PageRequest, states: Iterable[ProfileState]) -> WaitingTasks:
    """What waits of the establishments that are seen, ``states`` being what is known of them."""
    known = list(states)
    deadlines, unread = _list_deadlines(request)
    today = request.hall.now().date()
    waiting = [item for item in deadlines if not is_done(item)]
    soon = (item for item in waiting if item.due <= today + _HORIZON)
    names = {state.finess_ej: state for state in known if state.finess_ej}
    tasks = [
        *_iter_state_tasks(known),
        *(_return_task(item, names) for item in _list_returns(request)),
        *_iter_late_tasks(request, names),
        *(_deadline_task(item, names) for item in soon),
    ]
    put_off = request.hall.postponed.list_waiting(today)
    found = (replace(task, put_off=put_off.get(task.name)) for task in tasks)
    following = min(waiting, key=lambda item: item.due, default=None)
    return WaitingTasks(tuple(found), unread, following)


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
        mark = f"{kind}/{state.name}"
        yield Task(mark, kind, state.legal_name, state.department, what, detail, link, rank=count)


def _find_first(state: ProfileState, kind: str) -> tuple[str, str]:
    """The first problem that a form can mend, and the address of its field."""
    wanted = [
        (path, problem)
        for path, problem in state.located
        if problem.severity == "erreur" or (kind == "manques" and is_lack(problem))
    ]
    linked = (link_problem(state.name, path, problem) for path, problem in wanted)
    first = next((item for item in linked if item.link), None)
    if first is not None:
        return first.problem.message, first.link
    detail = wanted[0][1].message if wanted else ""
    return detail, reverse("etablissement", args=[state.name])


def _iter_late_tasks(request: PageRequest, names: dict[str, ProfileState]) -> Iterator[Task]:
    """Of the follow-up as it was read last, the contracts of which values are late."""
    view = request.hall.region.recall()
    seen = find_visible_entities(request) if view else ()
    for contract in view.contracts if view else ():
        if contract.late and contract.header.finess_ej in seen:
            yield _late_task(contract, names.get(contract.header.finess_ej))


def _late_task(contract: RegionalContract, state: ProfileState | None) -> Task:
    years = contract.list_late_years()
    first = years[0]
    link = reverse("suivi")
    if state is not None:
        address = reverse("etablissement-suivi", args=[state.name])
        link = f"{address}?{urlencode({'annee': first.year})}"
    return Task(
        f"cibles/{contract.header.code}/{years[-1].year}",
        "cibles",
        contract.header.legal_name,
        state.department if state else "",
        counted(contract.late, "valeur à déclarer", "valeurs à déclarer"),
        ", ".join(f"{item.year} : {item.lines}" for item in years),
        link,
        first.deadline,
        is_late=True,
        rank=contract.late,
    )


def _deadline_task(item: Deadline, states: dict[str, ProfileState]) -> Task:
    contract = item.contract
    state = states.get(contract.finess_ej)
    link = reverse("etablissement-versions", args=[state.name]) if state else reverse("journal")
    return Task(
        f"echeances/{contract.code}/{item.due.isoformat()}",
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
        f"retours/{item.key}",
        "retours",
        state.legal_name if state else item.version,
        state.department if state else "",
        "1 modification à décider" if left == 1 else f"{left} modifications à décider",
        item.files,
        reverse("retours-decider", args=[item.key]),
        rank=left,
    )
