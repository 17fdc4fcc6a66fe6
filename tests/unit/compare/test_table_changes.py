"""Rows by key, columns by title, cells one by one; amounts with their distance."""

from dataclasses import replace
from decimal import Decimal

from contract_builder.model.blocks import Cell, Row, Table, Text
from contract_builder.model.contract import Contract
from tests.unit.compare.builders import changes_between, clause, contract, table, the_change


def _with(block: Table) -> Contract:
    return contract(clause("annexe", block))


BASE = table("t", "Mesure|2025|2026", "a:Soins|10|20", "b:Prévention|30|40", "c:Total|40|60")


def test_a_changed_cell_is_told_by_row_column_and_year() -> None:
    new = table("t", "Mesure|2025|2026", "a:Soins|10|25", "b:Prévention|30|40", "c:Total|40|60")
    change = the_change(_with(BASE), _with(new))
    assert (change.old, change.new) == ("20", "25")
    where = change.where
    assert (where.table, where.key, where.row, where.year) == ("t", "a", "Soins", 2026)
    assert where.path == (0, 0, 2)


def test_an_inserted_row_leaves_the_others_alone() -> None:
    new = replace(BASE, rows=(BASE.rows[0], table("t", "x", "n:Neuf|1|2").rows[0], *BASE.rows[1:]))
    change = the_change(_with(BASE), _with(new))
    assert (change.kind, change.where.key, change.new) == ("insert", "n", "Neuf | 1 | 2")


def test_a_removed_row_is_told_with_its_cells() -> None:
    change = the_change(_with(BASE), _with(replace(BASE, rows=BASE.rows[1:])))
    assert (change.kind, change.where.key, change.old) == ("delete", "a", "Soins | 10 | 20")


def test_rows_in_another_order_are_moves_of_form() -> None:
    change = the_change(_with(BASE), _with(replace(BASE, rows=(*BASE.rows[1:], BASE.rows[0]))))
    assert (change.kind, change.cls, change.where.key) == ("move", "format", "a")


def test_an_added_column_is_one_change_with_its_values() -> None:
    new = table(
        "t",
        "Mesure|2025|2026|2027",
        "a:Soins|10|20|1",
        "b:Prévention|30|40|2",
        "c:Total|40|60|3",
    )
    change = the_change(_with(BASE), _with(new))
    assert (change.kind, change.where.year, change.new) == ("insert", 2027, "2027 : 1 ; 2 ; 3")


def test_columns_in_another_order_keep_their_cells() -> None:
    new = table("t", "Mesure|2026|2025", "a:Soins|20|10", "b:Prévention|40|30", "c:Total|60|40")
    changes = changes_between(_with(BASE), _with(new))
    assert [(change.kind, change.cls) for change in changes] == [("move", "format")]


def test_a_year_is_never_taken_for_a_renamed_column() -> None:
    new = table("t", "Mesure|2025|2030", "a:Soins|10|20", "b:Prévention|30|40", "c:Total|40|60")
    kinds = [
        (change.kind, change.where.year) for change in changes_between(_with(BASE), _with(new))
    ]
    assert kinds == [("delete", 2026), ("insert", 2030)]


def test_a_renamed_column_is_one_change() -> None:
    new = replace(BASE, columns=(replace(BASE.columns[0], title="Ligne"), *BASE.columns[1:]))
    change = the_change(_with(BASE), _with(new))
    assert (change.kind, change.old, change.new) == ("modify", "Mesure", "Ligne")


def test_an_amount_in_a_cell_has_its_distance() -> None:
    old = table("t", "Mesure|2025", "a:Soins|19\u00a0741,00\u00a0€")
    new = table("t", "Mesure|2025", "a:Soins|21\u202f000,00\u00a0€")
    difference = the_change(_with(old), _with(new)).difference
    assert difference is not None
    assert (difference.value, difference.percent) == (Decimal("1259.00"), Decimal("6.4"))


def test_a_year_or_a_code_in_a_cell_has_no_distance() -> None:
    old, new = table("t", "Donnée|Valeur", "a:An|2025"), table("t", "Donnée|Valeur", "a:An|2026")
    assert the_change(_with(old), _with(new)).difference is None


def test_merged_cells_that_are_split_are_told_cell_by_cell() -> None:
    merged = replace(
        BASE, rows=(Row("a", (Cell((Text("Soins"),)), Cell((Text("10"),), colspan=2))),)
    )
    split = replace(BASE, rows=(BASE.rows[0],))
    changes = changes_between(_with(merged), _with(split))
    assert {(change.where.column, change.old, change.new) for change in changes} == {
        (
            "2025",
            "2 colonne(s), alignement de la colonne",
            "1 colonne(s), alignement de la colonne",
        ),
        ("2026", "", "20"),
    }


def test_a_column_that_counts_rows_is_renumbered_without_a_change_of_each() -> None:
    old = table("t", "N°|Donnée", "a:1|Lits", "b:2|Places")
    new = table("t", "N°|Donnée", "n:1|Patients", "a:2|Lits", "b:3|Places")
    insertion, renumbering = changes_between(_with(old), _with(new))
    assert (insertion.kind, renumbering.topic) == ("insert", "renumerotation")


def test_a_note_below_a_table_is_told_by_its_words() -> None:
    old = replace(BASE, notes=((Text("Sous réserve des crédits."),),))
    new = replace(BASE, notes=((Text("Sous réserve des crédits disponibles."),),))
    change = the_change(_with(old), _with(new))
    assert ("insert", " disponibles") in change.words
    assert change.where.table == "t"
