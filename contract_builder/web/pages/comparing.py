"""« Comparer »: two stored versions, or one and the standard text."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.errors import UserError
from contract_builder.files.read import read_file
from contract_builder.services.comparing import (
    Compared,
    CompareFormat,
    CompareRequest,
    compare_versions,
)
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import list_visible_versions
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, CompareFormat] = {"docx": "docx", "xlsx": "xlsx", "pdf": "pdf"}
_STANDARD = "modele"


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The choice of both sides, then what changed, in short first."""
    versions = list_visible_versions(request)
    old, new = request.GET.get("ancien", ""), request.GET.get("nouveau", "")
    context: dict[str, Any] = {
        "versions": versions,
        "old": old,
        "new": new,
        "error": "",
        "digest": None,
    }
    if old and new:
        try:
            with TemporaryDirectory(prefix="cpom-") as folder:
                context["digest"] = _compare(request, ("json",), Path(folder)).digest
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/comparer.html", context, status=422 if context["error"] else 200)


@require_safe
def show_page(request: PageRequest) -> HttpResponse:
    """The comparison as a page, shown inside « Comparer »: it bears its own policy."""
    with TemporaryDirectory(prefix="cpom-") as folder:
        compared = _compare(request, ("html",), Path(folder))
        return make_framed_page(read_file(_product(compared, "html")))


@require_safe
def download(request: PageRequest, kind: str) -> HttpResponse:
    """The redline, the summary or the workbook."""
    if kind not in _FORMATS:
        raise Http404(kind)
    with TemporaryDirectory(prefix="cpom-") as folder:
        compared = _compare(request, (_FORMATS[kind],), Path(folder))
        if compared.refusal:
            raise UserError(compared.refusal)
        product = _product(compared, kind)
        return hand_out(product.name, read_file(product))


def _compare(request: PageRequest, formats: tuple[CompareFormat, ...], out: Path) -> Compared:
    known = {str(version.reference) for version in list_visible_versions(request)}
    old, new = request.GET.get("ancien", ""), request.GET.get("nouveau", "")
    if new not in known or (old != _STANDARD and old not in known):
        raise UserError("Choisissez deux versions de la liste.")
    hall = request.hall
    asked = CompareRequest(None if old == _STANDARD else old, new, formats, hall.actor, hall.now())
    return compare_versions(hall.project, asked, out)


def _product(compared: Compared, kind: str) -> Path:
    return next(path for path in compared.published.written if path.suffix == f".{kind}")
