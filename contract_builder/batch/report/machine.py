"""The regional tables for a program: JSON, amounts as decimal text."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from contract_builder.tables.table import Cell, ReportTable

SCHEMA_VERSION = 1


def render_report_json(tables: Sequence[ReportTable], on: date) -> bytes:
    """The tables as an indented UTF-8 file."""
    return (json.dumps(report_data(tables, on), ensure_ascii=False, indent=1) + "\n").encode()


def report_data(tables: Sequence[ReportTable], on: date) -> dict[str, Any]:
    """One list of records for each table; keys are those of its columns."""
    return {
        "schema_version": SCHEMA_VERSION,
        "date_de_reference": on.isoformat(),
        **{
            table.id: [
                {column.key: _plain(cell) for column, cell in zip(table.columns, row, strict=True)}
                for row in table.rows
            ]
            for table in tables
        },
    }


def _plain(cell: Cell) -> str | int | None:
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal) else cell
