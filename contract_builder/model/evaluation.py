"""The file of an evaluation: what the parties said and concluded, beside the figures of the store.

Written by the officer, one file an evaluation; people are named by their functions alone.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from contract_builder.frozen import dataclass
from contract_builder.model.fiche import TargetType
from contract_builder.model.record import Record
from contract_builder.model.scalar_types import Euros

EvaluationKind = Literal["mi-parcours", "finale"]
EVALUATION_WORDS: Final[Mapping[EvaluationKind, str]] = {
    "mi-parcours": "à mi-parcours",
    "finale": "finale",
}
"""What follows « évaluation »."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee(Record):
    """Who took part in the meeting: a function, and whose."""

    organisme: str
    fonction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationMeeting(Record):
    """The meeting of the parties; ``date`` is left to complete while unknown."""

    date: datetime.date | None = None
    participants: tuple[Attendee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRemark(Record):
    """What both parties say; ``sur`` is a sheet's code, or empty for the whole contract."""

    sur: str = ""
    etablissement: str = ""
    agence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyBases(Record):
    """The amounts that caps of penalties are reckoned from, in euros."""

    exercice_clos: int
    produits: Euros | None = None
    financements: Euros | None = None
    source: str = ""

    def basis(self, name: str) -> Decimal | None:
        """The amount of a basis by its name; None when it is not given."""
        return self.produits if name == "produits" else self.financements


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTarget(Record):
    """A target that the parties would change by an avenant; as profiles write negotiated ones."""

    fiche: str
    annee: int
    indicateur: str = ""
    texte: str
    type: TargetType | None = None
    valeur: str = ""
    motif: str
    auteur: str
    derogation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationConclusions(Record):
    """What follows; nothing of it is done by itself."""

    perspectives: tuple[str, ...] = ()
    avenant: bool | None = None
    mise_en_demeure: str = ""
    cibles: tuple[ProposedTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFile(Record):
    """One evaluation of one contract."""

    contrat: str
    genre: EvaluationKind
    reunion: EvaluationMeeting | None = None
    observations: tuple[EvaluationRemark, ...] = ()
    penalites: PenaltyBases | None = None
    conclusions: EvaluationConclusions | None = None
