"""JSON, page and spreadsheet of one comparison: complete, safe, the same bytes each time."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from contract_builder.compare.comparison import Comparison, compare_contracts
from contract_builder.compare.data import comparison_data, render_comparison_json
from contract_builder.compare.projection import Proof
from contract_builder.compare.views.page import render_comparison_html
from contract_builder.compare.views.page_model import build_page
from contract_builder.compare.views.page_overview import build_overview
from contract_builder.compare.views.workbook import render_comparison_xlsx
from contract_builder.model.contract import ContractTables
from contract_builder.model.french import format_amount
from tests.contract_samples import HOSTILE, long_contract, small_contract
from tests.unit.compare.builders import LONG, clause, contract
from tests.unit.compare.mutations import mutate
from tests.unit.compare.test_record_changes import FUNDING

SEEDS = range(12)


def _compared(seed: int) -> Comparison:
    old = small_contract() if seed % 3 else long_contract(sheets=1)
    return compare_contracts(old, mutate(old, seed, 10))


class _Page(HTMLParser):
    """The ids, links, void of scripts, and balance of tags of a page."""

    VOID = frozenset({"meta", "br", "input", "col"})

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.classes: set[str] = set()
        self.text: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        self.classes.update((values.get("class") or "").split())
        self.ids.extend(value for name, value in attrs if name == "id" and value)
        if tag == "a":
            self.links.add((values.get("href") or "").removeprefix("#"))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_page_shows_every_change_once_and_its_links_lead_somewhere(seed: int) -> None:
    comparison = _compared(seed)
    page = _Page(render_comparison_html(comparison))
    wanted = [f"c{number}" for number in range(1, len(comparison.changes) + 1)]
    assert [page.ids.count(name) for name in wanted] == [1] * len(wanted)
    assert len(page.ids) == len(set(page.ids))
    assert page.links - set(page.ids) == set()
    assert page.open == []


@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_can_be_filtered_without_a_script(seed: int) -> None:
    comparison = _compared(seed)
    html = render_comparison_html(comparison)
    page = _Page(html)
    tags = build_page(comparison).tags
    assert {name for name in page.classes if name.startswith("x-")} == {tag.name for tag in tags}
    for tag in tags:
        boxes = (f"f-{tag.cls}", f"f-{tag.kind}", f"f-{tag.topic}")
        assert set(boxes) <= set(page.ids)
        chosen = "".join(f":has(#{box}:checked)" for box in boxes)
        assert f"body{chosen} .{tag.name}" in html.decode()
    assert "script" not in page.tags


@pytest.mark.parametrize("seed", SEEDS)
def test_each_change_leads_to_the_next_one_on_the_page_and_back(seed: int) -> None:
    comparison = _compared(seed)
    neighbours = build_page(comparison).neighbours
    assert sorted(neighbours) == list(range(1, len(comparison.changes) + 1))
    assert all(neighbours[after][0] == n for n, (_, after) in neighbours.items() if after)
    shown = _Page(render_comparison_html(comparison)).ids
    order = [int(name[1:]) for name in shown if name[:1] == "c" and name[1:].isdigit()]
    assert [neighbours[number][1] for number in order] == [*order[1:], None]


def test_the_years_of_one_financing_line_stand_together() -> None:
    old = small_contract()
    fundings = [
        replace(old.tables.fundings[0], key=key, year=year, amount=Decimal(amount))
        for key, year, amount in (("A", 2025, 1), ("A", 2026, 2), ("B", 2025, 3))
    ]
    sides = [
        replace(old, tables=replace(old.tables, fundings=tuple(records)))
        for records in (fundings, [replace(f, amount=f.amount + 1) for f in fundings])
    ]
    (topic,) = build_page(compare_contracts(sides[0], sides[1])).data
    assert [(r.title, [n.part for n in r.notices]) for r in topic.records] == [
        ("A", ["2025", "2026"]),
        ("B", ["2025"]),
    ]


def test_the_overview_tells_what_each_side_holds_and_counts_each_change_once() -> None:
    old = small_contract()
    records = tuple(replace(f, amount=f.amount + 1) for f in old.tables.fundings)
    new = replace(old, tables=replace(old.tables, fundings=records))
    (line,) = build_overview(compare_contracts(old, new))
    total = sum(f.amount for f in old.tables.fundings)
    assert (line.label, line.old, line.new) == (
        "Financements",
        format_amount(total),
        format_amount(total + len(records)),
    )
    assert line.counts == {"modify": len(records)}
    assert line.first == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_overview_counts_every_change(seed: int) -> None:
    comparison = _compared(seed)
    counted = sum(sum(line.counts.values()) for line in build_overview(comparison))
    assert counted == len(comparison.changes)


def test_the_page_is_french_and_needs_nothing_else() -> None:
    html = render_comparison_html(_compared(1)).decode()
    assert '<html lang="fr">' in html
    assert "://" not in html
    assert "url(" not in html


def test_changed_words_are_marked_by_elements_not_by_colour_alone() -> None:
    old, new = (contract(clause("a", f"Le contrat dure {n} ans.")) for n in ("trois", "cinq"))
    html = render_comparison_html(compare_contracts(old, new)).decode()
    assert "dure <del>trois</del> ans." in html
    assert "dure <ins>cinq</ins> ans." in html
    assert "Modification" in html


def test_hostile_values_stay_text_in_the_page() -> None:
    text = f"<script>alert(1)</script> {HOSTILE}"
    html = render_comparison_html(
        compare_contracts(contract(clause("a", LONG)), contract(clause("a", LONG, text)))
    )
    assert "script" not in _Page(html).tags
    assert text in "".join(_Page(html).text)


def test_the_page_of_identical_contracts_says_so() -> None:
    same = compare_contracts(small_contract(), small_contract())
    assert "identiques" in render_comparison_html(same).decode()


def test_the_data_have_the_shape_that_other_programs_rely_on() -> None:
    old, new = (contract(clause("a", f"Le contrat dure {n} ans.")) for n in ("trois", "cinq"))
    data = comparison_data(compare_contracts(old, new))
    assert data["identical"] is False
    assert data["proof"] == {"accept_all_equals_new": True, "reject_all_equals_old": True}
    (change,) = data["changes"]
    assert {key: change[key] for key in ("kind", "class", "old", "new", "words")} == {
        "kind": "modify",
        "class": "substance",
        "old": "Le contrat dure trois ans.",
        "new": "Le contrat dure cinq ans.",
        "words": [
            ["equal", "Le contrat dure "],
            ["delete", "trois"],
            ["insert", "cinq"],
            ["equal", " ans."],
        ],
    }
    where = change["where"]
    assert (where["section"], where["table"], where["key"], where["year"]) == (
        "a",
        None,
        None,
        None,
    )


def test_the_proof_of_a_document_can_be_given() -> None:
    same = compare_contracts(small_contract(), small_contract())
    data = comparison_data(same, Proof(accept_all_equals_new=True, reject_all_equals_old=False))
    assert data["proof"]["reject_all_equals_old"] is False
    assert data["identical"] is True
    assert data["changes"] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_spreadsheet_has_a_line_for_every_change_and_printed_place(seed: int) -> None:
    comparison = _compared(seed)
    book = CalamineWorkbook.from_filelike(BytesIO(render_comparison_xlsx(comparison)))
    rows = book.get_sheet_by_name("Changements").to_python()
    details = sum(len(change.details) for change in comparison.changes)
    assert len(rows) == 1 + len(comparison.changes) + details
    assert book.sheet_names == ["Changements", "Résumé"]


def test_the_spreadsheet_gives_sums_and_dates_that_can_be_computed_with() -> None:
    old = contract(tables=ContractTables(fundings=(FUNDING,)))
    new = contract(tables=ContractTables(fundings=(replace(FUNDING, amount=Decimal(21000)),)))
    content = render_comparison_xlsx(compare_contracts(old, new))
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    header, row = book.get_sheet_by_name("Changements").to_python()
    told = dict(zip(header, row, strict=True))
    assert (told["Avant, en nombre"], told["Après, en nombre"]) == (19741, 21000)
    assert (told["Écart"], told["Écart en %"], told["Année"]) == (1259, 6.4, 2027)
    assert book.get_sheet_by_name("Résumé").to_python()[-1] == ["Effet, après", date(2025, 7, 1)]
    with ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<autoFilter" in sheet
    assert 'state="frozen"' in sheet
    assert 'orientation="landscape"' in sheet


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    formula = '=HYPERLINK("x")'
    old, new = contract(clause("a", LONG)), contract(clause("a", LONG, formula))
    content = render_comparison_xlsx(compare_contracts(old, new))
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert formula in rows[1]


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    old, new = contract(clause("a", LONG)), contract(clause("a", LONG, "mot " * 10_000))
    content = render_comparison_xlsx(compare_contracts(old, new))
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert any("texte coupé" in str(cell) for cell in rows[1])


def test_the_same_comparison_gives_the_same_bytes() -> None:
    for render in (render_comparison_html, render_comparison_json, render_comparison_xlsx):
        assert render(_compared(2)) == render(_compared(2))


def test_the_json_file_is_read_back_as_the_data() -> None:
    comparison = _compared(3)
    assert json.loads(render_comparison_json(comparison)) == comparison_data(comparison)
