"""Problems in the user's files, as values: place, stable code, French message, hint.

``catalogue`` has one function per problem; ``text`` prints them. A step that reads or checks
returns its result *and* a list of these.
"""

from dataclasses import dataclass
from typing import Literal

from contract_builder.source import Place

Severity = Literal["erreur", "avertissement", "note"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. ``code`` is kebab-case, stable for ever, documented in ``docs/erreurs.md``.

    ``erreur`` stops a build, ``avertissement`` does under ``--strict``, ``note`` never does.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""


Problems = list[Diagnostic]


def has_errors(problems: Problems) -> bool:
    """True when at least one problem is an error."""
    return any(problem.severity == "erreur" for problem in problems)


def sort_key(problem: Diagnostic) -> tuple[str, int, int, str, str]:
    """Orders problems by file, line, column, then code."""
    place = problem.place
    return (place.file, place.line, place.column, problem.code, problem.message)
