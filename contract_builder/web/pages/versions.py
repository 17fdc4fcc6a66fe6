"""« Versions »: how far each contract has come, what each version may become, and its documents."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from contract_builder.errors import UserError
from contract_builder.files.work_folder import work_folder
from contract_builder.files.write import write_atomically
from contract_builder.model.status import STATUS_WORDS, VersionStatus
from contract_builder.services.advancing import (
    StatusWish,
    advance_version,
    list_next_steps,
    trace_contract,
)
from contract_builder.services.agenda import ContractHistory, get_histories
from contract_builder.services.keeping import (
    SIGNED_STATUSES,
    RecordRequest,
    StatusEvent,
    StoredVersion,
    list_all_versions,
)
from contract_builder.services.making import Format
from contract_builder.services.reprinting import reprint_version
from contract_builder.services.signed_findings import describe_signed
from contract_builder.services.signing import list_signed_documents, record_signed_file
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import get_entity_state
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_FORMATS: Mapping[str, Format] = {"docx": "docx", "pdf": "pdf"}
_SIGNABLE = ("projet", "envoye", "signe")
_LARGEST_PDF = 64 << 20
_PDF_MARK = b"%PDF-"


@require_safe
def show(request: PageRequest, name: str) -> HttpResponse:
    """Every contract of the legal entity: its line of states, then its versions, newest first."""
    state = get_entity_state(request, name)
    project = request.hall.project
    is_known = any(
        version.reference.finess_ej == state.finess_ej for version in list_all_versions(project)
    )
    contracts: tuple[ContractHistory, ...] = ()
    if is_known:
        hall = request.hall
        known = hall.recall_contracts()
        contracts = get_histories(project, state.finess_ej, hall.now().date(), known).contracts
    context = {
        "state": state,
        "contracts": [_describe(request, contract) for contract in contracts],
        "versions": [version for contract in contracts for version in contract.versions],
    }
    return render(request, "web/versions.html", context)


def _describe(request: PageRequest, contract: ContractHistory) -> dict[str, Any]:
    project = request.hall.project
    return {
        "code": contract.versions[0].facts.code,
        "milestones": trace_contract(project, contract.versions),
        "last_signed": next(
            (v for v in reversed(contract.versions) if v.status in SIGNED_STATUSES), None
        ),
        "lines": [
            {
                "version": version,
                "steps": list_next_steps(project, version),
                "may_be_signed": version.status in _SIGNABLE,
                "signed": [
                    describe_signed(found)
                    for found in list_signed_documents(project, version.reference)
                ],
                "standing": contract.standings.get(version.reference),
            }
            for version in reversed(contract.versions)
        ],
    }


@require_POST
def change_status(request: PageRequest, name: str, number: int) -> HttpResponse:
    """Gives a version its next status, as it was shown."""
    hall, version = request.hall, get_version_of(request, name, number)
    wanted, seen = (_read_status(request.POST.get(key, "")) for key in ("statut", "vu"))
    event = StatusEvent(wanted, hall.now(), hall.actor)
    try:
        advance_version(hall.project, StatusWish(str(version.reference), seen, event))
    except UserError as refused:
        messages.error(request, error_text(refused))
    else:
        messages.success(request, f"La version n° {number} est « {STATUS_WORDS[wanted]} ».")
    return redirect("etablissement-versions", name=name)


def _read_status(word: str) -> VersionStatus:
    """The status that a form names; Http404 for what is none."""
    found = next((status for status in STATUS_WORDS if status == word), None)
    if found is None:
        raise Http404(word)
    return found


@require_POST
def keep_signed(request: PageRequest, name: str, number: int) -> HttpResponse:
    """Keeps the PDF that came back signed, once it says what the version says."""
    hall, version = request.hall, get_version_of(request, name, number)
    try:
        with work_folder() as folder:
            path = _keep_upload(request.FILES.get("fichier"), folder / "signe.pdf")
            asked = RecordRequest(hall.now(), hall.actor, "signe", documents=(path,))
            _, documents = record_signed_file(hall.project, Path(str(version.reference)), asked)
    except UserError as refused:
        messages.error(request, error_text(refused))
    else:
        told = " ".join(line.strip() for line in describe_signed(documents[0].findings))
        messages.success(request, f"La version n° {number} est « signé ». {told}")
    return redirect("etablissement-versions", name=name)


def _keep_upload(upload: "UploadedFile[Any] | None", path: Path) -> Path:
    """Writes what was sent, if it may be a PDF of a bearable size."""
    if upload is None:
        raise UserError("Choisissez le PDF signé.")
    if (upload.size or 0) > _LARGEST_PDF:
        raise UserError(f"« {upload.name} » dépasse {_LARGEST_PDF >> 20} Mio.")
    data = b"".join(upload.chunks())
    if not data.startswith(_PDF_MARK):
        raise UserError(f"« {upload.name} » n’est pas un PDF.")
    write_atomically(path, data)
    return path


@require_safe
def download(request: PageRequest, name: str, number: int, kind: str) -> HttpResponse:
    """The version as Word or PDF, printed again."""
    if kind not in _FORMATS:
        raise Http404(kind)
    version = get_version_of(request, name, number)
    return hand_out(*reprint_version(request.hall.project, str(version.reference), _FORMATS[kind]))


def get_version_of(request: PageRequest, name: str, number: int) -> StoredVersion:
    """A version of the legal entity of an establishment that is seen; Http404 without one."""
    entity = get_entity_state(request, name).finess_ej
    for version in list_all_versions(request.hall.project):
        if (version.reference.finess_ej, version.reference.number) == (entity, number):
            return version
    raise Http404(str(number))
