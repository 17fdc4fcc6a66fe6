"""Text that stands word for word and is only divided otherwise, told as one change.

A paragraph split or joined, an item of a list put under another or taken out, a list turned into
paragraphs: in the script these are removals and additions of whole blocks; a reader wants one.
"""

from collections.abc import Sequence

from contract_builder.compare.script import BlockEdit, ItemEdit, Side
from contract_builder.compare.tokens import find_words
from contract_builder.model.blocks import Block, Table, inline_text, iter_blocks, iter_inlines

_LONGEST = 24
"""Neighbouring blocks looked at together: enough for a list turned into paragraphs."""


def find_regroupings(edits: Sequence[BlockEdit] | Sequence[ItemEdit]) -> dict[int, int]:
    """First index → index after the last of each stretch whose words are the same on both sides.

    Stretches are the shortest ones, do not overlap, and have at least two edits: what differs
    inside one block is told by its words.
    """
    found: dict[int, int] = {}
    start = 0
    while start < len(edits):
        stop = _find_stop(edits, start)
        if stop is not None:
            found[start] = stop
        start = stop or start + 1
    return found


def side_blocks(edit: BlockEdit | ItemEdit, side: Side) -> tuple[Block, ...]:
    """The blocks that an edit has on a side, none when it is absent."""
    whole = edit.on(side)
    if whole is None:
        return ()
    return whole if isinstance(whole, tuple) else (whole,)


def _find_stop(edits: Sequence[BlockEdit] | Sequence[ItemEdit], start: int) -> int | None:
    before: list[str] = []
    after: list[str] = []
    for index in range(start, min(start + _LONGEST, len(edits))):
        edit = edits[index]
        if edit.op not in ("insert", "delete", "modify") or _has_table(edit):
            return None
        before.extend(_words(side_blocks(edit, "old")))
        after.extend(_words(side_blocks(edit, "new")))
        if index > start and before and before == after:
            return index + 1
        if index == start and before == after:
            return None
    return None


def _has_table(edit: BlockEdit | ItemEdit) -> bool:
    return any(
        isinstance(block, Table)
        for side in (side_blocks(edit, "old"), side_blocks(edit, "new"))
        for block in iter_blocks(side)
    )


def _words(blocks: tuple[Block, ...]) -> list[str]:
    return [word for item in iter_inlines(blocks) for word in find_words(inline_text((item,)))]
