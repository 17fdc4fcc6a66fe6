"""Files read whole, but only those that can be: ordinary ones, of a size that somebody writes."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from contract_builder.errors import RefusedFileError

MAX_TEXT: Final = 4 << 20
"""Bytes of a text that people write; the largest of the library has a twentieth of it."""
MAX_FILE: Final = 256 << 20
"""Bytes of any other file that is read whole."""

_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)


def read_bounded(path: Path, most: int = MAX_FILE) -> bytes:
    """The bytes of a file, ``most`` of them at most; never waits for somebody to write.

    Raises ``RefusedFileError`` for a pipe, a device (behind a link too) and a file that is larger,
    other ``OSError`` as opening does.
    """
    with open(os.open(path, os.O_RDONLY | _NO_WAITING), "rb") as stream:  # noqa: PTH123 – descriptor
        state = os.fstat(stream.fileno())
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(state.st_mode):
            raise RefusedFileError("ce n’est pas un fichier ordinaire")
        data = b"" if state.st_size > most else stream.read(most + 1)
    if state.st_size > most or len(data) > most:
        raise RefusedFileError(f"il dépasse {most >> 20} Mio")
    return data
