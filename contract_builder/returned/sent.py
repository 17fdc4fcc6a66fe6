"""The version that was sent: its contract, its Word file line by line, and the places in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from contract_builder.model.blocks import Field, Gap, iter_inlines
from contract_builder.model.contract import Contract, Section
from contract_builder.returned.change import ReturnedPlace
from contract_builder.returned.lines import CELL_MARK, WordLine
from contract_builder.returned.reading import read_lines
from contract_builder.word.markers import bookmark_name, control_tag


@dataclass(frozen=True, slots=True)
class ValueSpan:
    """Where a value of the profile stands in its line: characters from ``start`` to ``end``."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """The label and title of a section, or of the nearest one above that prints some.

    ``is_own`` is True for a section that prints its own title.
    """

    section: str
    label: str
    title: str
    is_own: bool


class SentVersion:
    """The version that was sent; ``docx`` is the file that printed it."""

    def __init__(self, contract: Contract, docx: bytes) -> None:
        self.contract = contract
        self.docx = docx
        self.lines: Sequence[WordLine] = read_lines(docx)
        self.titles: Mapping[str, SectionTitle] = dict(_iter_titles(contract))
        self._keys = {
            control_tag(item.key): item.key
            for section in contract.iter_sections()
            for item in iter_inlines(section.blocks)
            if isinstance(item, Field | Gap)
        }
        self.heading_styles = {line.style for line in self.lines if self.is_heading(line)}
        self.first = next(
            (at for at, line in enumerate(self.lines) if line.section in self.titles), 0
        )

    def is_heading(self, line: WordLine) -> bool:
        """True for a line that prints the title of a section."""
        title = self.titles.get(line.section)
        return bool(line.starts and not line.is_row and title is not None and title.is_own)

    def section_lines(self) -> dict[str, list[int]]:
        """The lines of each section that prints some, by its bookmark."""
        found: dict[str, list[int]] = {}
        for at, line in enumerate(self.lines):
            if line.section in self.titles and line.story in ("body", "note"):
                found.setdefault(line.section, []).append(at)
        return found

    def place(self, at: int) -> ReturnedPlace:
        """The place of a sent line."""
        line = self.lines[at]
        return replace(self.place_in(line), line=at, end=len(line.text))

    def place_in(self, line: WordLine, section: str = "") -> ReturnedPlace:
        """The place of any line; ``section`` is the bookmark that it is in when that is known.

        Bookmarks of a returned file may have been torn: those of its neighbours tell better.
        """
        is_told = line.story in ("body", "note")
        title = self.titles.get(section or line.section) if is_told else None
        table, row = "", ""
        if line.is_row:
            table, row = line.caption, (line.texts or ("",))[0]
        if title is None:
            return ReturnedPlace(table=table, row=row)
        return ReturnedPlace(title.section, title.label, title.title, table, row)

    def values(self, at: int) -> list[ValueSpan]:
        """The values that stand in a sent line, in order."""
        spans: list[ValueSpan] = []
        position = 0
        for rank, cell in enumerate(self.lines[at].cells):
            position += len(CELL_MARK) if rank else 0
            for number, paragraph in enumerate(cell):
                position += 1 if number else 0
                for piece in paragraph.pieces:
                    key = self._keys.get(piece.control)
                    end = position + len(piece.text)
                    if key and spans and spans[-1].key == key and spans[-1].end == position:
                        spans[-1] = replace(spans[-1], end=end)
                    elif key:
                        spans.append(ValueSpan(key, position, end))
                    position = end
        return spans


def _iter_titles(contract: Contract) -> Iterator[tuple[str, SectionTitle]]:
    above = SectionTitle("", "", "", is_own=False)
    for section in contract.sections:
        yield from _iter_tree_titles(section, above)


def _iter_tree_titles(section: Section, above: SectionTitle) -> Iterator[tuple[str, SectionTitle]]:
    own = SectionTitle(
        section.id,
        section.label or above.label,
        section.title or above.title,
        is_own=bool(section.title),
    )
    yield bookmark_name(section.id), own
    for child in section.children:
        yield from _iter_tree_titles(child, own)
