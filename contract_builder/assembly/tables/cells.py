"""Cells, rows and tables from plain values: the words that every table of a contract uses."""

from collections.abc import Iterable, Sequence
from datetime import date

from contract_builder.assembly.typography import bind_spaces
from contract_builder.model.blocks import (
    Align,
    Cell,
    Column,
    Field,
    Inline,
    LineBreak,
    Row,
    Table,
    Text,
)
from contract_builder.model.french import short_date
from contract_builder.model.row_keys import derive_row_keys


def text_cell(text: str, *, align: Align | None = None, bold: bool = False) -> Cell:
    """Literal text; each ``\\n`` is a new line in the cell; an empty text is an empty cell."""
    return Cell(lines(text, bold=bold), align=align)


def lines(text: str, *, bold: bool = False) -> tuple[Inline, ...]:
    """The text as inlines, one line break for each ``\\n``."""
    content: list[Inline] = []
    for index, line in enumerate(text.split("\n")):
        if index:
            content.append(LineBreak())
        if line:
            content.append(Text(line, bold=bold))
    return tuple(content)


def field_cell(key: str, text: str, *, align: Align | None = None) -> Cell:
    """A negotiable value, marked by its key; nothing for an empty text."""
    return Cell((Field(key, text),) if text else (), align=align)


def prose_cell(key: str, text: str) -> Cell:
    """A negotiable sentence of the profile, only its spaces made no-break."""
    return field_cell(key, bind_spaces(text))


def date_text(value: date | None) -> str:
    """« 01/02/2025 », or nothing."""
    return "" if value is None else short_date(value)


def printed_line_keys(lines_of: Iterable[tuple[str, str]]) -> list[str]:
    """The key of each line from (key in the profile, empty for none; words that name it)."""
    pairs = list(lines_of)
    return derive_row_keys([name for _, name in pairs], [key for key, _ in pairs])


def two_columns(key: str, caption: str, rows: Sequence[tuple[str, str, Cell]]) -> Table:
    """A table of headings and contents; each row is (row key, heading, content)."""
    return Table(
        key,
        caption,
        (Column("Rubrique", 3), Column("Contenu", 7)),
        tuple(
            Row(row_key, (text_cell(heading, bold=True), content))
            for row_key, heading, content in rows
        ),
    )
