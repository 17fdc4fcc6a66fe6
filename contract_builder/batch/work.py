"""One contract of a batch, built inside a worker process that keeps the library between contracts.

Everything that crosses the process border is plain data. A task is idempotent: doing it twice gives
the same files.
"""

import threading
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from contract_builder.batch.fingerprints import content_hash
from contract_builder.batch.limits import TimeLimitError, limited
from contract_builder.batch.summary import contract_summary
from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.diagnostics.batch_catalogue import production_impossible
from contract_builder.diagnostics.text import diagnostic_data
from contract_builder.errors import InternalError, UserError
from contract_builder.model.library import Library
from contract_builder.pipeline import (
    BuildOptions,
    Prepared,
    contract_folder,
    contract_identity,
    forget_documents,
    open_workspace,
    prepare,
    publish_contract,
)
from contract_builder.source import whole_file

Status = Literal["produit", "inchange", "refuse", "echec"]

_ONE_AT_A_TIME = threading.Lock()
"""A cluster's worker may have several threads; the reader of PDFs bears one alone."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What all contracts of a batch share; ``library_version`` tells workers to load afresh."""

    root: str
    out: str
    options: BuildOptions
    library_version: str
    seconds: float
    memory_mib: int


@dataclass(frozen=True, slots=True)
class Task:
    """One profile to build, and what its last build was made from.

    ``shown_path`` is the profile's file as messages name it.
    """

    name: str
    path: str
    shown_path: str
    inputs: dict[str, str]
    previous_content: str
    previous_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one profile; ``files`` are names inside the products folder."""

    name: str
    status: Status
    inputs: dict[str, str]
    content: str
    files: tuple[str, ...]
    problems: tuple[dict[str, Any], ...]
    summary: dict[str, Any]
    seconds: float


def run_task(settings: Settings, task: Task) -> Outcome:
    """Builds one contract; every failure becomes an outcome that says what happened."""
    with _ONE_AT_A_TIME:
        start = time.perf_counter()
        outcome = _run_limited(settings, task)
        return replace(outcome, seconds=round(time.perf_counter() - start, 3))


def _run_limited(settings: Settings, task: Task) -> Outcome:
    try:
        with limited(settings.seconds, settings.memory_mib):
            return _build(settings, task)
    except TimeLimitError:
        return failed(task, f"il a dépassé {settings.seconds:g} secondes")
    except MemoryError:
        return failed(task, f"il demande plus de {settings.memory_mib} Mio de mémoire")
    except UserError as error:
        return failed(task, str(error).rstrip("."))
    except InternalError as error:
        return failed(task, f"erreur interne : {error}")
    except Exception as error:
        return failed(task, f"erreur interne : {type(error).__name__} : {error}")


def failed(task: Task, reason: str) -> Outcome:
    """The outcome of a task that could not be done; files of an earlier build stay."""
    return _without_product(
        task, "echec", [production_impossible(whole_file(task.shown_path), reason)]
    )


def refused(task: Task, problems: Problems) -> Outcome:
    """The outcome of a profile with errors; files of an earlier build stay."""
    return _without_product(task, "refuse", problems)


def _without_product(task: Task, status: Status, problems: Problems) -> Outcome:
    return Outcome(
        name=task.name,
        status=status,
        inputs={},
        content="",
        files=task.previous_files,
        problems=_told(problems),
        summary={},
        seconds=0.0,
    )


def _told(problems: Problems) -> tuple[dict[str, Any], ...]:
    """Errors and warnings as plain data; notes are for those who keep the library."""
    return tuple(diagnostic_data(item) for item in problems if item.severity != "note")


@lru_cache(maxsize=1)
def _library(root: str, version: str) -> Library:
    """The library, loaded once for each worker and version; the batch has told its problems."""
    return open_workspace(Path(root))[0]


def _build(settings: Settings, task: Task) -> Outcome:
    root = Path(settings.root)
    library = _library(settings.root, settings.library_version)
    prepared = prepare(library, Path(task.path), root)
    problems = in_file_order(prepared.problems)
    if prepared.assembly is None or has_errors(problems):
        return refused(task, problems)
    told = _told(problems)
    contract = prepared.assembly.contract
    content = content_hash(contract_identity(contract), root, settings.options)
    out = Path(settings.out)
    if content == task.previous_content and all((out / f).is_file() for f in task.previous_files):
        summary = _summary(prepared, None)
        return Outcome(
            task.name, "inchange", task.inputs, content, task.previous_files, told, summary, 0.0
        )
    published, pages = publish_contract(
        root, contract, out / contract_folder(contract), settings.options
    )
    if "pdf" in settings.options.formats:
        forget_documents()
    files = tuple(path.relative_to(out).as_posix() for path in published.written)
    summary = _summary(prepared, pages)
    return Outcome(task.name, "produit", task.inputs, content, files, told, summary, 0.0)


def _summary(prepared: Prepared, pages: int | None) -> dict[str, Any]:
    assert prepared.profile is not None and prepared.assembly is not None  # noqa: S101, PT018
    return contract_summary(prepared.profile, prepared.assembly.contract, pages)
