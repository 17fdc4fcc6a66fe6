"""Differences between typed tables: by key, with the distance in value and per cent."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from contract_builder.compare.alignment import match_keys
from contract_builder.compare.change import (
    Change,
    ChangeClass,
    Difference,
    Where,
    make_difference,
    make_words,
)
from contract_builder.compare.inlines import edit_plain
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.record_tables import (
    AUTHORISATIONS,
    FUNDINGS,
    OBJECTIVES,
    REFERENCES,
    TARGETS,
    Attribute,
    RecordTable,
)
from contract_builder.compare.typography import differ_in_typography_only
from contract_builder.frozen import dataclass
from contract_builder.model.contract import ContractTables

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change of a record, and where it is printed: the key of its value, that of its row.

    ``is_main`` is False for a change of the record's other fields. ``names`` are those of the
    fields that the change tells besides the main text, or as a part of it.
    """

    change: Change
    field: str = ""
    row: str = ""
    is_main: bool = True
    names: tuple[str, ...] = ()


def tell_record_changes(old: ContractTables, new: ContractTables) -> tuple[RecordedChange, ...]:
    """All the changes of money, objectives, targets, authorisations and references."""
    return (
        *_tell(FUNDINGS, old, new),
        *_tell(OBJECTIVES, old, new),
        *_tell(TARGETS, old, new),
        *_tell(AUTHORISATIONS, old, new),
        *_tell(REFERENCES, old, new),
    )


def _tell(table: RecordTable[R], old: ContractTables, new: ContractTables) -> list[RecordedChange]:
    before, after = table.records(old), table.records(new)
    if before == after:
        return []
    matches = match_keys(*_keys(table, before, after))
    kept = set(matches.values())
    told = [_whole(table, record, "delete") for i, record in enumerate(before) if i not in matches]
    reverse = {j: i for i, j in matches.items()}
    for j, record in enumerate(after):
        if j not in kept:
            told.append(_whole(table, record, "insert"))
        elif before[reverse[j]] != record:
            told.extend(_modified(table, before[reverse[j]], record))
    return _told_once(told)


def _keys(
    table: RecordTable[R], before: Sequence[R], after: Sequence[R]
) -> tuple[list[Where], list[Where]]:
    """What identifies the records of each side: their loose place where it names one on both."""
    loose = table.loose_place
    if loose is None:
        return [table.place(r) for r in before], [table.place(r) for r in after]
    counts = [Counter(loose(record) for record in records) for records in (before, after)]

    def key(record: R) -> Where:
        place = loose(record)
        return place if all(count[place] == 1 for count in counts) else table.place(record)

    return [key(record) for record in before], [key(record) for record in after]


def _whole(table: RecordTable[R], record: R, kind: str) -> RecordedChange:
    text = table.text(record)
    place = table.place(record)
    change = (
        Change("insert", "substance", table.topic, place, "", text, typed=True)
        if kind == "insert"
        else Change("delete", "substance", table.topic, place, text, "", typed=True)
    )
    return RecordedChange(change, table.field(record), table.row(record))


def _modified(table: RecordTable[R], old: R, new: R) -> Iterator[RecordedChange]:
    """The main text and number as one change; the other fields as another, or as its detail."""
    before, after = table.text(old), table.text(new)
    difference = _difference(table, old, new)
    place = table.place(new)
    is_told = before != after or difference is not None
    attributes = [
        item
        for item in table.attributes
        if item.is_printed
        and not (item.in_text and before != after)
        and item.text(old) != item.text(new)
    ]
    if is_told and difference is not None:
        attributes = [item for item in attributes if item.name != "valeur"]
    others = _other_fields(table, place, attributes, (old, new)) if attributes else None
    if is_told:
        change = _make_change(table, place, before, after)
        if difference is not None:
            change = replace(change, difference=difference, cls="substance")
        if others is not None and table.attributes_follow:
            change, others = replace(change, details=(others,)), None
        said = [
            item for item in table.attributes if item.in_text and item.text(old) != item.text(new)
        ]
        yield RecordedChange(
            change, table.field(new), table.row(new), names=tuple(item.name for item in said)
        )
    if others is not None:
        names = tuple(item.name for item in attributes)
        yield RecordedChange(others, table.field(new), table.row(new), is_main=False, names=names)


def _other_fields(
    table: RecordTable[R], place: Where, attributes: list[Attribute[R]], records: tuple[R, R]
) -> Change:
    old, new = records
    told = _make_change(table, place, _listed(attributes, old), _listed(attributes, new))
    if all(item.cls == "format" for item in attributes):
        return replace(told, cls="format")
    return told


def _difference(table: RecordTable[R], old: R, new: R) -> Difference | None:
    before, after = table.number(old), table.number(new)
    if before is None or after is None or before == after:
        return None
    if (table.unit(old), table.measure(old)) != (table.unit(new), table.measure(new)):
        return None
    return make_difference(before, after, table.unit(new))


def _make_change(table: RecordTable[R], place: Where, old: str, new: str) -> Change:
    cls: ChangeClass = "typographie" if differ_in_typography_only(old, new) else "substance"
    words = make_words(edit_plain(old, new, Numbering({}, {})))
    return Change("modify", cls, table.topic, place, old, new, words, typed=True)


def _listed(attributes: list[Attribute[R]], record: R) -> str:
    return " ; ".join(f"{item.name} : {item.text(record) or '–'}" for item in attributes)


def _told_once(changes: list[RecordedChange]) -> list[RecordedChange]:
    """What changes alike in every year of a line (its order, a category) is told once, undated."""
    groups: dict[tuple[Where, str, str], list[RecordedChange]] = {}
    kept: list[RecordedChange] = []
    for item in changes:
        if item.is_main or item.change.topic not in ("financement", "cible"):
            kept.append(item)
            continue
        undated = replace(item.change.where, year=None)
        key = (undated, item.change.old, item.change.new)
        if key not in groups:
            kept.append(item)
        groups.setdefault(key, []).append(item)
    repeated = {id(items[0]) for items in groups.values() if len(items) > 1}
    return [
        replace(item, change=replace(item.change, where=replace(item.change.where, year=None)))
        if id(item) in repeated
        else item
        for item in kept
    ]
