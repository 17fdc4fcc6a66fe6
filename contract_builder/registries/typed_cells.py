"""What a spreadsheet knows of a cell besides its text: a number, a percentage, a day, a fault."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

from contract_builder.model.french import long_date
from contract_builder.registries.number_formats import show_number

_SIGNIFICANT = 15  # digits of a number in a spreadsheet; beyond is noise of binary arithmetic
_LARGEST = 1e15  # what no amount or count reaches
_NOISE = 1e-9  # what a sum that should be zero leaves; no share or rate is as small


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell that is no mere text; ``number`` is that of the text, 65 for « 65 % ».

    ``fault`` says why the cell has no value: « #REF! », « formule sans résultat enregistré ».
    """

    number: Decimal | None = None
    is_percentage: bool = False
    day: date | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RawNote:
    """What the file says of a cell and its reader does not: a fault, or the format of a number."""

    fault: str = ""
    number_format: str = ""


def column_letters(index: int) -> str:
    """The letters of a column counted from 1: 14 gives « N », 28 « AB »."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_typed(cell: object, note: RawNote | None) -> tuple[str, TypedCell | None]:
    """The text that a person reads in the cell, in French, and what the cell is besides."""
    if note is not None and note.fault:
        return note.fault, TypedCell(fault=note.fault)
    if isinstance(cell, str):
        return cell, None
    if isinstance(cell, bool):
        return ("oui" if cell else "non"), None
    if isinstance(cell, float | int):
        return _read_number(cell, note.number_format if note is not None else "")
    return _read_moment(cell)


def _read_number(cell: float, number_format: str) -> tuple[str, TypedCell]:
    if not abs(cell) < _LARGEST:  # what is no number (NaN) is less than none
        fault = f"nombre démesuré, {cell:.3g}"
        return fault, TypedCell(fault=fault)
    number = Decimal(f"{cell:.{_SIGNIFICANT}g}") if abs(cell) >= _NOISE else Decimal(0)
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    if _is_percentage(number_format):
        number *= 100
        return show_number(number, number_format), TypedCell(number.normalize(), True)
    return show_number(number, number_format), TypedCell(number)


@cache
def _is_percentage(number_format: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


def _read_moment(cell: object) -> tuple[str, TypedCell | None]:
    if isinstance(cell, datetime):
        hour = f" à {cell:%H:%M}" if (cell.hour, cell.minute) != (0, 0) else ""
        return long_date(cell.date()) + hour, TypedCell(day=cell.date())
    if isinstance(cell, date):
        return long_date(cell), TypedCell(day=cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}", None
    if isinstance(cell, timedelta):
        hours, seconds = divmod(int(cell.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02d}", None
    return str(cell), None
