"""The profile of one establishment: what its contract needs to know, as its file says it.

Attribute names are the keys of the YAML file. Every value knows its file and line
(``Record.place_of``). Derived facts are made from this by ``profiles.facts``.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.absences import DeclaredAbsence
from contract_builder.model.activities import (
    Authorisation,
    Capacity,
    EmergencyVisits,
    Mission,
    Recognition,
    Site,
)
from contract_builder.model.amending_levels import ChosenLevel
from contract_builder.model.contract import JoinedNature
from contract_builder.model.dates import last_day_of_five_years
from contract_builder.model.establishment import (
    Agency,
    CalledParty,
    Establishment,
    HospitalGroup,
    NamedBody,
    RegionalPlan,
)
from contract_builder.model.fiche import TargetType
from contract_builder.model.negotiation import NegotiatedValue, NegotiatedVariant
from contract_builder.model.record import Record
from contract_builder.model.scalar_types import Euros
from contract_builder.model.status import ContractStatus

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
class ContractTerms(Record):
    """The contract itself; without ``date_fin`` it lasts five years less a day.

    Without ``exemplaires`` there are as many originals as signatories. ``suite_de`` names the
    stored version of the contract that this one follows (« 990000011@3 »), empty without one.
    """

    code: str
    date_effet: datetime.date
    date_fin: datetime.date | None = None
    version: int = 1
    statut: ContractStatus = "projet"
    date_demande: datetime.date | None = None
    exemplaires: int | None = None
    lieu_signature: str = ""
    date_signature: datetime.date | None = None
    suite_de: str = ""

    @property
    def followed(self) -> tuple[str, ...]:
        """The reference of the stored version that this contract follows, if any."""
        return (self.suite_de,) if self.suite_de else ()

    @property
    def last_day(self) -> datetime.date:
        """The last day of the contract, inclusive: as written, else five years less a day."""
        return self.date_fin or last_day_of_five_years(self.date_effet)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineValue(Record):
    """The establishment's own starting value for one indicator."""

    annee: int
    valeur: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedTarget(Record):
    """A target agreed with the establishment instead of the sheet's, with the reason.

    ``indicateur`` names the one that is meant where the sheet's cell counts several; ``derogation``
    says why the agency agrees to less than the sheet asks. Without ``type``, ``assembly`` takes the
    sheet's where there is a value, else it is a text.
    """

    annee: int
    indicateur: str = ""
    texte: str
    type: TargetType | None = None
    valeur: str = ""
    motif: str
    auteur: str
    derogation: str = ""


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

    cle: str = ""
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
    """One financing line: amounts in euros by year.

    ``fiche`` (the code of a chosen sheet) and ``mission`` (the ``intitule`` of a mission) say what
    the credit is tied to (CSP R1435-30); empty for nothing.
    """

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
    montants: Mapping[int, Euros]
    versements: str = ""
    fiche: str = ""
    mission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation(Record):
    """A cooperation that the establishment takes part in."""

    cle: str = ""
    nature: Literal["GHT", "GCS", "PIMM", "CHU_universite", "convention", "FMIH", "reseau"]
    intitule: str
    partenaires: tuple[str, ...] = ()
    objet: str = ""
    date: datetime.date | None = None
    condition_autorisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherContract(Record):
    """Another contract or financial agreement in force (CSP D6114-1)."""

    cle: str = ""
    nature: Literal[
        "CAQES",
        "performance",
        "retour_equilibre",
        "bon_usage",
        "investissement",
        "soutien_decennal",
        "ARS",
        "autre_organisme",
    ]
    intitule: str
    cocontractant: str = ""
    date_debut: datetime.date | None = None
    date_fin: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedAnnex(Record):
    """A PDF joined to the contract; ``fichier`` starts from the folder of the profile.

    ``annexe`` is the number of the annex that it completes, empty for none.
    """

    fichier: str
    titre: str
    nature: JoinedNature = "autre"
    annexe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Record):
    """All layers of one establishment's profile, merged.

    ``motifs_avenant`` says why the next avenant changes each article or annex, by its number
    (« 6 », « A5 ») or name (« visas », « considérants », « parties »); ``niveaux_avenant`` at what
    level it changes some passages.
    """

    fictif: bool = False
    groupe: str = ""
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
    annexes_jointes: tuple[JoinedAnnex, ...] = ()
    neants: tuple[DeclaredAbsence, ...] = ()
    motifs_avenant: Mapping[str, str] | None = None
    niveaux_avenant: tuple[ChosenLevel, ...] = ()
    variantes: tuple[NegotiatedVariant, ...] = ()
    valeurs_negociees: tuple[NegotiatedValue, ...] = ()
