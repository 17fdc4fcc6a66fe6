"""One contract of a batch, built inside a worker process that keeps the library between contracts.

Everything that crosses the process border is plain data. A task is idempotent: doing it twice gives
the same files.
"""

import os
import threading
import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from contract_builder.batch.amended import amend_task
from contract_builder.batch.compared import (
    ComparisonResult,
    compare_contract,
    is_standing,
    not_compared,
)
from contract_builder.batch.earlier import PREVIOUS_FILE, hash_of
from contract_builder.batch.fingerprints import content_hash
from contract_builder.batch.limits import TimeLimitError, limited
from contract_builder.batch.summarising import summarise_contract
from contract_builder.batch.summary import BatchSummary
from contract_builder.batch.task import Outcome, Settings, Task, failed, refused, tell_problems
from contract_builder.diagnostics import has_errors, in_file_order
from contract_builder.diagnostics.batch_problems import changements_non_montres
from contract_builder.errors import InternalError, ProblemsError, UserError
from contract_builder.files.cache import find_cache_settings
from contract_builder.files.write import write_atomically
from contract_builder.reading.bounded import read_bounded
from contract_builder.services.making import (
    Prepared,
    PublishedContract,
    contract_folder,
    contract_identity,
    forget_documents,
    prepare,
    publish_contract,
    refuse_faulty_word_template,
)
from contract_builder.services.overlaps import ProfileClaims
from contract_builder.services.project import Project
from contract_builder.source import whole_file

_ONE_AT_A_TIME = threading.Lock()
"""A cluster's worker may have several threads; the reader of PDFs bears one alone."""


@lru_cache(maxsize=1)
def _open_project(root: str, version: str) -> Project:
    """The project, opened once for each worker and version of the library.

    Its cache is the worker's own, which may be on another machine.
    """
    return Project(Path(root), find_cache_settings(os.environ))


def run_task(settings: Settings, task: Task) -> Outcome:
    """Builds one contract; every failure becomes an outcome that says what happened."""
    with _ONE_AT_A_TIME:
        start = time.perf_counter()
        outcome = _compare_limited(settings, task, _run_limited(settings, task))
        return replace(outcome, seconds=round(time.perf_counter() - start, 3))


def _run_limited(settings: Settings, task: Task) -> Outcome:
    make = _build if settings.amending is None else amend_task
    try:
        with limited(settings.seconds, settings.memory_mib):
            return make(settings, task, _open_project(settings.root, settings.library_version))
    except TimeLimitError:
        return failed(task, f"il a dépassé {settings.seconds:g} secondes")
    except MemoryError:
        return failed(task, f"il demande plus de {settings.memory_mib} Mio de mémoire")
    except ProblemsError as error:
        return refused(task, list(error.problems))
    except UserError as error:
        return failed(task, str(error).rstrip("."))
    except InternalError as error:
        return failed(task, f"erreur interne : {error}")
    except Exception as error:
        return failed(task, f"erreur interne : {type(error).__name__} : {error}")


def _compare_limited(settings: Settings, task: Task, outcome: Outcome) -> Outcome:
    """The outcome with what changed since the earlier contract; a failure here is a warning."""
    if outcome.status not in ("produit", "inchange"):
        return outcome
    try:
        with limited(settings.seconds, settings.memory_mib):
            comparison = _compare(settings, task, outcome)
    except TimeLimitError:
        reason = f"elle a dépassé {settings.seconds:g} secondes"
    except MemoryError:
        reason = f"elle demande plus de {settings.memory_mib} Mio de mémoire"
    except UserError as error:
        reason = str(error).rstrip(".")
    except Exception as error:
        reason = f"erreur interne : {type(error).__name__} : {error}"
    else:
        reason = comparison.refusal.rstrip(".") if comparison else ""
        outcome = replace(outcome, comparison=comparison)
    if not reason:
        return outcome
    if outcome.comparison is None and task.earlier is not None:
        outcome = replace(outcome, comparison=not_compared(task.earlier, reason))
    problem = changements_non_montres(whole_file(task.shown_path), reason)
    return replace(outcome, problems=(*outcome.problems, *tell_problems([problem])))


def _compare(settings: Settings, task: Task, outcome: Outcome) -> ComparisonResult | None:
    """The known comparison as long as it stands, else a new one; None without earlier contract."""
    known, out = task.comparison, Path(settings.out)
    if settings.marks is None:
        return known if known and known.content == outcome.content else None
    if task.earlier is None:
        return None
    if is_standing(known, hash_of(out / task.earlier.file), outcome.content, out):
        return known
    (contract,) = (name for name in outcome.files if name.endswith(".json"))
    project = _open_project(settings.root, settings.library_version)
    made = compare_contract(project, out, out / contract, task.earlier, settings.marks, known)
    return made and replace(made, content=outcome.content)


def _build(settings: Settings, task: Task, project: Project) -> Outcome:
    root = Path(settings.root)
    prepared = prepare(project, Path(task.path))
    problems = in_file_order(prepared.problems)
    if prepared.assembly is None or has_errors(problems):
        return refused(task, problems)
    template = refuse_faulty_word_template(project, settings.options)
    told = tell_problems(in_file_order([*problems, *template]))
    contract = prepared.assembly.contract
    identity = contract_identity(contract)
    instruction = prepared.instruction(problems, settings.options)
    known = identity if instruction is None else f"{identity} {instruction.identity}"
    content = content_hash(known, root, settings.options)
    out = Path(settings.out)
    if content == task.previous_content and all((out / f).is_file() for f in task.previous_files):
        summary = _summarise(prepared, task.shown_path, identity, None)
        return Outcome(
            task.name, "inchange", task.inputs, content, task.previous_files, told, summary, 0.0
        )
    previous = _read_previous(out, task)
    made = publish_contract(
        root, contract, out / contract_folder(contract), settings.options, instruction
    )
    if identity != task.previous_identity:
        _keep_previous(made, previous)
    if "pdf" in settings.options.formats:
        forget_documents()
    files = tuple(path.relative_to(out).as_posix() for path in made.published.written)
    summary = _summarise(prepared, task.shown_path, identity, made.page_count)
    return Outcome(task.name, "produit", task.inputs, content, files, told, summary, 0.0)


def _read_previous(out: Path, task: Task) -> bytes:
    """The contract file of the last build; empty when there is none."""
    for name in task.previous_files:
        if name.endswith(".json") and (out / name).is_file():
            return read_bounded(out / name)
    return b""


def _keep_previous(made: PublishedContract, previous: bytes) -> None:
    """Keeps the contract file of the last build as « the production before ».

    One that equals the new file was written by this build, which something cut before its end.
    """
    for path in made.published.written:
        if path.suffix == ".json" and previous and made.files[path.name] != previous:
            write_atomically(path.with_name(PREVIOUS_FILE), previous)


def _summarise(
    prepared: Prepared, shown_path: str, identity: str, pages: int | None
) -> BatchSummary:
    assert prepared.profile is not None and prepared.assembly is not None  # noqa: S101, PT018
    claims = ProfileClaims.of_profile(shown_path, prepared.profile)
    contract = prepared.assembly.contract
    return summarise_contract(prepared.profile, contract, claims, identity, pages)
