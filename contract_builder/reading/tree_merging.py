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

    Groups are merged key by key. A list is one value, unless both changed lists of one length:
    then line by line.
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
    if not (isinstance(mine, list) and isinstance(theirs, list) and isinstance(base, list)):
        return mine
    if len(mine) == len(theirs) == len(base):
        merged = [_merge(*each) for each in zip(base, mine, theirs, strict=True)]
        return [line for line in merged if line is not None]
    return mine


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
