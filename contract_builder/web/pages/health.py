"""Whether the application can serve: for a supervisor and for tests."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from contract_builder.web.requests import PageRequest


@require_safe
def show(request: PageRequest) -> JsonResponse:
    """200 once library and store answer; a problem becomes the page of errors."""
    request.hall.project.get_library()
    if request.hall.project.has_store():
        request.hall.project.open_store()
    return JsonResponse({"status": "ok"})
