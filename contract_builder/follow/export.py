"""The mapped export: rows of chosen columns, as a spreadsheet or as delimited text."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from contract_builder.diagnostics import Problems, follow_problems
from contract_builder.follow.line_fields import FOLLOW_COLUMNS
from contract_builder.follow.line_states import LineState
from contract_builder.model.follow_export import ExportColumn, FollowExport
from contract_builder.model.french import short_date
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_TABULATION: Final = "\t"
_FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")
_TEXT_WIDTH: Final = 20


def check_export(export: FollowExport) -> Problems:
    """Columns that name no field, or both a field and a text, or none."""
    problems: Problems = []
    for column in export.colonnes:
        if bool(column.champ) == bool(column.texte):
            problems.append(
                follow_problems.colonne_d_export_incoherente(column.place, column.titre)
            )
        elif column.champ and column.champ not in FOLLOW_COLUMNS:
            problems.append(
                follow_problems.champ_de_suivi_inconnu(
                    column.place_of("champ"), column.champ, tuple(FOLLOW_COLUMNS)
                )
            )
    return problems


def is_exported(export: FollowExport, state: LineState) -> bool:
    """True for a line that the export asks for."""
    key = state.line.key
    if (export.lignes and key.kind not in export.lignes) or (
        export.annees and key.year not in export.annees
    ):
        return False
    if export.seulement == "validees":
        return state.validated is not None
    return export.seulement is None or state.declared is not None


def build_export(export: FollowExport, rows: Iterable[Mapping[str, ReportCell]]) -> ReportTable:
    """The table of an export that ``check_export`` accepts."""
    columns = tuple(
        _column_of(column, rank) for rank, column in enumerate(export.colonnes, start=1)
    )
    cells = tuple(
        tuple(row[item.champ] if item.champ else item.texte for item in export.colonnes)
        for row in rows
    )
    return ReportTable("suivi", "Suivi", "Export du suivi", columns, cells)


def _column_of(column: ExportColumn, rank: int) -> ReportColumn:
    if not column.champ:
        return ReportColumn(f"colonne-{rank}", column.titre, width=_TEXT_WIDTH)
    field = FOLLOW_COLUMNS[column.champ]
    return ReportColumn(field.key, column.titre, field.kind, field.width)


def render_delimited(export: FollowExport, table: ReportTable) -> bytes:
    """The table as text in UTF-8 with its mark, so that spreadsheets read the accents.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    stream = io.StringIO(newline="")
    separator = _TABULATION if export.separateur == "tabulation" else export.separateur
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    writer.writerows(_iter_texts(export, table.rows))
    return stream.getvalue().encode("utf-8-sig")


def _iter_texts(export: FollowExport, rows: Iterable[Sequence[ReportCell]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_text_of(export, cell) for cell in row]


def _text_of(export: FollowExport, cell: ReportCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat() if export.dates == "AAAA-MM-JJ" else short_date(cell)
    if isinstance(cell, Decimal):
        text = f"{cell:f}"
        return text.replace(".", ",") if export.decimales == "virgule" else text
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}" if cell.startswith(_FORMULA_MARKS) else cell
