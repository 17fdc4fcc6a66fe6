"""The table of a worksheet: where its titles are, what each column is, what is not read.

What somebody filled is read or named: lines above the titles, columns that the layout does not
have, sheets that hold no known table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract_builder.diagnostics import Problems, import_problems, spreadsheet_problems
from contract_builder.registries.cells import CellReader, line_place
from contract_builder.registries.delimited import fold_title
from contract_builder.registries.sheet_layout import NOTICE_TITLE, SheetLayout
from contract_builder.registries.sheets import LAYOUTS
from contract_builder.registries.typed_cells import column_letters
from contract_builder.registries.workbooks import Worksheet
from contract_builder.source import Place, SourceFile

_FIRST_LINES = 30  # filled rows among which the titles are looked for
_YEAR = re.compile(
    r"(?:montants?|credits?|annee|exercice|budget|dotations?|\s|:|-)*((?:19|20)\d{2})"
    r"\s*(?:\(?\s*(?:en\s+)?(?:€|eur|euros?)\s*\)?)?"
)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table found: ``titles`` names each column, as the layout does; a year is its four digits.

    ``header`` is the rank of the row of titles among the rows of the worksheet.
    """

    name: str
    worksheet: Worksheet
    layout: SheetLayout
    header: int
    titles: tuple[str, ...]

    @property
    def columns(self) -> dict[str, int]:
        """The number of each known column, from 1."""
        return {
            title: number
            for number, title in enumerate(self.titles, start=1)
            if title and _is_known(title, self.layout)
        }

    @property
    def sheet(self) -> str:
        """The title of the worksheet for messages."""
        return self.worksheet.title

    @property
    def has_rows(self) -> bool:
        """True when something stands under the titles."""
        return len(self.worksheet.rows) > self.header + 1

    def is_untouched(self, cells: CellReader) -> bool:
        """True for a row that a template wrote for somebody to fill, and that nobody filled.

        Its reminders are there, and of what is read only what names the line.
        """
        if not any(cells.text(title) for title in self.layout.reminder_titles):
            return False
        filled = (title for title in self.columns if title not in self.layout.naming)
        return not any(cells.text(title) for title in filled)

    def iter_cells(self, problems: Problems) -> Iterator[CellReader]:
        """The cells of each row under the titles."""
        columns = self.columns
        typed = self.worksheet.typed
        width = len(self.titles)
        for line, texts in self.worksheet.rows[self.header + 1 :]:
            if self.worksheet.is_text and any(texts[width:]):
                place = line_place(self.name, line)
                problems.append(import_problems.nombre_de_colonnes(place, len(texts), width))
                continue
            yield CellReader(
                dict(zip(self.titles, texts, strict=False)),
                self.name,
                line,
                problems,
                sheet=self.sheet,
                columns=columns,
                typed={
                    title: kind
                    for title, number in columns.items()
                    if (kind := typed.get((line, number - 1))) is not None
                },
            )


def find_table(worksheet: Worksheet, name: str) -> SheetTable | None:
    """The table whose required titles all stand in one of the first rows; None without one.

    Of two layouts, the one that shares more titles with the row is meant.
    """
    for rank, (_, texts) in enumerate(worksheet.rows[:_FIRST_LINES]):
        folded = {fold_title(text) for text in texts}
        layout = max(
            LAYOUTS.values(), key=lambda item: (_count_common(item, folded), _fits(item, folded))
        )
        if _fits(layout, folded):
            titles = tuple(_known_title(text, layout) for text in texts)
            return SheetTable(name, worksheet, layout, rank, titles)
    return None


def _count_common(layout: SheetLayout, folded: set[str]) -> int:
    return len({fold_title(title) for title in layout.titles} & folded)


def _fits(layout: SheetLayout, folded: set[str]) -> bool:
    required = {fold_title(column.title) for column in layout.columns if column.required}
    marks = {fold_title(title) for title in layout.marks}
    return required <= folded and (not marks or bool(marks & folded))


def check_table(table: SheetTable, problems: Problems) -> bool:
    """Names what the table does not read; False, with errors, when two columns are one."""
    line = table.worksheet.rows[table.header][0]
    if table.header:
        above = table.worksheet.rows[: table.header]
        place = Place(SourceFile(table.name, ()), above[0][0], 1)
        where = "" if table.worksheet.is_text else f"Feuille « {table.sheet} »"
        problems.append(spreadsheet_problems.lignes_avant_titres(place, where, say_area(above)))
    first: dict[str, int] = {}
    is_sound = True
    for number, title in enumerate(table.titles, start=1):
        if not title or not _is_known(title, table.layout):
            continue
        earlier = first.setdefault(title, number)
        if earlier != number:
            cells = [f"{column_letters(item)}{line}" for item in (earlier, number)]
            place = Place(SourceFile(table.name, ()), line, number)
            problem = spreadsheet_problems.colonne_en_double(place, title, *cells)
            problems.append(problem)
            is_sound = False
    _tell_unread_columns(table, problems)
    return is_sound


