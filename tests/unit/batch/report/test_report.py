"""The report on a small region: its tables and plots, and the files that are written from them."""

import json
import os
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from contract_builder.batch.compared import ComparisonResult
from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.report.archives import write_archives
from contract_builder.batch.report.figures import find_spreads, sum_funding
from contract_builder.batch.report.line import RegionLine
from contract_builder.batch.report.machine import render_report_json
from contract_builder.batch.report.page import render_report_page
from contract_builder.batch.report.plots import draw_funding
from contract_builder.batch.report.tables import find_number, report_tables
from contract_builder.batch.report.write import write_report
from contract_builder.batch.run import BatchResult
from contract_builder.batch.summary_json import parse_summary
from contract_builder.diagnostics import Diagnostic, Severity
from contract_builder.source import Place, SourceFile
from contract_builder.tables.plots import PlotFrame, make_axis
from contract_builder.tables.workbook import render_workbook
from tests.contract_samples import HOSTILE

ON = date(2026, 3, 1)
GOLDEN = Path(__file__).parents[3] / "golden" / "batch"


def target(
    sheet: str, year: int, text: str, kind: str = "nombre", value: str = ""
) -> dict[str, Any]:
    return {"fiche": sheet, "volet": "", "categorie": "Tous", "annee": year, "texte": text,
            "type": kind, "valeur": value, "origine": "fiche"}  # fmt: skip


def authorisation(key: str, ends_on: str | None) -> dict[str, Any]:
    return {"cle": key, "activite": "Médecine", "site": "990000028", "fin": ends_on}


def line(name: str, department: str, status: str = "produit", **changes: Any) -> RegionLine:
    """A contract with some figures; ``changes`` replace parts of its summary."""
    summary = {
        "code": name.upper(), "finess_ej": "990000010", "raison_sociale": f"Hôpital {name}",
        "type": "etablissement", "departement": department, "categorie": "ch",
        "date_effet": "2025-07-01", "date_fin": "2030-06-30", "version": 2, "statut": "envoye",
        "pages": 40, "lacunes": 1, "avertissements": 2, "objectifs": ["F_2", "F_10"],
        "financements": {"FIR": {"2025": "1500000.50", "2026": "250000"}, "MIG": {"2025": "0.50"}},
        "cibles": [target("F_10", 2026, "≥ 10 %", "pourcentage", "10"),
                   target("F_2", 2026, "1 200", value="1200"), target("F_2", 2027, "3", value="3"),
                   target("F_2", 0, "à fixer", "a_fixer")],
        "autorisations": [authorisation("A-1", "2027-03-01"), authorisation("A-2", "2027-03-02"),
                          authorisation("A-3", "2026-02-28"), authorisation("A-4", None)],
        "references": [{"code": "CSP", "article": "R6123-9", "statut": "abroge"}],
        "montants": {}, "textes": {}, "identite": "", "revendique": claims(name),
        **changes,
    }  # fmt: skip
    folder = name.upper()
    entry = LedgerEntry(
        name,
        status,
        {},
        "c",
        (f"{folder}/é {name}.docx", f"{folder}/{name}.pdf"),
        (),
        parse_summary(summary),
    )
    return RegionLine(entry, status, "jamais produit" if status == "produit" else "")


def claims(name: str) -> dict[str, Any]:
    return {"profil": name, "du": "2025-07-01", "au": "2030-06-30",
            "numeros": [["990000010", "profiles/a.yaml", 1, 1]]}  # fmt: skip


def problem(severity: Severity, message: str) -> Diagnostic:
    place = Place(SourceFile("profiles/b.yaml", ()), 3, 7)
    return Diagnostic("champ-inconnu", severity, message, place, "relisez")


@pytest.fixture
def lines() -> list[RegionLine]:
    first = line("a", "31")
    warned = replace(first.entry, problems=(problem("avertissement", "Il manque un lieu."),))
    unchanged = line("c", "31", "a_jour", cibles=[target("F_2", 2026, "900", value="900")],
                     references=[])  # fmt: skip
    broken = LedgerEntry("b", "refuse", {}, "", (), (problem("erreur", f"Faux : {HOSTILE}"),))
    return [replace(first, entry=warned), RegionLine(broken, "refuse", "jamais produit"), unchanged]


