"""The profile of one establishment: what its contract needs to know, as its file says it.

Attribute names are the keys of the YAML file. Every value knows its file and line
(``Record.place_of``). Derived facts are made from this by ``profiles.facts``.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from contract_builder.model.contract import ContractStatus
from contract_builder.model.dates import last_day_of_five_years
from contract_builder.model.fiche import TargetType
from contract_builder.model.record import Record

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
DelegationMode = Literal["BASE", "CR", "CNR", "JPE"]
CommitmentTheme = Literal[
    "qualite",
    "achats",
    "ressources_humaines",
    "budget",
    "systeme_information",
    "cooperation",
    "autre",
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
class ContractTerms(Record):
    """The contract itself; without ``date_fin`` it lasts five years less a day."""

    code: str
    date_effet: datetime.date
    date_fin: datetime.date | None = None
    version: int = 1
    statut: ContractStatus = "projet"
    date_demande: datetime.date | None = None
    exemplaires: int = 2
    lieu_signature: str = ""

    @property
    def last_day(self) -> datetime.date:
        """The last day of the contract, inclusive: as written, else five years less a day."""
        return self.date_fin or last_day_of_five_years(self.date_effet)


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

    finess_ej: str
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
    produits_assurance_maladie: Decimal | None = None
    categorie_titulaire: (
        Literal["etablissement", "laboratoire_associe", "laboratoire_isole", "imagerie"] | None
    ) = None
    activites_biologie: tuple[
        Literal["amp", "amp_don", "oncofertilite", "risque_viral", "genetique_postnatale", "dpn"],
        ...,
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Record):
    """A geographic establishment (FINESS ET) for which the legal entity acts."""

    finess_et: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyVisits(Record):
    """Visits to the emergency department in one year."""

    annee: int
    passages: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalGroup(Record):
    """The groupement hospitalier de territoire (GHT)."""

    nom: str
    role: Literal["support", "membre"]
    support_nom: str = ""
    support_finess: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation(Record):
    """An authorised care activity, by its quintuplet in the nomenclature."""

    numero_arhgos: str = ""
    activite: str
    modalite: str
    mention: str
    pts: str
    declaration: str
    finess_et: str
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

    nature: Literal["MIG", "PDSES", "palliatif", "specifique", "service_public"]
    intitule: str
    site: str = ""
    modalites: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineValue(Record):
    """The establishment's own starting value for one indicator."""

    annee: int
    valeur: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedTarget(Record):
    """A target agreed with the establishment instead of the sheet's, with the reason."""

    annee: int
    texte: str
    type: TargetType = "texte"
    valeur: str = ""
    motif: str
    auteur: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSheet(Record):
    """A sheet that the contract holds."""

    code: str
    volet: str = ""
    deja_engage: bool = False
    valeurs_initiales: Mapping[str, BaselineValue] | None = None
    cibles: tuple[NegotiatedTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Record):
    """A commitment of the establishment's own, under one theme of article 4."""

    theme: CommitmentTheme
    intitule: str
    echeance: int | None = None
    indicateur: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingOrder(Record):
    """The order (arrêté) that grants a financing line."""

    numero: str
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingLine(Record):
    """One financing line: amounts in euros by year."""

    cle: str
    enveloppe: str
    sous_enveloppe: str = ""
    mode: DelegationMode
    mesure: str = ""
    libelle: str
    niveau1: str = ""
    niveau2: str = ""
    payeur: str = ""
    arrete: FundingOrder | None = None
    montants: Mapping[int, Decimal]
    versements: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation(Record):
    """A cooperation that the establishment takes part in."""

    nature: Literal["GHT", "GCS", "PIMM", "CHU_universite", "convention", "FMIH", "reseau"]
    intitule: str
    partenaires: tuple[str, ...] = ()
    objet: str = ""
    date: datetime.date | None = None
    condition_autorisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherContract(Record):
    """Another contract or financial agreement in force (CSP D6114-1)."""

    nature: Literal[
        "CAQES",
        "performance",
        "retour_equilibre",
        "bon_usage",
        "investissement",
        "ARS",
        "autre_organisme",
    ]
    intitule: str
    cocontractant: str = ""
    date_debut: datetime.date | None = None
    date_fin: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledParty(Record):
    """A body called to the contract for some clauses (CSP L6114-1)."""

    nom: str
    qualite: str = ""
    representant: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Record):
    """All layers of one establishment's profile, merged."""

    fictif: bool = False
    type_contrat: str
    campagne: str
    ars: Agency
    prs: RegionalPlan | None = None
    caisse_pivot: NamedBody | None = None
    tribunal: NamedBody | None = None
    contrat: ContractTerms
    etablissement: Establishment
    sites: tuple[Site, ...] = ()
    capacites: tuple[Capacity, ...] = ()
    urgences: tuple[EmergencyVisits, ...] = ()
    ght: HospitalGroup | None = None
    autorisations: tuple[Authorisation, ...] = ()
    reconnaissances: tuple[Recognition, ...] = ()
    missions: tuple[Mission, ...] = ()
    fiches: tuple[ChosenSheet, ...] = ()
    engagements: tuple[Commitment, ...] = ()
    financements: tuple[FundingLine, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    autres_contrats: tuple[OtherContract, ...] = ()
    appeles_au_contrat: tuple[CalledParty, ...] = ()
