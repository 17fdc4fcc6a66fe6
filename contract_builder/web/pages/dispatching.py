"""« Envois »: a version prepared for the other party, its files and receipts to download."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contract_builder.errors import UserError
from contract_builder.files.publish import list_products
from contract_builder.files.read import read_file
from contract_builder.services.sending import (
    SendRequest,
    dispatch_folder,
    list_receipts,
    prepare_stored,
    send,
)
from contract_builder.services.sending_amendments import can_leave_alone, prepare_amendment
from contract_builder.web.pages.handing import hand_out
from contract_builder.web.pages.lookup import get_entity_state
from contract_builder.web.pages.versions import get_version_of
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_MAY_LEAVE = ("projet", "envoye")
_ALONE = "avenant"


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PageRequest, name: str, number: int) -> HttpResponse:
    """The sendings of a version; sent a form, one more of them."""
    state = get_entity_state(request, name)
    version = get_version_of(request, name, number)
    project, reference = request.hall.project, version.reference
    if request.method == "POST":
        _send(request, str(reference))
        return redirect("etablissement-envois", name=name, number=number)
    context = {
        "state": state,
        "version": version,
        "may_leave": version.status in _MAY_LEAVE,
        "has_amendment": can_leave_alone(project, version),
        "receipts": tuple(reversed(list_receipts(project, reference))),
        "files": list_products(dispatch_folder(project.root, str(reference))),
    }
    return render(request, "web/envois.html", context)


@require_safe
def download(request: PageRequest, name: str, number: int, file: str) -> HttpResponse:
    """One of the files that were prepared; no other name is looked for."""
    version = get_version_of(request, name, number)
    folder = dispatch_folder(request.hall.project.root, str(version.reference))
    if file not in list_products(folder):
        raise Http404(file)
    return hand_out(file, read_file(folder / file))


def _send(request: PageRequest, reference: str) -> None:
    """Prepares a sending, and says what came of it."""
    hall = request.hall
    asked = SendRequest(hall.now(), hall.actor, request.POST.get("destinataire", ""))
    try:
        is_alone = request.POST.get("quoi") == _ALONE
        prepare = prepare_amendment if is_alone else prepare_stored
        dispatch = send(hall.project, prepare(hall.project, reference), asked)
    except UserError as refused:
        messages.error(request, error_text(refused))
        return
    told = f"L’envoi n° {dispatch.receipt.number} est prêt : téléchargez ses fichiers."
    messages.success(request, told)
