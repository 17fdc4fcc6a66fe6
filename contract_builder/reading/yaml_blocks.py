"""The tree of a YAML file read block by block: for many states of one file that differ little.

Two successive states of a profile differ in one of its values: only the keys of the first level,
and in a list the lines, whose text was not met before are parsed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from contract_builder.diagnostics import Problems, has_errors
from contract_builder.reading.tree import Tree, tree_of_node
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.source import SourceFile

_KEY = re.compile(r"^(?=[A-Za-z_])", re.MULTILINE)
"""Where a key of the first level begins. Inside a quoted text or brackets it may be none: the block
then ends before they are closed, cannot be parsed, and a larger one is read. So is it of lines."""
_LIST = re.compile(r"(\w+):(?:[ \t]+(?:#.*)?)?\n(?:[ \t]*(?:#.*)?\n)*(?=( *)- )", re.ASCII)
"""A key with nothing but its list, and how far the lines of that are indented."""


@dataclass(frozen=True, slots=True)
class ReadBlocks:
    """What each block of a text says, by the text of the block: its keys, in order; its lines."""

    keys: Mapping[str, Mapping[str, Tree]] = field(default_factory=dict)
    lines: Mapping[str, Tree] = field(default_factory=dict)

    def merge(self) -> dict[str, Tree]:
        """The tree of the whole file."""
        return {key: value for tree in self.keys.values() for key, value in tree.items()}


def read_blocks(text: str, known: ReadBlocks) -> ReadBlocks | None:
    """Every block of a file with what it says; None for a text that cannot be read.

    A block of ``known``, the state before, gives the very same objects.
    """
    keys: dict[str, Mapping[str, Tree]] = {}
    lines = dict(known.lines)
    names: set[str] = set()
    for block in filter(None, _KEY.split(text)):
        tree = known.keys[block] if block in known.keys else _read_key(block, lines)
        if not isinstance(tree, dict) or not names.isdisjoint(tree):
            whole = _parse(text)
            return ReadBlocks({text: whole}) if isinstance(whole, dict) else None
        names.update(tree)
        keys[block] = tree
    return ReadBlocks(keys, lines)


def _read_key(block: str, lines: dict[str, Tree]) -> Tree | None:
    head = _LIST.match(block)
    if head is None:
        return _parse(block)
    items: list[Tree] = []
    for text in re.split(f"^(?={head[2]}- )", block[head.end() :], flags=re.MULTILINE)[1:]:
        if text not in lines:
            item = _parse(text)
            if not isinstance(item, list) or len(item) != 1:
                return _parse(block)
            lines[text] = item[0]
        items.append(lines[text])
    return {head[1]: items}


def _parse(text: str) -> Tree | None:
    problems: Problems = []
    node = parse_yaml(SourceFile.of_text("", text), problems)
    return None if node is None or has_errors(problems) else tree_of_node(node)
