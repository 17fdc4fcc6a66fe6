"""Small contracts for the tests of the comparison: sections of paragraphs, tables of texts."""

from dataclasses import replace

from contract_builder.compare.change import Change
from contract_builder.compare.comparison import compare_contracts
from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    CrossReference,
    Field,
    Inline,
    Paragraph,
    Row,
    Table,
    Text,
)
from contract_builder.model.contract import Contract, ContractTables, Section
from tests.contract_samples import header

LONG = (
    "L’établissement rend compte chaque année à l’agence des actions menées et des moyens employés."
)


def contract(*sections: Section, tables: ContractTables | None = None) -> Contract:
    return Contract(header(), sections, tables or ContractTables())


def text(*items: str | Inline, bold: bool = False) -> Paragraph:
    return Paragraph(
        tuple(Text(item, bold=bold) if isinstance(item, str) else item for item in items)
    )


def clause(section_id: str, *blocks: Block | str, title: str = "Titre") -> Section:
    return Section(
        section_id,
        "clause",
        title,
        blocks=tuple(text(block) if isinstance(block, str) else block for block in blocks),
    )


def article(section_id: str, number: int, *children: Section, title: str = "Titre") -> Section:
    return Section(
        section_id,
        "article",
        title,
        str(number),
        f"Article {number}",
        children=children,
    )


def link(target: str, words: str) -> CrossReference:
    return CrossReference(target, words)


def table(key: str, titles: str, *rows: str) -> Table:
    """« Mesure|2025|2026 » and rows « clé:a|b|c »; a cell « #champ=texte » is a field."""
    return Table(
        key,
        "",
        tuple(Column(title) for title in titles.split("|")),
        tuple(_row(row) for row in rows),
    )


def _row(row: str) -> Row:
    key, _, cells = row.partition(":")
    return Row(key, tuple(Cell(_content(cell)) for cell in cells.split("|")))


def _content(cell: str) -> tuple[Inline, ...]:
    if cell.startswith("#"):
        name, _, value = cell[1:].partition("=")
        return (Field(name, value),)
    return (Text(cell),) if cell else ()


def changes_between(old: Contract, new: Contract) -> list[Change]:
    return list(compare_contracts(old, new).changes)


def the_change(old: Contract, new: Contract) -> Change:
    (change,) = changes_between(old, new)
    return change


def with_number(section: Section, number: str, label: str) -> Section:
    return replace(section, number=number, label=label)
