"""The queue: which task of the worker answers to which state of a work."""

from collections.abc import Mapping
from typing import Any

from contract_builder.services.project import Project
from contract_builder.web.lots.models import AT_WORK, WAITING, Import, Lot
from contract_builder.web.worker_lock import has_worker


def enqueue(work: Any) -> None:
    """Gives the worker the task that the state of ``work`` waits for; none for another state."""
    task = _tasks().get(work.state)
    if task is not None:
        task.enqueue(work.pk)


def queue_waiting() -> None:
    """Gives each work that waits a task of its own; one that has two is begun once."""
    for model in (Import, Lot):
        for work in model.objects.filter(state__in=WAITING).order_by("pk"):
            enqueue(work)


def mark_interrupted() -> None:
    """Tells what is in the hands of a worker as interrupted: there is none."""
    for model in (Import, Lot):
        model.objects.filter(state__in=AT_WORK).update(state="interrompu")


def settle_interrupted(project: Project) -> None:
    """Tells as interrupted what a worker that is gone had in its hands."""
    at_work = any(model.objects.filter(state__in=AT_WORK).exists() for model in (Import, Lot))
    if at_work and not has_worker(project.root):
        mark_interrupted()


def _tasks() -> Mapping[str, Any]:
    from contract_builder.web.lots import tasks

    return {
        "a_preparer": tasks.prepare_lot,
        "en_attente": tasks.make_lot,
        "a_lire": tasks.read_import,
        "a_appliquer": tasks.apply_import,
        "a_annuler": tasks.undo_applied,
    }
