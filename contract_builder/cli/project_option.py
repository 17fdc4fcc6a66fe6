"""The project folder and the profiles that a command line names."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.errors import UsageError, UserError
from contract_builder.files.paths import is_there
from contract_builder.files.project_mark import PROJECT_MARK, is_project
from contract_builder.files.read import read_file

if TYPE_CHECKING:
    from contract_builder.services.project import Project

PROJECT_VARIABLE = "CPOM_PROJECT"

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


def find_project(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The working folder, absolute: the first that is given or found.

    Order: ``explicit`` (``--project``), then the variable ``CPOM_PROJECT`` of ``environ`` (left
    blank: not given), then ``cwd`` and its parents up to the first that holds ``clause_library/``.
    A relative path counts from ``cwd``. UserError when a given folder is not a working folder, or
    when none is found: a wrong choice is never replaced by another in silence.
    """
    if explicit is not None:
        return _checked(cwd / explicit, "indiqué par « --project »")
    variable = environ.get(PROJECT_VARIABLE, "").strip()
    if variable:
        return _checked(cwd / variable, f"indiqué par la variable {PROJECT_VARIABLE}")
    start = cwd.resolve()
    for folder in (start, *start.parents):
        if is_project(folder):
            return folder
    raise UserError(
        f"Aucun dossier de travail ici : ni « {start} » ni les dossiers qui le contiennent n’ont "
        f"de « {PROJECT_MARK} ». Créez-en un avec « cpom init DOSSIER », ou indiquez-en un avec "
        "« --project DOSSIER »."
    )


def find_fresh_folder(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> Path | None:
    """The folder where a project could begin; None where one is found, or a given one is missing.

    The one that is given, as ``find_project`` takes it, else ``cwd``.
    """
    given = explicit or Path(environ.get(PROJECT_VARIABLE, "").strip())
    folder = (cwd / given).resolve()
    if not folder.is_dir() or is_project(folder):
        return None
    if given == Path() and any(is_project(parent) for parent in folder.parents):
        return None
    return folder


def _checked(folder: Path, origin: str) -> Path:
    resolved = folder.resolve()
    if is_project(resolved):
        return resolved
    lack = (
        f"il ne contient pas de « {PROJECT_MARK} »"
        if resolved.is_dir()
        else "ce dossier n’existe pas"
    )
    raise UserError(
        f"Le dossier « {resolved} », {origin}, n’est pas un dossier de travail : {lack}. "
        "« cpom init DOSSIER » en crée un."
    )


def profile_path(text: str, root: Path) -> Path:
    """The profile that ``text`` names: a path, else a name in ``profiles/`` of the project."""
    folder = root / "profiles"
    candidates = (Path(text), root / text, folder / text, folder / f"{text}.yaml")
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    message = f"Le profil « {text} » n’existe pas dans « profiles »."
    refused = next(filter(is_there, candidates), None)
    if refused is not None:
        message = _why_not_read(refused)
    names = [path.stem for path in sorted(folder.glob("[!_]*.yaml")) if path.is_file()]
    hint = near_names_hint(Path(text).stem, names)
    if names and not hint:
        hint = f"connus : {', '.join(names[:_NAMES_TOLD])}, …"
    raise UsageError(f"{message}\n  aide : {hint}" if hint else message)


def _why_not_read(path: Path) -> str:
    """Says why what stands there is no profile: a folder, a pipe, links that lead nowhere."""
    try:
        read_file(path, f"« {path} » n’est pas un profil")
    except UserError as error:
        return str(error)
    return f"« {path} » n’est pas un profil."
