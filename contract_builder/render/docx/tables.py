"""Tables: caption above, fixed widths, repeated header row, rows that do not break, notes below.

A small table is kept on one page, with what follows it. Every table ends with a paragraph (its
notes, else a small space), so that two tables never touch: Word would merge them.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from contract_builder.model.blocks import Align, Cell, Column, Row, RowKind, Table
from contract_builder.render.docx.inlines import InlineWriter
from contract_builder.render.docx.styles import Style, StyleInfo
from contract_builder.render.layout import is_kept_whole
from contract_builder.word.ooxml import KEEP_NEXT, escape, paragraph, run

ROW_STYLES: Final[Mapping[RowKind, Style]] = {
    "data": Style.TABLE_TEXT,
    "total": Style.TABLE_TOTAL,
    "group": Style.TABLE_GROUP,
}
ROW_FILLS: Final[Mapping[RowKind, str]] = {"data": "", "total": "E9EEF6", "group": "F3F5F9"}

_ALIGNMENTS: Final[Mapping[Align, str]] = {
    "left": "",
    "center": '<w:jc w:val="center"/>',
    "right": '<w:jc w:val="right"/>',
}
_KEEP_ROW = "<w:cantSplit/>"
_HEADER_ROW = "<w:cantSplit/><w:tblHeader/>"
_LOOK = (
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    'w:noHBand="1" w:noVBand="1"/>'
)


class TableWriter:
    """Turns tables into markup in the styles of one template."""

    def __init__(self, styles: Mapping[Style, StyleInfo], inlines: InlineWriter) -> None:
        self._inlines = inlines
        self._ids = {style: info.id for style, info in styles.items()}
        self._spacer = paragraph("", self._ids[Style.SPACER])

    def render(self, table: Table, width: int) -> str:
        """The caption, the table over ``width`` twips, and its notes or a space."""
        widths = column_widths(table.columns, width)
        grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
        held = KEEP_NEXT if is_kept_whole(table) else ""
        rows = "".join([self._row(row, table.columns, widths, held) for row in table.rows])
        notes = "".join(
            [
                paragraph(self._inlines.render(note), self._ids[Style.TABLE_NOTE])
                for note in table.notes
            ]
        )
        return (
            f"{self._caption(table.caption)}<w:tbl>{self._properties(table, sum(widths))}"
            f"<w:tblGrid>{grid}</w:tblGrid>"
            f"{self._header(table.columns, widths, held)}{rows}</w:tbl>"
            f"{notes or self._spacer}"
        )

    def _caption(self, caption: str) -> str:
        return paragraph(run(caption), self._ids[Style.CAPTION]) if caption else ""

    def _properties(self, table: Table, width: int) -> str:
        titles = " ; ".join(column.title for column in table.columns if column.title)
        return (
            f'<w:tblPr><w:tblStyle w:val="{self._ids[Style.TABLE]}"/>'
            f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_LOOK}'
            f'<w:tblCaption w:val="{escape(_one_line(table.caption))}"/>'
            f'<w:tblDescription w:val="Colonnes : {escape(_one_line(titles))}"/></w:tblPr>'
        )

    def _header(self, columns: Sequence[Column], widths: Sequence[int], held: str) -> str:
        style = self._ids[Style.TABLE_HEADER]
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(run(column.title), style, held + _ALIGNMENTS[column.align])}</w:tc>"
            for column, width in zip(columns, widths, strict=True)
        )
        return f"<w:tr><w:trPr>{_HEADER_ROW}</w:trPr>{cells}</w:tr>"

    def _row(self, row: Row, columns: Sequence[Column], widths: Sequence[int], held: str) -> str:
        """One row; ``held`` are the properties that keep it on the page of the next."""
        style = self._ids[ROW_STYLES[row.kind]]
        fill = ROW_FILLS[row.kind]
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        cells = []
        first = 0
        for cell in row.cells:
            covered = widths[first : first + cell.colspan]
            align = _ALIGNMENTS[cell.align or columns[first].align]
            cells.append(self._cell(cell, sum(covered), shading, (style, held + align)))
            first += cell.colspan
        return f"<w:tr><w:trPr>{_KEEP_ROW}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, width: int, shading: str, look: tuple[str, str]) -> str:
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shading}</w:tcPr>'
            f"{paragraph(self._inlines.render(cell.content), *look)}</w:tc>"
        )


def column_widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """The widths in twips, in proportion to ``Column.width``; they add up to ``width`` exactly."""
    total = sum(column.width for column in columns)
    edges = [0]
    so_far = 0
    for column in columns:
        so_far += column.width
        edges.append(round(width * so_far / total))
    return tuple(right - left for left, right in pairwise(edges))


def _one_line(text: str) -> str:
    """Attribute values cannot hold line ends or tabs faithfully."""
    return " ".join(text.split())
