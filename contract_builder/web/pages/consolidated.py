"""The text in force of a signed contract on a day, its avenants applied: read and handed out."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.errors import UserError
from contract_builder.files.read import read_file
from contract_builder.files.work_folder import work_folder
from contract_builder.services.consolidating import (
    Consolidated,
    consolidate_stored,
    list_states_of_text,
    publish_consolidation,
)
from contract_builder.services.keeping import SIGNED_STATUSES
from contract_builder.services.making import Format
from contract_builder.web.forms.days import parse_written_day
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import list_visible_versions
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, Format] = {"docx": "docx", "pdf": "pdf", "html": "html"}


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The choice of a contract and of a day; what makes its text, and the text itself."""
    signed = [v for v in list_visible_versions(request) if v.status in SIGNED_STATUSES]
    asked, day = request.GET.get("version", ""), request.GET.get("le", "").strip()
    context: dict[str, Any] = {
        "signed": signed,
        "asked": asked,
        "day": day or request.hall.now().date().isoformat(),
        "error": "",
    }
    if asked:
        try:
            text = _consolidate(request)
            context |= {"text": text, "day": text.on.isoformat()}
            context["states"] = list_states_of_text(request.hall.project, asked)
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/texte.html", context, status=422 if context["error"] else 200)


@require_safe
def show_page(request: PageRequest) -> HttpResponse:
    """The text as a page, shown inside the other one: it bears its own policy."""
    return make_framed_page(_render(request, "html")[1])


@require_safe
def download(request: PageRequest, kind: str) -> HttpResponse:
    """The text as Word, PDF or page."""
    if kind not in _FORMATS:
        raise Http404(kind)
    return hand_out(*_render(request, _FORMATS[kind]))


def _render(request: PageRequest, kind: Format) -> tuple[str, bytes]:
    with work_folder() as folder:
        published, _ = publish_consolidation(
            request.hall.project, _consolidate(request), folder, (kind,)
        )
        path = next(path for path in published.written if path.suffix == f".{kind}")
        return path.name, read_file(path)


def _consolidate(request: PageRequest) -> Consolidated:
    asked = request.GET.get("version", "")
    if asked not in {str(version.reference) for version in list_visible_versions(request)}:
        raise UserError("Choisissez un contrat signé de la liste.")
    on = parse_written_day(request.GET.get("le", "").strip()) or request.hall.now().date()
    return consolidate_stored(request.hall.project, asked, on)
