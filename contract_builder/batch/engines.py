"""The engines that a batch runs on: processes of this machine, or a Dask cluster by address.

Both have the ``concurrent.futures`` interface, so that the batch is written once.
"""

import ipaddress
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from contract_builder.errors import Remedy, UserError

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Result = TypeVar("Result")

CLUSTER_WAIT = 30.0
"""Seconds given to a cluster to answer, and to have a worker."""


def _accept() -> None:
    """An engine of this machine has nothing to check: its end breaks the pool at once."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An executor, how many items it should hold at once, and a check that raises UserError when
    nobody is left to compute them.
    """

    executor: Executor
    width: int
    check: Callable[[], None] = _accept

    def submit(self, function: Callable[[Item], Result], item: Item) -> Future[Result]:
        """The future result. A process that starts now never sees Ctrl-C: the parent decides."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self.executor.submit(function, item)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


EngineFactory = Callable[[], AbstractContextManager[Engine]]


@contextmanager
def local_processes(jobs: int) -> Iterator[Engine]:
    """A pool of ``jobs`` fresh processes that end with this one; Ctrl-C is left to it."""
    resource_tracker.ensure_running()  # started now: its start would unblock Ctrl-C in ``submit``
    executor = ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_end_with_parent,
    )
    try:
        yield Engine(executor, jobs + 1)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """Watches the parent from a process of the pool.

    A worker whose parent was killed would wait for its next item for ever: the pipe it waits at
    has its other end in the workers too.
    """

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def dask_cluster(address: str, patience: float = CLUSTER_WAIT) -> Iterator[Engine]:
    """The cluster at ``address``, asked one contract for each thread of its workers.

    UserError when it is neither on this machine nor under TLS, when TLS has no certificate of ours,
    when it cannot be reached, or has no worker for ``patience`` seconds, at the start or later.
    """
    _check_is_private(address)
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError(
            "Une production sur plusieurs machines demande le paquet « distributed ».",
            Remedy("install_cluster"),
        ) from error
    _check_certificate(address)
    try:
        client = Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UserError(f"Le planificateur « {address} » ne répond pas.") from error
    try:
        workers = _Workers(client, address, patience)
        width = workers.wait_for_threads()
        yield Engine(client.get_executor(pure=False), width, workers.check)
    finally:
        client.close(timeout=patience)


@dataclass(slots=True)
class _Workers:
    """The workers of a cluster, and since when there are none."""

    client: "Client"
    address: str
    patience: float
    alone_since: float | None = None

    def wait_for_threads(self) -> int:
        """The threads of all workers; UserError when none comes."""
        try:
            self.client.wait_for_workers(1, timeout=self.patience)
        except TimeoutError as error:
            raise UserError(self._nobody()) from error
        return max(1, sum(self._threads().values()))

    def check(self) -> None:
        """UserError when there has been no worker for too long."""
        if self._threads():
            self.alone_since = None
            return
        now = time.monotonic()
        self.alone_since = self.alone_since or now
        if now - self.alone_since >= self.patience:
            raise UserError(f"{self._nobody()} Relancez la commande pour reprendre.")

    def _threads(self) -> dict[str, int]:
        try:
            threads: dict[str, int] = self.client.sync(
                self.client.scheduler.ncores, callback_timeout=self.patience
            )
        except (OSError, RuntimeError) as error:
            raise UserError(
                f"Le planificateur « {self.address} » ne répond plus. "
                "Relancez la commande pour reprendre."
            ) from error
        return threads

    def _nobody(self) -> str:
        return (
            f"Le planificateur « {self.address} » n’a aucun calculateur "
            f"depuis {self.patience:g} secondes."
        )


def _check_is_private(address: str) -> None:
    """UserError for an address where others could read or send programs: Dask's messages are."""
    parts = urlsplit(address)
    if parts.scheme in ("tls", "inproc"):
        return
    host = parts.hostname or ""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise UserError(
            f"L’adresse « {address} » n’est pas protégée : en dehors de cette machine, "
            "le planificateur demande TLS (« tls://… »)."
        )


def _check_certificate(address: str) -> None:
    """UserError when an address under TLS is asked without a certificate that Dask can read."""
    if urlsplit(address).scheme != "tls":
        return
    from distributed.security import Security

    try:
        context = Security().get_connection_args("client").get("ssl_context")
    except OSError as error:  # a file that is missing, or that is no certificate
        raise UserError(
            "Un certificat que nomme la configuration de Dask ne peut être lu : vérifiez "
            "« ca-file », « cert » et « key »."
        ) from error
    if context is None:
        raise UserError(
            f"L’adresse « {address} » demande un certificat : nommez-le dans la configuration de "
            "Dask, sous « distributed », « comm », « tls »."
        )


def was_killed(error: BaseException) -> bool:
    """True for the error that stands for a worker's death, whatever the engine."""
    return isinstance(error, BrokenProcessPool) or _is_from_dask(error, "KilledWorker")


def _is_from_dask(error: Any, name: str) -> bool:
    """Told by name: without a cluster, its package is neither needed nor loaded."""
    kind = type(error)
    return kind.__name__ == name and kind.__module__.startswith("distributed.")


def default_jobs() -> int:
    """One process for each core that this process may use."""
    return len(os.sched_getaffinity(0))
