"""All the changes as a spreadsheet: one line each, filters, and a sheet with the summary."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from contract_builder.compare.amounts import parse_amount
from contract_builder.compare.change import Change
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.labels import (
    CLASS_LABELS,
    KIND_LABELS,
    TOPIC_LABELS,
    year_text,
)
from contract_builder.compare.plain_text import count_text
from contract_builder.compare.views.summary import summarise

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # it states none
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # it states none

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("N°", 6),
    ("Nature", 14),
    ("Classe", 14),
    ("Rubrique", 18),
    ("Section", 22),
    ("Intitulé", 34),
    ("Tableau", 18),
    ("Clé", 18),
    ("Ligne", 26),
    ("Colonne", 16),
    ("Année", 8),
    ("Volet et catégorie", 22),
    ("Avant", 50),
    ("Après", 50),
    ("Avant, en nombre", 16),
    ("Après, en nombre", 16),
    ("Écart", 16),
    ("Écart en %", 12),
)
_LONGEST_CELL = 32_000
"""A cell of a spreadsheet holds 32,767 characters."""

_CUT = " […] (texte coupé : voir la comparaison en HTML ou en JSON)"
_FIXED_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zone; same input, same bytes

_Value = str | int | Decimal | None


def render_comparison_xlsx(comparison: Comparison) -> bytes:
    """The changes, their printed places below them (« 3.1 »), and the summary.

    No text is ever taken for a formula or a link. Same comparison, same bytes.
    """
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": "Comparaison de contrats", "created": _FIXED_DATE})
        _write_changes(book, comparison)
        _write_summary(book, comparison)
    return stream.getvalue()


def _write_changes(book: "Workbook", comparison: Comparison) -> None:
    sheet = book.add_worksheet("Changements")
    header = book.add_format(
        {"bold": True, "bg_color": "#DCE6F2", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sums = book.add_format({"valign": "top", "num_format": "#,##0.00"})
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, header)
    last = 0
    for last, values in enumerate(_iter_rows(comparison), start=1):
        _write_row(sheet, last, values, (body, sums))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    _print_on_a4(sheet)


def _write_summary(book: "Workbook", comparison: Comparison) -> None:
    sheet = book.add_worksheet("Résumé")
    body = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 120)
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
    head = (
        ("Avant", comparison.old_text),
        ("Après", comparison.new_text),
        ("Total", count_text(comparison)),
        *(("À savoir", remark) for remark in comparison.notices),
    )
    items = tuple((item.heading, item.text) for item in summarise(comparison))
    for row, (title, text) in enumerate((*head, *items)):
        sheet.write_string(row, 0, title, bold)
        sheet.write_string(row, 1, _fit(text), body)
    last = len(head) + len(items)
    for row, (title, contract) in enumerate(
        (("Effet, avant", comparison.old), ("Effet, après", comparison.new)), start=last
    ):
        sheet.write_string(row, 0, title, bold)
        sheet.write_datetime(row, 1, contract.header.effective_date, day)
    _print_on_a4(sheet)


def _iter_rows(comparison: Comparison) -> Iterator[tuple[_Value, ...]]:
    for number, change in enumerate(comparison.changes, start=1):
        yield _values(str(number), change)
        for rank, detail in enumerate(change.details, start=1):
            yield _values(f"{number}.{rank}", detail)


def _values(number: str, change: Change) -> tuple[_Value, ...]:
    where, difference = change.where, change.difference
    return (
        number,
        KIND_LABELS[change.kind],
        CLASS_LABELS[change.cls],
        TOPIC_LABELS[change.topic],
        where.section,
        where.heading,
        where.table,
        where.key,
        where.row,
        where.column,
        where.year or year_text(where.year),
        " – ".join(part for part in (where.volet, where.category) if part),
        change.old,
        change.new,
        _number(change.old),
        _number(change.new),
        difference.value if difference else None,
        difference.percent if difference else None,
    )


def _number(text: str) -> Decimal | None:
    """The sum or percentage that a text is, for whoever adds or sorts; None for any other text."""
    found = parse_amount(text)
    return None if found is None else found[0]


def _write_row(
    sheet: "Worksheet", row: int, values: tuple[_Value, ...], formats: tuple["Format", "Format"]
) -> None:
    body, sums = formats
    for column, value in enumerate(values):
        if isinstance(value, str) and value:
            sheet.write_string(row, column, _fit(value), body)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, body)
        elif isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), sums)


def _print_on_a4(sheet: "Worksheet") -> None:
    """One page wide, with its number."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P sur &N")


def _fit(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + _CUT
