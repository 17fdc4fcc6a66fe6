"""Facts and decisions as a contract keeps them, and back.

A contract tells what it was judged by, so that whoever has it alone (a later comparison with the
standard text, a follow-up) judges by the same facts, whatever words its reasons are told in.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from contract_builder.assembly.selection import Decision
from contract_builder.model.condition import FACTS, FactKind
from contract_builder.model.contract import DecisionRecord, FactRecord
from contract_builder.model.facts import Fact, Facts, FactValue
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


def record_decisions(decisions: Iterable[Decision]) -> Iterator[DecisionRecord]:
    """What was considered, in the order of the outline, then of the sheets."""
    for decision in decisions:
        yield DecisionRecord(decision.kind, decision.id, decision.retained)
