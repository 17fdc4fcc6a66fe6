"""Who signs: the agency, the establishment, the bodies around them.

Part of the profile (``model.profile``); attribute names are the keys of the YAML file.
"""

import datetime
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.record import Record
from contract_builder.model.scalar_types import Euros, FinessNumber

LegalStatus = Literal["public", "espic", "prive_lucratif", "prive_non_lucratif"]
EstablishmentKind = Literal[
    "chu",
    "ch",
    "chs",
    "clinique",
    "hopital_proximite",
    "centre_lutte_cancer",
    "had",
    "smr",
    "dialyse",
    "laboratoire",
    "imagerie",
    "partenaire",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Record):
    """A postal address."""

    voie: str = ""
    complement: str = ""
    code_postal: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative(Record):
    """Who signs, by function; ``civilite_fonction`` is the function inside a sentence."""

    fonction: str
    civilite_fonction: str = ""
    qualite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Record):
    """The regional health agency."""

    nom: str
    adresse: Address | None = None
    representant: Representative
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalPlan(Record):
    """The regional health project (PRS) and the order that adopted it."""

    intitule: str
    periode: str = ""
    arrete_numero: str = ""
    arrete_date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBody(Record):
    """A body known by its name (caisse pivot, tribunal)."""

    nom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberation(Record):
    """An opinion or decision of a board that the contract refers to."""

    instance: str
    nature: str
    date: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class University(Record):
    """The university of a CHU and the date of their convention."""

    nom: str
    convention_date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Establishment(Record):
    """The legal entity that signs."""

    finess_ej: FinessNumber
    siren: str = ""
    siret: str = ""
    raison_sociale: str
    nom_court: str = ""
    statut: LegalStatus
    statut_juridique: str = ""
    categorie: EstablishmentKind
    adresse: Address | None = None
    departement: str = ""
    representant: Representative | None = None
    deliberations: tuple[Deliberation, ...] = ()
    service_public: bool = False
    soins_longue_duree: bool = False
    centre_sante: bool = False
    recherche: bool = False
    antenne_urgences: bool = False
    soins_palliatifs: bool = False
    universite: University | None = None
    departement_cosignataire: str = ""
    departement_representant: Representative | None = None
    produits_assurance_maladie: Euros | None = None
    categorie_titulaire: (
        Literal["etablissement", "laboratoire_associe", "laboratoire_isole", "imagerie"] | None
    ) = None
    activites_biologie: tuple[
        Literal["amp", "amp_don", "oncofertilite", "risque_viral", "genetique_postnatale", "dpn"],
        ...,
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalGroup(Record):
    """The groupement hospitalier de territoire (GHT)."""

    nom: str
    role: Literal["support", "membre"]
    support_nom: str = ""
    support_finess: FinessNumber = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledParty(Record):
    """A body called to the contract for some clauses (CSP L6114-1)."""

    nom: str
    qualite: str = ""
    representant: str = ""
    clauses: tuple[str, ...] = ()
