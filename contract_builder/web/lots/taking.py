"""How the worker takes a work in hand and puts it down: lots and imports alike."""

import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import Error
from django.utils.timezone import now

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.project import Project
from contract_builder.web.remedies import error_text

_OUR_FAULT = (
    "Une faute du logiciel a arrêté ce travail ; ce qui était fait est gardé. Prévenez votre "
    "administrateur : le détail est dans ce que l’exécutant a écrit."
)


def take_up(
    model: Any,
    number: int,
    states: tuple[str, str],
    do: Callable[[Project, Any], None],
    fresh: Mapping[str, Any] | None = None,
) -> None:
    """Moves the work ``number`` from the first state to the second, and does it.

    ``fresh`` is what its row says of it at the beginning. What refuses is written into the row.
    Nothing is done when it is not in the first state: a task that is given twice does no harm.
    """
    waiting, at_work = states
    if not model.objects.filter(pk=number, state=waiting).update(state=at_work, **(fresh or {})):
        return
    try:
        do(settings.CPOM_PROJECT, model.objects.get(pk=number))
    except KeyboardInterrupt:
        _put_down(model, number, waiting)
    except ProblemsError as error:
        told = dict.fromkeys(problem.message for problem in error.problems)
        _refuse(model, number, "\n".join(told))
    except UserError as error:
        _refuse(model, number, error_text(error))
    except Error:
        raise
    except Exception:  # our own fault: told in the row, and the worker takes the next work
        traceback.print_exc(file=sys.stderr)
        _refuse(model, number, _OUR_FAULT)


def _put_down(model: Any, number: int, waiting: str) -> None:
    """Stopped for good when somebody asked for it; else the worker ends, and goes on later."""
    work = model.objects.filter(pk=number)
    if not work.exclude(stop_asked_by="").update(state="arrete", ended_at=now()):
        work.update(state=waiting)


def _refuse(model: Any, number: int, why: str) -> None:
    model.objects.filter(pk=number).update(state="refuse", refusal=why, ended_at=now())
