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
from contract_builder.model.amendment import Operation
from contract_builder.services.amending import Amended, AmendRequest, amend
from contract_builder.services.drafted_amendments import AmendingTerms, DraftedAmendment
from contract_builder.services.editing import ProfileChange, StaleProfileError, open_profile
from contract_builder.services.keeping import SIGNED_STATUSES, StoredVersion
from contract_builder.services.making import Format
from contract_builder.services.motivating import list_reasons, save_reasons
from contract_builder.web.forms.bound import parse_rank
from contract_builder.web.forms.days import parse_written_day
from contract_builder.web.pages.drafts import PROJECT_MARK, write_side
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import (
    get_path,
    list_visible_paths,
    list_visible_states,
    list_visible_versions,
)
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, Format] = {"docx": "docx", "pdf": "pdf"}
_REASON = "motif:"
_LEVELS: Mapping[str, str] = {
    "words": "quelques mots",
    "paragraph": "alinéa",
    "paragraphs": "alinéas",
    "section": "article",
    "title": "titre",
    "row": "ligne de tableau",
    "rows": "lignes de tableau",
    "table": "tableau",
    "note": "note",
    "sheet": "fiche",
    "annex": "annexe",
}
"""The end of an operation's kind → the level at which it changes the contract."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """What a form asks: a signed version, another one or a project, number and days as typed."""

    old: str
    new: str
    number: int | None
    signed_on: str
    effective_on: str

    @classmethod
    def of_request(cls, request: PageRequest) -> "_Sides":
        given = request.POST if request.method == "POST" else request.GET
        number = parse_rank(given.get("numero", ""))
        return cls(
            given.get("ancien", ""),
            given.get("nouveau", ""),
            number if number > 0 else None,
            given.get("date", "").strip(),
            given.get("effet", "").strip(),
        )

    @property
    def query(self) -> str:
        """The same question as part of an address."""
        pairs = {
            "ancien": self.old,
            "nouveau": self.new,
            "numero": "" if self.number is None else str(self.number),
            "date": self.signed_on,
            "effet": self.effective_on,
        }
        return urlencode({key: value for key, value in pairs.items() if value})

    @property
    def establishment(self) -> str:
        """The establishment whose project is wanted; empty for a recorded version."""
        is_project = self.new.startswith(PROJECT_MARK)
        return self.new.removeprefix(PROJECT_MARK) if is_project else ""


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The avenants that are recorded; the choice of both sides; the draft between them."""
    return _show(request, _Sides.of_request(request))


def _show(
    request: PageRequest,
    asked: _Sides,
    typed: Mapping[str, str] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """``typed`` are reasons that could not be saved: they stay in their fields."""
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
            with _drafted(request, asked, versions, ("json",)) as amended:
                context |= _describe(request, asked, amended.draft, typed)
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
    with _drafted(request, _Sides.of_request(request), versions, ("html",)) as amended:
        return make_framed_page(_product(amended.draft, "html")[1])


@require_safe
def download(request: PageRequest, kind: str) -> HttpResponse:
    """The avenant as Word or PDF."""
    if kind not in _FORMATS:
        raise Http404(kind)
    versions = list_visible_versions(request)
    with _drafted(request, _Sides.of_request(request), versions, (_FORMATS[kind],)) as amended:
        return hand_out(*_product(amended.draft, kind))


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
        return redirect(f"{reverse('avenants')}?{asked.query}")
    if kept is None:
        messages.info(request, "Les deux contrats disent la même chose : rien n’est enregistré.")
    else:
        messages.success(request, f"L’avenant est la version « {kept.version.reference} ».")
    return redirect("avenants")


@require_POST
def keep_reasons(request: PageRequest) -> HttpResponse:
    """Writes the reasons into the profile, then drafts the avenant again with them."""
    asked, hall = _Sides.of_request(request), request.hall
    get_path(request, asked.establishment)
    given = {
        key.removeprefix(_REASON): request.POST.get(key, "")
        for key in request.POST
        if key.startswith(_REASON)
    }
    seen = request.POST.get("_vu", "")
    change = ProfileChange(
        asked.establishment, seen, {}, hall.now(), hall.actor, "motifs de l’avenant"
    )
    try:
        save_reasons(hall.project, given, change)
    except StaleProfileError as refused:
        return _show(request, asked, given, error_text(refused), 409)
    hall.states.refresh(asked.establishment)
    messages.success(request, "Les motifs sont enregistrés : l’avenant les porte.")
    return redirect(f"{reverse('avenants')}?{asked.query}")


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
    if asked.old not in known or not (asked.new in known or asked.establishment):
        raise UserError("Choisissez un contrat signé, puis une version ou un projet de la liste.")
    terms = AmendingTerms(
        hall.now().date(),
        formats,
        asked.number,
        parse_written_day(asked.signed_on),
        parse_written_day(asked.effective_on),
    )
    with work_folder() as folder:
        new = write_side(request, asked.new, folder)
        wish = AmendRequest(asked.old, new, terms, hall.now(), record=keep, actor=hall.actor)
        yield amend(hall.project, wish, folder)


def _product(draft: DraftedAmendment, kind: str) -> tuple[str, bytes]:
    product = next((path for path in draft.files if path.suffix == f".{kind}"), None)
    if product is None:
        raise UserError("Les deux contrats disent la même chose : il n’y a pas d’avenant.")
    return product.name, read_file(product)


def _text_lines(operation: Operation) -> tuple[str, ...]:
    """What comes after a sentence that announces it: paragraphs, or rows with their cells."""
    new = operation.new
    if new is None or not operation.sentence.rstrip().endswith(":"):
        return ()
    if isinstance(new, str):
        return (new,)
    return tuple(item if isinstance(item, str) else " | ".join(item) for item in new)


def _describe(
    request: PageRequest,
    asked: _Sides,
    draft: DraftedAmendment,
    typed: Mapping[str, str] | None,
) -> dict[str, Any]:
    """What the page shows of a draft."""
    if draft.amendment is None:
        return {"is_same": True}
    articles: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for operation in draft.amendment.operations:
        level = _LEVELS.get(operation.kind.rpartition("_")[2], "")
        ordered = (operation.sentence, level, _text_lines(operation))
        articles.setdefault(operation.article, []).append(ordered)
    told: dict[str, Any] = {
        "amendment": draft.amendment,
        "articles": [
            (number, title, operations)
            for (number, operations), title in zip(articles.items(), draft.articles, strict=True)
        ],
        "gaps": draft.gaps,
        "remarks": draft.remarks,
    }
    if asked.establishment:
        file = open_profile(request.hall.project, asked.establishment)
        told["seen"] = file.sha256
        told["reasons"] = [
            (reason, reason.given if typed is None else typed.get(reason.called, ""))
            for reason in list_reasons(request.hall.project, file, draft)
        ]
    return told
