"""Tasks for the tests of scheduling, imported by workers by name, and an engine of one thread."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

from contract_builder.batch.engines import Engine

Item = TypeVar("Item")
Result = TypeVar("Result")


def square(number: int) -> int:
    return number * number


def kill_on_seven(number: int) -> int:
    """Squares its number, but 7 kills whoever computes it."""
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def fail_on_seven(number: int) -> int:
    if number == 7:
        raise ValueError("sept")
    return number * number


class _CountingExecutor(ThreadPoolExecutor):
    """Computes one item at a time; counts those that it holds."""

    def __init__(self) -> None:
        super().__init__(1)
        self.under_way = self.most = 0
        self.free = threading.Event()
        self.free.set()

    def submit(self, function: Callable[..., Result], /, *items: object) -> Future[Result]:  # type: ignore[override]
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        future = super().submit(self._when_free, function, *items)
        future.add_done_callback(self._leave)
        return future

    def _when_free(self, function: Callable[..., Result], *items: object) -> Result:
        self.free.wait(10)
        return function(*items)

    def _leave(self, future: "Future[Result]") -> None:
        self.under_way -= 1


class ThreadEngine:
    """An engine that remembers how much it held at once, and may hold all of it up."""

    def __init__(self, width: int, check: Callable[[], None] = lambda: None) -> None:
        self._executor = _CountingExecutor()
        self._engine = Engine(self._executor, width, check)

    def hold(self) -> None:
        """Nothing is computed until the engine is closed."""
        self._executor.free.clear()

    @property
    def most_under_way(self) -> int:
        return self._executor.most

    def __enter__(self) -> Engine:
        return self._engine

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._executor.free.set()
        self._executor.shutdown()
