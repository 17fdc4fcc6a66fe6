"""The whole report of a batch, written into its folder of products."""

import gc
from datetime import date
from pathlib import Path

from contract_builder.batch.report.archives import write_archives
from contract_builder.batch.report.line import RegionLine
from contract_builder.batch.report.machine import render_report_json
from contract_builder.batch.report.page import ReportSubject, render_report_page
from contract_builder.batch.report.tables import avenants_tables, report_tables
from contract_builder.batch.run import BatchResult
from contract_builder.files.together import FileChange, holding
from contract_builder.files.write import telling_refusals
from contract_builder.tables.workbook import render_workbook

REPORT_STEM = "synthese"


def write_report(result: BatchResult, out: Path, on: date) -> tuple[Path, ...]:
    """Writes ``synthese.xlsx``, ``.html`` and ``.json`` and the archives; their paths.

    ``on`` is the date that ends of authorisations are told from. UserError when the disk refuses;
    the earlier report then stays.
    """
    lines = [
        RegionLine(entry, result.status_of(name), result.reasons.get(name, ""))
        for name, entry in result.entries.items()
    ]
    if result.is_of_avenants:
        tables = avenants_tables(lines)
    else:
        tables = report_tables(lines, on, result.compared_with)
    subject: ReportSubject = "Avenants" if result.is_of_avenants else "Contrats"
    workbook = render_workbook(tables, on)
    gc.collect()  # its cells hold each other: the memory of a nation's is wanted for the page
    files = {
        ".xlsx": workbook,
        ".html": render_report_page(lines, tables, on, subject),
        ".json": render_report_json(tables, on),
    }
    changes = [FileChange(f"{REPORT_STEM}{suffix}", data) for suffix, data in files.items()]
    with telling_refusals(out, inside=True, refused="La synthèse ne peut être écrite"):
        with holding(out) as held:
            held.write(changes)
        archives = write_archives(out, lines)
    return (*(out / change.name for change in changes), *archives)
