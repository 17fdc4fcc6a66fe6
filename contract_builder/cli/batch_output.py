"""What ``cpom batch`` tells: its plan, how far it is, what became of each contract."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.batch.outcomes import COUNTED_OUTCOMES, FAILED, OUTCOME_LABELS
from contract_builder.cli.output import print_error, print_line, print_problems
from contract_builder.cli.remedies import word_remedy
from contract_builder.diagnostics import Diagnostic, only_errors, without_notes
from contract_builder.diagnostics.text import word_help
from contract_builder.model.french import NBSP, counted, format_number

if TYPE_CHECKING:
    from contract_builder.batch.plan import BatchPlan
    from contract_builder.batch.progress import Progress
    from contract_builder.batch.run import BatchResult

_COUNTED = {**COUNTED_OUTCOMES, "a_jour": "déjà à jour"}
_ONE = {
    **_COUNTED,
    **{status: OUTCOME_LABELS[status] for status in ("produit", "inchange", "refuse")},
}
_SOBER_STEPS = 10
"""How many lines at most tell the progress where a line cannot be written over."""

_NAMES_TOLD = 3


def print_plan(plan: "BatchPlan", *, every_name: bool = False) -> None:
    """How many contracts will be looked at, and why, on stderr."""
    left = sum(outcome.status == "sans_contrat" for outcome in plan.refusals)
    up_to_date = plan.profiles - len(plan.reasons)
    aside = f", {left} sans contrat en vigueur" if left else ""
    looked_at = len(plan.reasons) - left
    print_error(
        f"{_counted(plan.profiles, plan)} : {looked_at} à regarder, {up_to_date} à jour{aside}."
    )
    by_reason: dict[str, list[str]] = defaultdict(list)
    for name, reason in plan.reasons.items():
        by_reason[reason].append(name)
    for reason, names in by_reason.items():
        told = names if every_name else names[:_NAMES_TOLD]
        more = ", …" if len(told) < len(names) else ""
        print_error(f"  {reason} – {len(names)} : {', '.join(told)}{more}")


def print_refusals(plan: "BatchPlan") -> None:
    """The errors of the contracts that the plan refuses, on stderr."""
    _print_errors(problem for refusal in plan.refusals for problem in refusal.problems)


def show_progress(progress: "Progress") -> None:
    """One line that is written over on a terminal; elsewhere about ten lines, and the failures."""
    last = progress.last
    terminal = sys.stderr.isatty()
    start = "\r" if terminal else ""
    if last.status in FAILED:
        told = counted(len(only_errors(last.problems)), "erreur").replace(NBSP, " ")
        print_error(f"{start}{last.name} : {_ONE[last.status]}, {told}.{'':<40}".rstrip())
    left = "" if not progress.remaining else f", encore {duration_text(progress.remaining)}"
    text = (
        f"{progress.done}/{_counted(progress.total, progress)}, {_rate_text(progress.rate)}{left}"
    )
    if terminal:
        end = "\n" if progress.done == progress.total else ""
        sys.stderr.write(f"{start}{text:<70}{end}")
        sys.stderr.flush()
    elif _is_a_step(progress.done, progress.total):
        print_error(text)


def _is_a_step(done: int, total: int) -> bool:
    """True about ten times in a batch, the last contract included."""
    return done * _SOBER_STEPS // total != (done - 1) * _SOBER_STEPS // total


def _rate_text(rate: float) -> str:
    """« 4,6 par seconde », or by the minute when it is slow."""
    if rate >= 1:
        return f"{format_number(Decimal(f'{rate:.1f}'))} par seconde"
    return f"{format_number(Decimal(f'{60 * rate:.1f}'))} par minute"


def duration_text(seconds: float) -> str:
    """« 2 min 05 s »."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def print_result(result: "BatchResult", paths: Sequence[Path]) -> None:
    """The problems and the balance on stderr, the paths written on stdout."""
    warnings = without_notes([*result.library_problems, *result.overlaps])
    print_problems(warnings, strict=False)
    _print_errors(
        problem
        for entry in result.entries.values()
        if entry.status in FAILED
        for problem in entry.problems
    )
    if result.interrupted:
        print_error("Production interrompue à votre demande ; relancez la commande pour reprendre.")
    counts = Counter(map(result.status_of, result.entries))
    parts = [
        f"{counts[status]} {plural if counts[status] > 1 else _ONE[status]}"
        for status, plural in _COUNTED.items()
        if counts[status]
    ]
    print_error(
        f"{_counted(len(result.entries), result)} en {duration_text(result.seconds)}"
        f"{' : ' if parts else ''}{', '.join(parts)}."
    )
    for path in paths:
        print_line(str(path))


def _counted(count: int, of: "BatchPlan | Progress | BatchResult") -> str:
    """« 3 contrats »; a batch of avenants counts establishments, which may have none."""
    noun = "établissement" if of.is_of_avenants else "contrat"
    return counted(count, noun).replace(NBSP, " ")


def _print_errors(problems: Iterable[Diagnostic]) -> None:
    """Every error once, as the other commands print them; where else it stands is told in a line.

    A fault of a template, or of a file that profiles share, would else be printed for each profile.
    """
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for problem in only_errors(problems):
        place = str(problem.place)
        error = (problem.code, problem.message, word_help(problem, word_remedy))
        if place not in places.get(error, ()):
            places[error].append(place)
    for (code, message, hint), (place, *others) in places.items():
        print_error(f"{place}: erreur [{code}] {message}")
        if others:
            more = ", …" if len(others) > _NAMES_TOLD else ""
            plural = "s" if len(others) > 1 else ""
            told = ", ".join(others[:_NAMES_TOLD])
            print_error(f"  de même à {len(others)} autre{plural} endroit{plural} : {told}{more}")
        if hint:
            print_error(f"  aide : {hint}")
