"""Tables of a form as a spreadsheet shows them: one row a line, totals, the rest on demand."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from contract_builder.reading.scalars import parse_decimal
from contract_builder.reading.written_values import parse_written_amount
from contract_builder.web.forms.bound import (
    Bound,
    BoundField,
    BoundGroup,
    BoundLine,
    BoundPairs,
    BoundTable,
)

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sites": ("finess_et", "nom", "categorie"),
    "urgences": ("annee", "passages", "source"),
    "capacites": (
        "annee",
        "medecine",
        "chirurgie",
        "obstetrique",
        "smr",
        "psychiatrie",
        "had",
        "usld",
    ),
    "financements": ("libelle", "enveloppe", "mode", "montants"),
}
"""For each list that is shown so, the keys of a line that stand in its row."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column: its path under a line, its title, the sum of its amounts when it has one.

    A column of amounts has no sum as long as one of them is not understood.
    """

    path: str
    title: str
    has_total: bool = False
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line: a control for each column, None where it has none; ``rest`` is what is left.

    ``names`` are the names of pairs in the row (the field that lists them, and each name).
    ``sources`` tell where the values of its cells come from: a title and a text each.
    """

    line: BoundLine
    cells: tuple[tuple[GridColumn, BoundField | None], ...]
    names: tuple[tuple[str, str], ...]
    rest: tuple[Bound, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A list as rows and columns."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]

    @property
    def has_totals(self) -> bool:
        """True when a column has a sum."""
        return any(column.has_total for column in self.columns)


def lay_grid(table: BoundTable) -> Grid | None:
    """The table as rows; None for a list that reads better line by line."""
    keys = _COLUMNS.get(table.name)
    if keys is None:
        return None
    found: dict[str, dict[str, BoundField]] = {}
    titles: dict[str, str] = {}
    for line in table.lines:
        fields = found.setdefault(line.name, {})
        for title, field in _iter_cells(line, keys):
            path = field.name.removeprefix(f"{line.name}.")
            fields[path] = field
            titles[path] = title
    columns = tuple(
        _lay_column(path, title, [fields.get(path) for fields in found.values()])
        for path, title in _in_order(titles, keys)
    )
    rows = tuple(_lay_row(line, columns, found[line.name], keys) for line in table.lines)
    return Grid(columns, rows)


def _iter_cells(line: BoundLine, keys: tuple[str, ...]) -> Iterator[tuple[str, BoundField]]:
    for part in line.parts:
        if part.shape.key not in keys:
            continue
        if isinstance(part, BoundField):
            yield part.shape.label, part
        elif isinstance(part, BoundGroup):
            for inner in part.parts:
                if isinstance(inner, BoundField):
                    yield f"{part.shape.label}, {inner.shape.label.lower()}", inner
        elif isinstance(part, BoundPairs):
            for name, inner in part.parts:
                if isinstance(inner, BoundField):
                    yield name, inner


def _in_order(titles: Mapping[str, str], keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The columns in the order of the keys; the names of pairs in their own."""
    ranks = {key: rank for rank, key in enumerate(keys)}
    is_pair = {path: path.startswith("montants.") for path in titles}
    return sorted(
        titles.items(),
        key=lambda item: (ranks[item[0].partition(".")[0]], item[0] if is_pair[item[0]] else ""),
    )


def _lay_row(
    line: BoundLine,
    columns: tuple[GridColumn, ...],
    fields: Mapping[str, BoundField],
    keys: tuple[str, ...],
) -> GridRow:
    names = tuple(
        (part.name, name)
        for part in line.parts
        if isinstance(part, BoundPairs) and part.shape.key in keys
        for name, _ in part.parts
    )
    rest = tuple(part for part in line.parts if part.shape.key not in keys)
    cells = tuple((column, fields.get(column.path)) for column in columns)
    sources = tuple(
        (column.title, text)
        for column, field in cells
        if field is not None
        for text in (field.elsewhere, field.source.said)
        if text
    )
    return GridRow(line, cells, names, rest, sources)


def _lay_column(path: str, title: str, fields: list[BoundField | None]) -> GridColumn:
    amounts = [field for field in fields if field is not None and field.kind == "montant"]
    given = [_amount(field.value) for field in amounts if field.value]
    known = [amount for amount in given if amount is not None]
    total = sum(known, Decimal(0)) if len(known) == len(given) else None
    return GridColumn(path, title, bool(amounts), total if amounts else None)


def _amount(text: str) -> Decimal | None:
    with suppress(ValueError):
        return Decimal(parse_written_amount(text))
    with suppress(ValueError):
        return Decimal(parse_decimal(text))
    return None
