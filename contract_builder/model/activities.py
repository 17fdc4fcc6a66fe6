"""What an establishment does and where: sites, capacities, authorisations, missions.

Part of the profile (``model.profile``); attribute names are the keys of the YAML file.
"""

import datetime
from collections.abc import Mapping
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.establishment import Address
from contract_builder.model.record import Record
from contract_builder.model.scalar_types import FinessNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Record):
    """A geographic establishment (FINESS ET) for which the legal entity acts."""

    finess_et: FinessNumber
    nom: str
    categorie: str = ""
    adresse: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beds(Record):
    """Beds (full hospitalisation) and places (partial) of one discipline."""

    lits: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(Record):
    """The capacities of one year."""

    annee: int
    medecine: Beds | None = None
    chirurgie: Beds | None = None
    obstetrique: Beds | None = None
    smr: Beds | None = None
    psychiatrie: Beds | None = None
    had: Beds | None = None
    usld: Beds | None = None
    source: str = ""

    @property
    def disciplines(self) -> tuple[Beds, ...]:
        """The beds and places of each discipline that is given, in the order of the keys."""
        every = (
            self.medecine,
            self.chirurgie,
            self.obstetrique,
            self.smr,
            self.psychiatrie,
            self.had,
            self.usld,
        )
        return tuple(beds for beds in every if beds is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyVisits(Record):
    """Visits to the emergency department in one year."""

    annee: int
    passages: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation(Record):
    """An authorised care activity, by its quintuplet in the nomenclature."""

    numero_arhgos: str = ""
    activite: str
    modalite: str
    mention: str
    pts: str
    declaration: str
    finess_et: FinessNumber
    statut: Literal["01", "02"]
    date_autorisation: datetime.date | None = None
    date_renouvellement: datetime.date | None = None
    date_effet: datetime.date | None = None
    date_limite: datetime.date | None = None
    date_mise_en_oeuvre: datetime.date | None = None
    date_fin: datetime.date | None = None
    date_caducite: datetime.date | None = None
    equipements: Mapping[str, int] | None = None

    @property
    def quintuplet(self) -> tuple[str, str, str, str, str]:
        """Activity, modality, mention, therapeutic practice, declaration."""
        return (self.activite, self.modalite, self.mention, self.pts, self.declaration)

    @property
    def key(self) -> str:
        """The ARHGOS number, else the quintuplet and the site."""
        return self.numero_arhgos or "/".join((*self.quintuplet, self.finess_et))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Record):
    """A contractual recognition (activity without authorisation)."""

    code: str
    activite: str
    modalite: str = ""
    forme: str = ""
    capacite: int | None = None
    date_debut: datetime.date | None = None
    date_fin: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission(Record):
    """A public-service mission or specific activity."""

    cle: str = ""
    nature: Literal[
        "MIG",
        "PDSES",
        "palliatif",
        "specifique",
        "service_public",
        "plateau_smr",
        "activite_isolee",
    ]
    intitule: str
    site: FinessNumber = ""
    modalites: str = ""
    references: tuple[str, ...] = ()
