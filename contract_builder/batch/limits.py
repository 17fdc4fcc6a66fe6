"""Limits that keep one contract from holding up a whole batch: time, processor, memory.

The clock limit raises inside Python code. Compiled code does not hear it: twice as long after, its
worker dies, by the kernel's processor timer or by its own hand, and the batch tells whose fault it
was.
"""

import ctypes
import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitError(Exception):
    """The contract took longer than it may."""


@contextmanager
def limited(seconds: float, memory_mib: int) -> Iterator[None]:
    """Runs the body within ``seconds`` of clock time and a process of ``memory_mib`` at most.

    TimeLimitError or MemoryError is raised in the body. In a thread of a cluster's worker, memory
    is left to the cluster, which has its own limit.
    """
    if threading.current_thread() is not threading.main_thread():
        with _limited_thread(seconds):
            yield
        return
    previous = signal.signal(signal.SIGALRM, _raise)
    memory = resource.getrlimit(resource.RLIMIT_AS)
    _lower_memory(memory_mib * 1024 * 1024)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    # Nothing handles SIGPROF: it ends the process. RLIMIT_CPU would count from the start of the
    # process, by ticks that drift seconds away from what getrusage tells after some minutes.
    signal.setitimer(signal.ITIMER_PROF, 2 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        resource.setrlimit(resource.RLIMIT_AS, memory)


def _raise(number: int, frame: FrameType | None) -> None:
    raise TimeLimitError


def _lower_memory(wanted: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def _limited_thread(seconds: float) -> Iterator[None]:
    """The same clock limit outside the main thread, where no signal comes."""
    thread = ctypes.c_ulong(threading.get_ident())
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    watch = threading.Timer(seconds, raise_in, (thread, ctypes.py_object(TimeLimitError)))
    last_resort = threading.Timer(2 * seconds, os._exit, (1,))
    timers = (watch, last_resort)
    for timer in timers:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
        watch.join()
        raise_in(thread, None)
