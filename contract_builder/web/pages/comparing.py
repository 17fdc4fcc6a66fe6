"""« Comparer »: two versions, one and the standard text, or one and a project of today."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.work_folder import work_folder
from contract_builder.services.comparing import (
    Compared,
    CompareFormat,
    CompareRequest,
    compare_versions,
)
from contract_builder.services.keeping import SIGNED_STATUSES, StoredVersion
from contract_builder.services.reviewing import CONCERNS, Concern, review_comparison
from contract_builder.web.pages.drafts import PROJECT_MARK, write_side
from contract_builder.web.pages.framed import make_framed_page
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import list_visible_paths, list_visible_versions
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, CompareFormat] = {"docx": "docx", "xlsx": "xlsx", "pdf": "pdf"}
_STANDARD: Final = "modele"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks: both sides, what is looked for, and how it is laid out."""

    old: str
    new: str
    concerns: tuple[Concern, ...]
    layout: Literal["cote", "colonne"]

    @classmethod
    def of_request(cls, request: PageRequest) -> "_Asked":
        given = request.GET
        wanted = tuple(name for name in CONCERNS if name in given.getlist("voir"))
        return cls(
            given.get("ancien", ""),
            given.get("nouveau", ""),
            wanted or ("fond", "droit"),
            "colonne" if given.get("vue") == "colonne" else "cote",
        )

    @property
    def query(self) -> str:
        """Both sides, for the addresses of what is made from them."""
        return urlencode({"ancien": self.old, "nouveau": self.new})

    @property
    def swapped(self) -> str:
        """The same question, with the sides in the other order."""
        pairs = [("ancien", self.new), ("nouveau", self.old), ("vue", self.layout)]
        return urlencode([*pairs, *(("voir", name) for name in self.concerns)])


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The choice of both sides, then what changed: in short, then subject by subject."""
    versions = list_visible_versions(request)
    asked = _Asked.of_request(request)
    context: dict[str, Any] = {
        "versions": versions,
        "names": [path.stem for path in list_visible_paths(request)],
        "project_mark": PROJECT_MARK,
        "asked": asked,
        "concerns": CONCERNS,
        "error": "",
        "digest": None,
    }
    if asked.old and asked.new:
        try:
            with _compared(request, asked, versions, ("json",)) as compared:
                context |= _describe(asked, versions, compared)
        except ProblemsError as refused:
            context |= {"error": "Le projet a des erreurs.", "problems": refused.problems}
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/comparer.html", context, status=422 if context["error"] else 200)


def _describe(asked: _Asked, versions: list[StoredVersion], compared: Compared) -> dict[str, Any]:
    review = review_comparison(compared.comparison, asked.concerns)
    signed = {str(v.reference) for v in versions if v.status in SIGNED_STATUSES}
    return {
        "digest": compared.digest,
        "review": review,
        "choices": [
            (name, label, review.counts[name], name in asked.concerns)
            for name, label in CONCERNS.items()
        ],
        "may_amend": asked.old in signed and not review.is_same,
    }


@require_safe
def show_page(request: PageRequest) -> HttpResponse:
    """The whole text of both sides as a page of its own, which bears its own policy."""
    asked, versions = _Asked.of_request(request), list_visible_versions(request)
    with _compared(request, asked, versions, ("html",)) as compared:
        return make_framed_page(read_file(_product(compared, "html")))


@require_safe
def download(request: PageRequest, kind: str) -> HttpResponse:
    """The redline, the summary or the workbook."""
    if kind not in _FORMATS:
        raise Http404(kind)
    asked, versions = _Asked.of_request(request), list_visible_versions(request)
    with _compared(request, asked, versions, (_FORMATS[kind],)) as compared:
        if compared.refusal:
            raise UserError(compared.refusal)
        product = _product(compared, kind)
        return hand_out(product.name, read_file(product))


@contextmanager
def _compared(
    request: PageRequest,
    asked: _Asked,
    versions: list[StoredVersion],
    formats: tuple[CompareFormat, ...],
) -> Iterator[Compared]:
    """The comparison, its files in a folder that lives as long as the block."""
    known = {str(version.reference) for version in versions}
    for side, others in ((asked.old, (_STANDARD,)), (asked.new, ())):
        if side not in known and side not in others and not side.startswith(PROJECT_MARK):
            raise UserError("Choisissez deux versions de la liste.")
    hall = request.hall
    with work_folder() as folder:
        before, after = folder / "avant", folder / "apres"
        for made in (before, after):
            made.mkdir()
        old = None if asked.old == _STANDARD else write_side(request, asked.old, before)
        new = write_side(request, asked.new, after)
        wish = CompareRequest(old, new, formats, hall.actor, hall.now())
        yield compare_versions(hall.project, wish, folder)


def _product(compared: Compared, kind: str) -> Path:
    return next(path for path in compared.published.written if path.suffix == f".{kind}")
