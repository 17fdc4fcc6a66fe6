"""A Typst template that is not ours, tried once in a process of its own before it is used here.

Typst bounds its calls and its layouts, but neither a loop inside a loop nor the length of a text,
and nothing stops a compilation that has begun. So a template that an agency changed shows on a
made-up contract, within bounds, that it comes to an end.
"""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from contract_builder.errors import InternalRenderError, TemplateError, UserError
from contract_builder.files.resources import get_data_folder
from contract_builder.frozen import dataclass
from contract_builder.reading.bounded import read_bounded


@dataclass(frozen=True, slots=True)
class TrialLimits:
    """What one trial may take: processor time and, at most, clock time, in seconds; memory."""

    seconds: int = 20
    patience: float = 300
    mebibytes: int = 4096


TRIAL_LIMITS: Final = TrialLimits()
_TOO_BIG: Final = 4
_MODULE: Final = "contract_builder.render.templates_trial"
_SIGXCPU: Final = 24  # what the system sends when the time is over


def refuse_runaway(folder: Path, name: str, limits: TrialLimits = TRIAL_LIMITS) -> None:
    """TemplateError when the Typst template ``name`` of a folder takes more than ``limits``.

    Nothing for the one that comes with the software, and for one with another fault, which whoever
    uses it will be told.
    """
    if _is_ours(folder / name, get_data_folder() / "templates" / name):
        return
    command = [sys.executable, "-P", "-m", _MODULE, str(folder), name, *_numbers(limits)]
    try:
        ended = subprocess.run(  # noqa: S603 – this Python and our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateError(_endless(name, limits)) from error
    if ended.returncode == -_SIGXCPU:
        raise TemplateError(_endless(name, limits))
    if ended.returncode:
        raise TemplateError(
            f"Le modèle « {name} » ne peut être composé : il demande plus de "
            f"{limits.mebibytes >> 10} Gio de mémoire, ou arrête le programme qui le compose."
        )


def _is_ours(path: Path, ours: Path) -> bool:
    try:
        return read_bounded(path) == read_bounded(ours)
    except OSError:
        return True  # whoever reads it says why it cannot be read


def _numbers(limits: TrialLimits) -> tuple[str, str]:
    return str(limits.seconds), str(limits.mebibytes)


def _endless(name: str, limits: TrialLimits) -> str:
    return (
        f"Le modèle « {name} » ne peut être composé : plus de {limits.seconds} secondes de calcul "
        "ne suffisent pas à un contrat d’essai. Cherchez-y une boucle sans fin ou démesurée."
    )


def main(folder: Path, name: str, seconds: int, mebibytes: int) -> int:
    """Tries the template; 0 when it came to an end, with or without a fault."""
    from contract_builder.render.templates_check import try_template

    _limit(seconds, mebibytes)
    try:
        with suppress(TemplateError, InternalRenderError, UserError):
            try_template(folder, name)
    except MemoryError:
        return _TOO_BIG
    return 0


def _limit(seconds: int, mebibytes: int) -> None:
    """Gives this process no more time and memory, where the system can say so."""
    try:
        import resource
    except ImportError:  # not on Windows, where the clock alone counts
        return
    for kind, wanted in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, mebibytes << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (soft, hard))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
