"""The French words for kinds, classes and numbers, the same in every view."""

from decimal import Decimal

from contract_builder.compare.change import Change, ChangeClass, ChangeKind, Difference, Topic
from contract_builder.compare.excerpts import short
from contract_builder.model.contract import ContractHeader
from contract_builder.model.french import NBSP, format_amount, format_number, long_date
from contract_builder.model.status import STATUS_WORDS

KIND_LABELS: dict[ChangeKind, str] = {
    "insert": "Ajout",
    "delete": "Suppression",
    "modify": "Modification",
    "move": "Déplacement",
    "move+modify": "Déplacement et modification",
}
_LARGEST_PERCENT = 200
"""Beyond three times the old value a percentage tells a reader nothing: « + 13 847,1 % »."""
CLASS_LABELS: dict[ChangeClass, str] = {
    "substance": "Fond",
    "format": "Mise en forme",
    "typographie": "Typographie",
}
TOPIC_LABELS: dict[Topic, str] = {
    "financement": "Financements",
    "objectif": "Objectifs",
    "cible": "Cibles",
    "autorisation": "Autorisations",
    "section": "Articles et parties",
    "contrat": "Identité du contrat",
    "texte": "Texte",
    "reference": "Références légales",
    "renumerotation": "Renumérotation",
    "donnees-internes": "Données internes",
}


def year_text(year: int | None) -> str:
    """« 2027 », « total » for the whole period, nothing when no year applies."""
    if year is None:
        return ""
    return str(year) if year else "total"


def signed(value: Decimal, unit: str = "") -> str:
    """« + 1 258,50 € », « − 12 points », « + 3 »: a difference with its sign and unit."""
    sign = "+" if value >= 0 else "−"
    size = abs(value)
    if unit == "€":
        return f"{sign}{NBSP}{format_amount(size)}"
    suffix = f"{NBSP}point{'s' if size >= 2 else ''}" if unit == "%" else ""
    return f"{sign}{NBSP}{format_number(size)}{suffix}"


def percent_text(difference: Difference) -> str:
    """« + 6,4 % »; nothing for what starts at zero, rounds to nothing or more than triples."""
    if not difference.percent or abs(difference.percent) > _LARGEST_PERCENT:
        return ""
    return f"{signed(difference.percent)}{NBSP}%"


def difference_text(difference: Difference) -> str:
    """« + 1 258,50 €, + 6,4 % »."""
    parts = (signed(difference.value, difference.unit), percent_text(difference))
    return ", ".join(part for part in parts if part)


def place_text(change: Change) -> str:
    """Where a change is, in one line: heading, table, row, year, column."""
    parts = (change.where.heading or TOPIC_LABELS[change.topic], inner_place_text(change))
    return ", ".join(part for part in parts if part)


def inner_place_text(change: Change) -> str:
    """Where a change is inside its section: row, year, column; empty for running text."""
    where = change.where
    parts = [*_record_parts(change)]
    if where.year is not None:
        parts.append(year_text(where.year))
    if where.column and where.column != year_text(where.year):
        parts.append(where.column)
    return ", ".join(parts)


def record_text(change: Change) -> str:
    """Which record a change is about: a financing line, a sheet with its category, a reference."""
    sheet = (change.where.heading,) if change.topic == "cible" and change.where.heading else ()
    parts = (
        *sheet,
        *(part for part in _record_parts(change) if not sheet or part != change.where.key),
    )
    return ", ".join(parts) or TOPIC_LABELS[change.topic]


def _record_parts(change: Change) -> tuple[str, ...]:
    where = change.where
    name = short(where.row or where.key)
    return tuple(part for part in (name, where.volet, where.category) if part)


def header_text(header: ContractHeader) -> str:
    """« Centre hospitalier…, contrat 990000011AA, effet le 1er mai 2025, version 2 (projet) »."""
    state = f"version {header.version} ({STATUS_WORDS[header.status]})"
    on = long_date(header.effective_date)
    return f"{header.legal_name}, contrat {header.code}, effet le {on}, {state}"
