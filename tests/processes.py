"""Commands in processes of their own, stopped as a user, a terminal or the system does."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def start_cpom(
    arguments: Sequence[str | Path], *, ignored: Sequence[signal.Signals] = (), **options: Any
) -> "subprocess.Popen[str]":
    """``cpom`` with the signals that stop a program heard, save those ``ignored``.

    A background job and ``nohup`` hand signals down ignored, to our tests too: nothing is left to
    the process that runs them. ``options`` are those of Popen; stderr is a pipe.
    """

    def set_signals() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        for number in _STOPPING:
            signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)

    return subprocess.Popen(
        [sys.executable, "-m", "contract_builder", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=set_signals,  # noqa: PLW1509 — it takes no lock
        **options,
    )


def is_running(pid: int) -> bool:
    """False for a process that is gone, or dead and only waits for its parent to know."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 120.0) -> None:
    """Returns once it holds; a machine that is slow only makes this longer."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"still not so: {what}"
        time.sleep(0.02)


def has_taken(pid: int, number: signal.Signals) -> bool:
    """True once a signal that was sent waits no longer at the door of the process."""
    status = Path(f"/proc/{pid}/status").read_text()
    pending = [
        line.split()[1] for line in status.splitlines() if line.startswith(("SigPnd", "ShdPnd"))
    ]
    return not any(int(mask, 16) >> (number - 1) & 1 for mask in pending)
