"""A batch from its plan to its last contract: in parallel, remembered at once, resumable."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from contract_builder.batch.compared import Marks
from contract_builder.batch.earlier import Comparing, EarlierContracts, Wanted
from contract_builder.batch.engines import EngineFactory, dask_cluster, local_processes
from contract_builder.batch.fingerprints import shared_inputs
from contract_builder.batch.ledger import Ledger, exclusive
from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.plan import BatchPlan, Folders, Memory, plan_batch
from contract_builder.batch.progress import Progress, Records
from contract_builder.batch.recorded import record_amendments
from contract_builder.batch.schedule import Receiver, Schedule
from contract_builder.batch.starts import AmendingStarts
from contract_builder.batch.summary import ContractSummary
from contract_builder.batch.task import (
    AmendingPlan,
    Outcome,
    Settings,
    Task,
    failed,
    tell_problems,
)
from contract_builder.batch.work import run_task
from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.making import BuildOptions
from contract_builder.services.overlaps import find_overlaps
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch runs; ``build`` is how each contract is built.

    ``seconds`` and ``memory_mib`` bound one contract; ``jobs`` are processes of this machine.
    ``patience`` is how long, in seconds, a cluster may be without any worker. ``comparing`` asks
    for what changed since an earlier contract; it needs the contract files (« json »). With
    ``amending`` the batch makes avenants instead of contracts.
    """

    build: BuildOptions
    jobs: int
    seconds: float = 120.0
    memory_mib: int = 4096
    scheduler: str | None = None
    patience: float = 30.0
    comparing: Comparing | None = None
    amending: AmendingPlan | None = None


@dataclass(slots=True)
class BatchResult:
    """Every profile's entry, what was done this time, and whether the batch was cut short.

    ``compared_with`` is « last », « signed », or None when nothing was compared. ``overlaps`` are
    the entities and sites that several profiles claim, each told once. ``is_of_avenants``: it made
    avenants, not contracts.
    """

    entries: dict[str, LedgerEntry] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    library_problems: Problems = field(default_factory=list)
    overlaps: Problems = field(default_factory=list)
    interrupted: bool = False
    seconds: float = 0.0
    compared_with: Wanted | None = None
    is_of_avenants: bool = False

    def status_of(self, profile: str) -> str:
        """A status of ``task.OutcomeStatus``, else « a_jour »: not looked at."""
        return self.entries[profile].status if profile in self.reasons else "a_jour"


@dataclass(frozen=True, slots=True)
class Observer:
    """Who follows a batch: told the plan before anything is made, then each contract."""

    planned: Callable[[BatchPlan], None]
    progress: Callable[[Progress], None]


def foresee_batch(folders: Folders, profiles: Sequence[Path], options: BatchOptions) -> BatchPlan:
    """What ``run_batch`` would look at now, and why; nothing is written.

    ProblemsError when the library has errors.
    """
    version, _ = _open_library(folders.project)
    ledger = Ledger(folders.out)
    ledger.load()
    shared = shared_inputs(folders.root, version, options.build)
    memory = _remember(folders, options, ledger)
    return plan_batch(profiles, folders, shared, memory)


def run_batch(
    folders: Folders, profiles: Sequence[Path], options: BatchOptions, observer: Observer
) -> BatchResult:
    """Builds the contracts of ``profiles`` into the folder of products, one folder each.

    Contracts whose inputs stand are left alone. Ctrl-C lets the contracts under way finish and
    returns what was done; the next call resumes, also after the UserError of a lost cluster or of
    a full disk. UserError when another batch holds the folder; ProblemsError, before anything is
    touched, when the library has errors: every contract would have them.
    """
    start = time.perf_counter()
    version, problems = _open_library(folders.project)
    result = BatchResult(
        library_problems=problems,
        compared_with=options.comparing.wanted if options.comparing else None,
        is_of_avenants=options.amending is not None,
    )
    with exclusive(folders.out):
        ledger = Ledger(folders.out)
        ledger.load()
        settings = Settings(
            root=str(folders.root),
            out=str(folders.out),
            options=options.build,
            library_version=version,
            seconds=options.seconds,
            memory_mib=options.memory_mib,
            marks=_marks_of(options.comparing),
            amending=options.amending,
        )
        shared = shared_inputs(folders.root, version, options.build)
        memory = _remember(folders, options, ledger)
        plan = plan_batch(profiles, folders, shared, memory)
        observer.planned(plan)
        result.reasons = plan.reasons
        records = Records(ledger, observer.progress, _count_told(plan), plan.is_of_avenants)
        for refusal in plan.refusals:
            records.keep(refusal)
        tasks = _bring(plan.tasks, memory, records)
        result.interrupted = _build_all(tasks, settings, options, records)
        names = [path.stem for path in profiles]
        if options.amending is not None and options.amending.record:
            kept = {name: ledger.entries[name] for name in names if name in ledger.entries}
            changed = record_amendments(folders.project, folders.out, options.amending, kept)
            for entry in changed.values():
                ledger.append(entry)
        ledger.close(set(names), at_the_end=not result.interrupted)
        result.entries = {name: ledger.entries[name] for name in names if name in ledger.entries}
    _tell_overlaps(result)
    result.seconds = time.perf_counter() - start
    return result


