"""« Retours »: Word files that came back, untracked edits first; decisions begun from them."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contract_builder.errors import UserError
from contract_builder.files.work_folder import work_folder
from contract_builder.files.write import write_atomically
from contract_builder.services.as_json.exchanges import copies_data
from contract_builder.services.decision_files import make_decision_file
from contract_builder.services.kept_returns import begin_return
from contract_builder.services.receiving import ReadCopies, read_copies
from contract_builder.web.pages.deciding import list_visible_returns
from contract_builder.web.pages.lookup import list_visible_versions
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

MOST_FILES = 8
MOST_BYTES = 64 << 20
_WORD_MARK = b"PK\x03\x04"
_FILE_NAMES = tuple(f"copie {number}.docx" for number in range(1, MOST_FILES + 1))


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PageRequest) -> HttpResponse:
    """The files to drop; what they change, once read."""
    versions = list_visible_versions(request)
    known = {str(version.reference) for version in versions}
    context: dict[str, Any] = {
        "error": "",
        "versions": versions,
        "returns": list_visible_returns(request, known),
    }
    if request.method == "POST":
        try:
            context |= _describe(request, *_read(request, known))
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/retours.html", context, status=422 if context["error"] else 200)


@require_POST
def begin(request: PageRequest) -> HttpResponse:
    """Keeps the files and a line for each change, and opens the first one."""
    known = {str(version.reference) for version in list_visible_versions(request)}
    copies, _ = _read(request, known)
    if not copies.merged.changes:
        messages.info(request, "Rien n’a été changé : il n’y a rien à décider.")
        return redirect("retours")
    hall = request.hall
    file = make_decision_file(copies)
    key = begin_return(hall.project, copies, file, at=hall.now(), actor=hall.actor)
    return redirect("retours-decider", key)


def _read(request: PageRequest, known: Collection[str]) -> tuple[ReadCopies, str]:
    """What the files say, and the version that was named; they are never written under the name
    that they came with.

    ``known`` are the references of the versions that are seen: the texts of others are not shown,
    whatever the file says that it is.
    """
    uploads = request.FILES.getlist("fichiers")
    if not 1 <= len(uploads) <= MOST_FILES:
        raise UserError(f"Choisissez de 1 à {MOST_FILES} fichiers Word.")
    against = request.POST.get("version", "")
    if against and against not in known:
        raise UserError("Choisissez une version de la liste.")
    names = _own_names([upload.name or "" for upload in uploads])
    with work_folder() as folder:
        paths = [
            _keep(upload, folder / name) for name, upload in zip(_FILE_NAMES, uploads, strict=False)
        ]
        copies = read_copies(request.hall.project, paths, against or None, names)
    found = {file.recognised.candidate.reference or None for file in copies.files}
    if request.visitor.departments is not None and not found <= set(known):
        raise UserError("Ce fichier ne vient d’aucune version que vous pouvez voir.")
    return copies, against


def _own_names(names: Sequence[str]) -> list[str]:
    """What the files are called, no two alike."""
    return [
        name if name and names.count(name) == 1 else f"{name} ({rank})"
        for rank, name in enumerate(names, start=1)
    ]


def _describe(request: PageRequest, copies: ReadCopies, against: str) -> dict[str, Any]:
    data = copies_data(copies)
    return {
        "data": data,
        "files": data["files"],
        "untracked": [change for change in data["changes"] if not change["tracked"]],
        "tracked": [change for change in data["changes"] if change["tracked"]],
        "remarks": copies.remarks,
        "against": against,
    }


def _keep(upload: "UploadedFile[Any]", path: Path) -> Path:
    """Writes what was sent, if it may be a Word file of a bearable size."""
    if (upload.size or 0) > MOST_BYTES:
        raise UserError(f"« {upload.name} » dépasse {MOST_BYTES >> 20} Mio.")
    data = b"".join(upload.chunks())
    if not data.startswith(_WORD_MARK):
        raise UserError(f"« {upload.name} » n’est pas un fichier Word (.docx).")
    write_atomically(path, data)
    return path
