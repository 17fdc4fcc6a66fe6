"""Processes that are killed at each of their operations on files, one after the other.

The operations are those that Python announces to audit hooks (opening, renaming, linking, removing,
making a folder): no code of ours is replaced.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

_OPERATIONS = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate"}


def run_in_child(work: Callable[[], object]) -> int:
    """Runs ``work`` in a process of its own; the signal that ended it, 0 when none did."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)  # nothing of pytest may run here
    status = os.waitpid(child, 0)[1]
    assert status == 0 or os.WIFSIGNALED(status)
    return os.WTERMSIG(status) if status else 0


def kill_at_each_operation(
    work: Callable[[], object], folder: Path, prepare: Callable[[], object]
) -> Iterator[int]:
    """``prepare``, then ``work`` killed before its first operation below ``folder``; the same with
    the second, and so on until it ends by itself. Yields the number of operations done each time.
    """
    operations = 0
    while True:
        prepare()
        done = run_in_child(partial(_work_and_die, work, operations, folder))
        if done == 0:
            return
        assert done == signal.SIGKILL
        yield operations
        operations += 1


def _work_and_die(work: Callable[[], object], operations: int, folder: Path) -> None:
    left = operations

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event not in _OPERATIONS or not str(arguments[0]).startswith(str(folder)):
            return
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    sys.addaudithook(count)
    work()
