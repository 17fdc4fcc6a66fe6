"""The operations of an avenant as its page shows them: sentence, new text, rows, level, buttons."""

from collections.abc import Iterator
from dataclasses import dataclass

from contract_builder.model.amendment import Operation
from contract_builder.model.blocks import Column, Row, Table, inline_text
from contract_builder.model.contract import iter_tree
from contract_builder.services.drafted_amendments import DraftedAmendment
from contract_builder.services.levelling import list_levels
from contract_builder.web.pages.amending_wishes import WishButton, list_buttons, tell_level


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of what comes: its text, the columns that it covers, whether it is a number."""

    text: str
    span: int
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownOperation:
    """One operation: ``lines`` are the paragraphs that come, ``rows`` those of a table.

    ``titles`` are those of the columns, none where they are not known. ``level`` says what is
    replaced, and ``buttons`` choose another level.
    """

    id: str
    sentence: str
    level: str
    is_chosen: bool
    lines: tuple[str, ...]
    titles: tuple[ShownCell, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    buttons: tuple[WishButton, ...]


def iter_shown(draft: DraftedAmendment) -> Iterator[tuple[str, ShownOperation]]:
    """Each operation with the number of its article; the same buttons are shown once."""
    levels = list_levels(draft)
    before: tuple[WishButton, ...] = ()
    for operation in draft.amendment.operations if draft.amendment else ():
        level = levels[operation.id]
        buttons = list_buttons(level)
        rows = tuple(_iter_rows(operation))
        columns = _find_columns(draft, operation, rows)
        yield (
            operation.article,
            ShownOperation(
                operation.id,
                operation.sentence,
                tell_level(operation),
                level.is_chosen,
                () if rows else _text_lines(operation),
                tuple(ShownCell(item.title, 1, item.align == "right") for item in columns),
                tuple(tuple(_iter_cells(row, columns)) for row in rows),
                () if buttons == before else buttons,
            ),
        )
        before = buttons


def _text_lines(operation: Operation) -> tuple[str, ...]:
    """The paragraphs that come after a sentence which announces them."""
    if not operation.sentence.rstrip().endswith(":"):
        return ()
    new = operation.new or ()
    return (new,) if isinstance(new, str) else tuple(item for item in new if isinstance(item, str))


def _iter_rows(operation: Operation) -> Iterator[Row]:
    for item in operation.content or ():
        if isinstance(item, Row):
            yield item
        elif isinstance(item, Table):
            yield from item.rows


def _iter_cells(row: Row, columns: tuple[Column, ...]) -> Iterator[ShownCell]:
    at = 0
    for cell in row.cells:
        align = cell.align or (columns[at].align if columns else "left")
        yield ShownCell(inline_text(cell.content), cell.colspan, align == "right")
        at += cell.colspan


def _find_columns(
    draft: DraftedAmendment, operation: Operation, rows: tuple[Row, ...]
) -> tuple[Column, ...]:
    """Those of the table that comes, else of the one of this name in the old contract."""
    new = [item for item in operation.content or () if isinstance(item, Table)]
    found = next(iter(new), None) or _find_old_table(draft, operation)
    columns = () if found is None else found.columns
    widths = {sum(cell.colspan for cell in row.cells) for row in rows}
    return columns if widths == {len(columns)} else ()


def _find_old_table(draft: DraftedAmendment, operation: Operation) -> Table | None:
    if draft.texts is None:
        return None
    unit = next(s for s in draft.texts.old.iter_sections() if s.id == operation.where.unit)
    named = (
        block
        for section in iter_tree(unit)
        for block in section.blocks
        if isinstance(block, Table) and block.caption == (operation.where.table or "")
    )
    return next(named, None)
