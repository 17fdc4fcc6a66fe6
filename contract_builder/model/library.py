"""The whole library as loaded: clauses, sheets, references, outlines, campaigns, nomenclatures."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.absences import ExpectedHeading
from contract_builder.model.clause import Clause, SourceReference
from contract_builder.model.condition import Condition
from contract_builder.model.fiche import Fiche
from contract_builder.model.follow_rules import FollowUpRules
from contract_builder.model.record import Record
from contract_builder.model.reference import ReferenceFile, ReferenceVersion

Part = Literal["parties", "visas", "considerants", "article", "signatures", "annexe"]
Quintuplet = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry(Record):
    """One part of a contract: an article, an annex, the visas… and the clauses it holds.

    ``signe_par`` names who signs this annex alone, beside those who sign the contract.
    """

    partie: Part
    id: str
    titre: str
    numero: str = ""
    clauses: tuple[str, ...] = ()
    contenu: Literal["fiches"] | None = None
    portee: Literal["opposable", "informative"] | None = None
    signe_par: Literal["departement"] | None = None
    paysage: bool = False
    applicable_si: Condition | None = None
    en_vigueur_du: date | None = None
    en_vigueur_au: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Record):
    """The order of things in one type of contract.

    ``nom_partie`` is what the contract calls the party that signs with the agency, and
    ``numero_partie`` the number that its cover gives of it.
    """

    type: str
    titre: str
    en_vigueur_du: date
    en_vigueur_au: date | None = None
    avertissement: str = ""
    nom_partie: str = "Établissement"
    numero_partie: Literal["finess", "siren"] = "finess"
    rubriques_attendues: tuple[ExpectedHeading, ...] = ()
    contenu: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Record):
    """A category of establishments in a campaign, with the condition to be in it."""

    id: str
    libelle: str
    si: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(Record):
    """What a region decides for one generation of contracts."""

    id: str
    intitule: str
    type: str
    date_effet_du: date
    date_effet_au: date | None = None
    annees: tuple[int, ...]
    fiches: str = ""
    objectifs_maximum: int | None = None
    categories: tuple[Category, ...] = ()
    suivi: FollowUpRules | None = None
    source: str = ""

    def covers(self, on: date) -> bool:
        """True when a contract of the campaign may take effect on this day."""
        last = self.date_effet_au
        return self.date_effet_du <= on and (last is None or on <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Record):
    """A heavy piece of equipment that an authorisation may count; ``mots`` are its other names."""

    libelle: str
    mots: tuple[str, ...] = ()
    activites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomenclature(Record):
    """The official nomenclature of authorised care activities, at one version.

    ``equipements`` is keyed by what profiles call them, and is ours: the source names none.
    """

    intitule: str
    version: str
    en_vigueur_du: date
    en_vigueur_au: date | None = None
    activites: Mapping[str, str]
    modalites: Mapping[str, str]
    modalites_par_activite: Mapping[str, Mapping[str, str]] | None = None
    mentions: Mapping[str, str]
    pratiques: Mapping[str, str]
    declarations: Mapping[str, str]
    equipements: Mapping[str, Device] | None = None
    lignes: tuple[tuple[str, ...], ...]

    def covers(self, on: date) -> bool:
        """True when the nomenclature is in force on this day."""
        last = self.en_vigueur_au
        return self.en_vigueur_du <= on and (last is None or on <= last)

    def labels(self, line: Quintuplet) -> Quintuplet:
        """The five labels of a quintuplet; a code without label stands for itself.

        A few modality codes have one label for each activity.
        """
        own_modalities = (self.modalites_par_activite or {}).get(line[0], {})
        tables = (
            self.activites,
            {**self.modalites, **own_modalities},
            self.mentions,
            self.pratiques,
            self.declarations,
        )
        first, second, third, fourth, fifth = (
            table.get(code, code) for table, code in zip(tables, line, strict=True)
        )
        return (first, second, third, fourth, fifth)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryNomenclature(Record):
    """The FINESS categories of establishments: code → label."""

    intitule: str
    version: str = ""
    en_vigueur_du: date | None = None
    categories: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument(Record):
    """A document that the library was written from."""

    intitule: str
    nature: str = ""
    remarque: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocuments(Record):
    """The list of source documents."""

    documents: Mapping[str, SourceDocument]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageItem(Record):
    """One thing that a source says a contract contains, and what carries it here."""

    id: str
    intitule: str
    porte_par: tuple[str, ...]
    lignes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Record):
    """A list of what a source says that every contract of a type contains."""

    type: str = "etablissement"
    source: SourceReference
    elements: tuple[CoverageItem, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is shared by all contracts.

    ``clauses`` maps an id to its versions in date order; ``fiches`` is keyed by catalogue then
    code; ``version`` is the SHA-256 of all the files read, so it names the library's exact state.
    """

    clauses: Mapping[str, tuple[Clause, ...]]
    fiches: Mapping[str, Mapping[str, Fiche]]
    references: tuple[ReferenceFile, ...]
    outlines: Mapping[str, Outline]
    campaigns: Mapping[str, Campaign]
    coverages: tuple[Coverage, ...]
    nomenclature: Nomenclature | None
    categories: CategoryNomenclature | None
    documents: Mapping[str, SourceDocument]
    version: str
    _by_article: dict[tuple[str, str], tuple[ReferenceVersion, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The versions by code and article, put together at the first question."""

    def reference_versions(self, code: str, article: str) -> tuple[ReferenceVersion, ...]:
        """Every known version of an article, in file order."""
        if not self._by_article:
            grouped: dict[tuple[str, str], list[ReferenceVersion]] = {}
            for file in self.references:
                for version in file.references:
                    grouped.setdefault((file.code, version.article), []).append(version)
            self._by_article.update((key, tuple(found)) for key, found in grouped.items())
        return self._by_article.get((code, article), ())
