"""An establishment's project of today as a side of a comparison or of an avenant."""

from pathlib import Path
from typing import Final

from contract_builder.files.read import read_file
from contract_builder.files.write import write_atomically
from contract_builder.services.making import BuildOptions, build
from contract_builder.web.pages.lookup import get_path
from contract_builder.web.requests import PageRequest

PROJECT_MARK: Final = "projet:"
"""What stands before an establishment's name where its present project is meant."""


def write_side(request: PageRequest, side: str, folder: Path) -> str:
    """What the services take for a side: the project as a file in ``folder``, else the reference.

    Http404 for an establishment that is not seen, ProblemsError for a project with errors.
    """
    if not side.startswith(PROJECT_MARK):
        return side
    path = get_path(request, side.removeprefix(PROJECT_MARK))
    built = build(request.hall.project, path, folder, BuildOptions(formats=("json",)))
    target = folder / "projet.json"
    write_atomically(target, read_file(built.documents[0]))
    return str(target)
