"""Tables as a page: every value escaped, numbers in French, links that hold."""

import re
from dataclasses import replace
from pathlib import Path

from contract_builder.tables.page import render_tables_page, show_cell
from contract_builder.tables.table import ReportTable
from tests.unit.tables.sample_table import DAY, TABLE

TEMPLATE = """\
{% extends "cadre.html" %}
{% block title %}Rapport{% endblock %}
{% block heading %}<h1>{{ name }}</h1><p>{{ date }}</p>{% endblock %}
"""


def page_of(folder: Path, table: ReportTable) -> str:
    template = folder / "rapport.html"
    template.write_text(TEMPLATE, encoding="utf-8")
    return render_tables_page(template, [table], DAY, name="A <b> & C").decode()


def test_cells_are_shown_as_french_readers_write_them() -> None:
    shown = [
        re.sub(r"\s", " ", show_cell(column, cell))
        for column, cell in zip(TABLE.columns, TABLE.rows[0], strict=True)
    ]
    assert shown[2:6] == ["2026", "1 234 567,80 €", "01/07/2025", "0,125"]
    assert [show_cell(column, None) for column in TABLE.columns] == [""] * len(TABLE.columns)


def test_no_value_becomes_markup_and_no_path_breaks_a_link(tmp_path: Path) -> None:
    page = page_of(tmp_path, TABLE)
    assert "<h1>A &lt;b&gt; &amp; C</h1><p>1er mars 2026</p>" in page.replace("\u00a0", " ")
    assert "R&amp;D &lt;b&gt;" in page
    assert 'href="dossier%20%C3%A0%20part/contrat%20n%C2%B01.pdf"' in page
    assert page.count("<a href=") == 1 + page.count('<a href="#'), "no link without a document"


def test_a_table_without_rows_says_so_and_is_counted_in_the_contents(tmp_path: Path) -> None:
    page = page_of(tmp_path, replace(TABLE, rows=()))
    assert '<a href="#contrats">Contrats (0)</a>' in page
    assert "Aucune ligne." in page
    assert "<table>" not in page
