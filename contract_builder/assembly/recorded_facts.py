"""Facts, decisions and rows of sheets as a contract keeps them, and back.

A contract tells what it was judged by, so that whoever has it alone (a later comparison with the
standard text, a follow-up) judges by the same facts, whatever words its reasons are told in.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from contract_builder.assembly.selection import PartDecision
from contract_builder.assembly.targets import RowChoice
from contract_builder.model.condition import FACTS, FactKind
from contract_builder.model.contract import (
    BaselineRecord,
    DecisionRecord,
    FactRecord,
    RowName,
    SheetChoice,
)
from contract_builder.model.facts import Fact, Facts, FactValue
from contract_builder.model.fiche import Fiche, TargetRow
from contract_builder.model.profile import BaselineValue, ChosenSheet
from contract_builder.source import NOWHERE

_YES, _NO = "oui", "non"


def record_facts(facts: Facts) -> tuple[FactRecord, ...]:
    """Every known fact, by name."""
    return tuple(_record(name, fact.value) for name, fact in sorted(facts.items()))


def _record(name: str, value: FactValue) -> FactRecord:
    kind = FACTS[name].kind
    match value:
        case bool():
            return FactRecord(name, kind, _YES if value else _NO)
        case frozenset():
            return FactRecord(name, kind, words=tuple(sorted(value)))
        case date():
            return FactRecord(name, kind, value.isoformat())
        case _:
            return FactRecord(name, kind, str(value))


def read_facts(records: Iterable[FactRecord]) -> Facts:
    """The facts that a contract keeps; one that conditions no longer know, or know otherwise, is
    left out: nothing can ask for it.
    """
    return {
        record.name: Fact(_value(record.kind, record), "contrat", NOWHERE)
        for record in records
        if record.name in FACTS and FACTS[record.name].kind == record.kind
    }


def _value(kind: FactKind, record: FactRecord) -> FactValue:
    match kind:
        case "oui_non":
            return record.value == _YES
        case "ensemble":
            return frozenset(record.words)
        case "date":
            return date.fromisoformat(record.value)
        case "nombre":
            return Decimal(record.value)
        case "texte":
            return record.value


def record_choice(chosen: ChosenSheet, choice: RowChoice) -> SheetChoice:
    """The rows that apply of a chosen sheet, and the starting values that the profile gives."""
    return SheetChoice(
        chosen.code,
        tuple(_name_row(resolved.row) for resolved in choice.rows),
        tuple(
            BaselineRecord(indicator, item.annee, item.valeur, item.source)
            for indicator, item in (chosen.valeurs_initiales or {}).items()
        ),
    )


def find_recorded_rows(fiche: Fiche, choice: SheetChoice) -> tuple[TargetRow, ...]:
    """The rows of the library's sheet that the contract names; those that are gone are left out."""
    wanted = set(choice.rows)
    return tuple(row for row in fiche.header.cibles if _name_row(row) in wanted)


def read_baselines(choice: SheetChoice) -> dict[str, BaselineValue]:
    """The starting values by indicator, as a profile gives them."""
    return {
        item.indicator: BaselineValue(annee=item.year, valeur=item.value, source=item.source)
        for item in choice.baselines
    }


def _name_row(row: TargetRow) -> RowName:
    return RowName(row.categorie, row.libelle, row.volet)


def record_decisions(decisions: Iterable[PartDecision]) -> Iterator[DecisionRecord]:
    """What was considered, in the order of the outline, then of the sheets."""
    for decision in decisions:
        yield DecisionRecord(decision.kind, decision.id, decision.retained)
