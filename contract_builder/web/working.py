"""The worker: long work outside requests, one task after the other, from a queue in the database.

``cpom serve`` starts one beside the server; a team may run it as a service of its own. A second
one waits until the first has gone, then takes its place. Asked to stop, it puts down what it has in
its hands, which the next one takes up; killed, it leaves a lot that the pages tell as interrupted.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any

from contract_builder.services.project import Project
from contract_builder.web.configuration import ServedAddress, start_pages
from contract_builder.web.worker_lock import holding_worker_lock

_POLITENESS = 10
"""How far the worker steps back (``nice``): pages are answered first."""
_INTERVAL = 0.5
_PAUSE = 2.0
_LAST_WAIT = 150.0
"""Seconds that the contracts under way may take when the server stops: more than one's limit."""


def work(project: Project, tell: Callable[[], None]) -> None:
    """Works until the process is asked to stop; ``tell`` is called once it is this one's turn."""
    start_pages(project, ServedAddress())
    from django.conf import settings

    from contract_builder.web.accounts.database import prepare_database

    settings.CPOM_PROJECT = project
    with suppress(OSError):
        os.nice(_POLITENESS)
    with holding_worker_lock(project.root):
        prepare_database(project)
        worker = _make_worker()
        _clear_queue()
        tell()
        _end_with_server(worker)
        with suppress(SystemExit):
            worker.run()


def _make_worker() -> Any:
    """The library's own worker, which hears signals as a batch wants them."""
    from django_tasks_db.management.commands.db_worker import Worker

    class StoppableWorker(Worker):
        """Asked to stop, it interrupts its task as Ctrl-C does; once, however often it is asked."""

        def shutdown(self, signum: int, frame: FrameType | None) -> None:
            """Ends now when idle."""
            if not self.running:
                return
            self.running = False
            if self.running_task:
                raise KeyboardInterrupt
            sys.exit(0)

    worker = StoppableWorker(
        queue_names=["default"],
        interval=_INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=str(os.getpid()),
        excluded_queue_names=[],
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, worker.shutdown)
    return worker


def _clear_queue() -> None:
    """Forgets the tasks of before: what still waits gets new ones, the rest is told by its row."""
    from django_tasks_db.models import DBTaskResult

    from contract_builder.web.lots.queue import mark_interrupted, queue_waiting

    DBTaskResult.objects.all().delete()
    mark_interrupted()
    queue_waiting()


def _end_with_server(worker: Any) -> None:
    """A worker whose server was killed ends what it has in its hands, then itself."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        worker.running = False

    threading.Thread(target=watch, daemon=True).start()


def _work_beside(root: str, settings: Mapping[str, str]) -> None:
    with Project(Path(root), settings) as project:
        work(project, lambda: None)


class WorkerKeeper:
    """Keeps a worker running beside the server: one that dies is followed by another."""

    def __init__(self, project: Project) -> None:
        self._arguments = (str(project.root), dict(project.settings))
        self._stopped = threading.Event()
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Starts the first one, and a thread that looks after it."""
        threading.Thread(target=self._run, name="exécutant", daemon=True).start()

    def stop(self) -> None:
        """Asks the worker to stop, and waits for what it has in its hands."""
        self._stopped.set()
        process = self._process
        if process is not None and process.is_alive():
            process.terminate()
            process.join(_LAST_WAIT)

    def _run(self) -> None:
        context = multiprocessing.get_context("spawn")
        while not self._stopped.is_set():
            self._process = context.Process(target=_work_beside, args=self._arguments)
            self._process.start()
            self._process.join()
            self._stopped.wait(_PAUSE)
