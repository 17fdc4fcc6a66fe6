"""The declaration workbook: its sheets, its columns, what it hides to be known again.

One workbook for a contract, a year and a party. ``workbook_writing`` writes it and
``workbook_reading`` reads it back; both stand on this page alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from contract_builder.model.follow_up import FollowedContract, FollowKind

WorkbookSide = Literal["etablissement", "agence"]
ColumnUse = Literal["rappel", "declaration", "validation", "repere"]

_YEAR: Final = re.compile(r"(19|20|21)[0-9]{2}")
IDENTITY_SHEET: Final = "_suivi"
NOTICE_SHEET: Final = "À lire"
WORKBOOK_SCHEMA: Final = "1"
LONGEST_DECLARED_TEXT: Final = 4000
"""Characters of a text that is declared: a cell of a workbook holds eight times as many."""
SHEET_TITLES: Final[Mapping[FollowKind, str]] = {
    "objectif": "Objectifs",
    "engagement": "Engagements",
    "financement": "Financements",
}


@dataclass(frozen=True, slots=True)
class FollowColumn:
    """One column: its title, what it is for, its width in characters."""

    id: str
    title: str
    use: ColumnUse
    width: int
    help: str = ""


_REMINDERS: Final = (
    FollowColumn("code", "Code", "rappel", 16),
    FollowColumn("title", "Intitulé", "rappel", 44),
    FollowColumn("part", "Précision", "rappel", 20),
    FollowColumn("expected", "Attendu au contrat", "rappel", 36),
    FollowColumn("measure", "À saisir", "rappel", 22),
)
_MARK: Final = FollowColumn("mark", "Repère", "repere", 12)
_DECLARED: Final = (
    FollowColumn("day", "Déclarée le", "declaration", 13, "Vide : le jour de la lecture."),
    FollowColumn(
        "function", "Fonction de l’auteur", "declaration", 24, "Une fonction, jamais un nom."
    ),
    FollowColumn(
        "file",
        "Pièce justificative",
        "declaration",
        26,
        "Le nom du fichier joint, placé à côté du classeur.",
    ),
    FollowColumn(
        "reference", "Référence de la preuve", "declaration", 26, "Quand il n’y a pas de fichier."
    ),
    FollowColumn(
        "comment", "Explication", "declaration", 40, "Nécessaire quand la cible n’est pas atteinte."
    ),
)
_VALIDATED: Final = (
    FollowColumn("valid_day", "Validée le", "validation", 13, "Vide : le jour de la lecture."),
    FollowColumn("valid_function", "Fonction pour l’agence", "validation", 24),
    FollowColumn("valid_comment", "Observation de l’agence", "validation", 40),
)


def columns_of(kind: FollowKind) -> tuple[FollowColumn, ...]:
    """The columns of a sheet, in order; those of amounts stand on the financing lines alone."""
    declared: tuple[FollowColumn, ...]
    validated: tuple[FollowColumn, ...]
    if kind == "financement":
        declared = (
            FollowColumn("value", "Montant dépensé", "declaration", 16, "En euros."),
            FollowColumn(
                "justified", "Montant justifié", "declaration", 16, "Ce que les pièces couvrent."
            ),
        )
        validated = (
            FollowColumn("valid_value", "Montant dépensé retenu", "validation", 16),
            FollowColumn("valid_justified", "Montant justifié retenu", "validation", 16),
        )
    else:
        declared = (FollowColumn("value", "Valeur déclarée", "declaration", 16),)
        validated = (FollowColumn("valid_value", "Valeur validée", "validation", 16),)
    return (*_REMINDERS, *declared, *_DECLARED, *validated, *_VALIDATED, _MARK)


@dataclass(frozen=True, slots=True)
class WorkbookIdentity:
    """What a workbook hides: whose it is. ``contract_sha256`` is that of the version in force."""

    contract: FollowedContract
    reference: str
    contract_sha256: str
    year: int
    side: WorkbookSide


IDENTITY_KEYS: Final = (
    "schema",
    "finess_ej",
    "type",
    "code",
    "version",
    "empreinte",
    "annee",
    "usage",
)


def identity_rows(identity: WorkbookIdentity) -> tuple[tuple[str, str], ...]:
    """The hidden sheet, row by row: key and value."""
    contract = identity.contract
    values = (
        WORKBOOK_SCHEMA,
        contract.finess_ej,
        contract.type,
        contract.code,
        identity.reference,
        identity.contract_sha256,
        str(identity.year),
        identity.side,
    )
    return tuple(zip(IDENTITY_KEYS, values, strict=True))


def parse_workbook_identity(rows: Mapping[str, str]) -> WorkbookIdentity | None:
    """The identity of the hidden sheet's rows; None when they are not ours."""
    if any(not rows.get(key) for key in IDENTITY_KEYS) or rows["schema"] != WORKBOOK_SCHEMA:
        return None
    side = rows["usage"]
    if side not in ("etablissement", "agence") or not _YEAR.fullmatch(rows["annee"]):
        return None
    contract = FollowedContract(rows["finess_ej"], rows["type"], rows["code"])
    return WorkbookIdentity(
        contract,
        rows["version"],
        rows["empreinte"],
        int(rows["annee"]),
        "agence" if side == "agence" else "etablissement",
    )


def column_letter(rank: int) -> str:
    """The letters of a column counted from 0: A to Z, then AA."""
    before, last = divmod(rank, 26)
    return (column_letter(before - 1) if before else "") + chr(ord("A") + last)
