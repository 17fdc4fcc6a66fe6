"""Which state of a file each of its values comes from: marks that follow values through changes.

A mark is the rank of the state that last changed a value. Lines are found again by what names them,
wherever they were put; what cannot be told for certain bears ``UNKNOWN``.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeGuard

from contract_builder.reading.tree import Tree
from contract_builder.reading.tree_merging import find_lines_again

UNKNOWN: Final = -1

TreeMarks = int | list["TreeMarks"] | dict[str, "TreeMarks"]
"""The shape of a tree, with a mark for each text and for each list of texts."""


def mark_tree(tree: Tree, mark: int) -> TreeMarks:
    """The same mark for every value."""
    if isinstance(tree, dict):
        return {key: mark_tree(value, mark) for key, value in tree.items()}
    if _is_list_of_lines(tree):
        return [mark_tree(line, mark) for line in tree]
    return mark


def mark_changes(old: Tree | None, marks: TreeMarks, new: Tree, mark: int) -> TreeMarks:
    """The marks of ``new``: those of ``old`` where it says the same, ``mark`` where it does not."""
    if old is new:
        return marks
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        known = marks if isinstance(marks, dict) else {}
        return {
            key: mark_changes(before.get(key), known.get(key, mark), value, mark)
            for key, value in new.items()
        }
    if _is_list_of_lines(new):
        return _mark_lines(old, marks, new, mark)
    return marks if old == new and isinstance(marks, int) else mark


def _mark_lines(old: Tree | None, marks: TreeMarks, new: list[Tree], mark: int) -> TreeMarks:
    before = old if isinstance(old, list) else []
    known = marks if isinstance(marks, list) else [mark for _ in before]
    pairs = find_lines_again(before, new)
    ranks = {now: was for was, now in pairs.items()}
    gone = [line for rank, line in enumerate(before) if rank not in pairs]
    return [
        mark_changes(before[ranks[rank]], known[ranks[rank]], line, mark)
        if rank in ranks
        else _mark_new(line, gone, mark)
        for rank, line in enumerate(new)
    ]


def _mark_new(line: Tree, gone: Sequence[Tree], mark: int) -> TreeMarks:
    """The marks of a line that may be one of the ``gone``, under another name.

    What it says as one of them did may have been kept or written again: nobody knows.
    """
    if isinstance(line, dict):
        return {
            key: _mark_new(
                value, [was[key] for was in gone if isinstance(was, dict) and key in was], mark
            )
            for key, value in line.items()
        }
    if _is_list_of_lines(line):
        lines = [item for was in gone if isinstance(was, list) for item in was]
        return [_mark_new(item, lines, mark) for item in line]
    return UNKNOWN if line in gone else mark


def _is_list_of_lines(tree: Tree) -> TypeGuard[list[Tree]]:
    return isinstance(tree, list) and any(isinstance(item, dict) for item in tree)


def iter_marked(tree: Tree, marks: TreeMarks, path: str = "") -> Iterator[tuple[str, int]]:
    """The path (``sites.0.nom``) and the mark of every value that says something."""
    if isinstance(tree, dict) and isinstance(marks, dict):
        for key, value in tree.items():
            yield from iter_marked(value, marks[key], f"{path}.{key}" if path else key)
    elif isinstance(tree, list) and isinstance(marks, list):
        for rank, (value, below) in enumerate(zip(tree, marks, strict=True)):
            yield from iter_marked(value, below, f"{path}.{rank}")
    elif tree and isinstance(marks, int):
        yield path, marks
