"""Conditions over named facts of a profile: data, never code.

Read by ``reading.conditions``, evaluated with an explanation by ``assembly.conditions``.
"""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.source import NOWHERE, Place

Operator = Literal["parmi", "contient", "au_moins", "au_plus", "plus_de", "moins_de"]
FactKind = Literal["texte", "nombre", "oui_non", "ensemble", "date"]
Operand = tuple[str, ...] | Decimal | date | bool

THIS_SHEET = "cette_fiche"


@dataclass(frozen=True, slots=True)
class Condition:
    """One of ``Always``, ``AllOf``, ``AnyOf``, ``Not``, ``Test``."""


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """True for every profile (« toujours »)."""


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """True when every item is; several tests side by side mean the same."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """True when at least one item is."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """True when the item is false."""

    item: Condition


@dataclass(frozen=True, slots=True)
class Test(Condition):
    """A comparison of one fact.

    The operand is a tuple of texts for ``parmi`` (one of) and ``contient`` (the set holds one
    of), a bool for a yes/no fact, else a number or a date (``parmi`` then means equal).
    """

    fact: str
    operator: Operator
    operand: Operand
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact that conditions may name: its kind and how French readers call it."""

    kind: FactKind
    label: str


def _specs(kind: FactKind, **labels: str) -> dict[str, FactSpec]:
    return {name: FactSpec(kind, label) for name, label in labels.items()}


FACTS: dict[str, FactSpec] = {
    **_specs(
        "texte",
        type_contrat="type de contrat",
        campagne="campagne",
        statut="statut de l’établissement",
        categorie="catégorie de l’établissement",
        departement="département",
        ght_role="place dans le GHT",
        categorie_titulaire="catégorie de titulaire",
    ),
    **_specs("date", date_effet="date d’effet du contrat", date_fin="dernier jour du contrat"),
    **_specs(
        "nombre",
        lits="lits",
        passages_urgences="passages aux urgences",
        autorisations="nombre d’autorisations",
        financements="nombre de lignes de financement",
        reconnaissances="nombre de reconnaissances contractuelles",
        missions="nombre de missions",
        cooperations="nombre de coopérations",
        autres_contrats="nombre d’autres contrats",
        sites="nombre de sites",
        appeles_au_contrat="nombre d’organismes appelés au contrat",
        annexes_jointes="nombre de fichiers joints",
    ),
    **_specs(
        "ensemble",
        activites="activités autorisées",
        modalites="modalités autorisées",
        mentions="mentions autorisées",
        equipements="équipements en service",
        engagements="thèmes des engagements propres",
        fiches="fiches choisies",
        deja_engage="fiches où l’établissement est déjà engagé",
        volets="volets choisis",
        activites_biologie="activités de biologie",
    ),
    **_specs(
        "oui_non",
        chu="CHU",
        urgences="activité d’urgences",
        antenne_urgences="antenne de médecine d’urgence",
        had="hospitalisation à domicile",
        mco="médecine, chirurgie ou obstétrique",
        psychiatrie="psychiatrie",
        smr="soins médicaux et de réadaptation",
        activite_isolee="activité géographiquement isolée",
        soins_longue_duree="soins de longue durée",
        service_public="service public hospitalier",
        sites_multiples="plusieurs sites",
        soins_palliatifs="soins palliatifs",
        enseignement_recherche="enseignement et recherche",
        recherche="recherche",
        centre_sante="centre de santé",
        systeme_pdses="permanence des soins en établissement",
        retour_equilibre="retour à l’équilibre en cours",
        caqes="CAQES parmi les autres contrats",
        soutien_decennal="contrat de soutien décennal",
    ),
}
