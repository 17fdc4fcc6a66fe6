"""One worker for a working folder, known by a lock that vanishes with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract_builder.files.write import telling_refusals
from contract_builder.web.configuration import WEB_FOLDER

LOCK_FILE = WEB_FOLDER / "executant.verrou"


@contextmanager
def holding_worker_lock(root: Path) -> Iterator[None]:
    """Waits until no other worker serves the folder, then is the one that does.

    The file then holds the number of this process. UserError when the disk refuses.
    """
    path = root / LOCK_FILE
    with telling_refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with telling_refusals(path):
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
        yield


def has_worker(root: Path) -> bool:
    """True while a worker serves the folder; one that was killed does so no more."""
    try:
        with (root / LOCK_FILE).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
