"""The orders of an avenant carried out on the old contract, all at once, as with scissors and glue.

Every place and every quotation speaks of the old text; what they change is put beside it first, and
the amended contract is printed from that.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from tests.independent_avenant.order import Order, Spot, UnitName
from tests.independent_avenant.printed_contract import (
    Alinea,
    Element,
    Holder,
    Intertitle,
    PrintedTable,
    TableNote,
    TableRow,
    alineas,
    iter_holders,
    tables,
)
from tests.independent_avenant.reading import ReadAvenant
from tests.independent_avenant.typography import bare, unquoted

_KINDS = {
    "visas": "visas",
    "considérants": "considerants",
    "désignation des parties": "parties",
    "parties": "parties",
}


class UnfitError(Exception):
    """An order that does not fit the old contract: nothing there, or more than one thing."""


class Application:
    """Carries out the orders of one avenant on one contract (which it changes).

    ``stops`` are the marks that count for the final stop of an alinéa: readers differ, and an
    avenant must say the same to all.
    """

    def __init__(self, old: Holder, avenant: ReadAvenant, stops: str) -> None:
        self._old = old
        self._stops = re.escape(stops)
        self._joined = avenant.joined
        self._words: dict[int, tuple[Alinea, list[tuple[int, int, int, str]]]] = {}

    def apply(self, orders: list[Order]) -> None:
        """Puts every change beside what it changes; ``print_lines`` then tells the result."""
        for order in orders:
            try:
                self._apply(order)
            except UnfitError as error:
                raise UnfitError(f"{error} — {order.sentence[:200]}") from error
        for alinea, edits in self._words.values():
            alinea.instead = [Alinea(_edited(alinea, edits))]

    def find_unit(self, name: UnitName | None) -> Holder:
        """The one unit called so."""
        if name is None:
            raise UnfitError("no unit is named")
        if name.kind == "partie":
            within = self.find_unit(name.holder) if name.holder else self._old
            found = [
                item
                for item in iter_holders(within)
                if not item.number and bare(item.title) == bare(name.name)
            ]
        elif name.kind in _KINDS:
            found = [item for item in iter_holders(self._old) if item.kind == _KINDS[name.kind]]
        else:
            kinds = {"article": ("article", "clause"), "annexe": ("annexe",), "fiche": ("fiche",)}
            found = [
                item
                for item in iter_holders(self._old)
                if item.number == name.name and item.kind in kinds[name.kind]
            ]
        if len(found) != 1:
            raise UnfitError(f"{len(found)} units are called {name}")
        return found[0]

    def find_table(self, spot: Spot) -> PrintedTable:
        """The one table called so."""
        there = tables(self.find_unit(spot.unit))
        if spot.table is None:
            there = [table for table in there if not table.title] if spot.table_rank else there
        else:
            there = [table for table in there if bare(table.title) == bare(spot.table)]
        if spot.table_rank is not None:
            at = spot.table_rank - 1 if spot.table_rank > 0 else -1
            there = there[at:][:1]
        if len(there) != 1:
            raise UnfitError(f"{len(there)} tables are called so")
        return there[0]

    def find_row(self, spot: Spot) -> TableRow:
        """The one row that begins so, or that stands at this rank."""
        rows = [row for row in self.find_table(spot).rows if isinstance(row, TableRow)]
        if spot.row is not None:
            rows = [row for row in rows if bare(row.cells[0]) == bare(spot.row)]
        if spot.row_rank is not None:
            rows = rows[-1:] if spot.row_rank < 0 else rows[spot.row_rank - 1 :][:1]
        if len(rows) != 1:
            raise UnfitError(f"{len(rows)} rows are called so")
        return rows[0]

    def find_alineas(self, spot: Spot) -> list[Alinea]:
        """The alinéa, or those of the range."""
        there = alineas(self.find_unit(spot.unit))
        if spot.first is None:
            raise UnfitError("no alinéa is named")
        first = spot.first - 1 if spot.first > 0 else len(there) - 1
        last = first if spot.last is None else spot.last - 1 if spot.last > 0 else len(there) - 1
        if not 0 <= first <= last < len(there):
            raise UnfitError(f"there are {len(there)} alinéas")
        return there[first : last + 1]

    def _apply(self, order: Order) -> None:
        actions: dict[str, Callable[[Order], None]] = {
            "replace_words": self._change_words,
            "insert_words": self._change_words,
            "delete_words": self._change_words,
            "replace_paragraph": self._replace_alinea,
            "delete_paragraphs": self._delete_alineas,
            "insert_paragraphs": self._insert,
            "insert_table": self._insert,
            "replace_section": self._replace_unit,
            "delete_section": self._delete_unit,
            "delete_sheet": self._delete_unit,
            "delete_annex": self._delete_unit,
            "insert_section": self._insert_unit,
            "move_section": self._move_unit,
            "replace_title": self._retitle,
            "replace_row": self._replace_row,
            "delete_row": self._delete_row,
            "insert_rows": self._insert_rows,
            "replace_table": self._replace_table,
            "delete_table": self._delete_table,
            "replace_note": self._replace_note,
            "replace_sheet": self._replace_joined,
            "replace_annex": self._replace_joined,
            "insert_sheet": self._insert_joined,
            "insert_annex": self._insert_joined,
        }
        actions[order.kind](order)

    def _change_words(self, order: Order) -> None:
        (alinea,) = self.find_alineas(order.spot)
        text = unquoted(alinea.text)
        edits = self._words.setdefault(id(alinea), (alinea, []))[1]
        if order.side == "end":
            brings = re.search(rf"[{self._stops}]”?$", order.new or "")
            stop = re.search(rf"\s*[{self._stops}]$", text)
            at = stop.start() if stop and not brings else len(text)
            edits.append((at, at, len(edits), f" {order.new}"))
            return
        for start, end in _occurrences(text, order):
            if order.kind == "replace_words":
                edits.append((start, end, len(edits), order.new or ""))
            elif order.kind == "delete_words":
                edits.append((start, end, len(edits), ""))
            elif order.side == "after":
                edits.append((end, end, len(edits), f" {order.new}"))
            else:
                edits.append((start, start, len(edits), f"{order.new} "))

    def _replace_alinea(self, order: Order) -> None:
        (alinea,) = self.find_alineas(order.spot)
        _take_place(alinea, list(order.elements))

    def _delete_alineas(self, order: Order) -> None:
        for alinea in self.find_alineas(order.spot):
            _take_place(alinea, [])

    def _insert(self, order: Order) -> None:
        if order.side in ("start", "end"):
            unit = self.find_unit(order.spot.unit)
            (unit.start if order.side == "start" else unit.end).extend(order.elements)
            return
        anchor = self._anchor(order.spot)
        (anchor.after if order.side == "after" else anchor.before).extend(order.elements)

    def _anchor(self, spot: Spot) -> Element:
        if spot.first is not None:
            return self.find_alineas(spot)[-1]
        if spot.is_table:
            return self.find_table(spot)
        return self.find_unit(spot.unit)

    def _replace_unit(self, order: Order) -> None:
        unit = self.find_unit(order.spot.unit)
        (new,) = order.elements
        assert isinstance(new, Holder)
        new.id, new.kind = unit.id, unit.kind
        _take_place(unit, [new])

    def _delete_unit(self, order: Order) -> None:
        _take_place(self.find_unit(order.spot.unit), [])

    def _insert_unit(self, order: Order) -> None:
        self._put(self.find_unit(order.spot.unit), order, list(order.elements))

    def _put(self, anchor: Holder, order: Order, new: list[Element]) -> None:
        if order.side == "end":
            anchor.last.extend(new)
        else:
            (anchor.after if order.side == "after" else anchor.before).extend(new)

    def _move_unit(self, order: Order) -> None:
        unit = self.find_unit(order.spot.unit)
        target = self.find_unit(order.target)
        _take_place(unit, [])
        target.after.append(_Moved(unit))

    def _retitle(self, order: Order) -> None:
        self.find_unit(order.spot.unit).title = order.new or ""

    def _replace_row(self, order: Order) -> None:
        _take_place(self.find_row(order.spot), list(order.elements))

    def _delete_row(self, order: Order) -> None:
        _take_place(self.find_row(order.spot), [])

    def _insert_rows(self, order: Order) -> None:
        if order.side in ("start", "end"):
            rows = self.find_table(order.spot).rows
            if order.side == "start":
                rows[0].before.extend(order.elements)
            else:
                rows[-1].after.extend(order.elements)
            return
        row = self.find_row(order.spot)
        (row.after if order.side == "after" else row.before).extend(order.elements)

    def _replace_table(self, order: Order) -> None:
        _take_place(self.find_table(order.spot), list(order.elements))

    def _delete_table(self, order: Order) -> None:
        _take_place(self.find_table(order.spot), [])

    def _replace_note(self, order: Order) -> None:
        notes = self.find_table(order.spot).notes
        if order.side == "end":
            notes.extend(order.elements)
            return
        rank = order.spot.note_rank or 1
        if not notes or rank > len(notes):
            raise UnfitError(f"{len(notes)} notes")
        _take_place(notes[rank - 1 if rank > 0 else -1], list(order.elements))

    def _replace_joined(self, order: Order) -> None:
        unit = self.find_unit(order.spot.unit)
        new = self._get_joined(unit.number)
        new.id, new.kind = unit.id, unit.kind
        _take_place(unit, [new])

    def _insert_joined(self, order: Order) -> None:
        anchor = self.find_unit(order.spot.unit)
        new = self._get_joined(order.new or "")
        self._put(anchor, order, [new])

    def _get_joined(self, number: str) -> Holder:
        if number not in self._joined:
            raise UnfitError(f"nothing is joined as {number}: {sorted(self._joined)}")
        return self._joined[number]


class _Moved(Element):
    """Where a unit went, with its own changes."""

    def __init__(self, unit: Holder) -> None:
        super().__init__()
        self.unit = unit


def _take_place(element: Element, new: list[Element]) -> None:
    if element.instead is not None:
        raise UnfitError("two orders for one thing")
    element.instead = new


def _occurrences(text: str, order: Order) -> list[tuple[int, int]]:
    """Where the quoted words stand as whole words: once, or located."""
    old = order.old or ""
    left = r"(?<!\w)" if old[:1].isalnum() else ""
    right = r"(?!\w)" if old[-1:].isalnum() else ""
    found = [match.span() for match in re.finditer(f"{left}{re.escape(old)}{right}", text)]
    where = order.spot.occurrence
    if where == "each":
        if not found:
            raise UnfitError("the quoted words do not stand there")
        return found
    if where is not None:
        at = where - 1 if where > 0 else where
        if not -len(found) <= at < len(found):
            raise UnfitError(f"the quoted words stand {len(found)} times")
        return [found[at]]
    if len(found) != 1:
        raise UnfitError(f"the quoted words stand {len(found)} times: {old!r}")
    return found


def _edited(alinea: Alinea, edits: list[tuple[int, int, int, str]]) -> str:
    text = unquoted(alinea.text)
    ordered = sorted(edits)
    for (_, end, *_), (start, *_) in pairwise(ordered):
        if start < end:
            raise UnfitError("two orders for the same words")
    for start, end, _, new in reversed(ordered):
        text = text[:start] + new + text[end:]
    return text


def _settled(items: list[Element]) -> list[Element]:
    result: list[Element] = []
    for item in items:
        result += item.before
        result += [item] if item.instead is None else item.instead
        result += item.after
    return result


def print_lines(holder: Holder) -> list[tuple[str, Element, str]]:
    """The amended text, line by line: what it is, the element, its text without spaces."""
    lines: list[tuple[str, Element, str]] = []
    for element in _unit_order(holder):
        match element:
            case _Moved(unit=unit):
                lines += _print_holder(unit)
            case Holder():
                lines += _print_holder(element)
            case PrintedTable(title=title, header=header):
                lines.append(("tableau", element, bare(f"{title}|{'|'.join(header)}")))
                for row in _settled(element.rows):
                    assert isinstance(row, TableRow)
                    lines.append(("ligne", row, bare("|".join(row.cells))))
                for note in _settled(element.notes):
                    assert isinstance(note, TableNote)
                    lines.append(("note", note, bare(note.text)))
            case Alinea(text=text) | Intertitle(text=text):
                lines.append((type(element).__name__.lower(), element, bare(text)))
            case _:
                raise TypeError(element)
    return lines


def _unit_order(holder: Holder) -> list[Element]:
    """Its elements; what completes a unit stands before the units that it holds."""
    items = _settled(holder.items)
    first_unit = next(
        (
            at
            for at, item in enumerate(items)
            if isinstance(item, _Moved | Holder) and (isinstance(item, _Moved) or item.is_unit)
        ),
        len(items),
    )
    return [*holder.start, *items[:first_unit], *holder.end, *items[first_unit:], *holder.last]


def _print_holder(holder: Holder) -> list[tuple[str, Element, str]]:
    return [("titre", holder, bare(holder.title)), *print_lines(holder)]
