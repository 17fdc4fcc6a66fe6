"""Spreadsheets for officers to fill, with what is known already.

Columns come from ``sheets``. FINESS numbers are in text columns, so that leading zeros stay; words
of closed lists are offered by the spreadsheet; a second sheet explains each column.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from contract_builder.registries.sheet_layout import (
    NOTICE_TITLE,
    SheetColumn,
    SheetKind,
    SheetLayout,
)
from contract_builder.registries.sheets import LAYOUTS

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # it states none

DEFAULT_YEARS = (2025, 2026, 2027, 2028, 2029)
_ROWS = 1000  # rows that offer the closed lists
TemplateRow = Mapping[str, str | Decimal]
_MADE_ON = datetime(2025, 1, 1, tzinfo=UTC)  # the same template always has the same bytes


def render_template(
    kind: SheetKind, years: Sequence[int] = DEFAULT_YEARS, rows: Sequence[TemplateRow] = ()
) -> bytes:
    """The bytes of the spreadsheet ``kind`` (.xlsx); the same arguments give the same bytes.

    ``years`` are the columns of amounts of the financing lines. ``rows`` are what is known, by
    title of column (a year is its four digits); with some, the reminders have columns too.
    """
    from xlsxwriter import Workbook

    layout = LAYOUTS[kind]
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    workbook.set_properties({"title": layout.title, "created": _MADE_ON})
    _add_sheet(workbook, layout, years, rows)
    _add_notice(workbook, layout, years, with_reminders=bool(rows))
    workbook.close()
    return stream.getvalue()


def _add_sheet(
    workbook: "Workbook", layout: SheetLayout, years: Sequence[int], rows: Sequence[TemplateRow]
) -> None:
    sheet = cast("Worksheet", workbook.add_worksheet(layout.title))
    heading = workbook.add_format({"bold": True, "bg_color": "#DDE5F0", "bottom": 1})
    needed = workbook.add_format({"bold": True, "bg_color": "#C5D3E8", "bottom": 1})
    text = workbook.add_format({"num_format": "@"})
    money = workbook.add_format({"num_format": "#,##0.00"})
    for index, column in enumerate(layout.columns):
        sheet.set_column(index, index, column.width, text)
        sheet.write_string(0, index, column.title, needed if column.required else heading)
        if column.choices:
            sheet.data_validation(
                1, index, _ROWS, index, {"validate": "list", "source": list(column.choices)}
            )
    shown_years = [str(year) for year in years] if layout.by_year else []
    for index, year in enumerate(shown_years, start=len(layout.columns)):
        sheet.set_column(index, index, 14, money)
        sheet.write_string(0, index, year, heading)
    reminders = layout.reminders if rows else ()
    grey = workbook.add_format({"italic": True, "font_color": "#666666", "num_format": "@"})
    start = len(layout.columns) + len(shown_years)
    for index, column in enumerate(reminders, start=start):
        sheet.set_column(index, index, column.width, grey)
        sheet.write_string(0, index, column.title, heading)
    titles = [*layout.titles, *shown_years, *(column.title for column in reminders)]
    for number, row in enumerate(rows, start=1):
        for index, title in enumerate(titles):
            value = row.get(title, "")
            if isinstance(value, Decimal):
                sheet.write_number(number, index, float(value), money)
            elif value:
                sheet.write_string(number, index, value, grey if index >= start else text)
    sheet.freeze_panes(1, 1)


def _add_notice(
    workbook: "Workbook", layout: SheetLayout, years: Sequence[int], *, with_reminders: bool
) -> None:
    sheet = cast("Worksheet", workbook.add_worksheet(NOTICE_TITLE))
    bold = workbook.add_format({"bold": True})
    wrapped = workbook.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90, wrapped)
    lines = [
        (
            f"{layout.title} : une ligne par valeur.",
            "Les colonnes foncées sont à remplir toujours.",
        ),
        *(
            (column.title, f"{column.help}{'' if column.required else ' Facultatif.'}")
            for column in layout.columns
        ),
    ]
    if layout.by_year:
        span = f"{years[0]}, {years[1]}…" if len(years) > 1 else "AAAA"
        lines.append((span, "Le montant de l’année, en euros. Ajoutez une colonne par année."))
    reminders: tuple[SheetColumn, ...] = layout.reminders if with_reminders else ()
    lines.extend((column.title, column.help) for column in reminders)
    if with_reminders:
        lines.append(
            (
                "Lignes déjà là",
                "Ce qui est connu aujourd’hui ; une ligne que personne ne "
                "remplit est laissée de côté.",
            )
        )
    lines.append(("Import", "Un essai à blanc de l’import montre d’abord ce qui changerait."))
    for row, (title, help_text) in enumerate(lines):
        sheet.write_string(row, 0, title, bold)
        sheet.write_string(row, 1, help_text, wrapped)
