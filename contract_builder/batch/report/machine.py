"""The regional tables for a program: JSON, amounts as decimal text."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from contract_builder.batch.report.tables import Cell, Table

SCHEMA_VERSION = 1


def render_report_json(tables: Sequence[Table], on: date) -> bytes:
    """One list of records for each table; keys are those of its columns."""
    data = {
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
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(cell: Cell) -> str | int | None:
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal) else cell
