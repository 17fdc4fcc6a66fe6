"""The establishment that an address names, or « not found »."""

from pathlib import Path

from django.http import Http404

from contract_builder.services.surveying import ProfileState
from contract_builder.web.requests import PageRequest


def get_path(request: PageRequest, name: str) -> Path:
    """The file of an establishment; Http404 without one. A name is never taken for a path."""
    found = (p for p in request.hall.project.profile_paths() if p.stem == name)
    path = next(found, None)
    if path is None:
        raise Http404(name)
    return path


def get_state(request: PageRequest, name: str) -> ProfileState:
    """The state of an establishment as its files say now; Http404 without one."""
    try:
        return request.hall.states.get(name)
    except LookupError as error:
        raise Http404(name) from error
