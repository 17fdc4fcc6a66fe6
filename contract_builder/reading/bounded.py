"""Users' files opened and read: ordinary ones only, and whole only up to what somebody writes.

The one place that opens a file for reading (an architecture test looks). A pipe would be waited for
without end, a device read without end.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from contract_builder.errors import RefusedFileError

MAX_FILE_BYTES: Final = 4 << 20
"""Bytes of a text that people write; the largest of the library has a twentieth of it."""
MAX_FILE: Final = 256 << 20
"""Bytes of any other file that is read whole."""

_CHUNK: Final = 1 << 20
_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)
_AS_BYTES: Final = getattr(os, "O_BINARY", 0)


def open_ordinary(path: Path) -> BinaryIO:
    """A file opened for reading; never waits for somebody to write, and nothing is read yet.

    Raises ``RefusedFileError`` for a pipe and a device (behind a link too), other ``OSError`` as
    opening does, for a folder too.
    """
    descriptor, _ = _open_descriptor(path)
    return open(descriptor, "rb")  # noqa: PTH123 – a descriptor, not a path


def _open_descriptor(path: Path) -> tuple[int, int]:
    """An ordinary file opened for reading, as its descriptor, and its size in bytes."""
    descriptor = os.open(path, os.O_RDONLY | _NO_WAITING | _AS_BYTES)
    try:
        state = os.fstat(descriptor)
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(state.st_mode):
            raise RefusedFileError("ce n’est pas un fichier ordinaire")
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, state.st_size


def read_bounded(path: Path, most: int = MAX_FILE) -> bytes:
    """The bytes of a file, ``most`` of them at most.

    Raises as ``open_ordinary`` does, and ``RefusedFileError`` for a file that is larger.
    """
    descriptor, size = _open_descriptor(path)
    try:
        data = b"" if size > most else _read_on(descriptor, size, most)
    finally:
        os.close(descriptor)
    if size > most or len(data) > most:
        raise RefusedFileError(f"il dépasse {most >> 20} Mio")
    return data


def _read_on(descriptor: int, size: int, most: int) -> bytes:
    """All of a file of about ``size`` bytes, or a little more than ``most``.

    Never asks for ``most`` at once: room would be made for as much. By the descriptor alone, for a
    command reads a thousand files and a stream takes twice as long to open as they to be read.
    """
    parts = [os.read(descriptor, size + 1)]
    length = len(parts[0])
    while length <= most and (part := os.read(descriptor, max(1, min(_CHUNK, most + 1 - length)))):
        parts.append(part)  # the file grew meanwhile, or the system gave it in pieces
        length += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
