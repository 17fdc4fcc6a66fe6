"""Which operations only follow the law: the clause has another version in force, nothing else.

A clause of the library is dated. Where the contracts print different versions of one clause, its
text changed as the law did; where they print the same one, it was negotiated or filled otherwise.
What tables hold comes from the establishment, never from the law.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from contract_builder.amend.unit_names import UnitNames
from contract_builder.model.amendment import Operation, OperationKind
from contract_builder.model.contract import Contract, Section, iter_tree

_OF_TABLES: Final[frozenset[OperationKind]] = frozenset(
    {
        "replace_row", "insert_rows", "delete_row",
        "replace_table", "insert_table", "delete_table", "replace_note",
    }
)  # fmt: skip


def find_lawful(
    operations: Iterable[Operation], names: UnitNames, old: Contract, new: Contract
) -> frozenset[str]:
    """The ids of the operations that change only clauses of which another version is in force."""
    before, after = _versions(old), _versions(new)
    changed = {name for name, day in before.items() if name in after and after[name] != day}
    return frozenset(
        operation.id
        for operation in operations
        if operation.kind not in _OF_TABLES
        and changed.issuperset(found := set(_iter_clauses(operation, names)))
        and found
    )


def _versions(contract: Contract) -> dict[str, date]:
    """Each clause of the library, and since when the version printed is in force."""
    return {
        section.id: section.provenance.in_force_from
        for section in contract.iter_sections()
        if section.provenance is not None and section.provenance.in_force_from is not None
    }


def _iter_clauses(operation: Operation, names: UnitNames) -> Iterator[str]:
    """The ids of the clauses that an operation changes, as far as it names them."""
    where = operation.where
    unit = names.get(where.unit).unit
    contents = [item for item in operation.content or () if isinstance(item, Section)]
    if operation.kind.startswith("insert_") and contents:
        yield from (part.id for section in contents for part in iter_tree(section))
    elif where.section is not None:
        yield where.section
    elif where.paragraph is not None:
        last = where.last_paragraph or where.paragraph
        yield from (item.section for item in unit.alineas[where.paragraph - 1 : last])
    else:
        yield from (section.id for section in unit.sections if section.blocks)
