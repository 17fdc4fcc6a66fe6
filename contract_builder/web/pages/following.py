"""« Suivi »: what is late over the region, and what one contract declared, validated, is worth."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from contract_builder.errors import UserError
from contract_builder.files.read import read_file
from contract_builder.files.work_folder import work_folder
from contract_builder.files.write import write_atomically
from contract_builder.services.declaring import (
    DeclarationRequest,
    WorkbookRequest,
    read_declarations,
    write_workbooks,
)
from contract_builder.services.entering import TypedValue, enter_value
from contract_builder.services.following import (
    FollowedStates,
    LineState,
    describe_line,
    follow_contract,
    iter_history,
)
from contract_builder.services.plotting import draw_states
from contract_builder.services.surveying import ProfileState
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import (
    find_visible_entities,
    get_entity_state,
    list_visible_states,
)
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_MOST_BYTES = 32 << 20
_WORKBOOK = "classeur.xlsx"
_SIDES: Mapping[str, Any] = {"etablissement": "etablissement", "agence": "agence"}


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The contracts in force, late ones first; then each sheet over the years."""
    project = request.hall.project
    context: dict[str, Any] = {"rows": (), "sheets": (), "unread": ()}
    if project.has_store():
        whole = request.hall.region.view(request.hall.now().date())
        view = whole.seen_by(find_visible_entities(request))
        names = {state.finess_ej: state.name for state in list_visible_states(request)}
        rows = [
            {"contract": item, "name": names.get(item.header.finess_ej, "")}
            for item in view.list_late_first()
        ]
        context = {
            "rows": rows,
            "sheets": view.sheets,
            "unread": view.unread if request.visitor.departments is None else (),
        }
    return render(request, "web/suivi.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: PageRequest, name: str) -> HttpResponse:
    """One contract, year by year; a form for one line, workbooks out and in."""
    state = get_entity_state(request, name)
    context: dict[str, Any] = {"state": state, "error": "", "problems": ()}
    try:
        followed = _follow(request, state)
    except UserError as refused:
        context["absence"] = error_text(refused)
        return render(request, "web/etablissement_suivi.html", context)
    year = _year_of(request, followed)
    if request.method == "POST":
        try:
            return _answer(request, name, followed, year, context)
        except UserError as refused:
            context["error"] = error_text(refused)
            context["typed"] = request.POST
    context |= _describe(request, followed, year)
    status = 422 if context["error"] else 200
    return render(request, "web/etablissement_suivi.html", context, status=status)


def _follow(request: PageRequest, state: ProfileState) -> FollowedStates:
    """The contract in force of an establishment: that of its profile, else its only one."""
    project, on = request.hall.project, request.hall.now().date()
    if not project.has_store():
        raise UserError("Aucun contrat n’est encore enregistré : il n’y a rien à suivre.")
    code = state.profile.contrat.code if state.profile else ""
    for named in (code, state.finess_ej):
        try:
            followed = follow_contract(project, named, on) if named else None
        except UserError:
            continue
        if followed is not None and followed.in_force.contract.finess_ej == state.finess_ej:
            return followed
    raise UserError(
        "Aucun contrat de cet établissement n’est en vigueur aujourd’hui : le suivi commence quand "
        "une version est déclarée « signé » et a pris effet."
    )


def _year_of(request: PageRequest, followed: FollowedStates) -> int:
    """The year asked for, else the last one that is over, else the first of the contract."""
    years = followed.plan.years
    text = request.POST.get("annee") or request.GET.get("annee", "")
    asked = next((year for year in years if str(year) == text), None)
    if asked is not None:
        return asked
    past = [year for year in years if year < request.hall.now().year]
    return past[-1] if past else years[0] if years else request.hall.now().year


def _describe(request: PageRequest, followed: FollowedStates, year: int) -> dict[str, Any]:
    states = sorted(followed.of_year(year), key=lambda item: not item.is_late)
    asked = request.POST.get("ligne") or request.GET.get("ligne", "")
    plots = [(title, mark_safe(svg)) for title, svg in draw_states(followed)]  # noqa: S308 - ours
    return {
        "followed": followed,
        "year": year,
        "lines": [
            {"state": item, "mark": str(item.line.key), "told": list(describe_line(item))}
            for item in states
        ],
        "line": next((_form(item) for item in states if str(item.line.key) == asked), None),
        "plots": plots,
    }


def _form(state: LineState) -> dict[str, Any]:
    """The line that a form is about."""
    return {
        "state": state,
        "mark": str(state.line.key),
        "history": list(iter_history(state)),
        "is_money": state.line.key.kind == "financement",
    }


def _answer(
    request: PageRequest, name: str, followed: FollowedStates, year: int, context: dict[str, Any]
) -> HttpResponse:
    """What a form asks: a value, a workbook to fill, a filled one."""
    act = request.POST.get("geste", "")
    if act == "classeur":
        return _hand_workbook(request, followed, year)
    if act == "lire":
        told = _read_workbook(request, followed, year)
        if told:
            context["problems"] = told
            raise UserError("Le classeur a des erreurs : rien n’a été gardé.")
    elif act in ("declaration", "validation"):
        entered = enter_value(
            request.hall.project,
            followed,
            _typed(request),
            at=request.hall.now(),
            actor=request.hall.actor,
        )
        messages.success(request, f"La valeur de « {entered.key.item} » est gardée.")
    else:
        raise UserError("Choisissez ce que vous voulez faire.")
    address = reverse("etablissement-suivi", args=[name])
    return redirect(f"{address}?{urlencode({'annee': year})}")


def _typed(request: PageRequest) -> TypedValue:
    given = request.POST
    upload = request.FILES.get("piece")
    if upload is not None and (upload.size or 0) > _MOST_BYTES:
        raise UserError(f"« {upload.name} » dépasse {_MOST_BYTES >> 20} Mio.")
    file = (upload.name or "piece", b"".join(upload.chunks())) if upload is not None else None
    return TypedValue(
        mark=given.get("ligne", ""),
        step="validation" if given.get("geste") == "validation" else "declaration",
        value=given.get("valeur", ""),
        function=given.get("fonction", ""),
        day=given.get("jour", ""),
        justified=given.get("justifie", ""),
        reference=given.get("reference", ""),
        comment=given.get("explication", ""),
        file=file,
    )


def _hand_workbook(request: PageRequest, followed: FollowedStates, year: int) -> HttpResponse:
    side = _SIDES.get(request.POST.get("pour", ""), "etablissement")
    wanted = WorkbookRequest((followed.in_force.reference,), _today(request), year, side)
    with work_folder() as folder:
        written = write_workbooks(request.hall.project, wanted, folder)
        (path,) = written.published.written
        return hand_out(path.name, read_file(path))


def _read_workbook(request: PageRequest, followed: FollowedStates, year: int) -> Sequence[Any]:
    """Keeps what a filled workbook says; its problems, when it is refused."""
    upload = request.FILES.get("fichier")
    if upload is None or (upload.size or 0) > _MOST_BYTES:
        raise UserError("Choisissez le classeur rempli.")
    with work_folder() as folder:
        path = folder / _WORKBOOK
        write_atomically(path, b"".join(upload.chunks()))
        declared = read_declarations(
            request.hall.project,
            DeclarationRequest(
                files=(path,),
                side=_SIDES.get(request.POST.get("pour", ""), "etablissement"),
                on=_today(request),
                at=request.hall.now(),
                actor=request.hall.actor,
                contract=followed.in_force.reference,
                year=year,
            ),
        )
    if not declared.is_kept:
        return declared.problems
    messages.success(request, f"Valeurs gardées : {declared.count}.")
    for problem in declared.problems:
        messages.warning(request, problem.message)
    return ()


def _today(request: PageRequest) -> date:
    return request.hall.now().date()
