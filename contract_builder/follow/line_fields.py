"""What can be told of a line, field by field: for exports, for programs, for tables of reports.

One name a field, in French, the same everywhere. An export chooses among them; none is the field of
another system.
"""

from collections.abc import Mapping
from typing import Final

from contract_builder.follow.line_states import LineState
from contract_builder.follow.values import show_declared_value
from contract_builder.model.contract import ContractHeader
from contract_builder.model.follow_rules import RATING_WORDS
from contract_builder.model.follow_up import FOLLOW_KIND_WORDS, FollowEntry
from contract_builder.tables.table import ReportCell, ReportColumn

_COLUMNS: Final = (
    ReportColumn("finess_ej", "FINESS", width=12),
    ReportColumn("raison_sociale", "Établissement", width=34),
    ReportColumn("contrat", "Contrat", width=14),
    ReportColumn("version", "Version", width=14),
    ReportColumn("campagne", "Campagne", width=22),
    ReportColumn("genre", "Genre", width=12),
    ReportColumn("code", "Code", width=18),
    ReportColumn("intitule", "Intitulé", width=44),
    ReportColumn("precision", "Précision", width=24),
    ReportColumn("annee", "Année", "annee", 8),
    ReportColumn("attendu", "Attendu", width=36),
    ReportColumn("cible", "Cible chiffrée", "mesure", 12),
    ReportColumn("date_limite", "À déclarer avant le", "date", 14),
    ReportColumn("en_retard", "En retard", width=10),
    ReportColumn("valeur_declaree", "Valeur déclarée", width=18),
    ReportColumn("declaree_le", "Déclarée le", "date", 12),
    ReportColumn("declaree_par", "Déclarée par", width=26),
    ReportColumn("preuve", "Pièce", width=26),
    ReportColumn("preuve_empreinte", "Empreinte de la pièce", width=20),
    ReportColumn("preuve_reference", "Référence de la preuve", width=26),
    ReportColumn("preuve_manque", "Preuve manquante", width=12),
    ReportColumn("explication", "Explication", width=44),
    ReportColumn("valeur_validee", "Valeur validée", width=18),
    ReportColumn("validee_le", "Validée le", "date", 12),
    ReportColumn("validee_par", "Validée par", width=26),
    ReportColumn("observation", "Observation de l’agence", width=44),
    ReportColumn("valeur", "Valeur retenue", width=18),
    ReportColumn("valeur_brute", "Valeur retenue, sans unité", width=18),
    ReportColumn("ecart", "Écart à la cible", "mesure", 12),
    ReportColumn("part_realisee", "Part réalisée, en %", "mesure", 12),
    ReportColumn("appreciation", "Appréciation", width=22),
    ReportColumn("critere", "Critère", width=44),
    ReportColumn("provisoire", "Provisoire", width=10),
    ReportColumn("accorde", "Accordé", "montant", 16),
    ReportColumn("mode", "Mode de délégation", width=12),
    ReportColumn("justifie", "Justifié", "montant", 16),
    ReportColumn("a_recuperer", "À récupérer", "montant", 16),
    ReportColumn("valeurs_successives", "Valeurs successives", "nombre", 12),
)
FOLLOW_COLUMNS: Final[Mapping[str, ReportColumn]] = {column.key: column for column in _COLUMNS}
"""Every field that can be told, in the order in which all of them are."""


def line_fields(header: ContractHeader, reference: str, state: LineState) -> dict[str, ReportCell]:
    """The value of every field of ``FOLLOW_COLUMNS``, in their order; None for nothing to tell."""
    line, rated = state.line, state.rated
    achievement = None if rated is None else rated.achievement
    told: dict[str, ReportCell] = {
        "finess_ej": header.finess_ej,
        "raison_sociale": header.legal_name,
        "contrat": header.code,
        "version": reference,
        "campagne": header.campaign,
        "genre": FOLLOW_KIND_WORDS[line.key.kind],
        "code": line.key.item,
        "intitule": line.title,
        "precision": line.key.part,
        "annee": line.key.year,
        "attendu": line.expected,
        "cible": line.target,
        "date_limite": state.deadline,
        "en_retard": _yes_no(state.is_late),
        **_declared_fields(state),
        **_validated_fields(state),
        "valeur": show_declared_value(line.measure, state.value),
        "valeur_brute": state.value,
        "ecart": achievement.gap if achievement else None,
        "part_realisee": achievement.shown_share if achievement else None,
        "appreciation": RATING_WORDS[rated.rating] if rated and rated.rating else None,
        "critere": rated.criterion if rated else None,
        "provisoire": _yes_no(state.is_provisional),
        "accorde": line.granted,
        "mode": line.mode,
        "justifie": state.justified,
        "a_recuperer": state.to_recover,
        "valeurs_successives": len(state.entries),
    }
    return {key: told[key] for key in FOLLOW_COLUMNS}


def _declared_fields(state: LineState) -> dict[str, ReportCell]:
    entry = state.declared
    evidence = entry.evidence if entry else None
    return {
        "valeur_declaree": show_declared_value(state.line.measure, entry.value) if entry else None,
        "declaree_le": entry.on if entry else None,
        "declaree_par": entry.function if entry else None,
        "preuve": evidence.name if evidence else None,
        "preuve_empreinte": evidence.sha256 if evidence else None,
        "preuve_reference": evidence.reference if evidence else None,
        "preuve_manque": _yes_no(state.lacks_evidence),
        "explication": _comment(entry),
    }


def _validated_fields(state: LineState) -> dict[str, ReportCell]:
    entry = state.validated
    return {
        "valeur_validee": show_declared_value(state.line.measure, entry.value) if entry else None,
        "validee_le": entry.on if entry else None,
        "validee_par": entry.function if entry else None,
        "observation": _comment(entry),
    }


def _comment(entry: FollowEntry | None) -> str | None:
    return entry.comment if entry else None


def _yes_no(told: bool) -> str:
    return "oui" if told else "non"
