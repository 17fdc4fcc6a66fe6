"""The declaration workbook, pre-filled: what is expected, what was said, room for the rest.

Cells to fill are open, the others are protected (without a password: the protection guards against
slips, the reading checks everything again). Same input, same bytes.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from contract_builder.follow.line_states import LineState
from contract_builder.follow.values import (
    MEASURE_WORDS,
    NOT_APPLICABLE_WORDS,
    REALISATIONS,
    YES_NO,
    show_declared_value,
)
from contract_builder.follow.workbook_layout import (
    IDENTITY_SHEET,
    NOTICE_SHEET,
    SHEET_TITLES,
    FollowColumn,
    WorkbookIdentity,
    columns_of,
    identity_rows,
)
from contract_builder.follow.workbook_reminders import recall_line
from contract_builder.model.contract import ContractHeader
from contract_builder.model.follow_up import (
    NOT_APPLICABLE,
    FollowEntry,
    FollowKind,
    FollowLine,
)
from contract_builder.model.french import long_date

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # it states none
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # it states none

_PASTE: Final = {"select_locked_cells": True, "format_columns": True, "autofilter": True}
_NUMBER_FORMATS: Final = {"euros": "#,##0.00", "date": "dd/mm/yyyy"}


def render_declaration_workbook(
    header: ContractHeader,
    states: Sequence[LineState],
    identity: WorkbookIdentity,
    deadline: date | None,
) -> bytes:
    """The workbook of one year; ``states`` are those of its lines."""
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        created = datetime.combine(date(identity.year, 1, 1), time())  # no clock in a document
        book.set_properties(
            {"title": f"Suivi {identity.year} du contrat {header.code}", "created": created}
        )
        _write_notice(book, header, identity, deadline)
        for kind, title in SHEET_TITLES.items():
            own = [state for state in states if state.line.key.kind == kind]
            _SheetWriter(book, kind, identity).write(title, own)
        hidden = book.add_worksheet(IDENTITY_SHEET)
        for row, pair in enumerate(identity_rows(identity)):
            for column, text in enumerate(pair):
                hidden.write_string(row, column, text)
        hidden.protect()
        hidden.very_hidden()
    return stream.getvalue()


def _write_notice(
    book: "Workbook", header: ContractHeader, identity: WorkbookIdentity, deadline: date | None
) -> None:
    sheet = book.add_worksheet(NOTICE_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    is_agency = identity.side == "agence"
    lines = [
        ("Établissement", f"{header.legal_name}, FINESS {header.finess_ej}"),
        ("Contrat", f"{header.code}, version {identity.reference}"),
        ("Année", str(identity.year)),
        ("Usage", "validation par l’agence" if is_agency else "déclaration par l’établissement"),
    ]
    if deadline is not None and not is_agency:
        lines.append(("À rendre avant le", long_date(deadline)))
    lines += [
        (
            "Ce qui est à remplir",
            "Les cellules blanches. Les autres sont protégées, et rappellent le contrat.",
        ),
        (
            "Une valeur qui ne s’applique pas",
            f"Écrivez « {NOT_APPLICABLE_WORDS} », et pourquoi.",
        ),
        (
            "Ce qui est déjà rempli",
            "Ce qui a été déclaré auparavant. Une valeur corrigée ne remplace pas la première : "
            "les deux sont gardées.",
        ),
    ]
    use = "validation" if is_agency else "declaration"
    lines += [
        (column.title, column.help)
        for column in columns_of("financement")
        if column.use == use and column.help
    ]
    for row, (title, text) in enumerate(lines):
        sheet.write_string(row, 0, title, bold)
        sheet.write_string(row, 1, text, wrapped)
    sheet.protect()


class _SheetWriter:
    """Writes the lines of one kind."""

    def __init__(self, book: "Workbook", kind: FollowKind, identity: WorkbookIdentity) -> None:
        self._book = book
        self._columns = columns_of(kind)
        self._open_use = "validation" if identity.side == "agence" else "declaration"
        self._formats: dict[tuple[bool, str], Format] = {}
        self._heading = book.add_format(
            {"bold": True, "bg_color": "#DCE6F2", "border": 1, "text_wrap": True, "valign": "top"}
        )

    def write(self, title: str, states: Sequence[LineState]) -> None:
        """One sheet: titles, then one row a line."""
        sheet = cast("Worksheet", self._book.add_worksheet(title))
        for rank, column in enumerate(self._columns):
            hidden = {"hidden": True} if column.use == "repere" else {}
            sheet.set_column(rank, rank, column.width, None, hidden)
            sheet.write_string(0, rank, column.title, self._heading)
        for row, state in enumerate(states, start=1):
            self._write_row(sheet, row, state)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.protect("", _PASTE)

    def _write_row(self, sheet: "Worksheet", row: int, state: LineState) -> None:
        line = state.line
        cells = {**recall_line(line), **_entry_cells("", line, state.declared)}
        cells |= _entry_cells("valid_", line, state.validated)
        for rank, column in enumerate(self._columns):
            is_asked = column.use == self._open_use and line.measure is not None
            style = self._style(is_asked, _format_of(column, line))
            self._write_cell(sheet, (row, rank), cells.get(column.id), style)
            if is_asked and column.id in ("value", "valid_value"):
                _offer_choices(sheet, (row, rank), line)

    def _write_cell(
        self,
        sheet: "Worksheet",
        where: tuple[int, int],
        cell: str | Decimal | date | None,
        style: "Format",
    ) -> None:
        if isinstance(cell, Decimal):
            sheet.write_number(*where, cell, style)
        elif isinstance(cell, date):
            sheet.write_datetime(*where, cell, style)
        elif cell:
            sheet.write_string(*where, cell, style)
        else:
            sheet.write_blank(*where, None, style)

    def _style(self, is_open: bool, number_format: str) -> "Format":
        key = (is_open, number_format)
        if key not in self._formats:
            properties: dict[str, object] = {"text_wrap": True, "valign": "top", "border": 1}
            properties["locked"] = not is_open
            if not is_open:
                properties["bg_color"] = "#F2F2F2"
            if number_format:
                properties["num_format"] = number_format
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def _entry_cells(
    prefix: str, line: FollowLine, entry: FollowEntry | None
) -> dict[str, str | Decimal | date | None]:
    if entry is None:
        return {}
    evidence = entry.evidence
    return {
        f"{prefix}value": _value_cell(line, entry.value),
        f"{prefix}justified": entry.justified,
        f"{prefix}day": entry.on,
        f"{prefix}function": entry.function,
        f"{prefix}comment": entry.comment,
        f"{prefix}file": evidence.name if evidence else "",
        f"{prefix}reference": evidence.reference if evidence else "",
    }


def _value_cell(line: FollowLine, value: str) -> str | Decimal | date:
    """Numbers and days as such, so that a spreadsheet takes them for what they are.

    A rate of at most one percent is a text with its sign: as a number it has two readings.
    """
    if value == NOT_APPLICABLE:
        return NOT_APPLICABLE_WORDS
    if line.measure == "pourcentage" and abs(Decimal(value)) <= 1:
        return show_declared_value(line.measure, value)
    if value[:1].isdigit() or value[:1] == "-":
        return date.fromisoformat(value) if value.count("-") == 2 else Decimal(value)
    return show_declared_value(None, value)


def _format_of(column: FollowColumn, line: FollowLine) -> str:
    if column.id in ("day", "valid_day"):
        return _NUMBER_FORMATS["date"]
    if column.id in ("justified", "valid_justified"):
        return _NUMBER_FORMATS["euros"]
    if column.id in ("value", "valid_value"):
        return _NUMBER_FORMATS.get(line.measure or "", "")
    return ""


def _offer_choices(sheet: "Worksheet", where: tuple[int, int], line: FollowLine) -> None:
    words = {"oui_non": YES_NO, "realisation": REALISATIONS}.get(line.measure or "")
    if words:
        source = [*words, NOT_APPLICABLE_WORDS]
        sheet.data_validation(*where, *where, {"validate": "list", "source": source})
    elif line.measure is not None:
        sheet.data_validation(
            *where,
            *where,
            {
                "validate": "any",
                "input_title": "À saisir",
                "input_message": MEASURE_WORDS[line.measure],
            },
        )
