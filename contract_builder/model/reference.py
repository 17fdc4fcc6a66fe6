"""Legal references: (code, article, date), never the number alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contract_builder.model.record import Record

ReferenceStatus = Literal["en_vigueur", "abroge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceVersion(Record):
    """One version of an article; ``depuis`` and ``jusqu_au`` are inclusive.

    ``creation`` says that nothing stood under this number before ``depuis``.
    """

    article: str
    objet: str
    statut: ReferenceStatus
    depuis: date
    jusqu_au: date | None = None
    creation: bool = False
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


Standing = Literal["en_vigueur", "abroge", "pas_en_vigueur", "redaction_inconnue", "inconnu"]


def find_version(versions: Sequence[ReferenceVersion], on: date) -> ReferenceVersion | None:
    """The version that holds at ``on``, abrogation included."""
    return next((version for version in versions if version.holds(on)), None)


def standing_at(versions: Sequence[ReferenceVersion], on: date) -> Standing:
    """What the registry can say of an article at ``on``.

    ``pas_en_vigueur``: it was not yet created, or its end is known. ``redaction_inconnue``: only
    later wordings are known, which says nothing of the earlier law.
    """
    version = find_version(versions, on)
    if version is not None:
        return version.statut
    if not versions:
        return "inconnu"
    first = min(versions, key=lambda item: item.depuis)
    before_all = on < first.depuis and not first.creation
    return "redaction_inconnue" if before_all else "pas_en_vigueur"


def first_known_day(versions: Sequence[ReferenceVersion]) -> date:
    """The first day of the oldest known wording; ValueError without versions."""
    return min(version.depuis for version in versions)
