"""How far the cells of a workbook reach, looked at before the reader makes room for all of them.

One stray cell in the last corner of a sheet asks for the memory of 17 thousand million.
"""

import re
import zipfile
from pathlib import Path
from typing import Final

from contract_builder.reading.bounded import open_ordinary

MAX_CELLS: Final = 20_000_000
"""Cells of the rectangle that a sheet's cells span; 3,000 entities by 60 columns are 180,000."""

_CHUNK: Final = 1 << 20
_OVERLAP: Final = 64
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def find_stray_cell(path: Path) -> str:
    """The last cell of the first sheet that spans too much, « XFD1048576 »; empty without one.

    Only .xlsx files number their cells.
    """
    with open_ordinary(path) as file, zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                found = _find_in_sheet(archive, name)
                if found:
                    return found
    return ""


def _find_in_sheet(archive: zipfile.ZipFile, name: str) -> str:
    rows: list[int] = []
    columns: list[int] = []
    last = b""
    rest = b""
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            for letters, digits in _CELL.findall(text):
                row, column = int(digits), _number_of(letters)
                rows = [min(row, *rows[:1]), max(row, *rows[1:])] if rows else [row, row]
                if not columns or column > columns[1]:
                    last = letters + digits
                columns = (
                    [min(column, columns[0]), max(column, columns[1])]
                    if columns
                    else [column, column]
                )
            rest = text[-_OVERLAP:]
    if not rows or (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) <= MAX_CELLS:
        return ""
    return last.decode()


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
