"""Whole files or none: a file is written beside its place, then moved over it.

A file that is replaced keeps its rights; a new one has those that the system gives (umask). What a
killed process was writing is known by its lock, which nobody holds any more, and is swept.
"""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from contract_builder.errors import RefusedFileError, UserError, system_reason
from contract_builder.reading.bounded import open_ordinary

_UNFINISHED = ".tmp"
_RIGHTS = 0o777
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EBADF)


def write_atomically(path: Path, data: bytes) -> None:
    """The whole of ``data`` at ``path``, or the old file untouched; OSError on failure."""
    with writing_whole(path) as file:
        file.write(data)


def write_new(path: Path, data: bytes) -> None:
    """The whole of ``data`` at ``path``, where nothing may be yet; OSError on failure.

    A file that appears there in the meantime stays, and FileExistsError is raised.
    """
    with _writing_beside(path) as (temporary, file):
        file.write(data)
        _settle(file)
        path.hardlink_to(temporary)


@contextmanager
def writing_whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose whole content takes the place of ``path`` at the end.

    Whatever is raised meanwhile leaves the old file untouched and nothing beside it.
    """
    with _writing_beside(path) as (temporary, file):
        yield file
        _settle(file)
        temporary.replace(path)


def write_beside(path: Path, data: bytes, mark: str) -> Path:
    """A file with ``data`` in the folder of ``path``, to be moved over it.

    Its name ends in ``mark``, by which the caller knows it again; OSError leaves none behind.
    """
    temporary = path.with_name(f".{path.name}.{mark}")
    try:
        with _create(temporary, path) as file:
            file.write(data)
            _settle(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def create_file(path: Path, data: bytes) -> None:
    """As ``write_new``, in a folder that is made if need be; UserError says in French why not."""
    if path.exists():
        raise UserError(f"« {path} » existe déjà ; rien n’a été écrit.")
    with telling_refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, data)


@contextmanager
def telling_refusals(
    path: Path, consequence: str = "", *, inside: bool = False, refused: str = "Impossible d’écrire"
) -> Iterator[None]:
    """The system's refusals to write ``path``, or ``inside`` this folder, as a UserError.

    ``consequence`` is a sentence that says what it means for the user's files, ``refused`` names
    what could not be written.
    """
    try:
        yield
    except OSError as error:
        where = f"dans « {path} »" if inside else f"« {path} »"
        end = f" {consequence}" if consequence else ""
        raise UserError(f"{refused} {where} : {system_reason(error)}.{end}") from error


def remove_unfinished(folders: Iterable[Path]) -> None:
    """Removes what killed processes were writing in these folders, not what others write now."""
    for folder in folders:
        for path in folder.glob(f".*{_UNFINISHED}"):
            with suppress(FileNotFoundError, RefusedFileError), open_ordinary(path) as file:
                if take_lock(file) == "taken":
                    path.unlink(missing_ok=True)


def take_lock(file: IO[bytes] | int) -> str:
    """« taken », « held » by another process, or « unknown » on a disk that has no locks.

    It is held until the file is closed, however the process ends.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "held"
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return "unknown"
        raise
    return "taken"


@contextmanager
def _writing_beside(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A locked file in the folder of ``path``, gone at the end unless it was moved."""
    temporary, file = _open_locked(path)
    try:
        with file:
            yield temporary, file
    finally:
        temporary.unlink(missing_ok=True)


def _open_locked(path: Path) -> tuple[Path, IO[bytes]]:
    """A new file, locked; one that was swept before it had its lock is made again."""
    while True:
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_UNFINISHED}")
        file = _create(temporary, path)
        if take_lock(file) != "held" and temporary.exists():
            return temporary, file
        file.close()


def _create(temporary: Path, path: Path) -> IO[bytes]:
    """A new file with the rights of the one at ``path``, else those of any new file."""
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with suppress(FileNotFoundError):
        os.fchmod(handle, path.stat().st_mode & _RIGHTS)
    return os.fdopen(handle, "wb")


def _settle(file: IO[bytes]) -> None:
    """Has the content reach the disk before anything says that it is there."""
    file.flush()
    os.fsync(file.fileno())
