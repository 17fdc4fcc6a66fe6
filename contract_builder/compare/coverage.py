"""Each difference told once: printed places that show a record's change become its details.

An amount stands in a typed table and in a cell of the schedule; a reader wants it once, with its
place. What a printed place says and no record does stays a change of its own.
"""

from collections.abc import Iterator, Sequence

from contract_builder.compare.change import Change
from contract_builder.compare.printed import Printed
from contract_builder.compare.record_changes import Recorded

_ARROWS = {"arrêté": "Arrêté", "mode": "Mode", "mesure": "Mesure"}


def attach_printed(
    recorded: Sequence[Recorded], printed: Sequence[Printed]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The records' changes with their printed places, and the printed changes that remain."""
    finder = _Finder(recorded)
    details: dict[int, list[Change]] = {}
    remaining: list[Change] = []
    groups: list[Printed] = []
    for item in printed:
        if item.row_kind == "group":
            groups.append(item)
            continue
        index = finder.find(item)
        if index is None:
            remaining.append(item.change)
        else:
            details.setdefault(index, []).append(item.change)
    for item in groups:
        index = _find_group(item, details)
        if index is None:
            remaining.append(item.change)
        else:
            details[index].append(item.change)
    told = tuple(
        item.change.with_details(details.get(index, ())) for index, item in enumerate(recorded)
    )
    return told, tuple(remaining)


class _Finder:
    """Finds the record's change that a printed change shows."""

    def __init__(self, recorded: Sequence[Recorded]) -> None:
        self._recorded = recorded
        self._by_field: dict[str, int] = {}
        self._by_row: dict[tuple[str, str], list[int]] = {}
        for index, item in enumerate(recorded):
            if item.field and item.is_main:
                self._by_field.setdefault(item.field, index)
            if item.row:
                self._by_row.setdefault((item.change.where.table, item.row), []).append(index)

    def find(self, printed: Printed) -> int | None:
        """The index of the change, None when no record says the same."""
        change, where = printed.change, printed.change.where
        if change.cls != "substance" or change.kind in ("move", "move+modify"):
            return None
        found = self._by_row.get((where.table, where.key), [])
        if printed.row_kind is not None:
            return self._first(found, change.kind)
        if len(where.path) >= 2 or where.table:
            for key in sorted(printed.fields):
                if key in self._by_field:
                    return self._by_field[key]
        if where.table in ("autorisations", "objectifs"):
            return self._first(found, "modify")
        if where.table == "financements":
            return self._find_attribute(found, where.column)
        return None

    def _first(self, indexes: Sequence[int], kind: str) -> int | None:
        return next((i for i in indexes if self._recorded[i].change.kind == kind), None)

    def _find_attribute(self, indexes: Sequence[int], column: str) -> int | None:
        """The change of a line's order or mode, for the cells that print them."""
        for index in self._iter_others(indexes):
            text = self._recorded[index].change.new
            if any(name in text and title == column for name, title in _ARROWS.items()):
                return index
        return None

    def _iter_others(self, indexes: Sequence[int]) -> Iterator[int]:
        return (index for index in indexes if not self._recorded[index].is_main)


def _find_group(item: Printed, details: dict[int, list[Change]]) -> int | None:
    """The change whose row came or went in the same table: its group's heading follows it."""
    where = item.change.where
    for index, changes in details.items():
        for change in changes:
            if (change.kind, change.where.table) == (item.change.kind, where.table):
                return index
    return None
