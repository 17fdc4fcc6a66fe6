"""Which folder a command works on: the one that holds the library, the sheets and the profiles.

A leaf module: it looks at the file system and knows nothing of what the folder holds besides the
name that marks it.
"""

from collections.abc import Mapping
from pathlib import Path

from contract_builder.errors import UserError

PROJECT_VARIABLE = "CPOM_PROJECT"
PROJECT_MARK = "clause_library"


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


def is_project(folder: Path) -> bool:
    """True when ``folder`` holds a library of clauses, even an empty one."""
    return (folder / PROJECT_MARK).is_dir()


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
