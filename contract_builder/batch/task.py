"""One item of a batch: what a worker is given, and what it gives back.

Everything that crosses the process border is small: no text of a file.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from contract_builder.batch.compared import ComparisonResult, Marks
from contract_builder.batch.earlier import Earlier
from contract_builder.batch.summary import BatchSummary
from contract_builder.diagnostics import Diagnostic, Problems, without_notes
from contract_builder.diagnostics.batch_problems import (
    avenant_impossible,
    contrat_a_modifier_absent,
    production_impossible,
)
from contract_builder.diagnostics.text import shorten
from contract_builder.services.making import BuildOptions
from contract_builder.source import Place, SourceFile, whole_file

OutcomeStatus = Literal["produit", "inchange", "sans_objet", "sans_contrat", "refuse", "echec"]
"""« sans_objet »: there is nothing to amend; « sans_contrat »: no contract in force to amend."""


@dataclass(frozen=True, slots=True)
class AmendingPlan:
    """How the avenants of a batch are made.

    ``today`` is the caller's day, ``signed_on`` the date of the avenants and ``effective_on`` their
    first day of effect (``services.drafted_amendments.AmendingTerms``). ``record`` keeps each as a
    version, by ``actor`` at ``at``.
    """

    today: date
    at: datetime
    signed_on: date | None = None
    effective_on: date | None = None
    record: bool = False
    actor: str = ""

    @property
    def day(self) -> date:
        """The day that the text in force is taken of."""
        return self.effective_on or self.signed_on or self.today

    @property
    def terms(self) -> str:
        """What of it changes an avenant, for its fingerprint."""
        return f"{self.signed_on} {self.day}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What all contracts of a batch share; ``library_version`` tells workers to load afresh.

    ``marks`` is None when nothing is compared. ``amending`` says how avenants are made, None when
    the batch makes contracts.
    """

    root: str
    out: str
    options: BuildOptions
    library_version: str
    seconds: float
    memory_mib: int
    marks: Marks | None = None
    amending: AmendingPlan | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One profile to build, and what its last build was made from.

    ``shown_path`` is the profile's file as messages name it. ``previous_identity`` is that of the
    last contract built, ``comparison`` what is known of its changes; ``earlier`` is the contract
    that this one is compared with, None when there is none or nothing is compared. ``start`` is the
    file, inside the folder of products, of what its avenant starts from; empty for a contract.
    """

    name: str
    path: str
    shown_path: str
    inputs: dict[str, str]
    previous_content: str
    previous_files: tuple[str, ...]
    previous_identity: str = ""
    comparison: ComparisonResult | None = None
    earlier: Earlier | None = None
    start: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one profile; ``files`` are names inside the products folder.

    ``summary`` is None when nothing was made.
    """

    name: str
    status: OutcomeStatus
    inputs: dict[str, str]
    content: str
    files: tuple[str, ...]
    problems: tuple[Diagnostic, ...]
    summary: BatchSummary | None
    seconds: float
    comparison: ComparisonResult | None = None


def failed(task: Task, reason: str) -> Outcome:
    """The outcome of a task that could not be done; files of an earlier build stay."""
    place = whole_file(task.shown_path)
    if task.start:
        return could_not_start(task, place, reason)
    return _without_product(task, "echec", [production_impossible(place, reason)])


def refused(task: Task, problems: Problems) -> Outcome:
    """The outcome of a profile with errors; files of an earlier build stay."""
    return _without_product(task, "refuse", problems)


def left_aside(task: Task, place: Place, reason: str) -> Outcome:
    """The outcome of an establishment that has no contract in force to amend."""
    lack = contrat_a_modifier_absent(place, reason)
    return replace(_without_product(task, "sans_contrat", [lack]), files=())


def could_not_start(task: Task, place: Place, reason: str) -> Outcome:
    """The outcome of an establishment whose contract in force cannot be read."""
    return _without_product(task, "echec", [avenant_impossible(place, reason)])


def _without_product(task: Task, status: OutcomeStatus, problems: Problems) -> Outcome:
    return Outcome(
        name=task.name,
        status=status,
        inputs={},
        content="",
        files=task.previous_files,
        problems=tell_problems(problems),
        summary=None,
        seconds=0.0,
        comparison=task.comparison,
    )


def tell_problems(problems: Problems) -> tuple[Diagnostic, ...]:
    """Errors and warnings, made light to be remembered; notes are for who keeps the library.

    Their places have lost the texts of their files, and pages that messages quote are cut.
    """
    return tuple(map(_lighten, without_notes(problems)))


def _lighten(problem: Diagnostic) -> Diagnostic:
    place = problem.place
    light = Place(SourceFile(place.file, ()), place.line, place.column)
    return replace(problem, message=shorten(problem.message), place=light)
