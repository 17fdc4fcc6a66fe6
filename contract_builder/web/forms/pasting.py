"""Rows copied from a spreadsheet, as lines of a list: what is understood of each cell.

The first row names the columns, by the labels of the form or the keys of the file; a column that is
a year is an amount of that year. Unknown columns are told, and left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from contract_builder.reading.tree import Tree
from contract_builder.web.forms.bound import RANK_KEY, show_value
from contract_builder.web.forms.fields import (
    FieldShape,
    PairsShape,
    Shape,
    TableShape,
    shape_of_key,
)
from contract_builder.web.forms.posted import UnreadableValueError, write_value
from contract_builder.web.forms.sections import FormSection


@dataclass(frozen=True, slots=True)
class PastedCell:
    """A cell as it would be shown; one that is not understood keeps its text."""

    text: str
    is_understood: bool


@dataclass(frozen=True, slots=True)
class Pasted:
    """The lines of ``rows`` added to a list: ``tree`` with them.

    ``titles`` are the columns that were found, ``unknown`` those that were not; ``rows`` have a
    cell for each of ``titles``.
    """

    tree: dict[str, Tree]
    titles: tuple[str, ...]
    rows: tuple[tuple[PastedCell, ...], ...]
    unknown: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many lines were added; none when no column was recognised."""
        return len(self.rows) if self.titles else 0

    @property
    def doubts(self) -> int:
        """How many cells were not understood."""
        return sum(not cell.is_understood for row in self.rows for cell in row)


class _Column(NamedTuple):
    """A column: its path under a line, its title, the control that reads its cells."""

    path: str
    title: str
    shape: FieldShape


def paste_lines(section: FormSection, tree: Mapping[str, Tree], key: str, text: str) -> Pasted:
    """The rows of ``text``, added to the list ``key`` of the section."""
    shape = shape_of_key(key) if key in section.keys else None
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    if not isinstance(shape, TableShape) or not rows:
        return Pasted(dict(tree), (), (), ())
    columns = [_find_column(shape, title) for title in rows[0]]
    known = [column for column in columns if column is not None]
    unknown = tuple(
        title.strip() for title, column in zip(rows[0], columns, strict=True) if column is None
    )
    if not known:
        return Pasted(dict(tree), (), (), unknown)
    lines: list[Tree] = []
    shown: list[tuple[PastedCell, ...]] = []
    for cells in rows[1:]:
        line: Tree = {RANK_KEY: "-1"}
        row: list[PastedCell] = []
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        for column, cell in zip(columns, padded, strict=False):
            if column is None:
                continue
            value, is_understood = _read_cell(column.shape, cell.strip())
            row.append(PastedCell(show_value(column.shape, value), is_understood))
            if value:
                line = _put(line, column.path.split("."), value)
        lines.append(line)
        shown.append(tuple(row))
    before = tree.get(key)
    added = {**tree, key: [*(before if isinstance(before, list) else []), *lines]}
    return Pasted(added, tuple(column.title for column in known), tuple(shown), unknown)


def _read_cell(shape: FieldShape, text: str) -> tuple[str, bool]:
    """The value as files hold it, a choice by its label; the text when it is not understood."""
    words = {label.casefold(): word for word, label in shape.choices}
    if shape.control == "oui_non":
        words = {"oui": "oui", "non": "non"}
    if shape.control in ("choix", "oui_non") and text:
        known = {word.casefold(): word for word in words.values()}
        found = words.get(text.casefold()) or known.get(text.casefold())
        return (found, True) if found else (text, False)
    try:
        return (write_value(shape, text), True) if text else ("", True)
    except UnreadableValueError:
        return text, False


def _find_column(shape: TableShape, title: str) -> _Column | None:
    wanted = title.strip().casefold()
    for part in shape.parts:
        if isinstance(part, PairsShape) and wanted.isdigit() and part.name_label == "Année":
            return _column(f"{part.key}.{wanted}", wanted, part.part)
        if wanted in (part.key.casefold(), part.label.casefold()):
            return _column(part.key, part.label, part)
        for inner in getattr(part, "parts", ()):
            if wanted in (f"{part.key}.{inner.key}", inner.label.casefold()):
                title = f"{part.label}, {inner.label.lower()}"
                return _column(f"{part.key}.{inner.key}", title, inner)
    return None


def _column(path: str, title: str, shape: Shape) -> _Column | None:
    return _Column(path, title, shape) if isinstance(shape, FieldShape) else None


def _put(tree: Tree, steps: list[str], text: str) -> Tree:
    group = tree if isinstance(tree, dict) else {}
    if len(steps) == 1:
        return {**group, steps[0]: text}
    return {**group, steps[0]: _put(group.get(steps[0], {}), steps[1:], text)}
