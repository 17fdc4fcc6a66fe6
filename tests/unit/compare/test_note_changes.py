"""What is told of footnotes: theirs alone, whatever number they are printed with."""

from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.data import render_comparison_json
from contract_builder.compare.plain_text import render_summary_text
from contract_builder.compare.projection import Proof, prove
from contract_builder.compare.views.page import render_comparison_html
from contract_builder.compare.views.workbook import render_comparison_xlsx
from contract_builder.model.blocks import Cell, Field, Footnote, Paragraph, Row, Text
from contract_builder.model.contract import Contract, ContractTables, TargetRecord
from contract_builder.render.json import parse_contract, render_json
from tests.unit.compare.builders import (
    LONG,
    changes_between,
    clause,
    contract,
    link,
    table,
    text,
    the_change,
)

NBSP = "\u00a0"
SAID = "Lecture incertaine de la source : imprimé « 8 »."


def note(said: str, key: str = "doute.cible.F_1.2025", *, bold: bool = False) -> Footnote:
    return Footnote(key, (Text(said, bold=bold),))


def noted(*notes: Footnote) -> Contract:
    return contract(clause("delai", text("Le délai est de trois mois", *notes, " au plus.")))


def test_a_new_footnote_is_an_insertion_where_it_is_called() -> None:
    change = the_change(noted(), noted(note(SAID)))
    assert (change.kind, change.cls) == ("modify", "substance")
    assert change.words == (
        ("equal", "Le délai est de trois mois"),
        ("insert", f"{NBSP}[note{NBSP}: {SAID}]"),
        ("equal", " au plus."),
    )


def test_a_footnote_that_goes_is_a_deletion() -> None:
    change = the_change(noted(note(SAID)), noted())
    assert ("delete", f"{NBSP}[note{NBSP}: {SAID}]") in change.words
    assert change.cls == "substance"


def test_the_words_of_a_footnote_are_compared_with_each_other() -> None:
    change = the_change(noted(note(SAID)), noted(note(SAID.replace("8", "9"))))
    assert change.words == (
        ("equal", f"Le délai est de trois mois{NBSP}[note{NBSP}: {SAID[:-4]}"),
        ("delete", "8"),
        ("insert", "9"),
        ("equal", " ».] au plus."),
    )


def test_a_footnote_that_is_numbered_anew_is_no_change() -> None:
    first = clause("premier", text(LONG))
    second = clause("second", text("Le délai est de trois mois", note(SAID)))
    with_note = clause("premier", text(LONG, note("Source : arrêté.", "source.premier")))
    (change,) = changes_between(contract(first, second), contract(with_note, second))
    assert change.where.section == "premier"


@pytest.mark.parametrize(
    ("old", "new", "cls"),
    [
        (note("Lu « 8 »."), note(f"Lu «{NBSP}8{NBSP}»."), "typographie"),
        (note("Lu 8."), note("Lu 8.", bold=True), "format"),
        (note("Lu 8."), note("Lu 8.", "lecture.cible.F_1.2025"), "format"),
        (note("Lu 8."), note("Lu 80."), "substance"),
    ],
    ids=["typography", "look", "key", "substance"],
)
def test_a_changed_footnote_has_the_class_of_its_change(
    old: Footnote, new: Footnote, cls: str
) -> None:
    assert the_change(noted(old), noted(new)).cls == cls


def test_a_link_in_a_footnote_that_leads_elsewhere_is_substance() -> None:
    def leading(target: str) -> Contract:
        return noted(Footnote("note", (Text("Voir l’"), link(target, "article 5"))))

    assert the_change(leading("duree"), leading("objet")).cls == "substance"


def test_a_sum_stays_a_sum_when_a_footnote_explains_it() -> None:
    def paid(amount: str) -> Contract:
        cells = (Cell((Text("MI"),)), Cell((Text(amount), note(SAID))))
        money = replace(table("t", "Mesure|2025", "r:a|b"), rows=(Row("r", cells),))
        return contract(clause("argent", money))

    change = the_change(paid(f"10{NBSP}€"), paid(f"12{NBSP}€"))
    assert change.difference is not None
    assert change.difference.value == 2


def test_a_doubt_that_is_lifted_is_told_once_with_its_target() -> None:
    def aimed(doubt: str) -> Contract:
        value = Field("cible.F_1.2025", "5")
        content = (value, note(f"Lecture incertaine de la source : {doubt}")) if doubt else (value,)
        cells = (Cell((Text("tous"),)), Cell(content))
        targets = replace(table("fiche-f-1-cibles-", "Catégorie|2025", "r:a|b"))
        record = TargetRecord("F_1", "", "tous", 2025, "5", "nombre", "5", "fiche", doubt)
        return contract(
            clause("fiche-f-1", replace(targets, rows=(Row("cible", cells),))),
            tables=ContractTables(targets=(record,)),
        )

    change = the_change(aimed("imprimé « 8 »."), aimed(""))
    assert change.topic == "cible"
    (detail,) = change.details
    assert ("delete", f"{NBSP}[note{NBSP}: {note_text(aimed('imprimé « 8 ».'))}]") in detail.words


def note_text(source: Contract) -> str:
    (found,) = source.iter_footnotes()
    return found.text.partition(": ")[2].removesuffix("]")


def test_every_view_shows_the_words_of_a_footnote() -> None:
    old, new = noted(note(SAID)), noted(note(SAID.replace("8", "9")))
    comparison = compare_contracts(old, new)
    page = render_comparison_html(comparison).decode()
    assert "[note&nbsp;: Lecture incertaine de la source : imprimé « <del>8</del> ».]" in page
    assert "[note&nbsp;: Lecture incertaine de la source : imprimé « <ins>9</ins> ».]" in page
    assert "« 9 »" in render_comparison_json(comparison).decode()
    book = CalamineWorkbook.from_filelike(BytesIO(render_comparison_xlsx(comparison)))
    rows = book.get_sheet_by_name("Changements").to_python()
    assert any("« 9 »" in str(cell) for cell in rows[1])
    assert f"«{NBSP}8{NBSP}» → «{NBSP}9{NBSP}»" in render_summary_text(comparison)


def test_a_contract_stored_before_footnotes_is_compared_with_one_that_has_them() -> None:
    old = parse_contract(render_json(contract(clause("delai", Paragraph((Text(LONG),))))))
    new = contract(clause("delai", text(LONG, note(SAID))))
    comparison = compare_contracts(old, new)
    assert [change.cls for change in comparison.changes] == ["substance"]
    assert prove(comparison.script, old, new) == Proof(True, True)
