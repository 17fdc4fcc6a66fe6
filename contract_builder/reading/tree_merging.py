"""Two people changed one file: what each changed, together; what differs between two trees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contract_builder.reading.tree import Tree


@dataclass(frozen=True, slots=True)
class TreeDifference:
    """A value that differs: its path (``sites.0.nom``), and each side's, None where it has none."""

    path: str
    old: Tree | None
    new: Tree | None


def merge_trees(
    base: Mapping[str, Tree], mine: Mapping[str, Tree], theirs: Mapping[str, Tree]
) -> dict[str, Tree]:
    """What both made of ``base``: mine where I changed a value, theirs everywhere else.

    Groups are merged key by key, lists line by line: a line is found again by its key, wherever the
    other put it. What one took away and the other changed stays, as it was changed.
    """
    keys = dict.fromkeys([*theirs, *mine])
    merged: dict[str, Tree] = {}
    for key in keys:
        value = _merge(base.get(key), mine.get(key), theirs.get(key))
        if value is not None:
            merged[key] = value
    return merged


def _merge(base: Tree | None, mine: Tree | None, theirs: Tree | None) -> Tree | None:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return merge_trees(base if isinstance(base, dict) else {}, mine, theirs)
    if isinstance(mine, list) and isinstance(theirs, list):
        return _merge_lists(base if isinstance(base, list) else [], mine, theirs)
    return mine


def _merge_lists(base: list[Tree], mine: list[Tree], theirs: list[Tree]) -> list[Tree]:
    """In the order of theirs, unless they kept that of the base; then in mine."""
    my_ranks, their_ranks = _find_again(base, mine), _find_again(base, theirs)
    is_mine_first = list(their_ranks.values()) == sorted(their_ranks.values())
    first, ranks = (mine, my_ranks) if is_mine_first else (theirs, their_ranks)
    second, other_ranks = (theirs, their_ranks) if is_mine_first else (mine, my_ranks)
    was = {rank: before for before, rank in ranks.items()}
    merged: list[Tree | None] = []
    for rank, line in enumerate(first):
        before = was.get(rank)
        merged.append(
            line
            if before is None
            else _meet(
                base[before], line, second, other_ranks.get(before), mine_first=is_mine_first
            )
        )
    for rank, line in enumerate(second):
        before = next((old for old, new in other_ranks.items() if new == rank), None)
        is_new = before is None and line not in first  # both may have added the same
        if is_new or (before is not None and before not in ranks and line != base[before]):
            merged.append(line)
    return [line for line in merged if line is not None]


def _meet(
    before: Tree, line: Tree, others: list[Tree], rank: int | None, *, mine_first: bool
) -> Tree | None:
    """A line as both left it; None when one took it away and the other had not changed it."""
    if rank is None:
        return None if line == before else line
    mine, theirs = (line, others[rank]) if mine_first else (others[rank], line)
    return _merge(before, mine, theirs)


def _find_again(base: list[Tree], now: list[Tree]) -> dict[int, int]:
    """Where each line of the base stands now; a line whose key was corrected, where it was."""
    found = find_lines_again(base, now)
    if len(base) == len(now):
        free = set(range(len(now))) - set(found.values())
        found |= {rank: rank for rank in range(len(base)) if rank not in found and rank in free}
    return dict(sorted(found.items()))


def find_lines_again(base: list[Tree], now: list[Tree]) -> dict[int, int]:
    """Where each line of the base stands now: the same line, else one of the same key.

    A line that is neither has no place.
    """
    found: dict[int, int] = {}
    free = dict(enumerate(now))
    for same in (_is_same, _has_same_key):
        for rank, line in enumerate(base):
            there = next((at for at in free if rank not in found and same(line, free[at])), None)
            if there is not None:
                found[rank] = there
                del free[there]
    return found


def _is_same(one: Tree, other: Tree) -> bool:
    return one == other


def _has_same_key(one: Tree, other: Tree) -> bool:
    """True for two lines that the first key which names them calls by one name."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    key = next((key for key in _KEYS if one.get(key)), "")
    return bool(key) and one[key] == other.get(key)


_KEYS = (
    *("cle", "numero_arhgos", "finess_et", "code", "clause", "champ", "rubrique", "fichier"),
    *("annee", "intitule", "titre", "nom", "instance"),
)
"""What names a line of a list of a profile, the surest first."""


def iter_tree_differences(
    old: Tree | None, new: Tree | None, path: str = ""
) -> Iterator[TreeDifference]:
    """Every value that differs, groups and lists of one length opened."""
    if old == new:
        return
    if isinstance(old, dict | None) and isinstance(new, dict | None) and (old or new):
        before, after = old or {}, new or {}
        for key in dict.fromkeys([*before, *after]):
            below = f"{path}.{key}" if path else key
            yield from iter_tree_differences(before.get(key), after.get(key), below)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for rank, (before_line, after_line) in enumerate(zip(old, new, strict=True)):
            yield from iter_tree_differences(before_line, after_line, f"{path}.{rank}")
    else:
        yield TreeDifference(path, old, new)
