"""The executors that a batch runs on: processes of this machine, or a Dask cluster by address.

Both have the ``concurrent.futures`` interface, so that the batch is written once.
"""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from contract_builder.errors import UserError

CLUSTER_WAIT = 30.0


@contextmanager
def local_processes(jobs: int) -> Iterator[Executor]:
    """A pool of ``jobs`` fresh processes; Ctrl-C is left to the parent."""
    executor = ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_ignore_interrupts,
    )
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def dask_cluster(address: str) -> Iterator[Executor]:
    """The cluster at ``address``; UserError when it cannot be reached or has no worker."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError(
            "L’option « --scheduler » demande le paquet « distributed » : "
            "pip install « contract-builder[cluster] »."
        ) from error
    try:
        client = Client(address, timeout=CLUSTER_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UserError(f"Le planificateur « {address} » ne répond pas.") from error
    try:
        client.wait_for_workers(1, timeout=CLUSTER_WAIT)
    except TimeoutError as error:
        client.close()
        raise UserError(
            f"Le planificateur « {address} » n’a aucun travailleur après {CLUSTER_WAIT:g} secondes."
        ) from error
    try:
        yield client.get_executor(pure=False, retries=1)
    finally:
        client.close()


def default_jobs() -> int:
    """One process for each core that this process may use."""
    return len(os.sched_getaffinity(0))


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
