"""Empty spreadsheets for officers to fill: targets, starting values, financing lines.

Columns come from ``sheets``. FINESS numbers are in text columns, so that leading zeros stay; words
of closed lists are offered by the spreadsheet; a second sheet explains each column.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from contract_builder.registries.sheets import LAYOUTS, NOTICE_TITLE, SheetKind, SheetLayout

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

DEFAULT_YEARS = (2025, 2026, 2027, 2028, 2029)
_ROWS = 1000  # rows that offer the closed lists
_MADE_ON = datetime(2025, 1, 1, tzinfo=UTC)  # the same template always has the same bytes


def render_template(kind: SheetKind, years: Sequence[int] = DEFAULT_YEARS) -> bytes:
    """The bytes of the empty spreadsheet ``kind`` (.xlsx); the same arguments give the same bytes.

    ``years`` are the columns of amounts of the financing lines.
    """
    from xlsxwriter import Workbook

    layout = LAYOUTS[kind]
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    workbook.set_properties({"title": layout.title, "created": _MADE_ON})
    _add_sheet(workbook, layout, years)
    _add_notice(workbook, layout, years)
    workbook.close()
    return stream.getvalue()


def _add_sheet(workbook: "Workbook", layout: SheetLayout, years: Sequence[int]) -> None:
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
    for index, year in enumerate(years if layout.by_year else (), start=len(layout.columns)):
        sheet.set_column(index, index, 14, money)
        sheet.write_string(0, index, str(year), heading)
    sheet.freeze_panes(1, 1)


def _add_notice(workbook: "Workbook", layout: SheetLayout, years: Sequence[int]) -> None:
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
    lines.append(("Import", "Un essai à blanc de l’import montre d’abord ce qui changerait."))
    for row, (title, help_text) in enumerate(lines):
        sheet.write_string(row, 0, title, bold)
        sheet.write_string(row, 1, help_text, wrapped)
