"""What every layout does alike: short titles, small tables in one piece, no page for nothing.

The Typst template has its own words for these rules (``abrege``, ``hauteur``, ``sans-page``): the
page numbers in Word's table of contents come from there.
"""

from math import ceil
from typing import Final

from contract_builder.model.blocks import (
    Cell,
    Footnote,
    Gap,
    LineBreak,
    Paragraph,
    Table,
    inline_text,
    iter_blocks,
)
from contract_builder.model.contract import Section, iter_tree

LONG_TITLE: Final = 100
"""Characters of a title above which the contents shorten it."""
SMALL_TABLE: Final = 24
"""Lines of text, the header's included, up to which a table is never cut."""
_CHARACTERS_A_LINE: Final = 105
_NOTED_ROWS: Final = 6
"""Rows up to which a table that calls footnotes is never cut: they stand on its page."""
_NOTHING: Final = "Néant."


def shorten_title(text: str) -> str:
    """The title for the contents: whole words of it and « … » where it is long."""
    if len(text) <= LONG_TITLE:
        return text
    words = text[: LONG_TITLE - 1].split(" ")
    return " ".join(words[: max(1, len(words) - 1)]).rstrip(" \u00a0,;:(–-") + "\u00a0…"


def is_kept_whole(table: Table) -> bool:
    """True for a table that stands on one page: it is short enough to move to the next one."""
    noted = any(
        isinstance(item, Footnote)
        for row in table.rows
        for cell in row.cells
        for item in cell.content
    )
    return (noted and len(table.rows) <= _NOTED_ROWS) or _count_lines(table) <= SMALL_TABLE


def _count_lines(table: Table) -> int:
    """About how many lines the table has on a page in portrait; its caption does not count."""
    width = _CHARACTERS_A_LINE / sum(column.width for column in table.columns)
    lines = 1
    for row in table.rows:
        first, most = 0, 1
        for cell in row.cells:
            covered = table.columns[first : first + cell.colspan]
            most = max(most, _lines_of_cell(cell, sum(c.width for c in covered) * width))
            first += cell.colspan
        lines += most
    return lines


def _lines_of_cell(cell: Cell, characters: float) -> int:
    breaks = sum(isinstance(item, LineBreak) for item in cell.content)
    length = sum(
        len(item.label if isinstance(item, Gap) else inline_text((item,)))
        for item in cell.content
        if not isinstance(item, LineBreak)
    )
    return breaks + max(1, ceil(length / characters))


def follows_on_same_page(section: Section) -> bool:
    """True for an annex that says « Néant. » alone: it takes no page of its own."""
    blocks = [block for part in iter_tree(section) for block in iter_blocks(part.blocks)]
    says_nothing = any(
        isinstance(block, Paragraph) and inline_text(block.content) == _NOTHING for block in blocks
    )
    is_table = any(isinstance(block, Table) for block in blocks)
    return section.kind == "annexe" and says_nothing and not is_table
