"""The journal as people read it: who did what, when, on what; nothing of it is worked out here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from contract_builder.services.keeping import list_all_versions, status_word
from contract_builder.services.project import Project
from contract_builder.store.records import PIECE_KINDS, PieceKind

JournalSubject = Literal["version"] | PieceKind
SUBJECT_WORDS: Final[Mapping[JournalSubject, str]] = {
    "version": "versions et statuts",
    "profil": "données des établissements",
    "envoi": "envois",
    "retour": "retours et fichiers signés",
    "avenant": "avenants",
    "suivi": "valeurs déclarées et validées",
    "preuve": "pièces justificatives",
    "proces": "procès-verbaux",
    "travail": "lots et imports",
    "tache": "tâches reportées",
    "bibliotheque": "textes de la bibliothèque",
}
_UNTOLD: Final[Mapping[PieceKind, str]] = {
    "profil": "profil modifié",
    "envoi": "fichier envoyé",
    "retour": "fichier revenu",
    "avenant": "avenant gardé",
    "suivi": "valeurs gardées",
    "preuve": "pièce gardée",
    "proces": "procès-verbal gardé",
    "travail": "travail demandé",
    "tache": "tâche reportée",
    "bibliotheque": "texte modifié",
}
"""What is said of a piece that was kept without a word."""
_ENTITY: Final = re.compile(r"([0-9][0-9AB][0-9]{7})(?=[@/]|$)", re.ASCII)
_NAMED: Final[tuple[PieceKind, ...]] = ("profil", "tache")


@dataclass(frozen=True, slots=True)
class JournalAct:
    """One act. ``about`` is what it was done on, as the store names it.

    ``finess_ej`` is the legal entity that it concerns and ``profile`` the name of the profile, each
    empty where the act does not tell it. ``is_shared``: it is about data under the profiles, those
    of registries (then ``finess_ej`` says whose) or of a group.
    """

    sequence: int
    at: datetime
    actor: str
    kind: JournalSubject
    about: str
    what: str
    finess_ej: str = ""
    profile: str = ""
    is_shared: bool = False


def list_journal(project: Project) -> list[JournalAct]:
    """Every act that the store keeps, the last first; none without a store."""
    if not project.has_store():
        return []
    lines = [*_iter_versions(project), *_iter_pieces(project)]
    return sorted(lines, key=lambda line: (line.at, line.sequence), reverse=True)


def _iter_versions(project: Project) -> Iterator[JournalAct]:
    for version in list_all_versions(project):
        name, entity = str(version.reference), version.reference.finess_ej
        for rank, event in enumerate(version.statuses):
            what = status_word(event.status)
            yield JournalAct(rank, event.at, event.actor, "version", name, what, entity)


def _iter_pieces(project: Project) -> Iterator[JournalAct]:
    store = project.open_store()
    for kind in PIECE_KINDS:
        for piece in store.pieces(kind):
            about = piece.facts.subject
            is_shared = kind == "profil" and "/" in about
            entity = _ENTITY.match(about) or _ENTITY.match(about.rpartition("/")[2])
            yield JournalAct(
                piece.sequence,
                piece.at,
                piece.actor,
                kind,
                about,
                piece.facts.note or _UNTOLD[kind],
                entity[1] if entity else "",
                about.rpartition("/")[2] if kind in _NAMED and not is_shared else "",
                is_shared,
            )