def rows_of(lines: list[RegionLine], table: str, on: date = ON) -> list[tuple[object, ...]]:
    (found,) = [item for item in report_tables(lines, on) if item.id == table]
    assert all(len(row) == len(found.columns) for row in found.rows)
    return list(found.rows)


def test_a_contract_has_one_line_with_its_figures_and_files(lines: list[RegionLine]) -> None:
    first, refused, unchanged = rows_of(lines, "contrats")
    assert first == (
        "a", "990000010", "Hôpital a", "31", "A", 2, "envoyé", "produit", "jamais produit", "",
        40, 1, 2, 2, Decimal("1500001.00"), Decimal(250000), "A/é a.docx", "A/a.pdf", None, None,
    )  # fmt: skip
    assert refused[0] == "b"
    assert refused[7] == "refusé"
    assert set(refused[10:]) == {None}
    assert unchanged[7:9] == ("à jour", "")


def test_a_comparison_adds_what_changed_and_its_links(lines: list[RegionLine]) -> None:
    made = ComparisonResult(
        "k", "c", "version 1 (signé)", substance=12, money=3, main="Financement FIR 2025.",
        files=("A/c.docx", "A/c.preuve.json", "A/c.html"),
    )  # fmt: skip
    first = replace(lines[0].entry, comparison=made)
    tables = report_tables([replace(lines[0], entry=first), *lines[1:]], ON, "signed")
    columns = [column.key for column in tables[0].columns]
    start, end = columns.index("compare_a"), columns.index("pages")
    assert [row[start:end] for row in tables[0].rows] == [
        ("version 1 (signé)", 12, 3, "Financement FIR 2025.", "A/c.docx", "A/c.html"),
        (None,) * 6,
        ("aucune version signée", None, None, None, None, None),
    ]


def test_targets_stand_by_sheet_in_the_order_of_numbers_with_one_column_a_year(
    lines: list[RegionLine],
) -> None:
    assert [(row[0], row[3], *row[5:]) for row in rows_of(lines, "cibles")] == [
        ("F_2", "Hôpital a", Decimal(1200), Decimal(3), "à fixer", "fiche"),
        ("F_2", "Hôpital c", Decimal(900), None, None, "fiche"),
        ("F_10", "Hôpital a", "≥ 10 %", None, None, "fiche"),
    ]


def test_authorisations_end_within_a_year_anniversary_included_or_ended_before() -> None:
    rows = rows_of([line("a", "31")], "autorisations")
    assert [(row[0], row[1], row[6]) for row in rows] == [
        (date(2026, 2, 28), "échue", "A-3"),
        (date(2027, 3, 1), "dans l’année", "A-1"),
    ]


def test_a_year_after_a_leap_day_ends_on_the_28th() -> None:
    ends = [authorisation("x", "2029-02-28"), authorisation("y", "2029-03-01")]
    rows = rows_of([line("a", "31", autorisations=ends)], "autorisations", date(2028, 2, 29))
    assert [row[6] for row in rows] == ["x"]


def test_a_reference_to_review_names_its_contracts() -> None:
    rows = rows_of([line("a", "31"), line("d", "32")], "references")
    assert rows == [("CSP R6123-9", "abrogé", 2, "A, D")]


def test_errors_come_before_warnings(lines: list[RegionLine]) -> None:
    rows = rows_of(lines, "problemes")
    assert [(row[0], row[2], row[5]) for row in rows] == [
        ("b", "erreur", "profiles/b.yaml:3:7"),
        ("a", "avertissement", "profiles/b.yaml:3:7"),
    ]


def test_funding_adds_up_by_year_and_envelope(lines: list[RegionLine]) -> None:
    funding = sum_funding(lines)
    assert funding.years == ("2025", "2026")
    assert funding.envelopes == ("FIR", "MIG")
    assert funding.amounts["2025", "FIR"] == Decimal("3000001.00")
    assert funding.total("2025") == Decimal("3000002.00")


def test_the_spreads_shown_are_those_that_differ_the_most_held_first(
    lines: list[RegionLine],
) -> None:
    (spread,) = find_spreads(lines)
    assert (spread.sheet, spread.type) == ("F_2", "nombre")
    assert spread.values == {2026: (Decimal(900), Decimal(1200)), 2027: (Decimal(3),)}
    assert spread.median(2026) == 1050
    assert find_spreads([line("a", "31", cibles=[])]) == []


