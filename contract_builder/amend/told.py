"""What a sentence tells of an operation: the measure of whether it says all that it orders.

Keys, emphasis and the ids of clauses without a name are not told; nor is what was, where the place
alone names it. ``sentence_reading`` gives operations in this form.
"""

from dataclasses import replace
from typing import Final

from contract_builder.amend.quotation import block_lines, section_blocks, table_cells
from contract_builder.amend.sentence import Sentence
from contract_builder.amend.sentences import SentenceMaker
from contract_builder.amend.unit_names import UnitNames
from contract_builder.amend.units import quoted_text
from contract_builder.amend.wording import told_text
from contract_builder.model.amendment import (
    Operation,
    OperationKind,
    OperationPlace,
    OperationText,
)
from contract_builder.model.blocks import Paragraph, iter_blocks
from contract_builder.model.contract import Section

_QUOTING_OLD: Final[frozenset[OperationKind]] = frozenset(
    {"replace_words", "insert_words", "delete_words"}
)
_OF_ROWS: Final[frozenset[OperationKind]] = frozenset({"replace_row", "insert_rows"})
_OF_TABLES: Final[frozenset[OperationKind]] = frozenset({"replace_table", "insert_table"})
_OF_PARAGRAPHS: Final[frozenset[OperationKind]] = frozenset(
    {"replace_paragraph", "insert_paragraphs"}
)
_OF_SECTIONS: Final[frozenset[OperationKind]] = frozenset(
    {
        "replace_section", "insert_section",
        "replace_sheet", "insert_sheet", "replace_annex", "insert_annex",
    }
)  # fmt: skip


def tell(operation: Operation, names: UnitNames) -> Operation:
    """The operation as its sentence tells it: no id, no content, all texts as a reader sees them.

    Rows are their cells; a table is its titles, its rows and its notes; a section is its lines.
    """
    sentence = SentenceMaker(names).make(operation)
    return Operation(
        id="",
        article=operation.article,
        kind=operation.kind,
        where=_told_place(operation, names),
        side="before" if _starts_section(operation) else operation.side,
        old=_told_old(operation),
        new=_told_new(operation, sentence),
    )


def _starts_section(operation: Operation) -> bool:
    """Before the first of its group and at its start are said alike."""
    return operation.side == "start" and operation.kind in _OF_SECTIONS


def _told_old(operation: Operation) -> str | None:
    is_quoted = operation.kind in _QUOTING_OLD and operation.side not in ("start", "end")
    return told_text(operation.old) if is_quoted and isinstance(operation.old, str) else None


def _told_place(operation: Operation, names: UnitNames) -> OperationPlace:
    where = operation.where
    unit = names.get(where.unit)
    part = unit.find_part(where.section)
    is_row_told = operation.side not in ("start", "end")
    return replace(
        where,
        label=unit.unit.label,
        sheet=unit.unit.sheet,
        section=None if part is None else part.id,
        last_paragraph=None if where.last_paragraph == where.paragraph else where.last_paragraph,
        table=None if where.table is None else told_text(where.table),
        row=told_text(where.row) if where.row and is_row_told else None,
        row_rank=where.row_rank if is_row_told else None,
    )


def _told_new(operation: Operation, sentence: Sentence) -> OperationText | None:
    if operation.kind in _OF_SECTIONS:
        sections = [item for item in operation.content or () if isinstance(item, Section)]
        return told_lines(
            tuple(line for section in sections for line in block_lines(section_blocks(section)))
        )
    if sentence.table is not None:
        cells = table_cells(sentence.table)
        return cells[1:] if operation.kind in _OF_ROWS else cells
    if sentence.quotation:
        lines = block_lines(sentence.quotation)
        return told_lines(lines if _quotes_all(operation, sentence) else _texts_of(operation.new))
    return None if operation.new is None else told_text(_single(operation.new))


def _quotes_all(operation: Operation, sentence: Sentence) -> bool:
    """True when what stands below the sentence is what the operation puts in, and all of it."""
    if operation.kind not in _OF_PARAGRAPHS or operation.new is None:
        return True
    quoted = tuple(
        quoted_text(block.content)
        for block in iter_blocks(sentence.quotation)
        if isinstance(block, Paragraph)
    )
    return quoted == _texts_of(operation.new)


def _texts_of(text: OperationText | None) -> tuple[str, ...]:
    """The paragraphs of an operation, one as well as several."""
    texts = (text,) if isinstance(text, str) else text or ()
    return tuple(item for item in texts if isinstance(item, str))


def _single(text: OperationText) -> str:
    while not isinstance(text, str):
        text = text[0]
    return text


def told_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines as quotations can tell them."""
    return tuple(told_text(line) for line in lines)
