"""Each disagreement between a printed avenant, its data, and the contract that it should give."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from tests.independent_avenant.application import Application, UnfitError, print_lines
from tests.independent_avenant.order import Order, UnreadableError
from tests.independent_avenant.printed_contract import (
    Alinea,
    Element,
    Holder,
    TableNote,
    TableRow,
    iter_holders,
    print_contract,
)
from tests.independent_avenant.reading import ReadAvenant, read_avenant
from tests.independent_avenant.typography import bare

Json = dict[str, Any]
FINAL_STOPS = (".…", ".…;:,!?")
_NUMBER = r"[A-Z0-9][A-Za-z0-9_.\-]*[A-Z]?"


@dataclass(slots=True)
class Judgement:
    """What was read, and every fault that was found; none is right."""

    avenant: ReadAvenant
    faults: list[str] = field(default_factory=list)


def judge_avenant(docx: bytes, amendment: Json, old: Json, new: Json) -> Judgement:
    """Reads the Word file, applies it to the old contract, compares with both results."""
    try:
        avenant = read_avenant(docx)
    except UnreadableError as error:
        return Judgement(ReadAvenant(), [f"unreadable: {error}"])
    faults = _compare_data(avenant.orders, amendment["operations"])
    for stops in FINAL_STOPS:
        avenant = read_avenant(docx)
        printed = print_contract(old)
        try:
            Application(printed, avenant, stops).apply(avenant.orders)
        except UnfitError as error:
            return Judgement(avenant, [*faults, f"unfit: {error}"])
        faults += _compare_texts(printed, print_contract(new))
    return Judgement(avenant, faults)


def _compare_texts(made: Holder, meant: Holder) -> list[str]:
    got, want = print_lines(made), print_lines(meant)
    labels = {bare(holder.number): bare(holder.title) for holder in _result_holders(got)}
    titles = {holder.id: bare(holder.title) for holder in iter_holders(meant)}
    faults = []
    for at in range(max(len(got), len(want))):
        one = got[at] if at < len(got) else None
        other = want[at] if at < len(want) else None
        if (
            one is None
            or other is None
            or one[0] != other[0]
            or not _same(one, other, labels, titles)
        ):
            told = [f"{line[0]} {line[2][:300]!r}" if line else "nothing" for line in (one, other)]
            faults.append(f"line {at}: made {told[0]}, meant {told[1]}")
            break
    return faults


def _result_holders(lines: list[tuple[str, Element, str]]) -> list[Holder]:
    return [element for _, element, _ in lines if isinstance(element, Holder) and element.number]


def _same(
    one: tuple[str, Element, str],
    other: tuple[str, Element, str],
    labels: dict[str, str],
    titles: dict[str, str],
) -> bool:
    """The same text, cross-references by what they lead to."""
    if one[2] == other[2]:
        return True
    element = other[1]
    links = element.links if isinstance(element, Alinea | TableRow) else []
    pattern, rest = "", other[2]
    leads = []
    for text, target in links:
        before, _, rest = rest.partition(bare(text))
        word = re.match(r"^(.*?)([A-Z]?[0-9][A-Za-z0-9_.\-]*)$", bare(text))
        pattern += re.escape(before) + (
            re.escape(word[1]) + f"({_NUMBER})" if word else f"({re.escape(bare(text))})"
        )
        leads.append((target, bool(word)))
    found = re.fullmatch(pattern + re.escape(rest), one[2])
    if not links or not found:
        return False
    for number, (target, is_number) in zip(found.groups(), leads, strict=True):
        if is_number and labels.get(number) != titles.get(target):
            return False
    return True


def _compare_data(orders: list[Order], operations: list[Json]) -> list[str]:
    """The operations of the JSON say the same, one by one."""
    told = [_told(order) for order in orders]
    written = [_written(operation) for operation in operations]
    faults = []
    matcher = SequenceMatcher(
        None, sorted(map(repr, told)), sorted(map(repr, written)), autojunk=False
    )
    lines = sorted(map(repr, told)), sorted(map(repr, written))
    for code, one, two, three, four in matcher.get_opcodes():
        if code != "equal":
            faults.append(f"data: read {lines[0][one:two]}, written {lines[1][three:four]}")
    return faults


def _told(order: Order) -> tuple[object, ...]:
    spot = order.spot
    unit = spot.unit
    while unit is not None and unit.kind == "partie" and unit.holder is not None:
        unit = unit.holder
    paragraph = spot.first
    new: object = (
        bare(order.new)
        if order.new is not None and order.kind not in ("insert_annex", "insert_sheet")
        else None
    )
    if order.kind in ("replace_paragraph", "insert_paragraphs", "replace_note"):
        new = tuple(
            bare(item.text) for item in order.elements if isinstance(item, Alinea | TableNote)
        )
    if order.kind in ("replace_row", "insert_rows"):
        new = tuple(
            tuple(map(bare, row.cells)) for row in order.elements if isinstance(row, TableRow)
        )
    occurrence = spot.occurrence if order.kind != "replace_note" else None
    return (
        order.kind,
        order.article,
        bare(unit.name) if unit and unit.name else "",
        paragraph,
        spot.last,
        bare(spot.row) if spot.row is not None else None,
        spot.row_rank,
        order.side,
        occurrence,
        bare(order.old) if order.old is not None else None,
        new,
    )


def _written(operation: Json) -> tuple[object, ...]:
    where = operation["where"]
    kind, old, new = operation["kind"], operation["old"], operation["new"]
    if kind in ("replace_paragraph", "insert_paragraphs", "replace_note"):
        new = tuple(map(bare, [new] if isinstance(new, str) else new))
    elif kind in ("replace_row", "insert_rows"):
        new = tuple(tuple(map(bare, row)) for row in new)
    elif kind in ("replace_words", "insert_words", "replace_title"):
        new = bare(new)
    else:
        new = None
    words = kind in ("replace_words", "insert_words", "delete_words")
    return (
        kind,
        operation["article"],
        bare(where["label"] or ""),
        where["paragraph"] if where["row"] is None else None,
        where["last_paragraph"],
        bare(where["row"]) if where["row"] else None,
        where["row_rank"],
        operation["side"],
        where["occurrence"] if kind != "replace_note" else None,
        bare(old) if words and old is not None else None,
        new,
    )