def test_without_any_difference_the_most_held_sheet_is_shown() -> None:
    both = [target("F_10", 2026, "4", value="4"), target("F_2", 2026, "5", value="5")]
    held = [line("a", "31", cibles=both), line("b", "31", cibles=both[1:])]
    assert [spread.sheet for spread in find_spreads(held)] == ["F_2"]


def test_four_sheets_are_shown_at_most() -> None:
    sheets = [f"F_{number}" for number in range(6)]
    held = [
        line(name, "31", cibles=[target(sheet, 2026, name, value=name) for sheet in sheets])
        for name in "12"
    ]
    assert [spread.sheet for spread in find_spreads(held)] == sheets[:4]


@pytest.mark.parametrize(
    ("low", "high"), [("0", "31.5"), ("0", "0"), ("-7", "3"), ("0.2", "0.9"), ("5", "123456")]
)
def test_an_axis_holds_every_value_and_zero(low: str, high: str) -> None:
    axis = make_axis(Decimal(low), Decimal(high))
    marks = list(axis.marks())
    assert axis.low <= min(Decimal(low), Decimal(0))
    assert axis.high >= max(Decimal(high), Decimal(0))
    assert 0 in marks
    assert 2 <= len(marks) <= 8
    frame = PlotFrame()
    assert frame.place(axis, axis.high) < frame.place(axis, axis.low)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1\u00a0200", "1200"), ("2,5", "2.5"), ("≥ 3", None), ("3 %", None), ("", None), ("²", None),
     ("1.2.3", None)],
)  # fmt: skip
def test_only_a_bare_number_becomes_one(text: str, number: str | None) -> None:
    assert find_number(text) == (None if number is None else Decimal(number))