def _tell_overlaps(result: BatchResult) -> None:
    """Adds what several profiles claim to the problems of each, and once to the result.

    Known from what each contract was made from: no profile is read for it.
    """
    sound = (entry for entry in result.entries.values() if entry.status in ("produit", "inchange"))
    claims = {
        entry.summary.claims.name: (entry.profile, entry.summary.claims)
        for entry in sound
        if isinstance(entry.summary, ContractSummary)
    }
    told: set[tuple[str, str]] = set()
    for overlap in find_overlaps(claim for _, claim in claims.values()):
        profile, _ = claims[overlap.name]
        entry = result.entries[profile]
        problems = (*entry.problems, *tell_problems([overlap.warning]))
        result.entries[profile] = replace(entry, problems=problems)
        if (key := (overlap.warning.code, overlap.number)) not in told:
            told.add(key)
            result.overlaps.append(overlap.warning)


def _open_library(project: Project) -> tuple[str, Problems]:
    """The library's version as it is now, and its warnings of form."""
    project.refresh()
    library, problems = project.open_sound_library()
    if has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    return library.version, problems


def _marks_of(comparing: Comparing | None) -> Marks | None:
    return None if comparing is None else Marks(comparing.author, comparing.at)


def _remember(folders: Folders, options: BatchOptions, ledger: Ledger) -> Memory:
    """What is known of each profile, the store read for what these options need of it."""
    project, out = folders.project, folders.out
    return Memory(
        ledger.entries,
        None if options.comparing is None else EarlierContracts(project, out, options.comparing),
        None if options.amending is None else AmendingStarts(project, out, options.amending),
    )


def _count_told(plan: BatchPlan) -> int:
    """How many profiles the progress counts: those that are left aside take no time."""
    left = sum(outcome.status == "sans_contrat" for outcome in plan.refusals)
    return len(plan.tasks) + len(plan.refusals) - left


def _bring(tasks: Sequence[Task], memory: Memory, records: "Records") -> list[Task]:
    """The tasks whose workers find beside the documents all that they need of the store."""
    if memory.earlier is not None:
        memory.earlier.bring(task.earlier for task in tasks if task.earlier)
    ready = []
    for task in tasks:
        try:
            if memory.starts is not None and task.start:
                memory.starts.bring(task)
        except UserError as error:
            records.keep(failed(task, str(error).rstrip(".")))
        else:
            ready.append(task)
    return ready


def engine_factory(options: BatchOptions) -> EngineFactory:
    """The engine that the options ask for."""
    if options.scheduler is not None:
        return partial(dask_cluster, options.scheduler, options.patience)
    return partial(local_processes, options.jobs)


def _build_all(
    tasks: Sequence[Task], settings: Settings, options: BatchOptions, records: "Records"
) -> bool:
    """Builds every task; True when Ctrl-C cut it short."""

    def give_up(task: Task, reason: str) -> None:
        records.keep(failed(task, reason))

    receiver: Receiver[Task, Outcome] = Receiver(
        done=lambda task, outcome: records.keep(outcome), lost=give_up
    )
    schedule = Schedule(
        partial(run_task, settings), engine_factory(options), receiver, options.seconds
    )
    try:
        schedule.run(tasks)
    except KeyboardInterrupt:
        return True
    return False
