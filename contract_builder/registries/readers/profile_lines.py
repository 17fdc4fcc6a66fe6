"""A row of a spreadsheet → one line of a profile's list, each cell at the key of its column."""

from contract_builder.reading.tree import Tree, scalar_text
from contract_builder.registries.cells import CellReader
from contract_builder.registries.rows import ProfileLineRow, SheetFile
from contract_builder.registries.sheet_layout import LIST_SEPARATOR, SheetColumn, SheetLayout

_YES_OR_NO = ("oui", "non")


def read_profile_line(
    layout: SheetLayout, source: SheetFile, entity: str, cells: CellReader
) -> ProfileLineRow:
    """The line; what a cell should not hold is a problem of ``cells``."""
    values: dict[str, Tree] = {}
    for column in layout.columns:
        if not column.key:
            continue
        if column.required:
            cells.required(column.title)
        value = _read_value(column, cells) if cells.text(column.title) else ""
        if value:
            _put(values, column.key, value)
    return ProfileLineRow(
        file=source, line=cells.line, finess_ej=entity, section=layout.section, values=values
    )


def _read_value(column: SheetColumn, cells: CellReader) -> Tree:
    title = column.title
    match column.kind:
        case "annee":
            return scalar_text(cells.year(title))
        case "entier":
            return scalar_text(cells.whole(title))
        case "date":
            return scalar_text(cells.date(title))
        case "finess":
            return cells.finess(title)
        case "oui_non":
            return cells.choice(title, _YES_OR_NO)
        case "statut":
            return _choose(cells, column, cells.text(title).zfill(2))
        case "liste":
            parts = cells.text(title).split(LIST_SEPARATOR)
            return [part.strip() for part in parts if part.strip()]
        case _:
            return _choose(cells, column, cells.text(title))


def _choose(cells: CellReader, column: SheetColumn, text: str) -> str:
    """The text, which must be one of the words of the column when it has some."""
    if column.choices and text not in column.choices:
        cells.reject(column.title, " ou ".join(column.choices), cells.text(column.title))
        return ""
    return text


def _put(values: dict[str, Tree], path: str, value: Tree) -> None:
    group, _, key = path.rpartition(".")
    if not group:
        values[key] = value
        return
    inner = values.setdefault(group, {})
    if isinstance(inner, dict):
        inner[key] = value
