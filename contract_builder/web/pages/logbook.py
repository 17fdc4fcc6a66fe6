"""« Journal »: who did what, when, on what, and whether the chain is whole."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contract_builder.reading.asked_words import holds_words
from contract_builder.services.chronicling import SUBJECT_WORDS, JournalAct, list_journal
from contract_builder.services.keeping import verify_store
from contract_builder.tables.table import ReportColumn, ReportTable
from contract_builder.tables.workbook import render_workbook
from contract_builder.web.forms.days import find_typed_day
from contract_builder.web.forms.sections import SECTION_TITLES
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import find_visible_entities, list_visible_paths
from contract_builder.web.requests import PageRequest

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for; empty for anything. Days are inclusive."""

    words: str
    kind: str
    actor: str
    since: date | None
    until: date | None
    page: int

    @classmethod
    def of_request(cls, request: PageRequest) -> "_Asked":
        given = request.GET
        page = given.get("page", "1")
        return cls(
            given.get("q", "").strip(),
            given.get("nature", ""),
            given.get("qui", ""),
            find_typed_day(given.get("du", "")),
            find_typed_day(given.get("au", "")),
            int(page) if page.isdecimal() and 0 < len(page) < 7 else 1,
        )

    def apply(self, lines: Iterable["_Line"]) -> list["_Line"]:
        return [shown for shown in lines if self._asks_for(shown)]

    def _asks_for(self, shown: "_Line") -> bool:
        line = shown.act
        return (
            self.kind in ("", line.kind)
            and self.actor in ("", line.actor)
            and (self.since is None or line.at.date() >= self.since)
            and (self.until is None or line.at.date() <= self.until)
            and holds_words(f"{shown.name} {line.about} {shown.what}", self.words)
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """An act in words: ``name`` is what it was done on, ``mark`` how the register calls that.

    ``mark`` is empty where the name says it all; ``link`` is where the change of an
    establishment's data can be taken back, empty for the rest.
    """

    act: JournalAct
    name: str
    mark: str
    what: str
    link: str


def _lay_lines(request: PageRequest, acts: Iterable[JournalAct]) -> list[_Line]:
    """The acts, with establishments called by their names where these were read."""
    states = request.hall.states.known().values()
    names = {state.name: state.legal_name for state in states}
    names |= {state.finess_ej: state.legal_name for state in states if state.finess_ej}
    paths = {path.stem for path in list_visible_paths(request)}
    return [_lay_line(act, names, paths) for act in acts]


def _lay_line(act: JournalAct, names: Mapping[str, str], paths: Container[str]) -> _Line:
    """``names`` are those of establishments by profile and by FINESS number."""
    what = f"Rubrique « {act.what} » enregistrée" if act.what in SECTION_TITLES else act.what
    if act.is_shared:
        entity = names.get(act.finess_ej, f"FINESS {act.finess_ej}")
        told = f"{entity}, données des registres" if act.finess_ej else "Données d’un groupe"
        return _Line(act, told, "", what, "")
    if act.profile:
        is_there = act.kind == "profil" and act.profile in paths
        link = reverse("etablissement-etats", args=[act.profile]) if is_there else ""
        return _Line(act, names.get(act.profile, act.profile), "", what, link)
    if act.kind == "retour":
        return _Line(act, "Retour", "", what, "")
    if act.kind == "bibliotheque":
        return _Line(act, f"Texte « {PurePosixPath(act.about).stem} »", "", what, "")
    name = names.get(act.finess_ej, "")
    return _Line(act, name or act.about, act.about if name else "", what, "")


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """Every act that is seen, the last first, some at a time; the chain verified now."""
    project = request.hall.project
    everything = _lay_lines(request, _list_seen(request))
    asked = _Asked.of_request(request)
    lines = asked.apply(everything)
    last = max(1, -(-len(lines) // _SHOWN))
    page = min(asked.page, last)
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "lines": lines[(page - 1) * _SHOWN : page * _SHOWN],
        "count": len(lines),
        "page": page,
        "last": last,
        "asked": asked,
        "kinds": SUBJECT_WORDS,
        "actors": sorted({line.act.actor for line in everything}, key=str.casefold),
        "query": query.urlencode(),
        "nothing": not everything,
        "verification": verify_store(project) if project.has_store() else None,
    }
    return render(request, "web/journal.html", context)


@require_safe
def export(request: PageRequest) -> HttpResponse:
    """The same lines, all of them, as a workbook."""
    columns = (
        ReportColumn("quand", "Quand (UTC)", width=22),
        ReportColumn("qui", "Qui", width=24),
        ReportColumn("nature", "Nature", width=28),
        ReportColumn("sur", "Sur quoi", width=40),
        ReportColumn("repere", "Repère au registre", width=30),
        ReportColumn("quoi", "Quoi", width=70),
    )
    rows = tuple(
        (
            f"{line.act.at:%Y-%m-%d %H:%M:%S}",
            line.act.actor,
            SUBJECT_WORDS[line.act.kind],
            line.name,
            line.mark,
            line.what,
        )
        for line in _Asked.of_request(request).apply(_lay_lines(request, _list_seen(request)))
    )
    table = ReportTable("journal", "Journal", "", columns, rows)
    return hand_out("journal.xlsx", render_workbook([table], request.hall.now().date(), "Journal"))


def _list_seen(request: PageRequest) -> list[JournalAct]:
    """For an account of some departments, what concerns the establishments that it sees alone."""
    lines = list_journal(request.hall.project)
    if request.visitor.departments is None:
        return lines
    names = {path.stem for path in list_visible_paths(request)}
    seen = find_visible_entities(request)
    return [line for line in lines if line.profile in names or line.finess_ej in seen]
