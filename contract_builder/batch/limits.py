"""Limits that keep one contract from holding up a whole batch: time, processor, memory.

The clock limit raises inside Python code; the processor limit is the kernel's, so that it also
stops compiled code: the worker dies and the batch tells which profile did it.
"""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitError(Exception):
    """The contract took longer than it may."""


@contextmanager
def limited(seconds: float, memory_mib: int) -> Iterator[None]:
    """Runs the body within ``seconds`` of clock and processor time and ``memory_mib`` more memory.

    Only in a worker's main thread; elsewhere (a Dask worker's threads) the body runs unlimited.
    """
    try:
        previous = signal.signal(signal.SIGALRM, _raise)
    except ValueError:
        yield
        return
    _limit_memory(memory_mib)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + 2 * seconds) + 1, hard))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def _raise(number: int, frame: FrameType | None) -> None:
    raise TimeLimitError


def _limit_memory(memory_mib: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory_mib * 1024 * 1024
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
