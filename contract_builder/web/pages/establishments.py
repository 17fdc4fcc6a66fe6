"""The list of establishments, a new one, and one establishment's task list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contract_builder.diagnostics import is_lack, is_library_note, without_notes
from contract_builder.model.field_help.choices import CHOICE_LABELS
from contract_builder.model.french import long_date
from contract_builder.model.status import STATUS_WORDS
from contract_builder.reading.asked_words import holds_words
from contract_builder.services.surveying import ProfileState
from contract_builder.tables.table import ReportColumn, ReportTable
from contract_builder.tables.workbook import render_workbook
from contract_builder.web.forms.sections import SECTIONS, FormSection
from contract_builder.web.pages.field_links import LinkedProblem, link_problem
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import (
    get_state,
    list_visible_paths,
    list_visible_states,
)
from contract_builder.web.pages.questions import list_questions
from contract_builder.web.requests import PageRequest

KINDS = CHOICE_LABELS["categorie"]
_SORTS: dict[str, Callable[[ProfileState], Any]] = {
    "nom": lambda state: state.legal_name.casefold(),
    "finess": lambda state: state.finess_ej,
    "categorie": lambda state: KINDS.get(state.kind, state.kind),
    "departement": lambda state: state.department,
    "manques": lambda state: -state.gaps,
    "avertissements": lambda state: -state.warnings,
    "fin": lambda state: str(state.last_day or ""),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of a list asks for; empty for anything."""

    words: str
    kind: str
    department: str
    state: str
    sort: str

    @classmethod
    def of_request(cls, request: PageRequest) -> "Filters":
        """Those of the address; an unknown order is that of the names."""
        asked = request.GET
        sort = asked.get("tri", "nom")
        return cls(
            asked.get("q", "").strip(),
            asked.get("categorie", ""),
            asked.get("departement", ""),
            asked.get("etat", ""),
            sort if sort in _SORTS else "nom",
        )

    def apply(self, states: Iterable[ProfileState]) -> list[ProfileState]:
        """The states that answer to all of them, in order."""
        found = [
            state
            for state in states
            if holds_words(f"{state.legal_name} {state.finess_ej} {state.name}", self.words)
            and self.kind in ("", state.kind)
            and self.department in ("", state.department)
            and self._has_state(state)
        ]
        return sorted(found, key=lambda state: (_SORTS[self.sort](state), state.name))

    def _has_state(self, state: ProfileState) -> bool:
        if self.state == "erreurs":
            return state.errors > 0
        if self.state == "manques":
            return state.gaps > 0
        return self.state in ("", state.status or "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, in words: three hundred of them are shown on one page."""

    state: ProfileState
    link: str
    kind: str
    status: str
    last_day: str


def _lay_row(state: ProfileState) -> Row:
    return Row(
        state,
        reverse("etablissement", args=[state.name]),
        KINDS.get(state.kind, state.kind),
        STATUS_WORDS[state.status] if state.status else "",
        long_date(state.last_day) if state.last_day else "",
    )


@require_safe
def show_list(request: PageRequest) -> HttpResponse:
    """The table of establishments, filtered and sorted by the address."""
    known = list_visible_states(request)
    filters = Filters.of_request(request)
    query = request.GET.copy()
    query.pop("tri", None)
    return render(
        request,
        "web/etablissements.html",
        {
            "rows": [_lay_row(state) for state in filters.apply(known)],
            "filters": filters,
            "query": query.urlencode(),
            "kinds": KINDS,
            "statuses": {key: STATUS_WORDS[key] for key in ("projet", "envoye", "signe")},
            "departments": sorted({state.department for state in known} - {""}),
            "read": len(known),
            "total": len(list_visible_paths(request)),
        },
    )


@require_safe
def export(request: PageRequest) -> HttpResponse:
    """The same table as a workbook."""
    states = Filters.of_request(request).apply(list_visible_states(request))
    columns = (
        ReportColumn("nom", "Établissement", width=50),
        ReportColumn("finess", "N° FINESS", width=14),
        ReportColumn("categorie", "Catégorie", width=28),
        ReportColumn("departement", "Département", width=12),
        ReportColumn("etat", "État", width=12),
        ReportColumn("effet", "Date d’effet", "date", width=14),
        ReportColumn("fin", "Fin", "date", width=14),
        ReportColumn("manques", "Données à compléter", "nombre", width=14),
        ReportColumn("erreurs", "Erreurs", "nombre", width=10),
        ReportColumn("avertissements", "Avertissements", "nombre", width=16),
    )
    rows = tuple(
        (
            state.legal_name,
            state.finess_ej,
            KINDS.get(state.kind, state.kind),
            state.department,
            STATUS_WORDS[state.status] if state.status else "",
            state.first_day,
            state.last_day,
            state.gaps,
            state.errors,
            state.warnings,
        )
        for state in states
    )
    table = ReportTable("etablissements", "Établissements", "", columns, rows)
    data = render_workbook([table], request.hall.now().date(), "Établissements")
    return hand_out("etablissements.xlsx", data)


@require_safe
def show_one(request: PageRequest, name: str) -> HttpResponse:
    """An establishment's task list: each section complete, to complete or to look at."""
    state = get_state(request, name)
    tasks = [_lay_task(state, section) for section in SECTIONS]
    shown = {key for section in SECTIONS for key in section.keys}
    elsewhere = [item for path, item in state.located if path.partition(".")[0] not in shown]
    others = without_notes(elsewhere)
    context = {
        "state": state,
        "tasks": tasks,
        "done": sum(task.is_complete for task in tasks),
        "next": next((task for task in tasks if not task.is_complete), None),
        "others": others,
        "asked": len(list_questions(state)),
        "kind": KINDS.get(state.kind, ""),
    }
    return render(request, "web/etablissement.html", context)


@dataclass(frozen=True, slots=True)
class SectionTask:
    """A section of the task list: what stops it, what it lacks, what is to be looked at."""

    section: FormSection
    errors: int
    gaps: int
    warnings: int
    first: LinkedProblem | None

    @property
    def is_complete(self) -> bool:
        """True when nothing is wrong or lacking."""
        return not self.errors and not self.gaps


def _lay_task(state: ProfileState, section: FormSection) -> SectionTask:
    found = [
        (path, problem)
        for path, problem in state.problems_under(*section.keys)
        if not is_library_note(problem)
    ]
    errors = [item for item in found if item[1].severity == "erreur"]
    gaps = [item for item in found if is_lack(item[1])]
    linked = [link_problem(state.name, path, problem) for path, problem in [*errors, *gaps, *found]]
    others = len(found) - len(errors) - len(gaps)
    return SectionTask(section, len(errors), len(gaps), others, linked[0] if linked else None)
