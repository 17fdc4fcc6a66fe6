"""A folder that holds no project yet: what is in it, and the project that begins there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from contract_builder.errors import UserError, system_reason
from contract_builder.files.project_mark import is_project
from contract_builder.files.resources import init_project

Beginning = Literal["demonstration", "vide"]
SUBFOLDER = "contrats"


@dataclass(frozen=True, slots=True)
class FolderView:
    """A folder before a project begins: how many files and folders it holds, hidden ones left out.

    ``home`` is where the project would be: the folder itself when it is empty, else one inside it.
    ``projects`` are the folders inside that are projects already, in name order.
    """

    folder: Path
    entries: int
    home: Path
    projects: tuple[Path, ...]


def describe_folder(folder: Path) -> FolderView:
    """What ``folder`` holds; UserError when it cannot be read. Nothing is written."""
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise UserError(
            f"Le dossier « {folder} » ne peut être lu : {system_reason(error)}."
        ) from error
    home = folder / SUBFOLDER if inside else folder
    projects = tuple(path for path in inside if path.is_dir() and is_project(path))
    return FolderView(folder, len(inside), home, projects)


def found_project(home: Path, beginning: Beginning) -> Path:
    """The new project in ``home``: with the demonstration region, or without any establishment.

    UserError when a file that exists would be in the way: then nothing is written.
    """
    init_project(home, with_demonstration=beginning == "demonstration")
    return home
