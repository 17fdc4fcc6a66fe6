"""The project folder and the profiles that a command line names."""

import argparse
import os
from pathlib import Path

from contract_builder.errors import UsageError
from contract_builder.project import find_project


def project_of(args: argparse.Namespace) -> Path:
    """The project folder: ``--project``, CPOM_PROJECT, else upwards from the current folder."""
    return find_project(args.project, os.environ, Path.cwd())


def profile_path(text: str, root: Path) -> Path:
    """The profile that ``text`` names: a path, else a name in ``profiles/`` of the project."""
    folder = root / "profiles"
    for candidate in (Path(text), root / text, folder / text, folder / f"{text}.yaml"):
        if candidate.is_file():
            return candidate
    names = ", ".join(path.stem for path in sorted(folder.glob("[!_]*.yaml"))[:12])
    known = f" Profils du dossier : {names}." if names else ""
    raise UsageError(f"Le profil « {text} » n’existe pas.{known}")
