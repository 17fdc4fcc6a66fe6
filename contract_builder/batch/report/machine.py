"""The regional tables for a program: JSON, amounts as decimal text."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from contract_builder.tables.table import ReportCell, ReportTable

_SCHEMA_VERSION = 1


def render_report_json(tables: Sequence[ReportTable], on: date) -> bytes:
    """The tables as an indented UTF-8 file."""
    file = BytesIO()  # row by row: as data, the tables of a nation take ten times the file
    file.writelines(text.encode() for text in _iter_text(tables, on))
    return file.getvalue()


def _iter_text(tables: Sequence[ReportTable], on: date) -> Iterator[str]:
    """What ``json.dumps`` makes of ``report_data`` with an indentation of 1."""
    yield f'{{\n "schema_version": {_SCHEMA_VERSION},\n "date_de_reference": "{on.isoformat()}"'
    for table in tables:
        yield f',\n "{table.id}": ['
        for rank, row in enumerate(table.rows):
            text = json.dumps(_record(table, row), ensure_ascii=False, indent=1)
            yield (",\n" if rank else "\n") + "  " + text.replace("\n", "\n  ")
        yield "\n ]" if table.rows else "]"
    yield "\n}\n"


def report_data(tables: Sequence[ReportTable], on: date) -> dict[str, Any]:
    """One list of records for each table; keys are those of its columns."""
    return {
        "schema_version": _SCHEMA_VERSION,
        "date_de_reference": on.isoformat(),
        **{table.id: [_record(table, row) for row in table.rows] for table in tables},
    }


def _record(table: ReportTable, row: Sequence[ReportCell]) -> dict[str, Any]:
    return {column.key: _plain(cell) for column, cell in zip(table.columns, row, strict=True)}


def _plain(cell: ReportCell) -> str | int | None:
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal) else cell
