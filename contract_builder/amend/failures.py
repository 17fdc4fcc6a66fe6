"""What stops an avenant: an operation that does not apply, a difference that cannot be ordered."""

from typing import Literal

from contract_builder.errors import UserError
from contract_builder.model.amendment import Operation
from contract_builder.model.french import NBSP

FailureReason = Literal[
    "unknown_unit",
    "unknown_alinea",
    "unknown_table",
    "unknown_row",
    "unknown_note",
    "absent_words",
    "several_words",
    "other_text",
    "overlap",
    "content",
    "twice",
]
_WORDS: dict[FailureReason, str] = {
    "unknown_unit": "le contrat n’a pas cette partie",
    "unknown_alinea": "le contrat n’a pas cet alinéa",
    "unknown_table": "le contrat n’a pas ce tableau",
    "unknown_row": "le tableau n’a pas cette ligne",
    "unknown_note": "le tableau n’a pas cette note",
    "absent_words": "les mots cités ne s’y trouvent pas",
    "several_words": "les mots cités s’y trouvent plusieurs fois",
    "other_text": "le texte cité n’est pas celui du contrat",
    "overlap": "une autre opération touche le même passage",
    "twice": "ce qu’elle insère s’y trouve déjà",
    "content": "son contenu n’a pas la forme attendue",
}


class OperationError(UserError):
    """An operation does not apply to this contract: which one, and why."""

    def __init__(self, operation: Operation, reason: FailureReason) -> None:
        place = operation.where.label or operation.where.unit
        where = f"l’opération {operation.id}, qui vise «{NBSP}{place}{NBSP}»"
        super().__init__(
            f"L’avenant ne s’applique pas à ce contrat{NBSP}: {where}, "
            f"ne peut être exécutée, car {_WORDS[reason]}."
        )
        self.operation = operation
        self.reason = reason


class NotAmendableError(UserError):
    """The difference between two contracts cannot be ordered; ``units`` are the ids concerned."""

    def __init__(self, units: tuple[str, ...]) -> None:
        named = ", ".join(units)
        super().__init__(
            "L’avenant ne peut pas être rédigé avec certitude, et rien n’est écrit"
            f"{NBSP}: appliqué à l’ancien contrat, il ne redonnerait pas le nouveau ({named})."
        )
        self.units = units


class AmendmentFileError(UserError):
    """A file of an avenant is damaged, or was written by another schema version."""