class Page(HTMLParser):
    """Collects what must be balanced or told in a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.loaded: list[str] = []
        self.text = ""
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in ("meta", "rect", "line", "circle"):
            self.open.append(tag)
        self.links += [values["href"]] if "href" in values else []
        self.ids += [values["id"]] if "id" in values else []
        self.labels += values.get("aria-labelledby", "").split()
        self.loaded += [values["src"]] if "src" in values or tag in ("script", "link") else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("rect", "line", "circle")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_stands_alone_and_any_text_comes_out_literally(lines: list[RegionLine]) -> None:
    page = Page(render_report_page(lines, report_tables(lines, ON), ON))
    assert page.open == []
    assert page.loaded == []
    assert HOSTILE in page.text
    assert len(page.ids) == len(set(page.ids))
    assert set(page.labels) <= set(page.ids)
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert "A/%C3%A9%20a.docx" in page.links
    assert "2025 : 3 millions d’euros ; 2026 : 0,5 millions d’euros." in page.text
    assert "2026 : de 900 à 1\u00a0200, médiane 1\u00a0050" in page.text


def test_an_empty_region_has_a_page_and_a_workbook() -> None:
    tables = report_tables([], ON)
    assert b"Aucune ligne." in render_report_page([], tables, ON)
    book = CalamineWorkbook.from_filelike(BytesIO(render_workbook(tables, ON)))
    assert len(book.sheet_names) == 5


def test_the_workbook_has_a_sheet_for_each_table_with_typed_cells(lines: list[RegionLine]) -> None:
    data = render_workbook(report_tables(lines, ON), ON)
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    assert book.sheet_names == [
        "Contrats", "Cibles", "Autorisations", "Références à revoir", "Problèmes",
    ]  # fmt: skip
    header, first, *_ = book.get_sheet_by_name("Contrats").to_python()
    row = dict(zip(header, first, strict=True))
    assert row["Financement 2025"] == 1500001.0
    assert (row["Production"], row["DOCX"], row["Version"]) == ("produit", "DOCX", 2.0)
    ends = book.get_sheet_by_name("Autorisations").to_python()
    assert ends[1][0] == date(2026, 2, 28)
    with zipfile.ZipFile(BytesIO(data)) as package:
        first_sheet = package.read("xl/worksheets/sheet1.xml").decode()
        problems = package.read("xl/worksheets/sheet5.xml").decode()
    assert re.search(r'<pane xSplit="3" ySplit="1"', first_sheet), "names stay in sight"
    assert re.search(r'<row r="2"[^>]* ht="30"', problems), "a long message has its lines"
    assert re.search(r'<row r="1"[^>]* ht="30"', first_sheet), "a long title too"
    assert 'HYPERLINK("A/a.pdf","PDF")' in unescape(first_sheet)
    assert render_workbook(report_tables(lines, ON), ON) == data


def test_the_bars_of_many_years_do_not_touch() -> None:
    amounts = {str(year): "1000000" for year in range(2018, 2031)}
    drawing = draw_funding(sum_funding([line("a", "31", financements={"FIR": amounts})]))
    bars = [
        (float(x), float(width))
        for x, width in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawing)
    ][: len(amounts)]
    assert len(bars) == len(amounts)
    assert all(x + width < after for (x, width), (after, _) in pairwise(bars))


@pytest.mark.parametrize("name", ["synthese.html", "synthese.json"])
def test_the_report_is_the_golden_one(
    lines: list[RegionLine], name: str, update_golden: bool
) -> None:
    tables = report_tables(lines, ON)
    page = name.endswith(".html")
    made = render_report_page(lines, tables, ON) if page else render_report_json(tables, ON)
    if update_golden:
        (GOLDEN / name).write_bytes(made)
    assert made.decode() == (GOLDEN / name).read_text(encoding="utf-8")


def make_files(out: Path, lines: list[RegionLine]) -> None:
    for item in lines:
        for name in item.entry.files:
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(name.encode() * 50)
            os.utime(path, (1, 1))


def test_an_archive_holds_the_documents_of_its_department_and_is_always_the_same(
    tmp_path: Path,
) -> None:
    lines = [line("b", "31"), line("a", "31"), line("d", "2A"), line("e", "")]
    make_files(tmp_path, lines)
    paths = write_archives(tmp_path, lines)
    assert [path.name for path in paths] == [
        "departement-2A.zip", "departement-31.zip", "departement-inconnu.zip",
    ]  # fmt: skip
    first = paths[1].read_bytes()
    with zipfile.ZipFile(paths[1]) as archive:
        assert archive.namelist() == ["A/a.pdf", "A/é a.docx", "B/b.pdf", "B/é b.docx"]
        assert archive.read("A/a.pdf") == b"A/a.pdf" * 50
        assert archive.testzip() is None
    paths[1].unlink()
    write_archives(tmp_path, lines[::-1])
    assert paths[1].read_bytes() == first


def test_an_archive_is_written_again_only_when_a_document_changed(tmp_path: Path) -> None:
    lines = [line("a", "31"), line("d", "2A")]
    make_files(tmp_path, lines)
    paths = write_archives(tmp_path, lines)
    before = [path.stat().st_ino for path in paths]
    write_archives(tmp_path, lines)
    assert [path.stat().st_ino for path in paths] == before
    (tmp_path / "A" / "a.pdf").write_bytes(b"revu")
    later = paths[1].stat().st_mtime + 5
    os.utime(tmp_path / "A" / "a.pdf", (later, later))
    write_archives(tmp_path, lines)
    assert paths[0].stat().st_ino == before[0]
    with zipfile.ZipFile(paths[1]) as archive:
        assert archive.read("A/a.pdf") == b"revu"
    paths[1].write_bytes(b"PK damaged")
    write_archives(tmp_path, lines)
    assert zipfile.is_zipfile(paths[1])


def test_the_archive_of_a_department_without_documents_goes_away(tmp_path: Path) -> None:
    lines = [line("a", "31"), line("d", "2A")]
    make_files(tmp_path, lines)
    write_archives(tmp_path, lines)
    write_archives(tmp_path, lines[:1])
    assert [path.name for path in tmp_path.glob("*.zip")] == ["departement-31.zip"]


def test_the_whole_report_is_written_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    lines = [line("a", "31")]
    make_files(tmp_path, lines)
    result = BatchResult(entries={"a": lines[0].entry}, reasons={"a": "jamais produit"})
    paths = write_report(result, tmp_path, ON)
    assert [path.name for path in paths] == [
        "synthese.xlsx", "synthese.html", "synthese.json", "departement-31.zip",
    ]  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {"A", *(path.name for path in paths)}
    data = json.loads((tmp_path / "synthese.json").read_bytes())
    assert data["date_de_reference"] == "2026-03-01"
    assert data["contrats"][0]["financement_2025"] == "1500001.00"
    assert re.search(r"<li>1 produit</li>", (tmp_path / "synthese.html").read_text("utf-8"))
