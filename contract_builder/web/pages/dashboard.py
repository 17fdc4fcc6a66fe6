"""« À faire »: what waits for somebody, most pressing first; what is put off, until its day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contract_builder.errors import UserError
from contract_builder.model.french import long_date
from contract_builder.reading.asked_words import holds_words
from contract_builder.services.postponing import LONGEST_REASON, postpone_task, resume_task
from contract_builder.tables.table import ReportColumn, ReportTable
from contract_builder.tables.workbook import render_workbook
from contract_builder.web.forms.days import parse_wanted_day
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import list_visible_paths, list_visible_states
from contract_builder.web.pages.tasks import KINDS, Task, list_tasks
from contract_builder.web.pages.tour import may_offer_tour
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_SHOWN = 100
_USUAL_WAIT = timedelta(days=14)
"""What the form of a task put off proposes."""
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
    """What the address asks for; empty for anything. ``put_off`` for what waits, and that alone."""

    words: str
    kind: str
    department: str
    sort: str
    put_off: bool

    @classmethod
    def of_request(cls, request: PageRequest) -> "_Asked":
        given = request.GET
        sort = given.get("tri", "")
        return cls(
            given.get("q", "").strip(),
            given.get("nature", ""),
            given.get("departement", ""),
            sort if sort in _SORTS else "urgence",
            given.get("reportees", "") == "1",
        )

    def apply(self, tasks: Iterable[Task]) -> list[Task]:
        found = [
            task
            for task in tasks
            if self.put_off == (task.put_off is not None)
            and self.kind in ("", task.kind)
            and self.department in ("", task.department)
            and holds_words(f"{task.who} {task.what} {task.detail}", self.words)
        ]
        return sorted(found, key=_SORTS[self.sort])


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """What waits: errors, files that came back, values late, gaps, ends of signed contracts."""
    states = list_visible_states(request)
    waiting = list_tasks(request, states)
    asked = _Asked.of_request(request)
    tasks = asked.apply(waiting.tasks)
    query = request.GET.copy()
    query.pop("tri", None)
    put_off = sum(task.put_off is not None for task in waiting.tasks)
    context = {
        "tasks": tasks[:_SHOWN],
        "hidden": max(0, len(tasks) - _SHOWN),
        "count": len(tasks),
        "asked": asked,
        "kinds": KINDS,
        "departments": sorted({task.department for task in waiting.tasks} - {""}),
        "query": query.urlencode(),
        "unread": waiting.unread,
        "read": len(states),
        "total": len(list_visible_paths(request)),
        "offers_tour": may_offer_tour(request),
        "nothing": len(waiting.tasks) == put_off,
        "put_off": put_off,
        "following": waiting.following,
    }
    return render(request, "web/accueil.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request: PageRequest) -> HttpResponse:
    """One task: put off to a day with a reason, or taken up again; Http404 for one not seen."""
    name = request.POST.get("tache") or request.GET.get("tache", "")
    tasks = list_tasks(request, list_visible_states(request)).tasks
    task = next((task for task in tasks if task.name == name), None)
    if task is None:
        raise Http404(name)
    project, by = request.hall.project, request.hall.by()
    today = by.at.date()
    context: dict[str, Any] = {
        "task": task,
        "first": today + timedelta(days=1),
        "day": (today + _USUAL_WAIT).isoformat(),
        "longest": LONGEST_REASON,
    }
    if request.method != "POST":
        return render(request, "web/reporter.html", context)
    if request.POST.get("geste") == "reprendre":
        resume_task(project, task.name, by)
        messages.success(request, f"« {task.what} », {task.who} : de nouveau à faire.")
        return redirect("accueil")
    typed, reason = request.POST.get("jour", ""), request.POST.get("motif", "")
    try:
        until = parse_wanted_day(typed)
        postpone_task(project, task.name, until, reason, by)
    except UserError as refused:
        context |= {"error": error_text(refused), "day": typed, "reason": reason}
        return render(request, "web/reporter.html", context, status=422)
    text = f"« {task.what} », {task.who} : reporté au {long_date(until)}."
    messages.success(request, text)
    return redirect("accueil")


@require_safe
def export(request: PageRequest) -> HttpResponse:
    """The same lines, all of them, as a workbook."""
    found = list_tasks(request, list_visible_states(request)).tasks
    columns = (
        ReportColumn("qui", "Établissement", width=45),
        ReportColumn("departement", "Département", width=12),
        ReportColumn("nature", "Nature", width=28),
        ReportColumn("quoi", "À faire", width=40),
        ReportColumn("detail", "Précision", width=60),
        ReportColumn("jour", "À regarder le", "date", width=14),
        ReportColumn("retard", "En retard", width=10),
        ReportColumn("reporte", "Reporté au", "date", width=14),
        ReportColumn("motif", "Motif du report", width=40),
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
            task.put_off.until if task.put_off else None,
            task.put_off.reason if task.put_off else "",
        )
        for task in _Asked.of_request(request).apply(found)
    )
    table = ReportTable("a-faire", "À faire", "", columns, rows)
    return hand_out("a-faire.xlsx", render_workbook([table], request.hall.now().date(), "À faire"))
