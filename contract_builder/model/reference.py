"""Legal references: (code, article, date), never the number alone."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from contract_builder.model.record import Record

ReferenceStatus = Literal["en_vigueur", "abroge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceVersion(Record):
    """One version of an article; ``depuis`` and ``jusqu_au`` are inclusive."""

    article: str
    objet: str
    statut: ReferenceStatus
    depuis: date
    jusqu_au: date | None = None
    modifie_par: str = ""
    verifie_le: date
    source: str = ""
    a_verifier: str = ""

    def holds(self, on: date) -> bool:
        """True when this is the version at the date ``on``."""
        return self.depuis <= on and (self.jusqu_au is None or on <= self.jusqu_au)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFile(Record):
    """All that the library knows of one code or family of texts."""

    code: str
    intitule: str
    etat_au: date
    references: tuple[ReferenceVersion, ...]
