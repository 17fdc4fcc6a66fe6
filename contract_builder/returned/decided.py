"""What is decided of a change, and which decisions a change can take."""

from dataclasses import dataclass
from typing import Final, Literal

from contract_builder.returned.change import ReturnedChange
from contract_builder.returned.lines import CELL_MARK

Choice = Literal["accepte", "refuse", "contre", "ouvert"]

CHOICE_WORDS: Final[dict[Choice, str]] = {
    "accepte": "acceptée",
    "refuse": "refusée",
    "contre": "contre-proposée",
    "ouvert": "ouverte",
}


@dataclass(frozen=True, slots=True)
class DecidedChange:
    """One change with what is decided of it; ``text`` is the agency's own, for « contre ».

    ``text`` stands in the place of the words that came (``new``); for a change that shows the whole
    line, in the place of that line.
    """

    change: ReturnedChange
    choice: Choice
    text: str = ""
    reason: str = ""


def find_impossible(decided: DecidedChange) -> str:
    """Why this change cannot take this decision, in French; empty when it can."""
    change, choice = decided.change, decided.choice
    if choice == "contre":
        if change.cls == "format" or change.kind in ("format", "move"):
            return "une mise en forme ou un déplacement ne se contre-propose pas"
        if change.where.table and any(CELL_MARK in words for words in (change.old, change.new)):
            return "une ligne de tableau entière ne se contre-propose pas"
        if not decided.text.strip():
            return "une contre-proposition demande son texte"
    if choice == "refuse" and not change.tracked and change.kind == "move":
        return (
            "un déplacement que personne n’a marqué ne se refuse pas tout seul : remettez la "
            "clause à sa place dans le fichier, ou laissez-le ouvert"
        )
    return ""
