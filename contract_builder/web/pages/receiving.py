"""« Retours »: Word files that came back, untracked edits first, change by change."""

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
    context: dict[str, Any] = {"error": "", "versions": list_visible_versions(request)}
    if request.method == "POST":
        try:
            context |= _read(request)
        except UserError as refused:
            context["error"] = error_text(refused)
    return render(request, "web/retours.html", context, status=422 if context["error"] else 200)


def _read(request: PageRequest) -> dict[str, Any]:
    """What the files say; they are kept nowhere, and never under the name that they came with."""
    uploads = request.FILES.getlist("fichiers")
    if not 1 <= len(uploads) <= MOST_FILES:
        raise UserError(f"Choisissez de 1 à {MOST_FILES} fichiers Word.")
    against = request.POST.get("version", "")
    known = {str(version.reference) for version in list_visible_versions(request)}
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
    return {
        "data": data,
        "names": names,
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
