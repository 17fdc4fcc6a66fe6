"""A command that is asked to stop ends as after Ctrl-C: what it started is ended, nothing is torn.

SIGTERM (``kill``, ``timeout``, a service manager) and SIGHUP (a closed terminal) would end Python
on the spot, with LibreOffice and temporary folders left behind. A signal that was ignored at the
start stays ignored, as ``nohup`` and background jobs mean it; Python does the same for Ctrl-C.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_ASKED = tuple(
    number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)


class StopAskedError(KeyboardInterrupt):
    """The system asked this process to stop, as Ctrl-C would; ``number`` is the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def hearing_stop_signals() -> Iterator[list[int]]:
    """Turns the first of SIGTERM and SIGHUP into StopAskedError; the list then holds its number.

    Those that follow are ignored while the command cleans up. Outside the main thread, where Python
    hears no signal, nothing changes.
    """
    asked: list[int] = []
    before: dict[int, Any] = {}

    def stop(number: int, frame: FrameType | None) -> None:
        for heard in before:
            signal.signal(heard, signal.SIG_IGN)
        asked.append(number)
        raise StopAskedError(number)

    if threading.current_thread() is threading.main_thread():
        before = {
            number: signal.signal(number, stop)
            for number in _ASKED
            if signal.getsignal(number) is signal.SIG_DFL
        }
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
