"""Where two avenants drafted from one text change the same passage of it."""

from collections.abc import Iterable
from typing import Final

from contract_builder.amend.table_edits import TABLE_KINDS
from contract_builder.amend.unit_names import UnitNames
from contract_builder.model.amendment import Operation, OperationKind
from contract_builder.model.contract import iter_tree
from contract_builder.model.french import NBSP

_WHOLE: Final[frozenset[OperationKind]] = frozenset(
    {
        "replace_section", "delete_section", "move_section",
        "replace_sheet", "delete_sheet", "replace_annex", "delete_annex",
    }
)  # fmt: skip
_COMING: Final[frozenset[OperationKind]] = frozenset(
    {"insert_section", "insert_sheet", "insert_annex"}
)
_WHOLE_TABLE: Final[frozenset[OperationKind]] = frozenset({"replace_table", "delete_table"})
_OF_TABLE: Final = TABLE_KINDS | _WHOLE_TABLE
_PUT_IN: Final[frozenset[OperationKind]] = frozenset({"insert_paragraphs", "insert_table"})


def find_conflicts(
    first: Iterable[Operation], second: Iterable[Operation], names: UnitNames
) -> tuple[str, ...]:
    """The passages that both change, in French, in the order of the first; none when they may
    be merged. ``names`` are the units of the text that both speak of.

    Two insertions at one place are a conflict too: nothing says which comes first.
    """
    others = tuple(second)
    found = (
        _name_passage(one, other, names)
        for one in first
        for other in others
        if _meet(one, other, names)
    )
    return tuple(dict.fromkeys(found))


def _meet(one: Operation, other: Operation, names: UnitNames) -> bool:
    if one.kind in _WHOLE or other.kind in _WHOLE:
        return _covers(one, other, names) or _covers(other, one, names)
    if one.where.unit != other.where.unit:
        return False
    if one.kind in _COMING or other.kind in _COMING:
        return one.kind in _COMING and other.kind in _COMING and one.side == other.side
    if "replace_title" in (one.kind, other.kind):
        return one.kind == other.kind
    if one.kind in _OF_TABLE or other.kind in _OF_TABLE:
        return one.kind in _OF_TABLE and other.kind in _OF_TABLE and _meet_in_table(one, other)
    if one.kind in _PUT_IN or other.kind in _PUT_IN:
        both = one.kind in _PUT_IN and other.kind in _PUT_IN
        return both and _anchor(one) == _anchor(other)
    return _paragraphs(one).isdisjoint(_paragraphs(other)) is False


def _covers(whole: Operation, other: Operation, names: UnitNames) -> bool:
    """True when an operation takes the whole of what the other speaks of."""
    if whole.kind not in _WHOLE:
        return False
    if whole.where.unit == other.where.unit:
        return other.kind not in _COMING or whole.kind.startswith("delete_")
    inside = {section.id for section in iter_tree(names.get(whole.where.unit).unit.section)}
    return other.where.unit in inside


def _meet_in_table(one: Operation, other: Operation) -> bool:
    tables = [(op.where.table, op.where.table_rank, op.where.section) for op in (one, other)]
    if tables[0][:2] != tables[1][:2]:
        return False
    if one.kind in _WHOLE_TABLE or other.kind in _WHOLE_TABLE:
        return True
    if one.kind != other.kind and "replace_note" in (one.kind, other.kind):
        return False
    if (one.kind == "insert_rows") != (other.kind == "insert_rows"):
        return False
    spots = [(op.where.row, op.where.row_rank, op.where.occurrence, op.side) for op in (one, other)]
    return spots[0] == spots[1]


def _anchor(operation: Operation) -> tuple[object, ...]:
    where = operation.where
    return where.paragraph, where.section, operation.side


def _paragraphs(operation: Operation) -> set[tuple[str | None, int]]:
    where = operation.where
    first = where.paragraph or 0
    return {(None, rank) for rank in range(first, (where.last_paragraph or first) + 1)}


def _name_passage(one: Operation, other: Operation, names: UnitNames) -> str:
    """« l’article 6.2 (2e alinéa) », « l’annexe A5 (ligne « K ») »."""
    narrow = other if one.kind in _WHOLE else one
    where = narrow.where
    name = names.get(where.unit).name
    if where.row:
        return f"{name} (ligne «{NBSP}{where.row}{NBSP}»)"
    if narrow.kind in _OF_TABLE:
        return (
            f"{name} (tableau «{NBSP}{where.table}{NBSP}»)" if where.table else f"{name} (tableau)"
        )
    if where.paragraph:
        return f"{name} (alinéa {where.paragraph})"
    return f"{name} (intitulé)" if narrow.kind == "replace_title" else name
