"""A batch from its plan to its last contract: what is to build and why, in parallel, resumable."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from contract_builder.batch.engines import local_processes
from contract_builder.batch.fingerprints import environment_hash, layers_hash
from contract_builder.batch.ledger import Ledger, LedgerEntry, exclusive
from contract_builder.batch.work import Outcome, Settings, Task, failed, run_task
from contract_builder.diagnostics import Problems
from contract_builder.pipeline import Format, open_workspace, profile_files

EngineFactory = Callable[[], AbstractContextManager[Executor]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is; ``remaining`` is an estimate in seconds, None at the start."""

    done: int
    total: int
    rate: float
    remaining: float | None
    last: Outcome


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """``seconds`` and ``memory_mib`` bound one contract; ``jobs`` are processes of this machine."""

    formats: tuple[Format, ...]
    jobs: int
    seconds: float = 120.0
    memory_mib: int = 4096
    scheduler: str | None = None


@dataclass(slots=True)
class BatchResult:
    """Every profile's entry, what was done this time, and whether the batch was cut short."""

    entries: dict[str, LedgerEntry] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    library_problems: Problems = field(default_factory=list)
    interrupted: bool = False
    seconds: float = 0.0


def run_batch(
    root: Path,
    profiles: Sequence[Path],
    out: Path,
    options: BatchOptions,
    progress: Callable[[Progress], None],
) -> BatchResult:
    """Builds the contracts of ``profiles`` into ``out``, one folder each.

    Contracts whose inputs stand are left alone. Ctrl-C lets the contracts under way finish and
    returns what was done; the next call resumes. UserError when another batch holds ``out``.
    """
    start = time.perf_counter()
    library, problems = open_workspace(root)
    result = BatchResult(library_problems=problems)
    with exclusive(out):
        ledger = Ledger(out)
        ledger.load()
        settings = Settings(
            root=str(root),
            out=str(out),
            formats=options.formats,
            library_version=library.version,
            seconds=options.seconds,
            memory_mib=options.memory_mib,
        )
        environment = environment_hash(root, library.version, options.formats)
        tasks = plan_tasks(profiles, out, environment, ledger, result)
        driver = _Driver(settings, ledger, progress, len(tasks), result)
        driver.run(tasks, options)
        ledger.close({path.stem for path in profiles})
        result.entries = {path.stem: ledger.entries[path.stem] for path in profiles
                          if path.stem in ledger.entries}  # fmt: skip
    result.seconds = time.perf_counter() - start
    return result


def plan_tasks(
    profiles: Iterable[Path], out: Path, environment: str, ledger: Ledger, result: BatchResult
) -> list[Task]:
    """What is to look at, with the reason of each; profiles whose inputs stand are left out."""
    tasks: list[Task] = []
    for path in profiles:
        inputs = layers_hash([*profile_files(path)]) + environment
        entry = ledger.entries.get(path.stem)
        if entry is None:
            result.reasons[path.stem] = "jamais produit"
        elif entry.status in ("refuse", "echec"):
            result.reasons[path.stem] = "échec la dernière fois"
        elif not all((out / name).is_file() for name in entry.files):
            result.reasons[path.stem] = "un document a disparu"
        elif entry.inputs != inputs:
            result.reasons[path.stem] = "profil, bibliothèque, modèle ou programme modifié"
        else:
            continue
        tasks.append(
            Task(
                name=path.stem,
                path=str(path),
                inputs=inputs,
                previous_content=entry.content if entry else "",
                previous_files=entry.files if entry else (),
            )
        )
    return tasks


@dataclass(slots=True)
class _Driver:
    settings: Settings
    ledger: Ledger
    progress: Callable[[Progress], None]
    total: int
    result: BatchResult
    done: int = 0
    started: float = field(default_factory=time.perf_counter)

    def run(self, tasks: Sequence[Task], options: BatchOptions) -> None:
        """All tasks; after a worker's death, those under way are done again one by one."""
        if not tasks:
            return
        factory = engine_factory(options)
        waiting = list(tasks)
        try:
            while waiting:
                suspects = self.run_pool(waiting, factory, options.jobs)
                for task in suspects:
                    self.run_alone(task)
        except KeyboardInterrupt:
            self.result.interrupted = True

    def run_pool(self, waiting: list[Task], factory: EngineFactory, jobs: int) -> list[Task]:
        """Runs ``waiting`` until it is empty or a worker dies; the tasks that were under way."""
        under_way: dict[Future[Outcome], Task] = {}
        with factory() as executor:
            try:
                while waiting or under_way:
                    while waiting and len(under_way) < jobs + 1:
                        task = waiting.pop(0)
                        under_way[executor.submit(run_task, self.settings, task)] = task
                    finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in finished:
                        outcome = future.result()
                        del under_way[future]
                        self.finish(outcome)
            except KeyboardInterrupt:
                self.drain(under_way)
                raise
            except BrokenProcessPool:
                return list(under_way.values())
        return []

    def run_alone(self, task: Task) -> None:
        """One task in a process of its own: if that dies too, the profile is the culprit."""
        with local_processes(1) as executor:
            try:
                outcome = executor.submit(run_task, self.settings, task).result()
            except BrokenProcessPool:
                outcome = failed(
                    task,
                    "le processus s’est arrêté : limite de temps ou de mémoire dépassée",
                )
        self.finish(outcome)

    def drain(self, under_way: Mapping[Future[Outcome], Task]) -> None:
        """After Ctrl-C: keeps the results of the contracts that were nearly done."""
        for future in under_way:
            if not future.cancel():
                try:
                    self.finish(future.result(timeout=self.settings.seconds))
                except (BrokenProcessPool, TimeoutError):
                    continue

    def finish(self, outcome: Outcome) -> None:
        """Remembers a result on disk and tells how far the batch is."""
        previous = self.ledger.entries.get(outcome.name)
        summary = outcome.summary
        if outcome.status == "inchange" and previous is not None:
            summary = {**summary, "pages": previous.summary.get("pages")}
        self.ledger.append(
            LedgerEntry(
                profile=outcome.name,
                status=outcome.status,
                inputs=outcome.inputs,
                content=outcome.content,
                files=outcome.files,
                problems=outcome.problems,
                summary=summary or (previous.summary if previous else {}),
                seconds=outcome.seconds,
            )
        )
        self.done += 1
        elapsed = time.perf_counter() - self.started
        rate = self.done / elapsed
        remaining = (self.total - self.done) / rate if self.done > 1 else None
        self.progress(Progress(self.done, self.total, rate, remaining, outcome))


def engine_factory(options: BatchOptions) -> EngineFactory:
    """The executor that the options ask for."""
    scheduler = options.scheduler
    if scheduler is not None:
        from contract_builder.batch.engines import dask_cluster

        return lambda: dask_cluster(scheduler)
    return lambda: local_processes(options.jobs)
