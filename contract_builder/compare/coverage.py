"""Each difference told once: printed places that show a record's change become its details.

An amount stands in a typed table and in a cell of the schedule; a reader wants it once, with its
place. What a printed place says and no record does stays a change of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contract_builder.compare.change import Change, Where
from contract_builder.compare.printed import Printed
from contract_builder.compare.record_changes import RecordedChange
from contract_builder.compare.tokens import is_word, split_tokens

_ABOUT_A_YEAR = re.compile(
    r"(?:Lecture incertaine de la source – |(?P<indicator>[^:;]{1,80}), )?"
    r"(?P<year>\d{4})(?:-\d{4})?\s: "
)
"""The notes below a target: why it was negotiated, what is doubtful, how it was computed."""

_TABLES_OF_RECORDS = frozenset({"financement", "autorisation", "objectif"})
"""What these tables print is recorded: a whole one comes or goes with its records."""

_ALSO_SHOWN_IN = {"sous-enveloppe": "mesure"}
"""Fields of a record that share the column of another."""
_DOUBT = "doute"


def attach_printed(
    recorded: Sequence[RecordedChange], printed: Sequence[Printed]
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
    told = [item.change.with_details(details.get(index, ())) for index, item in enumerate(recorded)]
    return tuple(_with_places(told)), tuple(remaining)


def _with_places(told: Sequence[Change]) -> Iterator[Change]:
    """Gives the other years of a row that came or went the place of that row."""
    places: dict[tuple[str, str, str], Where] = {
        (change.where.table, change.where.key, change.kind): change.where
        for change in reversed(told)
        if change.where.entry is not None and change.kind != "modify"
    }
    for change in told:
        where = change.where
        place = places.get((where.table, where.key, change.kind))
        if place is None or where.entry is not None or where.table != "financements":
            yield change
        else:
            yield replace(change, where=replace(place, year=where.year))


class _Finder:
    """Finds the record's change that a printed change shows."""

    def __init__(self, recorded: Sequence[RecordedChange]) -> None:
        self._recorded = recorded
        self._by_field: dict[str, int] = {}
        self._by_row: dict[tuple[str, str], list[int]] = {}
        self._by_year: dict[tuple[str, int], list[int]] = {}
        self._sheets: dict[tuple[str, str], int] = {}
        self._first: dict[tuple[str, str], int] = {}
        for index, item in enumerate(recorded):
            if item.field and item.is_main:
                self._by_field.setdefault(item.field, index)
            where, kind = item.change.where, item.change.kind
            self._first.setdefault((item.change.topic, kind), index)
            if item.change.topic == "objectif":
                self._sheets[where.section, kind] = index
            if item.is_main and where.table == "cibles" and where.year:
                self._by_year.setdefault((where.section, where.year), []).append(index)
            if item.row:
                self._by_row.setdefault((item.change.where.table, item.row), []).append(index)
        for index, item in enumerate(recorded):  # a doubt alone is printed as its cell's footnote
            if item.field and _DOUBT in item.names:
                self._by_field.setdefault(item.field, index)

    def find(self, printed: Printed) -> int | None:
        """The index of the change, None when no record says the same."""
        change, where = printed.change, printed.change.where
        if change.kind in ("move", "move+modify"):
            return None
        same_row = [
            index
            for index in self._by_row.get((_records_of(where.table), where.key), [])
            if self._recorded[index].change.cls == change.cls
        ]
        if printed.row_kind is not None:
            return next((i for i in same_row if self._kind(i) == change.kind), None)
        if change.topic == "section":
            return self._sheets.get((where.section, change.kind))
        explained = self._find_explained(printed)
        if explained is not None:
            return explained
        if not where.column:
            return self._find_told(printed)
        for key in sorted(printed.fields):
            index = self._by_field.get(key)
            if index is not None and self._recorded[index].change.cls == change.cls:
                return index
        modified = (i for i in same_row if self._kind(i) == "modify")
        return next((i for i in modified if self._says(i, change)), None)

    def _find_explained(self, printed: Printed) -> int | None:
        """The target of the year that a line of its sheet's section begins with."""
        change = printed.change
        match = _ABOUT_A_YEAR.match(change.new or change.old)
        if match is None:
            return None
        about = [
            index
            for index in self._by_year.get((change.where.section, int(match["year"])), ())
            if self._recorded[index].change.cls == change.cls
        ]
        named = [i for i in about if self._indicator(i) == (match["indicator"] or "").casefold()]
        return next(iter(named or about), None)

    def _find_told(self, printed: Printed) -> int | None:
        """The first of the records of a whole table, when records tell all its values."""
        change = printed.change
        if change.topic in _TABLES_OF_RECORDS and not change.where.key:
            return self._first.get((change.topic, change.kind))
        indexes = [self._by_field.get(key) for key in sorted(printed.fields)]
        known = [index for index in indexes if index is not None]
        if not change.where.table or not known or len(known) < len(indexes):
            return None
        return min(known)

    def _indicator(self, index: int) -> str:
        return self._recorded[index].change.where.category.replace("_", " ").casefold()

    def _kind(self, index: int) -> str:
        return self._recorded[index].change.kind

    def _says(self, index: int, change: Change) -> bool:
        """True when the record's change tells the changed words, or is about their column."""
        recorded = self._recorded[index]
        if recorded.is_main and recorded.field:
            return False  # its own cell has its field: a total with the same figure is another sum
        columns = {_ALSO_SHOWN_IN.get(name, name) for name in recorded.names}
        if change.where.column.lower() in columns:
            return True
        told = recorded.change
        gone, come = _changed_words(change, "delete"), _changed_words(change, "insert")
        return gone <= set(split_tokens(told.old)) and come <= set(split_tokens(told.new))


def _records_of(table: str) -> str:
    """The typed table that a printed one shows: « financements-conditions » → « financements »."""
    return table.partition("-")[0]


def _changed_words(change: Change, op: str) -> set[str]:
    return {
        token
        for word_op, text in change.words
        if word_op == op
        for token in split_tokens(text)
        if is_word(token)
    }


def _find_group(item: Printed, details: dict[int, list[Change]]) -> int | None:
    """The change whose row came or went in the same table: its group's heading follows it."""
    where = item.change.where
    for index, changes in details.items():
        for change in changes:
            if (change.kind, change.where.table) == (item.change.kind, where.table):
                return index
    return None
