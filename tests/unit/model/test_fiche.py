"""Sheets: the years of a cell, merged cells, order of the printed row."""

import pytest

from contract_builder.model.fiche import TargetCell, TargetRow, parse_years


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("2025", (2025,)),
        ("2028-2029", (2028, 2029)),
        ("2025-2029", (2025, 2026, 2027, 2028, 2029)),
        ("2029-2025", ()),
        ("25", ()),
        ("2025-", ()),
        ("-2025", ()),
        ("2025-2026-2027", ()),
        ("2025-99999999999", ()),
        ("total", ()),
        ("", ()),
    ],
)
def test_a_cell_covers_a_year_or_a_range_with_both_ends(key: str, years: tuple[int, ...]) -> None:
    assert parse_years(key) == years


def test_the_cells_of_a_row_come_in_the_order_of_the_file() -> None:
    cell = TargetCell(type="vide")
    row = TargetRow(categorie="tous", valeurs={"2026-2027": cell, "x": cell, "2025": cell})
    assert [years for years, _ in row.iter_cells()] == [(2026, 2027), (2025,)]
