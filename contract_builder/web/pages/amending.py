"""« Avenants »: drafted between what is signed and what is wanted, read, handed out, recorded."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.services.drafted_amendments import DraftedAmendment
from contract_builder.services.editing import open_profile
from contract_builder.services.keeping import SIGNED_STATUSES
from contract_builder.services.making import Format
from contract_builder.services.motivating import list_reasons
from contract_builder.web.pages.amending_shown import ShownOperation, iter_shown
from contract_builder.web.pages.amending_sides import (
    AmendingSides,
    drafting,
    find_establishment,
)
from contract_builder.web.pages.drafts import PROJECT_MARK
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import (
    list_visible_paths,
    list_visible_states,
    list_visible_versions,
)
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, Format] = {"docx": "docx", "pdf": "pdf"}
REASON: Final = "motif:"
"""What stands before what the profile calls an article, in the name of its reason's field."""


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The avenants that are recorded; the choice of both sides; the draft between them."""
    return show_draft(request, AmendingSides.of_request(request))


def show_draft(
    request: PageRequest,
    asked: AmendingSides,
    typed: Mapping[str, str] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; ``typed`` are reasons that could not be saved: they stay in their fields."""
    versions = list_visible_versions(request)
    names = {state.finess_ej: state.name for state in list_visible_states(request)}
    context: dict[str, Any] = {
        "asked": asked,
        "signed": [version for version in versions if version.status in SIGNED_STATUSES],
        "versions": versions,
        "recorded": [
            (version, names.get(version.reference.finess_ej, ""))
            for version in versions
            if version.facts.kind == "avenant"
        ],
        "names": [path.stem for path in list_visible_paths(request)],
        "project_mark": PROJECT_MARK,
        "error": error,
    }
    if asked.old and asked.new:
        try:
            with drafting(request, asked, versions, ("json",)) as amended:
                keeper = find_establishment(request, asked, versions)
                context |= _describe(request, keeper, amended.draft, typed)
        except ProblemsError as refused:
            context |= {
                "error": "Le projet de l’établissement a des erreurs.",
                "problems": refused.problems,
            }
        except UserError as refused:
            context["error"] = error_text(refused)
    if status == 200 and context["error"]:
        status = 422
    return render(request, "web/avenants.html", context, status=status)


@require_safe
def show_page(request: PageRequest) -> HttpResponse:
    """The avenant as a page, shown inside the other one: it bears its own policy."""
    versions = list_visible_versions(request)
    with drafting(request, AmendingSides.of_request(request), versions, ("html",)) as amended:
        return make_framed_page(_product(amended.draft, "html")[1])


@require_safe
def download(request: PageRequest, kind: str) -> HttpResponse:
    """The avenant as Word or PDF."""
    if kind not in _FORMATS:
        raise Http404(kind)
    versions = list_visible_versions(request)
    with drafting(
        request, AmendingSides.of_request(request), versions, (_FORMATS[kind],)
    ) as amended:
        return hand_out(*_product(amended.draft, kind))


@require_POST
def record(request: PageRequest) -> HttpResponse:
    """Keeps the wanted contract as the version that the avenant makes; then its sendings."""
    versions = list_visible_versions(request)
    asked = AmendingSides.of_request(request)
    try:
        with drafting(request, asked, versions, ("json",), keep=True) as amended:
            kept = amended.version
    except UserError as refused:
        messages.error(request, error_text(refused))
        return redirect(f"{reverse('avenants')}?{asked.query}")
    if kept is None:
        messages.info(request, "Les deux contrats disent la même chose : rien n’est enregistré.")
    else:
        reference = kept.version.reference
        messages.success(request, f"L’avenant est la version « {reference} ».")
        keeper = find_establishment(request, asked, versions)
        if keeper and request.POST.get("suite") == "envoi":
            return redirect("etablissement-envois", name=keeper, number=reference.number)
    return redirect("avenants")


def _product(draft: DraftedAmendment, kind: str) -> tuple[str, bytes]:
    product = next((path for path in draft.files if path.suffix == f".{kind}"), None)
    if product is None:
        raise UserError("Les deux contrats disent la même chose : il n’y a pas d’avenant.")
    return product.name, read_file(product)


def _describe(
    request: PageRequest,
    keeper: str,
    draft: DraftedAmendment,
    typed: Mapping[str, str] | None,
) -> dict[str, Any]:
    """What the page shows of a draft; ``keeper`` is the establishment that keeps decisions."""
    if draft.amendment is None:
        return {"is_same": True}
    articles: dict[str, list[ShownOperation]] = {}
    for number, ordered in iter_shown(draft):
        articles.setdefault(number, []).append(ordered)
    told: dict[str, Any] = {
        "amendment": draft.amendment,
        "articles": [
            (number, title, operations)
            for (number, operations), title in zip(articles.items(), draft.articles, strict=True)
        ],
        "gaps": draft.gaps,
        "remarks": draft.remarks,
    }
    if keeper:
        file = open_profile(request.hall.project, keeper)
        told["seen"] = file.sha256
        told["reasons"] = [
            (reason, reason.given if typed is None else typed.get(reason.called, ""))
            for reason in list_reasons(request.hall.project, file, draft)
        ]
    return told
