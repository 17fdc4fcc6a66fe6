"""The report as JSON: written row by row, and the very text that all of it at once would be."""

import json
from datetime import date
from decimal import Decimal

from contract_builder.batch.report.machine import render_report_json, report_data
from contract_builder.tables.table import ReportColumn, ReportTable
from tests.contract_samples import HOSTILE

ON = date(2026, 3, 1)


def test_the_file_is_the_indented_json_of_the_tables() -> None:
    columns = (ReportColumn("nom", "Nom"), ReportColumn("montant", "Montant", "montant"))
    rows = ((HOSTILE, Decimal("1.50")), ("deux\nlignes\u2028\u0085\x0b", None), ("a", 3), (ON, ""))
    tables = (
        ReportTable("pleine", "Pleine", "", columns, rows),
        ReportTable("vide", "Vide", "", columns, ()),
        ReportTable("une", "Une", "", columns, rows[:1]),
    )
    for some in (tables, tables[:1], ()):
        expected = json.dumps(report_data(some, ON), ensure_ascii=False, indent=1) + "\n"
        assert render_report_json(some, ON) == expected.encode()
