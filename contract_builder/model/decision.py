"""The file of decisions on what the other party changed: written by the tool, filled in by people.

One line a change. What identifies it (``contrat``, ``fichiers``, ``ancien``, ``nouveau``) is
written by the tool and compared when the file is read; ``decision``, ``texte`` and ``motif`` are
the reader's.
"""

from contract_builder.frozen import dataclass
from contract_builder.model.record import Record
from contract_builder.model.scalar_types import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedFile(Record):
    """A file that came back, by its name and the SHA-256 of its bytes."""

    nom: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeConflict(Record):
    """Changes that cannot all be accepted, and why."""

    modifications: tuple[str, ...]
    pourquoi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine(Record):
    """One change, and what is decided of it.

    ``suivi`` says whether a revision marked it; ``clause`` is the id of the clause, ``contexte``
    the line that was sent round the words of a tracked change, ``champ`` the key of the value that
    it changes, if any. ``texte`` is the agency's own wording, for a change that is countered.
    """

    id: str
    lieu: str = ""
    clause: str = ""
    fichier: str = ""
    auteur: str = ""
    date: str = ""
    suivi: bool = False
    contexte: Prose = ""
    ancien: Prose = ""
    nouveau: Prose = ""
    champ: str = ""
    decision: str = ""
    texte: Prose = ""
    motif: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFile(Record):
    """The decisions on the changes of some copies of one version.

    ``contrat`` is the SHA-256 of the contract that was sent, ``version`` its reference in the
    store, empty for a version that is not there.
    """

    contrat: str
    version: str = ""
    fichiers: tuple[DecidedFile, ...]
    desaccords: tuple[ChangeConflict, ...] = ()
    modifications: tuple[DecisionLine, ...] = ()
