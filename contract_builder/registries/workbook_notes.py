"""What .xlsx and .ods files say of their cells and python-calamine does not give.

Error cells, formulas without a stored result, number formats. The XML is read as a stream beside
the reader of values; positions are (row, column) from 0.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from lxml import etree

from contract_builder.reading.bounded import open_ordinary
from contract_builder.registries.typed_cells import RawNote

_NO_RESULT = "formule sans résultat enregistré"
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
}  # fmt: skip
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LAST_ROW = 1 << 20

Notes = Mapping[tuple[int, int], RawNote]


def load_notes(path: Path) -> Mapping[str, Notes]:
    """The notes of each worksheet by its title; KeyError or XMLSyntaxError for a broken file."""
    with open_ordinary(path) as file, zipfile.ZipFile(file) as archive:
        if "content.xml" in archive.namelist():
            with archive.open("content.xml") as stream:
                return _ods_notes(stream)
        formats = _xlsx_formats(archive)
        notes: dict[str, Notes] = {}
        for title, part in _xlsx_parts(archive):
            with archive.open(part) as stream:
                notes[title] = dict(_iter_xlsx_notes(stream, formats))
        return notes


def _local(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _get(element: "etree._Element", name: str) -> str:
    """An attribute by its local name, whatever its namespace (strict OOXML has its own)."""
    return next(
        (str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), ""
    )


def _parse(archive: zipfile.ZipFile, part: str) -> "etree._Element | None":
    if part not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(part), parser)


def _xlsx_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The title and the part of each worksheet."""
    book = "xl/workbook.xml"
    links = _parse(archive, "xl/_rels/workbook.xml.rels")
    root = _parse(archive, book)
    if root is None or links is None:
        return
    targets = {
        _get(link, "Id"): posixpath.normpath(posixpath.join("/xl", _get(link, "Target"))).lstrip(
            "/"
        )
        for link in links
    }
    for element in root.iter():
        if isinstance(element.tag, str) and _local(element) == "sheet":
            part = targets.get(_link_of(element), "")
            if part in archive.namelist():
                yield _get(element, "name"), part


def _link_of(sheet: "etree._Element") -> str:
    return next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")


def _xlsx_formats(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The format code of each cell style, by its number, where it changes how a number looks."""
    root = _parse(archive, "xl/styles.xml")
    if root is None:
        return {}
    codes: dict[int, str] = dict(_BUILT_IN)
    formats: dict[str, str] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if _local(element) == "numFmt":
            codes[int(_get(element, "numFmtId") or 0)] = _get(element, "formatCode")
        elif _local(element) == "cellXfs":
            for index, style in enumerate(element):
                formats[str(index)] = codes.get(int(_get(style, "numFmtId") or 0), "")
    return {index: code for index, code in formats.items() if code not in ("", "General", "@")}


def _iter_xlsx_notes(
    stream: IO[bytes], formats: Mapping[str, str]
) -> Iterator[tuple[tuple[int, int], RawNote]]:
    events = etree.iterparse(
        stream, events=("end",), tag=("{*}c", "{*}row"),
        resolve_entities=False, no_network=True, load_dtd=False,
    )  # fmt: skip
    row = column = 0
    reference = ""
    for _, element in events:
        if element.tag.endswith("}row"):
            free_element(element)
            row, column, reference = _row_number(reference, row) + 1, 0, ""
            continue
        written = element.get("r")
        reference, column = (written, 0) if written else (reference, column + 1)
        note = _xlsx_note(element, formats)
        if note is not None:
            yield _position(reference, row, column), note


def _position(reference: str, row: int, column: int) -> tuple[int, int]:
    """Row and column from 0: of the last written reference and the cells since; else counted."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return row, column - 1
    return int(match[2]) - 1, _column_number(match[1]) + column


def _row_number(reference: str, row: int) -> int:
    match = _REFERENCE.fullmatch(reference)
    return row if match is None else int(match[2]) - 1


def _xlsx_note(cell: "etree._Element", formats: Mapping[str, str]) -> RawNote | None:
    kind = cell.get("t", "n")
    if kind in ("s", "inlineStr"):
        return None
    if kind in ("n", ""):
        code = formats.get(cell.get("s", ""), "")
        if len(cell) == 0 or (not code and len(cell) == 1 and cell[0].tag.endswith("}v")):
            return None
        values = {_local(child): child.text or "" for child in cell}
        if "f" in values and not values.get("v"):
            return RawNote(fault=_NO_RESULT)
        return RawNote(number_format=code) if code and values.get("v") else None
    if kind == "e":
        values = {_local(child): child.text or "" for child in cell}
        return RawNote(fault=values.get("v") or "#VALEUR!")
    if kind in ("str", "b") and {_local(child) for child in cell} == {"f"}:
        return RawNote(fault=_NO_RESULT)
    return None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _ods_notes(stream: IO[bytes]) -> Mapping[str, Notes]:
    """The notes of an OpenDocument file, whose cells and rows may stand for several."""
    events = etree.iterparse(
        stream, events=("start", "end"), tag=("{*}table", "{*}table-row", "{*}table-cell",
        "{*}covered-table-cell"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False,
    )  # fmt: skip
    found: dict[str, Notes] = {}
    notes: dict[tuple[int, int], RawNote] = {}
    row = column = 0
    for event, element in events:
        name = _local(element)
        if event == "start":
            if name == "table":
                notes, row = {}, 0
                found[_get(element, "name")] = notes
            elif name == "table-row":
                column = 0
            continue
        if name == "table-row":
            row = min(_LAST_ROW, row + int(_get(element, "number-rows-repeated") or 1))
            free_element(element)
        elif name != "table":
            note = _ods_note(element)
            if note is not None:
                notes[(row, column)] = note
            column += int(_get(element, "number-columns-repeated") or 1)
    return found


def _ods_note(cell: "etree._Element") -> RawNote | None:
    kinds = [str(value) for key, value in cell.items() if str(key).endswith("}value-type")]
    shown = "".join(str(text) for text in cell.itertext()).strip()
    if "error" in kinds or (_get(cell, "formula") and re.match(r"(?:#[A-Z]|Err:\d)", shown)):
        return RawNote(fault=shown or "#VALEUR!")
    if _get(cell, "formula") and not kinds:
        return RawNote(fault=_NO_RESULT)
    if "percentage" in kinds:
        decimals = len(re.sub(r"\D", "", shown.partition(",")[2])) if "," in shown else 0
        return RawNote(number_format=f"0{'.' + '0' * decimals if decimals else ''}%")
    if "currency" in kinds and "€" in shown:
        return RawNote(number_format='#,##0.00" €"')
    return None


def free_element(element: "etree._Element") -> None:
    """Forgets a row that has been read, and those before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