def reject_worksheets(worksheets: Sequence[Worksheet], name: str, problems: Problems) -> None:
    """Says which columns lack for the layout that comes nearest, in the row that does."""
    found = [(near, sheet) for sheet in worksheets if (near := _nearest(sheet)) is not None]
    if not found:
        problems.append(import_problems.fichier_vide(line_place(name, 1)))
        return
    (_, line, missing), _ = max(found, key=lambda item: item[0][0])
    problems.append(import_problems.colonnes_manquantes(line_place(name, line), missing))


def tell_unread_sheet(worksheet: Worksheet, name: str, problems: Problems) -> None:
    """Names a worksheet without a known table; one that resembles a table is an error."""
    near = _nearest(worksheet)
    if near is None or worksheet.title == NOTICE_TITLE:
        return
    common, line, missing = near
    if common > 1:
        problem = import_problems.colonnes_manquantes(line_place(name, line), missing)
        problems.append(spreadsheet_problems.in_cell(problem, worksheet.title, f"A{line}"))
        return
    place = Place(SourceFile(name, ()), worksheet.rows[0][0], 1)
    area = say_area(worksheet.rows)
    problems.append(spreadsheet_problems.feuille_non_lue(place, worksheet.title, area))


def say_lines(lines: Sequence[int]) -> str:
    """« ligne 3 », « lignes 2 à 4 et 7 »: every line, runs shortened."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    shown = [f"{run[0]} à {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    listed = ", ".join(shown[:-1]) + (" et " if len(shown) > 1 else "") + shown[-1]
    return f"{'ligne' if len(lines) == 1 else 'lignes'} {listed}"


def say_area(rows: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    """« cellule A1 », « cellules A1 à C4 »: the filled area of some rows."""
    filled = [
        (line, number) for line, texts in rows for number, text in enumerate(texts, start=1) if text
    ]
    lines, numbers = [line for line, _ in filled], [number for _, number in filled]
    first = f"{column_letters(min(numbers))}{min(lines)}"
    last = f"{column_letters(max(numbers))}{max(lines)}"
    return f"cellule {first}" if first == last else f"cellules {first} à {last}"


def is_year(title: str) -> bool:
    """True for the title of a column of amounts."""
    return re.fullmatch(r"(?:19|20)\d{2}", title) is not None


def _known_title(text: str, layout: SheetLayout) -> str:
    """The layout's own title, the year that the title names, else the title as written."""
    folded = fold_title(text)
    for title in (*layout.titles, *layout.reminder_titles):
        if fold_title(title) == folded:
            return title
    match = _YEAR.fullmatch(folded) if layout.by_year else None
    return match[1] if match is not None else text


def _is_known(title: str, layout: SheetLayout) -> bool:
    return title in layout.titles or (layout.by_year and is_year(title))


def _tell_unread_columns(table: SheetTable, problems: Problems) -> None:
    """A warning for each column that the layout does not have and somebody filled."""
    rows = table.worksheet.rows[table.header + 1 :]
    header = table.worksheet.rows[table.header][0]
    width = max((len(texts) for _, texts in rows), default=0)
    if table.worksheet.is_text:  # a longer line of a text is shifted: an error of its own
        width = min(width, len(table.titles))
    for index in range(width):
        title = table.titles[index] if index < len(table.titles) else ""
        if title and (_is_known(title, table.layout) or title in table.layout.reminder_titles):
            continue
        lines = [line for line, texts in rows if index < len(texts) and texts[index]]
        if not lines:
            continue
        letters = column_letters(index + 1)
        where = f"Feuille « {table.sheet} », colonne {letters}"
        said = f"{'à la' if len(lines) == 1 else 'aux'} {say_lines(lines)}"
        place = Place(SourceFile(table.name, ()), header, index + 1)
        problems.append(
            spreadsheet_problems.colonne_non_lue(place, where, title, said, table.layout.titles)
        )


def _nearest(worksheet: Worksheet) -> tuple[int, int, list[str]] | None:
    """How many titles of a layout the nearest row has, its line, the titles that lack."""
    best: tuple[int, int, list[str]] | None = None
    for line, texts in worksheet.rows[:_FIRST_LINES]:
        folded = {fold_title(text) for text in texts}
        for layout in LAYOUTS.values():
            common = _count_common(layout, folded)
            if best is None or common > best[0]:
                required = [column.title for column in layout.columns if column.required]
                missing = [title for title in required if fold_title(title) not in folded]
                best = (common, line, missing)
    return best
