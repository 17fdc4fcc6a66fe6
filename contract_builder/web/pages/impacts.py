"""« Impact »: what a change of an article of law reaches, and what each text and contract needs."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.errors import UserError
from contract_builder.services.browsing import list_titles, name_reference, read_passage
from contract_builder.services.impacting import (
    Impact,
    ImpactRequest,
    ReachedContract,
    ReachedText,
    find_impact,
)
from contract_builder.services.surveying import ProfileState
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable
from contract_builder.tables.workbook import render_workbook
from contract_builder.web.forms.days import find_typed_day, parse_typed_day
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import find_visible_entities, list_visible_states
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_UNREAD = (
    "Des contrats n’ont pu être examinés, peut-être parmi les vôtres : un compte de toute la "
    "région peut dire lesquels et pourquoi."
)


_DECLARED = "Annoncé parmi ses références, sans être nommé dans le texte."


@dataclass(frozen=True, slots=True)
class _Text:
    """A clause or a sheet: ``since`` is the first day of a clause's version, None for a sheet."""

    item: ReachedText
    title: str
    passage: str
    since: date | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A draft or a contract in force: ``profile`` is the establishment's page, empty without."""

    name: str
    profile: str
    contract: str
    item: ReachedContract


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """What a change of an article reaches, and what each text and contract needs."""
    words, day = (request.GET.get(name, "").strip() for name in ("article", "date"))
    context: dict[str, Any] = {"words": words, "day": day, "error": "", "impact": None}
    if words:
        try:
            impact = _find_visible(request, words, day)
            context["impact"] = impact
            context["texts"] = _read_texts(request, impact)
            context["name"] = name_reference(impact.code, impact.article)
            context["to_amend"] = _list_to_amend(request, impact)
            context["drafts"], context["contracts"] = (
                _list_lines(request, found) for found in (impact.drafts, impact.contracts)
            )
            context["unread_states"] = _list_unread(request, impact)
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/impact.html", context, status=422 if context["error"] else 200)


def _read_texts(request: PageRequest, impact: Impact) -> list[_Text]:
    """The texts of the library by their titles, each with its passage as it is read."""
    titles = list_titles(request.hall.project.get_library())
    return [
        _Text(
            item,
            titles.get(item.id) or item.id,
            _DECLARED if item.is_declared else read_passage(item.passage, titles),
            find_typed_day(item.version),
        )
        for item in impact.texts
    ]


def _find_visible(request: PageRequest, words: str, day: str) -> Impact:
    """What the change reaches among what the account sees.

    Why something could not be examined may name any contract: such an account is told that alone.
    """
    asked = ImpactRequest(words, request.hall.now().date(), parse_typed_day(day))
    impact = find_impact(request.hall.project, asked)
    seen, sees_all = find_visible_entities(request), request.visitor.departments is None

    def keep(found: tuple[ReachedContract, ...]) -> tuple[ReachedContract, ...]:
        return tuple(item for item in found if item.header.finess_ej in seen)

    lapsed = []
    for item in impact.lapsed:
        names = tuple(name for name in item.contracts if name.partition("@")[0] in seen)
        if names:
            lapsed.append(replace(item, contracts=names))
    return replace(
        impact,
        drafts=keep(impact.drafts),
        contracts=keep(impact.contracts),
        lapsed=tuple(lapsed),
        unread=impact.unread if sees_all else tuple({_UNREAD for _ in impact.unread}),
    )


def _list_lines(request: PageRequest, found: tuple[ReachedContract, ...]) -> list[_Line]:
    """The contracts with the establishments' names, in the order of the service."""
    states = {
        (state.finess_ej, state.profile.contrat.code): state
        for state in list_visible_states(request)
        if state.profile is not None
    }
    lines = []
    for item in found:
        state = states.get((item.header.finess_ej, item.header.code))
        stored = "projet actuel" if item.profile else item.name
        contract = f"{item.header.code}, {stored}"
        profile = item.profile or ("" if state is None else state.name)
        lines.append(_Line(item.header.legal_name, profile, contract, item))
    return lines


def _list_unread(request: PageRequest, impact: Impact) -> list[ProfileState]:
    """The establishments that could not be examined, among those that are seen."""
    files = {PurePosixPath(name).stem for name in impact.unread_profiles}
    return [state for state in list_visible_states(request) if state.name in files]


@require_safe
def export(request: PageRequest) -> HttpResponse:
    """The same as a workbook: a line for each text, draft and contract reached."""
    words, day = (request.GET.get(name, "").strip() for name in ("article", "date"))
    impact = _find_visible(request, words, day)
    columns = (
        ReportColumn("genre", "Genre", width=22),
        ReportColumn("nom", "Nom", width=34),
        ReportColumn("qui", "Établissement", width=40),
        ReportColumn("fin", "Fin", "date", width=14),
        ReportColumn("besoin", "Besoin", width=60),
        ReportColumn("passage", "Passage", width=80),
    )
    rows: list[tuple[ReportCell, ...]] = [
        (
            "clause ou fiche",
            f"{text.item.id} ({text.item.version})",
            "",
            None,
            _verdict(text.item),
            text.passage,
        )
        for text in _read_texts(request, impact)
    ]
    for kind, found in (("projet", impact.drafts), ("contrat en vigueur", impact.contracts)):
        rows += [
            (
                kind,
                line.contract,
                line.name,
                line.item.header.end_date,
                _verdict(line.item),
                "\n".join(f"{p.label} : {p.text}" for p in line.item.passages if p.text),
            )
            for line in _list_lines(request, found)
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
