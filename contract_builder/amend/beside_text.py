"""What a contract holds beside its text: its header and its typed tables, through avenants.

No sentence orders them: the avenant carries what the new contract has of them, so that the text in
force is also right for those who read its data (comparisons, follow-up, deadlines).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from contract_builder.model.amendment import Amendment, CarriedTable
from contract_builder.model.contract import (
    AuthorisationRecord,
    CitedReference,
    Contract,
    ContractHeader,
    ContractTables,
    DecisionRecord,
    FactRecord,
    FundingRecord,
    JoinedFile,
    Objective,
    SheetChoice,
    TargetRecord,
)

_KEYS: Final[Mapping[type, Callable[[Any], Hashable]]] = {
    Objective: lambda item: (item.code, item.volet),
    TargetRecord: lambda item: (item.sheet, item.volet, item.category, item.year, item.origin),
    AuthorisationRecord: lambda item: item.key,
    FundingRecord: lambda item: (item.key, item.year),
    CitedReference: lambda item: (item.code, item.article),
    JoinedFile: lambda item: item.number,
    FactRecord: lambda item: item.name,
    DecisionRecord: lambda item: (item.kind, item.id),
    SheetChoice: lambda item: item.code,
}
"""What a record is known by; one of another kind is known by all that it says."""


def list_carried_tables(old: Contract, new: Contract) -> tuple[CarriedTable, ...]:
    """The typed tables of the new contract that are not those of the old one, whole."""
    return tuple(
        CarriedTable(item.name, getattr(new.tables, item.name))
        for item in fields(ContractTables)
        if getattr(old.tables, item.name) != getattr(new.tables, item.name)
    )


def find_carried_header(old: Contract, new: Contract) -> ContractHeader | None:
    """The new contract's header; None where it is the old one's."""
    return None if old.header == new.header else new.header


def put_beside(current: Contract, amendment: Amendment, spoken: Contract) -> Contract:
    """The text as it stands with what an avenant carries beside its operations.

    ``spoken`` is the text that the avenant speaks of: only what differs from it is taken, so that
    two avenants of one text keep what each of them changed.
    """
    header = current.header
    if amendment.header is not None:
        header = _merge_headers(current.header, spoken.header, amendment.header)
    tables: dict[str, Any] = {
        table.name: _merge(
            getattr(current.tables, table.name), getattr(spoken.tables, table.name), table.records
        )
        for table in amendment.tables
    }
    return replace(current, header=header, tables=replace(current.tables, **tables))


def _merge_headers(
    current: ContractHeader, spoken: ContractHeader, new: ContractHeader
) -> ContractHeader:
    changed = {
        item.name: getattr(new, item.name)
        for item in fields(ContractHeader)
        if getattr(new, item.name) != getattr(spoken, item.name)
    }
    return replace(current, **changed)


def _merge(
    current: Sequence[object], spoken: Sequence[object], new: Sequence[object]
) -> tuple[object, ...]:
    """The records with what changed from ``spoken`` to ``new``; what came stands at the end."""
    if current == spoken:
        return tuple(new)
    before, after, standing = _by_key(spoken), _by_key(new), _by_key(current)
    for key in before.keys() - after.keys():
        standing.pop(key, None)
    standing.update({key: item for key, item in after.items() if before.get(key) != item})
    return tuple(standing.values())


def _by_key(records: Iterable[object]) -> dict[Hashable, object]:
    """The records by what they are known by; those that are known alike by their rank too."""
    found: dict[Hashable, object] = {}
    seen: Counter[Hashable] = Counter()
    for record in records:
        name_of = _KEYS.get(type(record))
        key = record if name_of is None else name_of(record)
        seen[key] += 1
        found[(key, seen[key])] = record
    return found
