"""Problems in the user's files, as values: place, stable code, French message, hint.

The ``…_problems`` modules have one function per problem; ``text`` prints them. A step that reads or
checks returns its result *and* a list of these.
"""

from collections.abc import Iterable
from typing import Literal

from contract_builder.errors import Remedy
from contract_builder.frozen import dataclass
from contract_builder.source import Place

Severity = Literal["erreur", "avertissement", "note"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. ``code`` is kebab-case, stable for ever, documented in ``docs/erreurs.md``.

    ``erreur`` stops a build, ``avertissement`` a strict one, ``note`` none. ``hint`` says what to
    change in the file, ``remedy`` what the program can do. ``field`` is the path in a profile of
    what is lacking and stands nowhere yet: ``etablissement.siren``.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    remedy: Remedy | None = None
    field: str = ""


Problems = list[Diagnostic]


def has_errors(problems: Problems) -> bool:
    """True when at least one problem is an error."""
    return any(problem.severity == "erreur" for problem in problems)


def without_notes(problems: Iterable[Diagnostic]) -> Problems:
    """The errors and warnings, in their order."""
    return [problem for problem in problems if not is_library_note(problem)]


def is_library_note(problem: Diagnostic) -> bool:
    """True for what is told to those who keep the library, and to nobody else."""
    return problem.severity == "note"


def is_lack(problem: Diagnostic) -> bool:
    """True for what the contract needs and nobody has told yet: no fault, an answer to give."""
    return problem.code in ("donnee-manquante", "rubrique-vide")


def only_errors(problems: Iterable[Diagnostic]) -> Problems:
    """What stops a build, in its order."""
    return [problem for problem in problems if problem.severity == "erreur"]


def in_file_order(problems: Iterable[Diagnostic]) -> Problems:
    """Every problem once, by file, line, column, then code: two steps may find the same one."""
    unique = {(problem.severity, problem.hint, *sort_key(problem)): problem for problem in problems}
    return sorted(unique.values(), key=sort_key)


def sort_key(problem: Diagnostic) -> tuple[str, int, int, str, str]:
    """Orders problems by file, line, column, then code."""
    place = problem.place
    return (place.file, place.line, place.column, problem.code, problem.message)
