"""« Projet »: the contract as it would be, its documents, and why each part is there."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from contract_builder.batch.report.figures import sum_records
from contract_builder.batch.report.plots import draw_funding
from contract_builder.diagnostics import has_errors
from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.services.checking import explain_prepared
from contract_builder.services.editing import show_as_it_is
from contract_builder.services.keeping import RecordRequest, record_contract
from contract_builder.services.making import BuildOptions, Format, Prepared, build
from contract_builder.services.previewing import preview_contract
from contract_builder.web.pages.field_links import link_problem
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import get_path, get_state
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, Format] = {"docx": "docx", "pdf": "pdf"}


@require_safe
def show(request: PageRequest, name: str) -> HttpResponse:
    """The contract beside its gaps and the reasons of its parts."""
    path = get_path(request, name)
    prepared = request.hall.prepared.prepare(path)
    located = show_as_it_is(request.hall.project, path, prepared).located
    problems = [
        link_problem(name, where, problem)
        for where, problem in located
        if problem.severity != "note"
    ]
    data = explain_prepared(request.hall.project, path, prepared).data
    context = {
        "state": get_state(request, name),
        "problems": problems,
        "can_build": not has_errors(prepared.problems),
        "decisions": data["elements"] if data else (),
        **_tell_funding(prepared),
    }
    return render(request, "web/projet.html", context)


def _tell_funding(prepared: Prepared) -> dict[str, Any]:
    """The amounts of the contract by envelope and year: a table, and a drawing if bars can."""
    if prepared.assembly is None:
        return {}
    funding = sum_records(prepared.assembly.contract.tables.fundings)
    rows = [
        (envelope, [funding.amounts.get((year, envelope)) for year in funding.years])
        for envelope in funding.envelopes
    ]
    return {
        "funding": funding,
        "rows": [(name, cells, sum(cell or 0 for cell in cells)) for name, cells in rows],
        "totals": [funding.total(year) for year in funding.years],
        "total": sum(funding.amounts.values()),
        "plot": mark_safe(draw_funding(funding)) if funding.can_be_stacked else "",  # noqa: S308 - ours
    }


@require_safe
def show_text(request: PageRequest, name: str) -> HttpResponse:
    """The contract as a page, shown inside « Projet »: it bears its own policy."""
    hall = request.hall
    prepared = hall.prepared.prepare(get_path(request, name))
    return make_framed_page(preview_contract(hall.project, prepared))


@require_safe
def download(request: PageRequest, name: str, kind: str) -> HttpResponse:
    """The contract as Word or PDF, made now, through the gates of a build."""
    if kind not in _FORMATS:
        raise Http404(kind)
    path, wanted = get_path(request, name), BuildOptions(formats=(_FORMATS[kind],))
    with TemporaryDirectory(prefix="cpom-") as folder:
        built = build(request.hall.project, path, Path(folder), wanted)
        product = next(file for file in built.documents if file.suffix == f".{kind}")
        return hand_out(product.name, read_file(product))


@require_POST
def record(request: PageRequest, name: str) -> HttpResponse:
    """Keeps the contract as it is now as a version."""
    hall, path = request.hall, get_path(request, name)
    prepared = hall.prepared.prepare(path)
    if prepared.assembly is None or prepared.profile is None:
        raise ProblemsError(prepared.problems)
    asked = RecordRequest(
        at=hall.now(), actor=hall.actor, follows=prepared.profile.contrat.followed
    )
    try:
        outcome = record_contract(hall.project, prepared.assembly.contract, asked)
    except UserError as refused:
        messages.error(request, error_text(refused))
        return redirect("etablissement-projet", name=name)
    told = "est enregistrée" if outcome.is_new else "existait déjà : rien n’a changé"
    messages.success(request, f"La version « {outcome.version.reference} » {told}.")
    return redirect("etablissement-versions", name=name)
