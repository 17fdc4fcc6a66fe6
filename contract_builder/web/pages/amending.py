"""« Avenants »: drafted between what is signed and what is wanted, read, handed out, recorded."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.work_folder import work_folder
from contract_builder.services.amending import Amended, AmendRequest, amend
from contract_builder.services.drafted_amendments import AmendingTerms, DraftedAmendment
from contract_builder.services.keeping import SIGNED_STATUSES, StoredVersion
from contract_builder.services.making import Format
from contract_builder.web.forms.bound import parse_rank
from contract_builder.web.pages.drafts import PROJECT_MARK, write_side
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import list_visible_paths, list_visible_versions
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, Format] = {"docx": "docx", "pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class _Sides:
    """What a form asks: a signed version, and another one or an establishment's project."""

    old: str
    new: str
    number: int | None

    @classmethod
    def of_request(cls, request: PageRequest) -> "_Sides":
        given = request.POST if request.method == "POST" else request.GET
        number = parse_rank(given.get("numero", ""))
        return cls(
            given.get("ancien", ""),
            given.get("nouveau", ""),
            number if number > 0 else None,
        )


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The avenants that are recorded; the choice of both sides; the draft between them."""
    versions = list_visible_versions(request)
    asked = _Sides.of_request(request)
    context: dict[str, Any] = {
        "asked": asked,
        "signed": [version for version in versions if version.status in SIGNED_STATUSES],
        "versions": versions,
        "recorded": [version for version in versions if version.facts.kind == "avenant"],
        "names": [path.stem for path in list_visible_paths(request)],
        "project_mark": PROJECT_MARK,
        "error": "",
    }
    if asked.old and asked.new:
        try:
            with _drafted(request, asked, versions, ("json",)) as amended:
                context |= _describe(amended.draft)
        except ProblemsError as refused:
            context |= {
                "error": "Le projet de l’établissement a des erreurs.",
                "problems": refused.problems,
            }
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/avenants.html", context, status=422 if context["error"] else 200)


@require_safe
def download(request: PageRequest, kind: str) -> HttpResponse:
    """The avenant as Word or PDF."""
    if kind not in _FORMATS:
        raise Http404(kind)
    versions = list_visible_versions(request)
    with _drafted(request, _Sides.of_request(request), versions, (_FORMATS[kind],)) as amended:
        product = next((path for path in amended.draft.files if path.suffix == f".{kind}"), None)
        if product is None:
            raise UserError("Les deux contrats disent la même chose : il n’y a pas d’avenant.")
        return hand_out(product.name, read_file(product))


@require_POST
def record(request: PageRequest) -> HttpResponse:
    """Keeps the wanted contract as the version that the avenant makes of the signed one."""
    versions = list_visible_versions(request)
    asked = _Sides.of_request(request)
    try:
        with _drafted(request, asked, versions, ("json",), keep=True) as amended:
            kept = amended.version
    except UserError as refused:
        messages.error(request, error_text(refused))
        query = urlencode({"ancien": asked.old, "nouveau": asked.new})
        return redirect(f"{reverse('avenants')}?{query}")
    if kept is None:
        messages.info(request, "Les deux contrats disent la même chose : rien n’est enregistré.")
    else:
        messages.success(request, f"L’avenant est la version « {kept.version.reference} ».")
    return redirect("avenants")


@contextmanager
def _drafted(
    request: PageRequest,
    asked: _Sides,
    versions: Sequence[StoredVersion],
    formats: tuple[Format, ...],
    *,
    keep: bool = False,
) -> Iterator[Amended]:
    """The avenant, its files in a folder that lives as long as the block."""
    hall = request.hall
    known = {str(version.reference) for version in versions}
    if asked.old not in known or not (asked.new in known or asked.new.startswith(PROJECT_MARK)):
        raise UserError("Choisissez un contrat signé, puis une version ou un projet de la liste.")
    with work_folder() as folder:
        wish = AmendRequest(
            asked.old,
            write_side(request, asked.new, folder),
            AmendingTerms(hall.now().date(), formats, asked.number),
            hall.now(),
            record=keep,
            actor=hall.actor,
        )
        yield amend(hall.project, wish, folder)


def _describe(draft: DraftedAmendment) -> dict[str, Any]:
    """What the page shows of a draft."""
    if draft.amendment is None:
        return {"is_same": True}
    articles: dict[str, list[str]] = {}
    for operation in draft.amendment.operations:
        articles.setdefault(operation.article, []).append(operation.sentence)
    return {
        "amendment": draft.amendment,
        "articles": articles,
        "gaps": draft.gaps,
        "remarks": draft.remarks,
    }
