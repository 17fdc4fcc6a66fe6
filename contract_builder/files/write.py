"""Whole files or none: a file is written beside its place, then moved over it."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from contract_builder.errors import UserError, system_reason

_UNFINISHED = ".tmp"


def write_atomically(path: Path, data: bytes) -> None:
    """The whole of ``data`` at ``path``, or the old file untouched; OSError on failure."""
    write_beside(path, data).replace(path)


def write_new(path: Path, data: bytes) -> None:
    """The whole of ``data`` at ``path``, where nothing may be yet; OSError on failure.

    A file that appears there in the meantime stays, and FileExistsError is raised.
    """
    temporary = write_beside(path, data)
    try:
        path.hardlink_to(temporary)
    finally:
        temporary.unlink()


def create_file(path: Path, data: bytes) -> None:
    """As ``write_new``, in a folder that is made if need be; UserError says in French why not."""
    if path.exists():
        raise UserError(f"« {path} » existe déjà ; rien n’a été écrit.")
    with telling_refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, data)


@contextmanager
def telling_refusals(path: Path, consequence: str = "", *, inside: bool = False) -> Iterator[None]:
    """The system's refusals to write ``path``, or ``inside`` this folder, as a UserError.

    ``consequence`` is a sentence that says what it means for the user's files.
    """
    try:
        yield
    except OSError as error:
        where = f"dans « {path} »" if inside else f"« {path} »"
        end = f" {consequence}" if consequence else ""
        raise UserError(f"Impossible d’écrire {where} : {system_reason(error)}.{end}") from error


def remove_unfinished(folders: Iterable[Path]) -> None:
    """Removes what a killed process was writing in these folders, where nobody writes now."""
    for folder in folders:
        for path in folder.glob(f".*{_UNFINISHED}"):
            path.unlink(missing_ok=True)


def write_beside(path: Path, data: bytes) -> Path:
    """A temporary file with ``data`` in the folder of ``path``; OSError leaves none behind."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_UNFINISHED, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
