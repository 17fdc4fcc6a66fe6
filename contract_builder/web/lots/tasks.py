"""What the worker runs: a lot foreseen or made, an import read, applied or taken back."""

from typing import Any

from django.utils.timezone import now
from django_tasks import task

from contract_builder.web.lots.intake import apply_files, read_files, take_back
from contract_builder.web.lots.models import Import, Lot
from contract_builder.web.lots.production import foresee_lot, produce_lot
from contract_builder.web.lots.taking import take_up


@task()
def prepare_lot(number: int) -> None:
    """Says what the lot would do, if it still waits for that."""
    take_up(Lot, number, ("a_preparer", "preparation"), foresee_lot)


@task()
def make_lot(number: int) -> None:
    """Produces the lot, if it still waits for that."""
    fresh: dict[str, Any] = {
        "done": 0,
        "total": 0,
        "rate": 0.0,
        "remaining": None,
        "failures": [],
        "counts": {},
    }
    take_up(
        Lot,
        number,
        ("en_attente", "en_cours"),
        lambda project, lot: produce_lot(project, lot, now()),
        fresh,
    )


@task()
def read_import(number: int) -> None:
    """Says what the files would change, if that is still asked for."""
    take_up(Import, number, ("a_lire", "lecture"), read_files)


@task()
def apply_import(number: int) -> None:
    """Writes what was chosen, if that is still asked for."""
    take_up(Import, number, ("a_appliquer", "application"), apply_files)


@task()
def undo_applied(number: int) -> None:
    """Takes back what the import wrote, if that is still asked for."""
    take_up(Import, number, ("a_annuler", "annulation"), take_back)
