"""What a row of a declaration workbook recalls of its line: written, then looked at when read back.

The hidden mark alone tells whose row it is. Rows that were sorted without it would put values on
other lines: what a person saw beside the value must be what the mark says.
"""

from collections.abc import Mapping
from datetime import date

from contract_builder.follow.line_states import LineState
from contract_builder.follow.values import (
    MEASURE_WORDS,
    RefusedValueError,
    WrittenValue,
    parse_value,
)
from contract_builder.follow.workbook_layout import FollowColumn
from contract_builder.model.follow_up import FollowLine


def recall_line(line: FollowLine) -> Mapping[str, str]:
    """The reminders of a line, and its mark, by the id of their column."""
    measure = f"rien : {line.why_unasked}" if line.measure is None else MEASURE_WORDS[line.measure]
    if line.is_progress:
        measure = f"{measure}, gagné dans l’année"
    return {
        "code": line.key.item,
        "title": line.title,
        "part": line.mode or line.key.part,
        "expected": line.expected,
        "measure": measure,
        "mark": str(line.key),
    }


def find_moved_reminder(cells: Mapping[str, WrittenValue], line: FollowLine) -> str:
    """The id of a column that names another line than the mark does; empty when none does."""
    named = ("code", "part") if line.key.part and not line.mode else ("code",)
    told = recall_line(line)
    return next((name for name in named if _differs(cells[name], told[name])), "")


def is_expected_changed(cells: Mapping[str, WrittenValue], line: FollowLine) -> bool:
    """True when the row recalls another target or amount than the contract in force has."""
    return _differs(cells["expected"], line.expected)


def find_foreign_cell(
    cells: Mapping[str, WrittenValue], state: LineState, columns: tuple[FollowColumn, ...], on: date
) -> str:
    """The id of a column of the other party, ``columns``, that says what it never said; or empty.

    A workbook shows what the other party had said on the day when it was written.
    """
    step = columns[0].use
    said = {entry.value for entry in state.entries if entry.step == step}
    for column in columns:
        cell = cells[column.id]
        is_value = column is columns[0]
        if cell.text.strip() and (not said or (is_value and not _says(cell, state, said, on))):
            return column.id
    return ""


def _differs(cell: WrittenValue, told: str) -> bool:
    """True for another text; an emptied cell tells nothing."""
    found = " ".join(cell.text.split())
    return bool(found) and found != " ".join(told.split())


def _says(cell: WrittenValue, state: LineState, said: set[str], on: date) -> bool:
    try:
        return parse_value(state.line, cell, on) in said
    except RefusedValueError:
        return False
