"""The typed tables of a contract as a comparison sees them: keys, texts, numbers, other fields."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from contract_builder.compare.change import ChangeClass, Topic, Where
from contract_builder.frozen import dataclass
from contract_builder.model.contract import (
    AuthorisationRecord,
    CitedReference,
    ContractTables,
    FundingRecord,
    Objective,
    TargetRecord,
)
from contract_builder.model.french import format_amount, format_number, short_date
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.reference import STANDING_LABELS
from contract_builder.model.status import AUTHORISATION_STATUSES

R = TypeVar("R")

_ORIGINS = {
    "fiche": "fiche",
    "calcul": "calcul",
    "negocie": "négociation",
    "lacune": "à compléter",
}
_TARGET_TYPES = {
    "pourcentage": "pourcentage",
    "increment": "progression",
    "increment_pourcentage": "progression en pourcentage",
    "oui_non": "oui / non",
    "a_fixer": "à fixer",
    "sans_objet": "sans objet",
    "vide": "aucune",
}


@dataclass(frozen=True, slots=True)
class Attribute(Generic[R]):
    """A field of a record besides its main text, told as « name : value ».

    ``is_printed`` is False for what no document shows; ``in_text`` is True for what the main text
    says too.
    """

    name: str
    text: Callable[[R], str]
    cls: ChangeClass = "substance"
    is_printed: bool = True
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class RecordTable(Generic[R]):
    """One kind of record: how it is known, shown and measured.

    ``place`` has the record's whole identity. ``number`` is None for what is no number; ``unit`` as
    in ``Difference``; two numbers of different ``measure`` have no distance. ``field`` is the key
    of the value that prints it; ``row`` the key of the row that shows it in the printed table of
    the same name. ``attributes_follow``: when the main text changes, the other fields only explain
    it and are told as its detail. ``loose_place`` is what identifies a record that is alone in its
    loose place on each side: another category of establishments does not make another target.
    """

    topic: Topic
    records: Callable[[ContractTables], Sequence[R]]
    place: Callable[[R], Where]
    text: Callable[[R], str]
    number: Callable[[R], Decimal | None] = lambda _: None
    unit: Callable[[R], str] = lambda _: ""
    measure: Callable[[R], str] = lambda _: ""
    field: Callable[[R], str] = lambda _: ""
    row: Callable[[R], str] = lambda _: ""
    attributes: tuple[Attribute[R], ...] = ()
    attributes_follow: bool = False
    loose_place: Callable[[R], Where] | None = None


def _funding_place(record: FundingRecord) -> Where:
    return Where(table="financements", key=record.key, year=record.year)


def _target_place(record: TargetRecord) -> Where:
    return Where(
        section=section_id_of_sheet(record.sheet),
        table="cibles",
        key=record.sheet,
        year=record.year,
        volet=record.volet,
        category=record.category,
    )


def _loose_target_place(record: TargetRecord) -> Where:
    """Without the category; a computed figure keeps its indicator."""
    place = _target_place(record)
    return place if record.origin == "calcul" else replace(place, category="")


def _target_text(record: TargetRecord) -> str:
    if record.origin == "calcul":
        number = _decimal(record.value)
        return record.text if number is None else format_number(number)
    return record.text


def _target_field(record: TargetRecord) -> str:
    """The key of the value in the sheet's tables (``assembly.sheet_targets``)."""
    suffix = str(record.year or "total")
    if record.origin == "calcul":
        suffix = f"calcul.{record.category}.{record.year}"
    return ".".join(part for part in ("cible", record.sheet, record.volet, suffix) if part)


def _target_unit(record: TargetRecord) -> str:
    return "%" if "pourcentage" in record.type or record.type == "taux" else ""


def _target_measure(record: TargetRecord) -> str:
    """« + 1 programme » and « 2 programmes » are no two figures of one thing."""
    return record.type if record.type.startswith("increment") else ""


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _date(value: date | None) -> str:
    return short_date(value) if value else "–"


def _order(record: FundingRecord) -> str:
    return f"{record.order_number or '–'} du {_date(record.order_date)}"


