"""« Lots »: many contracts produced outside requests: chosen, foreseen, started, followed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contract_builder.errors import UserError
from contract_builder.reading.bounded import open_ordinary, read_bounded
from contract_builder.web.forms.days import parse_typed_day
from contract_builder.web.lots.models import AT_WORK, LOT_STATE_WORDS, WAITING, Lot
from contract_builder.web.lots.orders import (
    AVENANTS_FOLDER,
    REGION_FOLDER,
    RESUMABLE,
    LotWish,
    name_products,
    order_lot,
    resume_lot,
    start_lot,
    stop_lot,
)
from contract_builder.web.lots.queue import settle_interrupted
from contract_builder.web.pages.establishments import Filters
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.lookup import (
    find_department,
    list_visible_paths,
    list_visible_states,
)
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest
from contract_builder.web.worker_lock import has_worker

_SHOWN = 100
_REPORT_PAGE = "synthese.html"
_COMPARISONS: Mapping[str, str] = {
    "": "ne pas comparer",
    "last": "sa dernière version enregistrée, ou à défaut la production précédente",
    "signed": "sa dernière version signée",
}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PageRequest) -> HttpResponse:
    """Which contracts to produce; the lots of before, the last first."""
    error = ""
    if request.method == "POST":
        try:
            number = order_lot(request.hall.project, _read_wish(request), request.hall.by())
        except UserError as refused:
            error = error_text(refused)
        else:
            return redirect("lot", number=number)
    settle_interrupted(request.hall.project)
    states = list_visible_states(request)
    chosen = _choose_by_address(request)
    context = {
        "error": error,
        "lots": list(_iter_visible(request))[:_SHOWN],
        "words": LOT_STATE_WORDS,
        "total": len(list_visible_paths(request)),
        "departments": sorted({state.department for state in states} - {""}),
        "chosen": chosen,
        "comparisons": _COMPARISONS,
        "amends": "avenants" in request.GET,
        "has_worker": has_worker(request.hall.project.root),
    }
    return render(request, "web/lots.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: PageRequest, number: int) -> HttpResponse:
    """One lot: what it would do, how far it is, what came of it; its buttons."""
    lot = _get_visible(request, number)
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("action", ""))
        try:
            if act is None:
                raise UserError("Cette action n’existe pas.")
            act(request.hall.project, number, request.hall.by())
        except UserError as refused:
            messages.error(request, error_text(refused))
        return redirect("lot", number=number)
    return render(request, "web/lot.html", _tell(request, lot))


@require_safe
def show_progress(request: PageRequest, number: int) -> HttpResponse:
    """How far a lot is: the part of its page that moves."""
    lot = _get_visible(request, number)
    return render(request, "web/lot_avancement.html", _tell(request, lot))


@require_safe
def show_report(request: PageRequest, number: int) -> HttpResponse:
    """The report of a lot, as a page of its own."""
    return make_framed_page(read_bounded(_find_product(request, number, _REPORT_PAGE)))


@require_safe
def download(request: PageRequest, number: int, file: str) -> HttpResponseBase:
    """A product of a lot: its report, the archive of a department."""
    opened = open_ordinary(_find_product(request, number, file))
    return FileResponse(opened, as_attachment=True, filename=file)


_ACTS: Mapping[str, Callable[..., None]] = {
    "lancer": start_lot,
    "arreter": stop_lot,
    "reprendre": resume_lot,
}


def _tell(request: PageRequest, lot: Any) -> dict[str, Any]:
    return {
        "lot": lot,
        "word": LOT_STATE_WORDS[lot.state],
        "is_moving": lot.state in (*WAITING, *AT_WORK),
        "is_resumable": lot.state in RESUMABLE and (lot.state != "termine" or lot.failures),
        "percent": 100 * lot.done // lot.total if lot.total else 0,
        "archives": [name for name in lot.files if name.endswith(".zip")],
        "reports": [name for name in lot.files if name.endswith(".xlsx")],
        "has_page": _REPORT_PAGE in lot.files,
        "comparison": _COMPARISONS[lot.compare_with],
        "has_worker": has_worker(request.hall.project.root),
    }


def _read_wish(request: PageRequest) -> LotWish:
    """What the form asks for; UserError when it asks for nothing, or for what is not seen."""
    form = request.POST
    formats = [kind for kind in ("docx", "pdf") if kind in form.getlist("documents")]
    if form.get("comparer", "") not in _COMPARISONS:
        raise UserError("Choisissez dans la liste à quoi comparer.")
    names, label, folder = _read_choice(request)
    if not names:
        raise UserError("Aucun établissement n’est choisi.")
    if form.get("produire") != "avenants":
        return LotWish(names, label, folder, [*formats, "json"], form.get("comparer", ""))
    day = parse_typed_day(form.get("effet", ""))
    amendments = AVENANTS_FOLDER if folder == REGION_FOLDER else name_products("avenants", *names)
    return LotWish(
        names, f"avenants : {label}", amendments, [*formats, "json"], amends=True, effective_on=day
    )


def _read_choice(request: PageRequest) -> tuple[list[str], str, Path]:
    """The profiles, how they are called together, where their products go."""
    paths = list_visible_paths(request)
    visible = [path.stem for path in paths]
    choice = request.POST.get("choix", "")
    if choice == "departement":
        code = request.POST.get("departement", "")
        names = [path.stem for path in paths if code and find_department(request, path) == code]
        return names, f"département {code}", name_products("departement", code)
    if choice == "selection":
        names = request.POST.getlist("nom")
        if not set(names) <= set(visible):
            raise UserError("Un établissement choisi n’existe plus : choisissez de nouveau.")
        return names, f"sélection de {len(names)}", name_products("selection", *sorted(names))
    if choice != "tous":
        raise UserError("Dites de quels établissements produire les contrats.")
    if request.visitor.departments is None:
        return visible, "toute la région", REGION_FOLDER
    codes = sorted(request.visitor.departments)
    return visible, f"départements {', '.join(codes)}", name_products("departement", *codes)


def _choose_by_address(request: PageRequest) -> list[Any]:
    """The establishments that the address names, or those that its filters keep; else none."""
    states = list_visible_states(request)
    names = set(request.GET.getlist("nom"))
    if names:
        return [state for state in states if state.name in names]
    return Filters.of_request(request).apply(states) if "filtre" in request.GET else []


def _iter_visible(request: PageRequest) -> Sequence[Any]:
    lots = Lot.objects.order_by("-pk")
    if request.visitor.departments is None:
        return list(lots[:_SHOWN])
    seen = {path.stem for path in list_visible_paths(request)}
    return [lot for lot in lots if seen.issuperset(lot.names)]


def _get_visible(request: PageRequest, number: int) -> Any:
    """The lot; Http404 when there is none, or when one of its establishments is not seen."""
    settle_interrupted(request.hall.project)
    lot = Lot.objects.filter(pk=number).first()
    if lot is None:
        raise Http404(number)
    if request.visitor.departments is not None:
        seen = {path.stem for path in list_visible_paths(request)}
        if not seen.issuperset(lot.names):
            raise Http404(number)
    return lot


def _find_product(request: PageRequest, number: int, name: str) -> Path:
    """A file that the lot's report named; Http404 for any other name."""
    lot = _get_visible(request, number)
    path: Path = request.hall.project.root / lot.folder / name
    if name not in lot.files or not path.is_file():
        raise Http404(name)
    return path
