"""A folder for the working files of another program, which no killed process leaves for ever.

It is locked while it is in use: one that nobody holds any more is swept by the next command that
makes one or publishes documents.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

from contract_builder.files.write import take_lock

_PREFIX = "cpom-"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def work_folder() -> Iterator[Path]:
    """A new folder among the system's temporary files, ours alone; gone with all it holds."""
    remove_abandoned()
    folder, handle = _make_locked()
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
        os.close(handle)


def remove_abandoned() -> None:
    """Removes the work folders of this user that no process holds."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # gone meanwhile, no folder, or somebody else's
            handle = os.open(path, _FOLDER)
            try:
                if os.fstat(handle).st_uid == os.geteuid() and take_lock(handle) == "taken":
                    rmtree(path, ignore_errors=True)
            finally:
                os.close(handle)


def _make_locked() -> tuple[Path, int]:
    """A folder and the descriptor that locks it; one swept before it had its lock is made again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        with suppress(FileNotFoundError):
            handle = os.open(folder, _FOLDER)
            if take_lock(handle) != "held" and folder.exists():
                return folder, handle
            os.close(handle)
