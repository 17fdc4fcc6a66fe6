"""Which line of a list of texts or groups is which in its next state."""

from collections.abc import Sequence
from functools import partial

from contract_builder.reading.line_keys import line_key
from contract_builder.reading.tree import Tree, get_text


def match_lines(section: str, old: Sequence[Tree], new: Sequence[Tree]) -> list[int | None]:
    """For each new line the rank of the old one that it continues, None for one that is new.

    No rank comes twice. Equal lines first, then lines with the same key (``line_keys``), then
    lines of one shape that stand between the same neighbours.
    """
    found: list[int | None] = [None] * len(new)
    free = dict.fromkeys(range(len(old)))
    for tests in (_is_equal, partial(_has_same_key, section)):
        for rank, line in enumerate(new):
            if found[rank] is None:
                alike = [other for other in free if tests(old[other], line)]
                match = min(alike, key=lambda other: abs(other - rank), default=None)
                if match is not None:
                    found[rank] = match
                    del free[match]
    for rank, line in enumerate(new):
        before = next((r for r in reversed(found[:rank]) if r is not None), -1)
        if found[rank] is None and before + 1 in free and type(old[before + 1]) is type(line):
            found[rank] = before + 1
            del free[before + 1]
    return found


def _is_equal(old: Tree, new: Tree) -> bool:
    return old == new


def _has_same_key(section: str, old: Tree, new: Tree) -> bool:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return False
    key = line_key(section, partial(get_text, old))
    return bool(key) and key == line_key(section, partial(get_text, new))
