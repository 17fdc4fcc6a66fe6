"""« Annexes jointes »: a PDF is sent, checked by its content, and joined to the contract."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from contract_builder.errors import UserError
from contract_builder.services.joining import JoinRequest, join_file
from contract_builder.web.pages.lookup import get_path
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_MOST_BYTES = 64 << 20
"""More than may be joined: what weighs more is not even read."""


@require_POST
def join(request: PageRequest, name: str) -> HttpResponse:
    """Keeps the document and lists it; the page of the section tells what became of it."""
    get_path(request, name)
    hall = request.hall
    upload = request.FILES.get("fichier")
    try:
        if upload is None or (upload.size or 0) > _MOST_BYTES:
            raise UserError("Choisissez un PDF de moins de 64 Mio.")
        seen, title = request.POST.get("_vu", ""), request.POST.get("titre", "")
        asked = JoinRequest(name, seen, title, hall.now(), hall.actor, upload.read())
        join_file(hall.project, asked)
    except UserError as refused:
        messages.error(request, error_text(refused))
    else:
        messages.success(request, "Le document est joint. Dites ci-dessous ce qu’il est.")
        hall.states.refresh(name)
    return redirect("etablissement-section", name=name, slug="annexes-jointes")
