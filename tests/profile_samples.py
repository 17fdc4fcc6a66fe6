"""Profiles made by hand for the tests of facts, checks, tables and targets: no file."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from contract_builder.assembly.context import Context, GapList
from contract_builder.model.activities import Authorisation, Beds, Capacity
from contract_builder.model.clause import SourceReference
from contract_builder.model.establishment import Agency, Establishment, Representative
from contract_builder.model.fiche import Fiche, FicheHeader, Indicator, TargetRow
from contract_builder.model.library import Campaign, Library, Outline
from contract_builder.model.profile import ContractTerms, FundingLine, FundingOrder, Profile
from contract_builder.profiles.facts import derive_facts
from contract_builder.source import SourceFile

LEGAL_ENTITY = "990000010"
SITE = "990000028"
ON = date(2025, 7, 1)


def make_profile(
    *, terms: dict[str, object] | None = None, entity: dict[str, object] | None = None,
    **changes: object,
) -> Profile:  # fmt: skip
    """A public hospital without anything; ``terms`` and ``entity`` change its two main groups."""
    values: dict[str, object] = {
        "type_contrat": "etablissement",
        "campagne": "demo",
        "ars": Agency(nom="ARS de démonstration", representant=Representative(fonction="Le DG")),
        "contrat": ContractTerms(**{"code": "C1", "date_effet": ON} | (terms or {})),  # type: ignore[arg-type]
        "etablissement": Establishment(
            **{
                "finess_ej": LEGAL_ENTITY,
                "raison_sociale": "CH de Valmont (fictif)",
                "statut": "public",
                "categorie": "ch",
            }
            | (entity or {})  # type: ignore[arg-type]
        ),
    }
    return Profile(**(values | changes))  # type: ignore[arg-type]


def make_authorisation(activity: str = "QA001", **changes: object) -> Authorisation:
    """An authorisation in force, without any date."""
    values: dict[str, object] = {
        "activite": activity,
        "modalite": "MO000",
        "mention": "ME000",
        "pts": "PTS00",
        "declaration": "DE000",
        "finess_et": SITE,
        "statut": "02",
    }
    return Authorisation(**(values | changes))  # type: ignore[arg-type]


def make_capacity(year: int, beds: int, **others: Beds) -> Capacity:
    """The beds of one year, all of medicine but ``others``."""
    return Capacity(annee=year, medecine=Beds(lits=beds), **others)  # type: ignore[arg-type]


def make_funding(
    key: str, amounts: dict[int, str], envelope: str = "FIR", **changes: object
) -> FundingLine:
    """A financing line with its order."""
    values: dict[str, object] = {
        "cle": key,
        "enveloppe": envelope,
        "mode": "CNR",
        "libelle": f"Mesure {key}",
        "arrete": FundingOrder(numero="2025-1"),
        "montants": {year: Decimal(amount) for year, amount in amounts.items()},
    }
    return FundingLine(**(values | changes))  # type: ignore[arg-type]


def make_campaign(**changes: object) -> Campaign:
    values: dict[str, object] = {
        "id": "demo",
        "intitule": "Campagne de démonstration",
        "type": "etablissement",
        "date_effet_du": date(2025, 1, 1),
        "annees": (2025, 2026),
        "fiches": "demo",
    }
    return Campaign(**(values | changes))  # type: ignore[arg-type]


def make_outline(**changes: object) -> Outline:
    values: dict[str, object] = {
        "type": "etablissement",
        "titre": "CPOM",
        "en_vigueur_du": date(2018, 1, 1),
        "contenu": (),
    }
    return Outline(**(values | changes))  # type: ignore[arg-type]


def make_sheet(code: str, volets: tuple[str, ...] = (), **header: object) -> Fiche:
    """A sheet with one empty row for everyone, or one for each part."""
    values: dict[str, object] = {
        "code": code,
        "intitule": "Une fiche",
        "objectifs": ("Agir",),
        "indicateur": Indicator(type="quantitatif", definition="Nombre d’actions"),
        "cibles": tuple(
            TargetRow(categorie="tous", volet=volet, valeurs={}) for volet in volets or ("",)
        ),
        "source": SourceReference(document="modele"),
    }
    made = FicheHeader(**(values | header))  # type: ignore[arg-type]
    return Fiche(made, "demo", SourceFile.of_text(f"{code}.md", ""), "", 1)


def make_library(
    campaigns: Iterable[Campaign] = (), outlines: Iterable[Outline] = (), **changes: object
) -> Library:
    """A library that holds what is given and nothing else."""
    values: dict[str, object] = {
        "clauses": {},
        "fiches": {},
        "references": (),
        "outlines": {outline.type: outline for outline in outlines},
        "campaigns": {campaign.id: campaign for campaign in campaigns},
        "coverages": (),
        "nomenclature": None,
        "categories": None,
        "documents": {},
        "version": "",
    }
    return Library(**(values | changes))  # type: ignore[arg-type]


def make_context(profile: Profile, library: Library | None = None) -> Context:
    """The context of an assembly of ``profile``, by default over an empty library."""
    shelf = library or make_library((make_campaign(),), (make_outline(),))
    return Context(
        library=shelf,
        outline=shelf.outlines[profile.type_contrat],
        campaign=shelf.campaigns[profile.campagne],
        profile=profile,
        facts=derive_facts(profile),
        on=profile.contrat.date_effet,
        end=profile.contrat.last_day,
        problems=[],
        gaps=GapList(),
    )
