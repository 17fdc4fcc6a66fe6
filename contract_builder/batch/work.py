"""One contract of a batch, built inside a worker process that keeps the library between contracts.

Everything that crosses the process border is plain data. A task is idempotent: doing it twice gives
the same files.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from contract_builder.batch.fingerprints import content_hash
from contract_builder.batch.limits import TimeLimitError, limited
from contract_builder.batch.summary import contract_summary
from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.diagnostics.text import diagnostic_data
from contract_builder.errors import InternalError, UserError
from contract_builder.model.library import Library
from contract_builder.pipeline import (
    Format,
    Prepared,
    contract_identity,
    open_workspace,
    prepare,
    publish_contract,
)

Status = Literal["produit", "inchange", "refuse", "echec"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What all contracts of a batch share; ``library_version`` tells workers to load afresh."""

    root: str
    out: str
    formats: tuple[Format, ...]
    library_version: str
    seconds: float
    memory_mib: int


@dataclass(frozen=True, slots=True)
class Task:
    """One profile to build, and what its last build was made from."""

    name: str
    path: str
    inputs: str
    previous_content: str
    previous_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one profile; ``files`` are names inside the products folder."""

    name: str
    status: Status
    inputs: str
    content: str
    files: tuple[str, ...]
    problems: tuple[dict[str, Any], ...]
    summary: dict[str, Any]
    seconds: float


def run_task(settings: Settings, task: Task) -> Outcome:
    """Builds one contract; every failure becomes an outcome that says what happened."""
    start = time.perf_counter()
    try:
        with limited(settings.seconds, settings.memory_mib):
            outcome = _build(settings, task)
    except TimeLimitError:
        outcome = failed(task, f"le contrat a dépassé {settings.seconds:g} secondes")
    except MemoryError:
        outcome = failed(task, f"le contrat demande plus de {settings.memory_mib} Mio de mémoire")
    except UserError as error:
        outcome = failed(task, str(error))
    except InternalError as error:
        outcome = failed(task, f"erreur interne : {error}")
    except Exception as error:
        outcome = failed(task, f"erreur interne : {type(error).__name__} : {error}")
    return _timed(outcome, time.perf_counter() - start)


def failed(task: Task, reason: str) -> Outcome:
    """The outcome of a task that could not be done; files of an earlier build stay."""
    problem = {
        "code": "production-impossible",
        "gravite": "erreur",
        "message": reason,
        "fichier": task.path,
        "ligne": 1,
        "colonne": 1,
        "aide": "",
    }
    return Outcome(task.name, "echec", "", "", task.previous_files, (problem,), {}, 0.0)


def _timed(outcome: Outcome, seconds: float) -> Outcome:
    return Outcome(
        outcome.name,
        outcome.status,
        outcome.inputs,
        outcome.content,
        outcome.files,
        outcome.problems,
        outcome.summary,
        round(seconds, 3),
    )


@lru_cache(maxsize=1)
def _library(root: str, version: str) -> tuple[Library, Problems]:
    """The library, loaded once for each worker and version."""
    return open_workspace(Path(root))


def _build(settings: Settings, task: Task) -> Outcome:
    root = Path(settings.root)
    library, library_problems = _library(settings.root, settings.library_version)
    prepared = prepare(library, Path(task.path), root)
    problems = in_file_order([*library_problems, *prepared.problems])
    told = tuple(diagnostic_data(item) for item in problems if item.severity != "note")
    if prepared.assembly is None or has_errors(problems):
        return Outcome(task.name, "refuse", "", "", task.previous_files, told, {}, 0.0)
    contract = prepared.assembly.contract
    content = content_hash(contract_identity(contract), root, settings.formats)
    out = Path(settings.out)
    if content == task.previous_content and all((out / f).is_file() for f in task.previous_files):
        summary = _summary(prepared, None)
        return Outcome(
            task.name, "inchange", task.inputs, content, task.previous_files, told, summary, 0.0
        )
    published, pages = publish_contract(
        root, contract, out / contract.header.code, settings.formats
    )
    files = tuple(path.relative_to(out).as_posix() for path in published.written)
    summary = _summary(prepared, pages)
    return Outcome(task.name, "produit", task.inputs, content, files, told, summary, 0.0)


def _summary(prepared: Prepared, pages: int | None) -> dict[str, Any]:
    assert prepared.profile is not None and prepared.assembly is not None  # noqa: S101, PT018
    return contract_summary(prepared.profile, prepared.assembly.contract, pages)
