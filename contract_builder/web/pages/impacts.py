"""« Impact »: what a change of an article of law reaches, and what each text and contract needs."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.errors import UserError
from contract_builder.services.browsing import name_reference
from contract_builder.services.impacting import Impact, ImpactRequest, find_impact
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable
from contract_builder.tables.workbook import render_workbook
from contract_builder.web.forms.days import parse_typed_day
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import list_visible_states
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """What a change of an article reaches, and what each text and contract needs."""
    words, day = (request.GET.get(name, "").strip() for name in ("article", "date"))
    context: dict[str, Any] = {"words": words, "day": day, "error": "", "impact": None}
    if words:
        try:
            asked = ImpactRequest(words, datetime.now().astimezone().date(), parse_typed_day(day))
            impact = find_impact(request.hall.project, asked)
            context["impact"] = impact
            context["name"] = name_reference(impact.code, impact.article)
            context["to_amend"] = _list_to_amend(request, impact)
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/impact.html", context, status=422 if context["error"] else 200)


@require_safe
def export(request: PageRequest) -> HttpResponse:
    """The same as a workbook: a line for each text, draft and contract reached."""
    words, day = (request.GET.get(name, "").strip() for name in ("article", "date"))
    asked = ImpactRequest(words, datetime.now().astimezone().date(), parse_typed_day(day))
    impact = find_impact(request.hall.project, asked)
    columns = (
        ReportColumn("genre", "Genre", width=22),
        ReportColumn("nom", "Nom", width=34),
        ReportColumn("qui", "Établissement", width=40),
        ReportColumn("fin", "Fin", "date", width=14),
        ReportColumn("besoin", "Besoin", width=60),
        ReportColumn("passage", "Passage", width=80),
    )
    rows: list[tuple[ReportCell, ...]] = [
        ("clause ou fiche", f"{item.id} ({item.version})", "", None, _verdict(item), item.passage)
        for item in impact.texts
    ]
    for kind, found in (("projet", impact.drafts), ("contrat en vigueur", impact.contracts)):
        rows += [
            (
                kind,
                item.name,
                item.header.legal_name,
                item.header.end_date,
                _verdict(item),
                "\n".join(f"{p.label} : {p.text}" for p in item.passages if p.text),
            )
            for item in found
        ]
    table = ReportTable("impact", "Impact", "", columns, tuple(rows))
    data = render_workbook([table], request.hall.now().date(), f"Impact de {words}")
    return hand_out("impact.xlsx", data)


def _list_to_amend(request: PageRequest, impact: Impact) -> list[str]:
    """The establishments whose contract in force asks for an avenant, by their profiles' names."""
    wanted = {
        (item.header.finess_ej, item.header.code)
        for item in impact.contracts
        if item.verdict.need == "avenant"
    }
    return sorted(
        state.name
        for state in list_visible_states(request)
        if state.profile and (state.finess_ej, state.profile.contrat.code) in wanted
    )


def _verdict(item: Any) -> str:
    return f"{item.verdict.words} : {item.verdict.why}"
