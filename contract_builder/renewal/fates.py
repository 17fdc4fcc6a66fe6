"""What becomes of each thing in a profile when its contract is renewed: the records of a plan."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from contract_builder.model.library import Campaign
from contract_builder.model.profile import Profile
from contract_builder.reading.tree import Tree
from contract_builder.source import Place

Fate = Literal["repris", "caduc", "a-redemander"]
FATE_TITLES: dict[Fate, str] = {
    "repris": "Repris",
    "caduc": "Caduc",
    "a-redemander": "À redemander",
}

SECTION_LABELS: dict[str, str] = {
    "fictif": "fictif",
    "groupe": "groupe",
    "type_contrat": "type de contrat",
    "campagne": "campagne",
    "ars": "agence",
    "prs": "projet régional de santé",
    "caisse_pivot": "caisse pivot",
    "tribunal": "tribunal",
    "contrat": "contrat",
    "etablissement": "établissement",
    "sites": "sites",
    "capacites": "capacités",
    "urgences": "passages aux urgences",
    "ght": "GHT",
    "autorisations": "autorisations",
    "reconnaissances": "reconnaissances contractuelles",
    "missions": "missions",
    "fiches": "fiches",
    "engagements": "engagements",
    "financements": "financements",
    "cooperations": "coopérations",
    "autres_contrats": "autres contrats",
    "appeles_au_contrat": "appelés au contrat",
    "annexes_jointes": "fichiers joints",
    "motifs_avenant": "motifs de l’avenant",
    "niveaux_avenant": "niveaux de l’avenant",
    "ecarter": "lignes de registres écartées",
}
"""Every key of a profile file, in words."""


@dataclass(frozen=True, slots=True)
class FateItem:
    """One line of the report: what happens to what, why, and where it stood, if anywhere."""

    fate: Fate
    section: str
    what: str
    why: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class RenewalSetting:
    """One renewal: the profile that is renewed and the contract to come.

    ``years`` are those of the new contract. ``same_catalogue``: both campaigns have the same
    sheets. ``shared_keys`` are the keys that the region's or the group's file gives.
    """

    profile: Profile
    effective_on: date
    years: range
    campaign: Campaign
    same_catalogue: bool
    shared_keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class NextSection:
    """A section of the new profile: its tree (blank, it is to be filled in) and what to tell."""

    tree: Tree
    items: tuple[FateItem, ...]


@dataclass(frozen=True, slots=True)
class FateDecision:
    """What becomes of one line: the tree that is kept, None for none; why, empty for a plain copy.

    A line may be kept and have something to ask again.
    """

    tree: Tree | None
    fate: Fate
    why: str = ""
