"""Exceptions: a step cannot give a result.

A problem in the user's files is a ``Diagnostic`` value, never an exception; an exception either
carries such problems up to the command line (``ProblemsError``) or says in French why a step
stopped. ``InternalError`` and its children are our own faults (exit code 70).
"""

import errno
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from contract_builder.frozen import dataclass

if TYPE_CHECKING:
    from contract_builder.diagnostics import Diagnostic


RemedyAction = Literal[
    "build_alone",
    "choose_campaign",
    "choose_code",
    "choose_name",
    "choose_output",
    "choose_profile",
    "compare_versions",
    "declare_ended",
    "declare_merger",
    "declare_signed",
    "fresh_template",
    "hide_behind_tls",
    "import_registry",
    "install_cluster",
    "make_account",
    "name_address",
    "name_sent_version",
    "record_contract",
    "verify_store",
    "without_attachment",
]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would help, without the words of any front end: each one says how it is done there.

    ``detail`` is what the action is about (a reference, names to choose from); it may be empty.
    """

    action: RemedyAction
    detail: str = ""


class UserError(Exception):
    """Something the user can mend; the text is a complete French sentence.

    The text tells what is wrong; what would help in the program itself is the ``remedy``.
    """

    def __init__(self, message: str, remedy: Remedy | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy


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


class RefusedFileError(OSError):
    """A file that is not read, although the system would let us; the text is the French reason."""


_SYSTEM_REASONS = {
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre espace sur le disque est plein",
    errno.EFBIG: "le fichier est trop gros pour ce disque",
    errno.ENOENT: "ce chemin n’existe pas",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "une partie du chemin n’est pas un dossier",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.ELOOP: "des liens y tournent en rond",
    errno.EIO: "le disque ne répond pas bien",
}


def system_reason(error: OSError) -> str:
    """Why the system refused, in French; never its own English words."""
    if isinstance(error, RefusedFileError):
        return str(error)
    return _SYSTEM_REASONS.get(error.errno or 0, f"erreur {error.errno} du système")
