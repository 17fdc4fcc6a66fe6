"""What a contract is expected to say, and what somebody declared that there is none of.

Part of the profile (``model.profile``) and of the outline (``model.library``); the names of the
headings are the words of the YAML files.
"""

import datetime
from collections.abc import Mapping
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.record import Record

Heading = Literal[
    "fiches",
    "sites",
    "capacites",
    "autorisations",
    "financements",
    "autres_contrats",
    "deliberations",
]
ActivityHeading = Literal[
    "medecine",
    "chirurgie",
    "obstetrique",
    "smr",
    "psychiatrie",
    "had",
    "usld",
    "urgences",
    "antenne_urgences",
    "dialyse",
    "amp",
    "genetique",
    "dpn",
]
ExpectedHeading = Literal[Heading, "activites"]
DeclarableHeading = Literal[Heading, ActivityHeading]

HEADINGS: Mapping[Heading, str] = {
    "fiches": "objectifs stratégiques (aucune fiche n’est choisie)",
    "sites": "sites de l’Établissement",
    "capacites": "capacités en lits et en places",
    "autorisations": "autorisations d’activité",
    "financements": "financements et échéancier",
    "autres_contrats": "autres contrats et accords en cours (annexe A7)",
    "deliberations": "avis et délibérations des instances",
}
"""What each heading is called in a list of missing data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredAbsence(Record):
    """« Néant déclaré »: who says, and on which day, that there is nothing under a heading.

    An activity's name means that it needs no authorisation of its own here. ``motif`` says why;
    empty for nothing to add.
    """

    rubrique: DeclarableHeading
    declare_par: str
    le: datetime.date
    motif: str = ""
