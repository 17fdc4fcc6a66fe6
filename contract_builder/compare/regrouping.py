"""Text that stands and is divided otherwise, told as one change.

A paragraph split or joined, an item of a list put under another or taken out, a list turned into
paragraphs: in the script these are removals and additions of whole blocks; a reader wants one. A
few words may be others; each block that comes must then be made of words that left another one.
"""

from collections import Counter
from collections.abc import Sequence

from contract_builder.compare.script import SIDES, BlockEdit, ItemEdit, Side
from contract_builder.compare.tokens import find_words
from contract_builder.model.blocks import Block, Table, inline_text, iter_blocks, iter_inlines

_LONGEST = 24
"""Neighbouring blocks looked at together: enough for a list turned into paragraphs."""

_LONGEST_REWORDED = 6
"""The same where words differ: a paragraph split in so many, or made of so many."""

_KEPT = 0.75
"""The share of the words that stand in a text divided otherwise, and of each block that comes."""


def find_regroupings(edits: Sequence[BlockEdit] | Sequence[ItemEdit]) -> dict[int, int]:
    """First index → index after the last of each stretch whose words stand, divided otherwise.

    Stretches with exactly the same words first, then those that are reworded; the shortest ones,
    which do not overlap, and have at least two edits: what differs inside one block is told by its
    words.
    """
    found: dict[int, int] = {}
    start = 0
    while start < len(edits):
        stop = _find_stop(edits, start) or _find_reworded(edits, start)
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


def _find_reworded(edits: Sequence[BlockEdit] | Sequence[ItemEdit], start: int) -> int | None:
    """The end of a stretch with more blocks on one side, all made of the words of the other."""
    for stop in range(start + 2, min(start + _LONGEST_REWORDED, len(edits)) + 1):
        stretch = edits[start:stop]
        if stretch[-1].op not in ("insert", "delete", "modify") or _has_table(stretch[-1]):
            return None
        sides = [[Counter(_words(side_blocks(edit, side))) for edit in stretch] for side in SIDES]
        counts = [sum(1 for words in side if words) for side in sides]
        if stretch[0].op == "equal" or 0 in counts or counts[0] == counts[1]:
            continue
        if _come_from(sides[0], sides[1]) and _come_from(sides[1], sides[0]):
            return stop
    return None


def _come_from(side: Sequence[Counter[str]], other: Sequence[Counter[str]]) -> bool:
    """True when each block of a side has found its words among those that its like has not."""
    every, theirs = sum(side, Counter()), sum(other, Counter())
    for index, words in enumerate(side):
        left = theirs - (every - words)
        if words and not other[index] and (words & left).total() < _KEPT * words.total():
            return False
    return (every & theirs).total() >= _KEPT * max(every.total(), theirs.total())


def _has_table(edit: BlockEdit | ItemEdit) -> bool:
    return any(
        isinstance(block, Table)
        for side in (side_blocks(edit, "old"), side_blocks(edit, "new"))
        for block in iter_blocks(side)
    )


def _words(blocks: tuple[Block, ...]) -> list[str]:
    return [word for item in iter_inlines(blocks) for word in find_words(inline_text((item,)))]
