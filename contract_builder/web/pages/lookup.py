"""What an account sees: the establishment that an address names, and those of a list.

The one place where departments are looked at. What an account does not see is « not found ».
"""

from collections.abc import Container
from pathlib import Path

from django.http import Http404

from contract_builder.services.keeping import StoredVersion, list_all_versions
from contract_builder.services.surveying import ProfileState
from contract_builder.web.requests import PageRequest


def get_path(request: PageRequest, name: str) -> Path:
    """The file of an establishment; Http404 without one. A name is never taken for a path."""
    found = (p for p in request.hall.project.profile_paths() if p.stem == name)
    path = next(found, None)
    if path is None or not _sees(request, path):
        raise Http404(name)
    return path


def get_state(request: PageRequest, name: str) -> ProfileState:
    """The state of an establishment as its files say now; Http404 without one."""
    try:
        state = request.hall.states.get(name)
    except LookupError as error:
        raise Http404(name) from error
    if not request.visitor.sees(state.department):
        raise Http404(name)
    return state


def get_entity_state(request: PageRequest, name: str) -> ProfileState:
    """The same, for what its FINESS number opens: Http404 where one not seen bears it too.

    Else an account could write the number of another department into a file of its own.
    """
    state = get_state(request, name)
    if state.finess_ej in _find_hidden_entities(request):
        raise Http404(name)
    return state


def list_visible_paths(request: PageRequest) -> list[Path]:
    """The files of the establishments that are seen, in name order."""
    return [path for path in request.hall.project.profile_paths() if _sees(request, path)]


def list_profile_choices(request: PageRequest) -> list[tuple[str, str]]:
    """The establishments that are seen, to choose among: the name of each profile, its legal name.

    One that was not read yet is called by its profile's name.
    """
    names = {state.name: state.legal_name for state in request.hall.states.known().values()}
    paths = list_visible_paths(request)
    return [(path.stem, names.get(path.stem, path.stem)) for path in paths]


def list_visible_states(request: PageRequest) -> list[ProfileState]:
    """The states that were read of the establishments that are seen."""
    known = request.hall.states.known().values()
    return [state for state in known if request.visitor.sees(state.department)]


class _Everything(Container[str]):
    """Holds every text."""

    def __contains__(self, item: object) -> bool:
        return True


def find_visible_entities(request: PageRequest) -> Container[str]:
    """The FINESS numbers of the legal entities whose contracts are seen.

    For an account of some departments, those of the establishments that were read: what is not
    known yet is not shown.
    """
    if request.visitor.departments is None:
        return _Everything()
    seen = {state.finess_ej for state in list_visible_states(request)} - {""}
    return seen - _find_hidden_entities(request)


def list_visible_versions(request: PageRequest) -> list[StoredVersion]:
    """The stored versions of the contracts that are seen."""
    seen = find_visible_entities(request)
    versions = list_all_versions(request.hall.project)
    return [version for version in versions if version.reference.finess_ej in seen]


def _find_hidden_entities(request: PageRequest) -> set[str]:
    known = request.hall.states.known().values()
    return {state.finess_ej for state in known if not request.visitor.sees(state.department)}


def find_department(request: PageRequest, path: Path) -> str:
    """The department that a profile tells; empty when it tells none, or cannot be read."""
    profile = request.hall.project.find_profile(path, [])
    return profile.etablissement.departement if profile else ""


def _sees(request: PageRequest, path: Path) -> bool:
    if request.visitor.departments is None:
        return True
    return request.visitor.sees(find_department(request, path))
