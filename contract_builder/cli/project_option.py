"""The project folder and the profiles that a command line names."""

import argparse
import os
from pathlib import Path

from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.errors import UsageError
from contract_builder.files.project_folder import find_project

_NAMES_TOLD = 12


def project_of(args: argparse.Namespace) -> Path:
    """The project folder: ``--project``, CPOM_PROJECT, else upwards from the current folder."""
    return find_project(args.project, os.environ, Path.cwd())


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
