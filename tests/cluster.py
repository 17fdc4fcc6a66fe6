"""A Dask cluster on loopback for the tests: a scheduler and its workers are processes."""

import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.batch_region import ROOT
from tests.processes import wait_until

_HAS_DASK = importlib.util.find_spec("distributed") is not None
_CI = os.environ.get("CI", "").lower() == "true"
needs_dask = pytest.mark.skipif(not _HAS_DASK and not _CI, reason="« distributed » est absent")

_SECONDS = 120  # a machine that is slow starts them late


class Cluster:
    """A scheduler on a free port of this machine; it restarts no worker by itself."""

    def __init__(self, protocol: str = "tcp", options: Sequence[str] = ()) -> None:
        """``options`` go to the scheduler and to each worker."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"{protocol}://127.0.0.1:{port}"
        self._options = options
        self._processes: list[subprocess.Popen[bytes]] = []
        self._port = port
        self.scheduler = self._start(
            "scheduler", "--protocol", protocol, "--host", "127.0.0.1", "--port", str(port)
        )
        wait_until(self._answers, "the scheduler answers")

    def add_worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1",
                           "--no-nanny")  # fmt: skip

    def wait_for_worker(self) -> None:
        """Returns once a worker has joined: the patience of a test is for what it tests alone."""
        from distributed import Client

        with Client(self.address, timeout=_SECONDS, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=_SECONDS)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "holding")]),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, *self._options, "--no-dashboard"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait()
