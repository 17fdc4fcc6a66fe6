"""The pieces of a report of evaluation: paragraphs, tables, sections of its tree."""

from collections.abc import Iterable, Sequence

from contract_builder.model.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Gap,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
)
from contract_builder.model.contract import Section

ReportText = str | Gap


def text_block(*parts: ReportText) -> Paragraph:
    """A paragraph of texts and gaps."""
    return Paragraph(tuple(_inline(part) for part in parts if part))


def list_block(items: Iterable[str]) -> ListBlock:
    """A list of sentences; never empty."""
    return ListBlock(tuple((text_block(item),) for item in items))


def report_table(
    key: str,
    caption: str,
    columns: Sequence[tuple[str, int, Align]],
    rows: Iterable[tuple[str, Sequence[str]]],
    notes: Sequence[str] = (),
) -> Table:
    """A table of texts: title, width and alignment of each column; key and cells of each row."""
    return Table(
        key,
        caption,
        tuple(Column(title, width, align) for title, width, align in columns),
        tuple(Row(name, tuple(Cell(_lines(text)) for text in cells)) for name, cells in rows),
        tuple((Text(note),) for note in notes),
    )


def report_section(number: int, name: str, title: str, *blocks: Block) -> Section:
    """A numbered part of the report."""
    return Section(
        id=f"evaluation-{name}",
        kind="article",
        title=title,
        number=str(number),
        label=f"Partie {number}",
        blocks=blocks,
    )


def _inline(part: ReportText) -> Inline:
    return Text(part) if isinstance(part, str) else part


def _lines(text: str) -> tuple[Inline, ...]:
    """The text with its line breaks; a dash where there is nothing to say."""
    content: list[Inline] = []
    for part in (text or "–").split("\n"):
        if content:
            content.append(LineBreak())
        content.append(Text(part))
    return tuple(content)
