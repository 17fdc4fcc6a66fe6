"""What a sentence quotes under it: paragraphs between « and », tables, notes."""

import re
from dataclasses import dataclass, field

from tests.independent_avenant.order import UnreadableError
from tests.independent_avenant.printed_contract import (
    Alinea,
    Element,
    Holder,
    Intertitle,
    PrintedTable,
    TableNote,
    TableRow,
)
from tests.independent_avenant.printed_file import Grid, Line
from tests.independent_avenant.typography import plain

CAPTION, NOTE, INTERTITLE, BLANK = "Caption", "NoteTableau", "Intertitre", "Espace"
_HEADING = re.compile(
    r"^(?P<number>(?:Article )?[0-9]+(?:[.-][0-9]+| [A-Z]+(?= –|\.|-))*) – (?P<title>.+)$"
)


@dataclass(slots=True)
class Quoted:
    """The lines under a sentence, without the « and » that enclose them."""

    lines: list[Line | Grid] = field(default_factory=list)
    is_open: bool = False

    def paragraphs(self) -> list[Element]:
        """Alinéas, and the sub-headings and tables that come with them."""
        return read_elements(self.lines)

    def rows(self) -> list[Element]:
        """The rows of the one table, its header left out."""
        (grid,) = (line for line in self.lines if isinstance(line, Grid))
        return [TableRow(cells) for cells in grid.rows[1:]]

    def table(self) -> list[Element]:
        """The one table, with its caption and notes."""
        elements = read_elements(self.lines)
        if len(elements) != 1 or not isinstance(elements[0], PrintedTable):
            raise UnreadableError(f"not one table: {elements}")
        return elements

    def notes(self) -> list[Element]:
        """Notes under a table."""
        return [TableNote(line.text) for line in self.lines if isinstance(line, Line)]

    def section(self) -> list[Element]:
        """One unit: its first line is its number and title."""
        first, *rest = self.lines
        if not isinstance(first, Line):
            raise UnreadableError("a section begins with its title")
        holder = _heading(first.text) or Holder("", "clause", "", plain(first.text))
        latest = holder
        for line in _group(rest):
            heading = _heading(line.text) if isinstance(line, Line) and _is_title(line) else None
            if heading is not None:
                holder.items.append(heading)
                latest = heading
            elif isinstance(line, Line) and _is_title(line):
                part = Holder("", "clause", "", plain(line.text))
                latest.items.append(part)
            else:
                latest.items += read_elements([line] if not isinstance(line, list) else line)
        return [holder]


def _heading(text: str) -> Holder | None:
    found = _HEADING.match(plain(text))
    return (
        Holder("", "clause", found["number"].removeprefix("Article "), found["title"])
        if found
        else None
    )


def _is_title(line: Line) -> bool:
    return line.is_bold and line.style not in (CAPTION, NOTE, INTERTITLE)


def _group(lines: list[Line | Grid]) -> list[Line | list[Line | Grid]]:
    """Each table with its caption and notes together."""
    groups: list[Line | list[Line | Grid]] = []
    for line in lines:
        if isinstance(line, Grid):
            caption = groups.pop() if groups and _has_style(groups[-1], CAPTION) else None
            groups.append([line] if caption is None else [caption, line])  # type: ignore[list-item]
        elif line.style == NOTE and groups and isinstance(groups[-1], list):
            groups[-1].append(line)
        elif line.style != BLANK:
            groups.append(line)
    return groups


def _has_style(line: object, style: str) -> bool:
    return isinstance(line, Line) and line.style == style


def read_elements(lines: list[Line | Grid]) -> list[Element]:
    """Alinéas, sub-headings and tables, as they stand."""
    elements: list[Element] = []
    caption = ""
    for line in lines:
        match line:
            case Grid(rows=(header, *rows)):
                elements.append(PrintedTable(caption, header, [TableRow(row) for row in rows], []))
                caption = ""
            case Line(style=style, text=text) if style == CAPTION:
                caption = text
            case Line(style=style, text=text) if style == NOTE:
                table = elements[-1]
                assert isinstance(table, PrintedTable)
                table.notes.append(TableNote(text))
            case Line(style=style, text=text) if style == INTERTITLE:
                elements.append(Intertitle(text))
            case Line(style=style, text=text) if style != BLANK:
                elements.append(Alinea(text))
    return elements
