"""A lot under way: the batch is run, and what people follow is written into the lot's row."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from contract_builder.batch.earlier import Comparing
from contract_builder.batch.engines import default_jobs
from contract_builder.batch.outcomes import FAILED
from contract_builder.batch.plan import BatchPlan, Folders
from contract_builder.batch.progress import Progress
from contract_builder.batch.report.write import write_report
from contract_builder.batch.run import BatchOptions, Observer, foresee_batch, run_batch
from contract_builder.batch.task import AmendingPlan
from contract_builder.diagnostics import Diagnostic, only_errors
from contract_builder.services.making import BuildOptions
from contract_builder.services.project import Project
from contract_builder.web.lots.models import Lot
from contract_builder.web.remedies import word_problem

_SAVED_EVERY = 1.0
"""Seconds at least between two looks of the database at how far a lot is."""


def foresee_lot(project: Project, lot: Any) -> None:
    """Writes into the row what would be done, and why; nothing is made."""
    plan = foresee_batch(_folders(project, lot), _paths(project, lot), _options(lot))
    by_reason: dict[str, list[str]] = defaultdict(list)
    for name, reason in plan.reasons.items():
        by_reason[reason].append(name)
    refused = [_failure(item.name, item.status, item.problems) for item in plan.refusals]
    lot.plan = {
        "a_jour": plan.profiles - len(plan.reasons),
        "motifs": [[reason, names] for reason, names in by_reason.items()],
        "refus": refused,
    }
    lot.state = "pret"
    lot.save(update_fields=["plan", "state"])


def produce_lot(project: Project, lot: Any, at: datetime) -> None:
    """Makes the contracts of the lot, then its report and archives.

    KeyboardInterrupt when somebody asked to stop it, once the contracts under way were received.
    """
    following = _Following(lot)
    folders = _folders(project, lot)
    observer = Observer(following.begin, following.note)
    result = run_batch(folders, _paths(project, lot), _options(lot), observer)
    if result.interrupted:
        following.save()
        raise KeyboardInterrupt
    written = write_report(result, folders.out, localtime(at).date())
    lot.counts = dict(Counter(map(result.status_of, result.entries)))
    lot.failures = [
        _failure(name, entry.status, entry.problems)
        for name, entry in result.entries.items()
        if entry.status in FAILED
    ]
    lot.files = [path.name for path in written]
    lot.state, lot.remaining, lot.ended_at = "termine", None, at
    lot.save()


class _Following:
    """Writes how far the lot is, once a second at most, and hears that it is to stop."""

    def __init__(self, lot: Any) -> None:
        self._lot = lot
        self._saved = 0.0
        self._stopping = False

    def begin(self, plan: BatchPlan) -> None:
        """The plan is known."""
        self._lot.total = len(plan.tasks) + len(plan.refusals)
        self.save()

    def note(self, progress: Progress) -> None:
        """A contract is done; KeyboardInterrupt, once, when somebody asked to stop."""
        lot, last = self._lot, progress.last
        lot.done, lot.total = progress.done, progress.total
        lot.rate, lot.remaining = progress.rate, progress.remaining
        if last.status in FAILED:
            lot.failures = [*lot.failures, _failure(last.name, last.status, last.problems)]
        if progress.done == progress.total or time.monotonic() - self._saved >= _SAVED_EVERY:
            self.save()
        asked = Lot.objects.filter(pk=lot.pk).exclude(stop_asked_by="").exists()
        if asked and not self._stopping and progress.done < progress.total:
            self._stopping = True
            raise KeyboardInterrupt

    def save(self) -> None:
        """Writes what is followed and nothing else: others may change the rest."""
        self._saved = time.monotonic()
        self._lot.save(update_fields=["done", "total", "rate", "remaining", "failures"])


def _folders(project: Project, lot: Any) -> Folders:
    return Folders(project, project.root / lot.folder)


def _paths(project: Project, lot: Any) -> list[Path]:
    """Those that still exist."""
    names = set(lot.names)
    return [path for path in project.profile_paths() if path.stem in names]


def _options(lot: Any) -> BatchOptions:
    comparing = amending = None
    if lot.amends:
        day = localtime(lot.asked_at).date()
        amending = AmendingPlan(day, lot.asked_at, effective_on=lot.effective_on)
    elif lot.compare_with:
        comparing = Comparing(lot.compare_with, lot.actor, localtime(lot.asked_at))
    return BatchOptions(
        BuildOptions(formats=tuple(lot.formats)),
        jobs=default_jobs(),
        comparing=comparing,
        amending=amending,
    )


def _failure(name: str, status: str, problems: Iterable[Diagnostic]) -> dict[str, Any]:
    """A contract that could not be made, with the sentences that say why."""
    errors = list(map(word_problem, only_errors(problems)))
    return {"profil": name, "statut": status, "problemes": errors}
