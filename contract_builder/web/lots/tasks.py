"""What the worker runs for a lot: its preparation, its production. A task twice does no harm."""

import sys
import traceback
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error
from django.utils.timezone import now
from django_tasks import task

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.project import Project
from contract_builder.web.lots.models import Lot, LotState
from contract_builder.web.lots.production import foresee_lot, produce_lot
from contract_builder.web.remedies import error_text

_OUR_FAULT = (
    "Une faute du logiciel a arrêté ce lot ; ce qui était produit est gardé. Prévenez votre "
    "administrateur : le détail est dans ce que l’exécutant a écrit."
)


@task()
def prepare_lot(number: int) -> None:
    """Says what the lot would do, if it still waits for that."""
    _take(number, ("a_preparer", "preparation"), foresee_lot)


@task()
def make_lot(number: int) -> None:
    """Produces the lot, if it still waits for that."""
    _take(number, ("en_attente", "en_cours"), lambda project, lot: produce_lot(project, lot, now()))


def _take(
    number: int, states: tuple[LotState, LotState], work: Callable[[Project, Any], None]
) -> None:
    """Moves the lot from the first state to the second, and does the work; its end is written."""
    waiting, at_work = states
    fresh: dict[str, Any] = {
        "done": 0,
        "total": 0,
        "rate": 0.0,
        "remaining": None,
        "failures": [],
        "counts": {},
    }
    if not Lot.objects.filter(pk=number, state=waiting).update(state=at_work, **fresh):
        return
    project: Project = settings.CPOM_PROJECT
    lot = Lot.objects.get(pk=number)
    try:
        work(project, lot)
    except KeyboardInterrupt:
        _put_down(number, waiting)
    except ProblemsError as error:
        _refuse(number, " ".join(problem.message for problem in error.problems))
    except UserError as error:
        _refuse(number, error_text(error))
    except Error:
        raise
    except Exception:
        traceback.print_exc(file=sys.stderr)
        _refuse(number, _OUR_FAULT)


def _put_down(number: int, waiting: LotState) -> None:
    """Stopped for good when somebody asked for it; else the worker ends, and goes on later."""
    lot = Lot.objects.filter(pk=number)
    if not lot.exclude(stop_asked_by="").update(state="arrete", remaining=None, ended_at=now()):
        lot.update(state=waiting, remaining=None)


def _refuse(number: int, why: str) -> None:
    Lot.objects.filter(pk=number).update(
        state="refuse", refusal=why, remaining=None, ended_at=now()
    )
