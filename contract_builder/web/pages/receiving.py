"""« Retours »: Word files that came back, untracked edits first, change by change."""

from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from contract_builder.errors import UserError
from contract_builder.files.write import write_atomically
from contract_builder.services.receiving import receive_files
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
    context: dict[str, Any] = {"error": "", "versions": versions}
    if request.method == "POST":
        try:
            context |= _read(request, {str(version.reference) for version in versions})
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/retours.html", context, status=422 if context["error"] else 200)


def _read(request: PageRequest, known: Collection[str]) -> dict[str, Any]:
    """What the files say; they are kept nowhere, and never under the name that they came with.

    ``known`` are the references of the versions that are seen: the texts of others are not shown,
    whatever the file says that it is.
    """
    uploads = request.FILES.getlist("fichiers")
    if not 1 <= len(uploads) <= MOST_FILES:
        raise UserError(f"Choisissez de 1 à {MOST_FILES} fichiers Word.")
    against = request.POST.get("version", "")
    if against and against not in known:
        raise UserError("Choisissez une version de la liste.")
    names = dict(zip(_FILE_NAMES, (upload.name or "" for upload in uploads), strict=False))
    with TemporaryDirectory(prefix="cpom-") as folder:
        paths = [
            _keep(upload, Path(folder) / name)
            for name, upload in zip(_FILE_NAMES, uploads, strict=False)
        ]
        received = receive_files(request.hall.project, paths, against or None)
    data = received.data
    found = {file["recognised"]["reference"] for file in data["files"]}
    if request.visitor.departments is not None and not found <= set(known):
        raise UserError("Ce fichier ne vient d’aucune version que vous pouvez voir.")
    return {
        "data": data,
        "files": [{**file, "sent_as": names[file["file"]]} for file in data["files"]],
        "untracked": [change for change in data["changes"] if not change["tracked"]],
        "tracked": [change for change in data["changes"] if change["tracked"]],
        "remarks": received.remarks,
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
