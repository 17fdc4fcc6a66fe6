"""The lines of the registries, typed, in the registries' own words.

Dates absent from a flow are None; « 1900-01-01 », which the flows use for « not given », too.
Every row knows its file and its line. Fields that no profile needs are not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contract_builder.reading.tree import Tree
from contract_builder.registries.typed_cells import column_letters
from contract_builder.source import Place, SourceFile


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """A file being read: its name in messages, the day its data were extracted when it says so.

    ``sheet`` is the title of the worksheet, for spreadsheets.
    """

    name: str
    extracted_on: date | None = None
    sheet: str = ""

    @property
    def short_name(self) -> str:
        """The name without its folder, with the worksheet: what origins keep."""
        base = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return f"{base}, feuille {self.sheet}" if self.sheet else base


@dataclass(frozen=True, slots=True)
class SheetFile(RegistryFile):
    """A worksheet being read; ``columns`` numbers its columns from 1, by title."""

    columns: Mapping[str, int] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRow:
    """One line of a registry; ``line`` counts from 1 (for XML, the line its element starts on)."""

    file: RegistryFile
    line: int

    @property
    def place(self) -> Place:
        """Where the row stands; the line itself is not kept, so there is no excerpt."""
        return Place(SourceFile(self.file.name, ()), self.line, 1)

    def place_of(self, column: str) -> Place:
        """Where the cell of a spreadsheet stands; the row itself without such a column."""
        number = self._column_number(column) or 1
        return Place(SourceFile(self.file.name, ()), self.line, number)

    def cell_name(self, column: str) -> str:
        """« N2 » for the cell of a spreadsheet; empty without such a column."""
        number = self._column_number(column)
        return "" if number is None else f"{column_letters(number)}{self.line}"

    def _column_number(self, column: str) -> int | None:
        return self.file.columns.get(column) if isinstance(self.file, SheetFile) else None


@dataclass(frozen=True, slots=True)
class PostalFields:
    """An address as FINESS writes it."""

    complrs: str = ""
    compldistrib: str = ""
    numvoie: str = ""
    typvoie: str = ""
    voie: str = ""
    compvoie: str = ""
    lieuditbp: str = ""
    codepostal: str = ""
    ligneacheminement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEntityRow(RegistryRow):
    """A legal entity (flow 1400101, or ``pmej`` of the open JSON)."""

    nofiness: str
    rs: str
    rslongue: str = ""
    adresse: PostalFields
    departement: str = ""
    statutjuridique: str = ""
    libstatutjuridique: str = ""
    categetab: str = ""
    siren: str = ""
    datefermeture: date | None = None


@dataclass(frozen=True, slots=True)
class SiteEngagement:
    """What a site is bound by: ``kind`` « CONV/CPM » for a CPOM, « LABL/HPR » for a local hospital.

    Type and subtype as the open JSON gives them; ``since`` is the day of effect, ``until`` the last
    day, None when the flow gives none.
    """

    kind: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow(RegistryRow):
    """A geographic establishment (flow 1400102, open CSV, ``ege`` of the open JSON).

    Only the open JSON tells ``engagements``.
    """

    nofinesset: str
    nofinessej: str
    rs: str
    rslongue: str = ""
    adresse: PostalFields
    departement: str = ""
    categetab: str = ""
    codesph: str = ""
    datefermeture: date | None = None
    engagements: tuple[SiteEngagement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationRow(RegistryRow):
    """An authorisation since the reform (ARHGOS flow, ``AMM`` activities of the open JSON).

    ``devices`` counts what is in service: tep, temp, irm, scanner, cyclotron, caisson.
    """

    nofinessej: str
    nofinesset: str
    activite: str
    modalite: str
    mention: str
    pts: str
    declaration: str
    codeautorarhgos: str = ""
    statut: str = ""
    dateautor: date | None = None
    daterenouv: date | None = None
    dateeffet: date | None = None
    datelimite: date | None = None
    datemeo: date | None = None
    datefin: date | None = None
    datecaducite: date | None = None
    devices: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAuthorisationRow(RegistryRow):
    """An authorisation before the reform of 2023 (flow 1400103): activity, modality, form."""

    nofinessej: str
    nofinesset: str
    activite: str
    libactivite: str
    modalite: str
    libmodalite: str
    forme: str
    libforme: str
    noautorarhgos: str
    dateautor: date | None
    datemeo: date | None
    datefin: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeavyEquipmentRow(RegistryRow):
    """A heavy piece of equipment before the reform (flow 1400104)."""

    nofinessej: str
    nofinesset: str
    eml: str
    libeml: str
    noautorarhgos: str
    dateautor: date | None
    datemeo: date | None
    datefin: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionRow(RegistryRow):
    """A contractual recognition (flow 1600102); ``etatautorisation`` « 26 » is a suppression."""

    nofinessej: str
    nofinesset: str
    idcpom: str
    codeautorarhgos: str
    activite: str
    libactivite: str
    libmodalite: str
    libforme: str
    capaciteautorisee: int | None
    dateeffetcpom: date | None
    datefincpom: date | None
    etatautorisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityRow(RegistryRow):
    """Beds and places of one site in one year (SAE); None is a blank cell.

    ``form`` is the form of the survey that says so, and says it of its own disciplines alone;
    empty for a file that has all disciplines. A form may leave ``finess_ej`` empty.
    """

    finess_ej: str
    finess: str
    annee: int
    lits: Mapping[str, int | None]
    places: Mapping[str, int | None]
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyVisitsRow(RegistryRow):
    """The visits of one year to the emergency department of one site (SAE, form URGENCES2).

    ``kind`` is GEN for general emergencies, PED for those of children, which are counted apart.
    """

    finess_ej: str
    finess: str
    annee: int
    passages: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFormRow(RegistryRow):
    """A form of the SAE that says nothing that a profile has, by its ``name``."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow(RegistryRow):
    """One engagement of HAPI; amounts in euros."""

    id_beneficiaire: str
    campagne: int
    enveloppe: str
    sous_enveloppe: str
    mode_delegation: str
    mesure_niv1: str
    mesure_niv2: str
    mesure_niv3: str
    libelle_action: str
    payeur: str
    num_arrete: str
    date_document: date | None
    montant_notifie: Decimal
    pep_engagement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyGrantRow(RegistryRow):
    """The money of one month in HAPI; ``campagne`` is the year it counts for."""

    finess_ej: str
    campagne: int
    mois: int
    annee: int
    enveloppe: str
    sous_enveloppe: str
    mode_delegation: str
    montant_notifie: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedTargetRow(RegistryRow):
    """A target agreed with an establishment (our own spreadsheet)."""

    finess_ej: str
    fiche: str
    volet: str
    annee: int
    texte: str
    type: str
    valeur: str
    motif: str
    auteur: str
    indicateur: str = ""
    derogation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRow(RegistryRow):
    """A starting value of an establishment (our own spreadsheet)."""

    finess_ej: str
    fiche: str
    volet: str
    indicateur: str
    annee: int
    valeur: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedGrantRow(RegistryRow):
    """A financing line over the years of a contract (our own spreadsheet)."""

    finess_ej: str
    cle: str
    enveloppe: str
    sous_enveloppe: str
    mode: str
    mesure: str
    libelle: str
    niveau1: str
    niveau2: str
    payeur: str
    arrete_numero: str
    arrete_date: date | None
    versements: str
    fiche: str
    mission: str
    montants: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifiedGrantRow(RegistryRow):
    """The amount of one year notified for one financing line (our own spreadsheet).

    The line is named by its key, else by its measure; ``values`` are what the row says of the line
    itself, in the profile's keys, blanks left out.
    """

    finess_ej: str
    cle: str
    mesure: str
    annee: int
    montant: Decimal
    values: Mapping[str, Tree]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLineRow(RegistryRow):
    """A line of one of the profile's lists: ``values`` as they stand there, blanks left out."""

    finess_ej: str
    section: str
    values: Mapping[str, Tree]


SpreadsheetRow = (
    NegotiatedTargetRow | BaselineRow | PlannedGrantRow | NotifiedGrantRow | ProfileLineRow
)
"""What the sheets of the templates hold."""
