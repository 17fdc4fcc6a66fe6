"""The project folder and the profiles that a command line names."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.errors import UsageError
from contract_builder.files.project_folder import find_project

if TYPE_CHECKING:
    from contract_builder.services.project import Project

_NAMES_TOLD = 12


def project_of(args: argparse.Namespace) -> "Project":
    """The project: ``--project``, CPOM_PROJECT, else upwards from the current folder.

    ``main`` closes it when the command ends.
    """
    from contract_builder.services.project import Project

    root = find_project(args.project, os.environ, Path.cwd())
    project = args.opened = Project(root, os.environ)
    return project


def close_project(args: argparse.Namespace) -> None:
    """Closes the project that the command opened, if it opened one."""
    opened: Project | None = getattr(args, "opened", None)
    if opened is not None:
        opened.close()


def profile_path(text: str, root: Path) -> Path:
    """The profile that ``text`` names: a path, else a name in ``profiles/`` of the project."""
    folder = root / "profiles"
    for candidate in (Path(text), root / text, folder / text, folder / f"{text}.yaml"):
        if candidate.is_file():
            return candidate
    message = f"Le profil « {text} » n’existe pas dans « profiles »."
    names = [path.stem for path in sorted(folder.glob("[!_]*.yaml"))]
    hint = near_names_hint(Path(text).stem, names)
    if names and not hint:
        hint = f"connus : {', '.join(names[:_NAMES_TOLD])}, …"
    raise UsageError(f"{message}\n  aide : {hint}" if hint else message)