def _authorisation_text(record: AuthorisationRecord) -> str:
    labels = [
        label
        for code, label in zip(record.quintuplet, record.labels, strict=True)
        if not code.endswith(("000", "S00"))
    ]
    return f"{', '.join(labels) or record.key} (site {record.finess_et})"


FUNDINGS: RecordTable[FundingRecord] = RecordTable(
    topic="financement",
    records=lambda tables: tables.fundings,
    place=_funding_place,
    text=lambda record: format_amount(record.amount),
    number=lambda record: record.amount,
    unit=lambda _: "€",
    field=lambda record: f"financement.{record.key}.{record.year}",
    row=lambda record: record.key,
    attributes=(
        Attribute("enveloppe", lambda record: record.envelope),
        Attribute("sous-enveloppe", lambda record: record.sub_envelope),
        Attribute("mode", lambda record: record.mode),
        Attribute("mesure", lambda record: record.measure),
        Attribute("arrêté", _order),
        Attribute("payeur", lambda record: record.payer),
    ),
)
OBJECTIVES: RecordTable[Objective] = RecordTable(
    topic="objectif",
    records=lambda tables: tables.objectives,
    place=lambda record: Where(
        section=section_id_of_sheet(record.code), table="objectifs", key=record.code
    ),
    text=lambda record: record.title,
    row=lambda record: record.code,
    attributes=(
        Attribute("objectif stratégique", lambda record: " ; ".join(record.objectives)),
        Attribute("nature de l’indicateur", lambda record: record.indicator_type),
        Attribute("volet", lambda record: record.volet),
    ),
)
TARGETS: RecordTable[TargetRecord] = RecordTable(
    topic="cible",
    records=lambda tables: tables.targets,
    place=_target_place,
    text=_target_text,
    number=lambda record: _decimal(record.value),
    unit=_target_unit,
    measure=_target_measure,
    field=_target_field,
    attributes=(
        Attribute("catégorie", lambda record: record.category),
        Attribute("nature", lambda record: _TARGET_TYPES.get(record.type, record.type)),
        Attribute("valeur", lambda record: record.value),
        Attribute("calcul", lambda record: record.text if record.origin == "calcul" else ""),
        Attribute("origine", lambda record: _ORIGINS.get(record.origin, record.origin)),
        Attribute("doute", lambda record: record.doubt),
        Attribute("réparée", lambda record: "oui" if record.repaired else "non", "format"),
    ),
    attributes_follow=True,
    loose_place=_loose_target_place,
)
AUTHORISATIONS: RecordTable[AuthorisationRecord] = RecordTable(
    topic="autorisation",
    records=lambda tables: tables.authorisations,
    place=lambda record: Where(table="autorisations", key=record.key),
    text=_authorisation_text,
    row=lambda record: record.key,
    attributes=(
        Attribute("code", lambda record: " ".join(record.quintuplet), in_text=True),
        Attribute("libellés", lambda record: " ; ".join(record.labels), in_text=True),
        Attribute("site", lambda record: record.finess_et, in_text=True),
        Attribute("état", lambda record: AUTHORISATION_STATUSES.get(record.status, record.status)),
        Attribute("autorisée le", lambda record: _date(record.authorised_on)),
        Attribute("renouvelée le", lambda record: _date(record.renewed_on)),
        Attribute("effet", lambda record: _date(record.effective_on)),
        Attribute("date limite de mise en œuvre", lambda record: _date(record.start_deadline)),
        Attribute("mise en œuvre", lambda record: _date(record.started_on)),
        Attribute("fin de validité", lambda record: _date(record.ends_on)),
        Attribute(
            "équipements",
            lambda record: ", ".join(f"{name} {count}" for name, count in record.devices) or "–",
        ),
    ),
)
REFERENCES: RecordTable[CitedReference] = RecordTable(
    topic="reference",
    records=lambda tables: tables.references,
    place=lambda record: Where(table="references", key=f"{record.code} {record.article}"),
    text=lambda record: f"{record.code} {record.article}",
    attributes=(
        Attribute("statut", lambda record: STANDING_LABELS.get(record.status, record.status)),
        Attribute(
            "citée dans", lambda record: ", ".join(record.cited_in), "format", is_printed=False
        ),
    ),
)
