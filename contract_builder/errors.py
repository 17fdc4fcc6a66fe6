"""Exceptions: a step cannot give a result.

A problem in the user's files is a ``Diagnostic`` value, never an exception; an exception either
carries such problems up to the command line (``ProblemsError``) or says in French why a step
stopped. ``InternalError`` and its children are our own faults (exit code 70).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contract_builder.diagnostics import Diagnostic


class UserError(Exception):
    """Something the user can mend; the text is a complete French sentence."""


class UsageError(UserError):
    """The command line does not hold together (exit code 2)."""


class TemplateError(UserError):
    """A document template cannot be used; the text says what is missing and where."""


class ContractFileError(UserError):
    """A contract file is damaged or was written by another schema version."""


class ProblemsError(UserError):
    """The user's files hold errors: all of them are listed in ``problems``."""

    def __init__(self, problems: "Sequence[Diagnostic]") -> None:
        super().__init__(f"{len(problems)} problème(s)")
        self.problems = tuple(problems)


class InternalError(Exception):
    """Our own fault: a document is not what the contract says, or a writer refused it."""


class InternalRenderError(InternalError):
    """A writer produced, or was about to produce, a wrong document."""
