"""Plain trees of texts: what the imported layer says, before it is YAML and after it is read.

A tree is a text, a list or a mapping; every scalar is the text that the YAML file holds. Paths name
the lines of lists by their key: ``sites[990000127].nom``.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from contract_builder.reading.line_keys import line_key
from contract_builder.reading.yaml_nodes import MappingNode, Node, Scalar
from contract_builder.reading.yaml_nodes import Sequence as SequenceNode

Tree = str | list["Tree"] | dict[str, "Tree"]
Value = str | int | bool | Decimal | date | None


def tree_of_node(node: Node) -> Tree:
    """The tree of a YAML node."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, SequenceNode):
        return [tree_of_node(item) for item in node.items]
    return {key: tree_of_node(entry.value) for key, entry in node.entries.items()}


def group_of_node(node: Node | None) -> dict[str, Tree]:
    """The tree of a mapping; empty when the node is none or another thing."""
    tree = tree_of_node(node) if isinstance(node, MappingNode) else {}
    return tree if isinstance(tree, dict) else {}


def scalar_text(value: Value) -> str:
    """The text of a value as YAML files hold it; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def make_group(values: Mapping[str, Value | Tree]) -> dict[str, Tree]:
    """A mapping without its blank values, in the order given."""
    group: dict[str, Tree] = {}
    for key, value in values.items():
        tree = value if isinstance(value, list | dict) else scalar_text(value)
        if tree not in ("", [], {}):
            group[key] = tree
    return group


def get_group(tree: Mapping[str, Tree], key: str) -> dict[str, Tree]:
    """The mapping under ``key``; empty when there is none."""
    found = tree.get(key)
    return found if isinstance(found, dict) else {}


def get_lines(tree: Mapping[str, Tree], key: str) -> list[dict[str, Tree]]:
    """The mappings of the list under ``key``; empty when there is none."""
    found = tree.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def get_text(tree: Mapping[str, Tree], *keys: str) -> str:
    """The text at the end of a path of keys; empty when there is none."""
    found: Tree | None = dict(tree)
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def iter_leaves(tree: Mapping[str, Tree], section: str = "") -> Iterator[tuple[str, str]]:
    """The path and the text of every scalar, in order."""
    for key, value in tree.items():
        path = f"{section}.{key}" if section else key
        if isinstance(value, dict):
            yield from iter_leaves(value, path)
        elif isinstance(value, list):
            yield from _iter_line_leaves(path, key, value)
        elif value:
            yield path, value


def line_paths(path: str, section: str, lines: Sequence[Mapping[str, Tree]]) -> list[str]:
    """The path of each line of a list: by its key, and by its rank when a key comes back."""
    seen: dict[str, int] = {}
    paths = []
    for rank, line in enumerate(lines, start=1):
        key = line_key(section, partial(get_text, line)) or f"n° {rank}"
        seen[key] = seen.get(key, 0) + 1
        paths.append(f"{path}[{key}]" if seen[key] == 1 else f"{path}[{key} n° {seen[key]}]")
    return paths


def _iter_line_leaves(path: str, section: str, lines: Sequence[Tree]) -> Iterator[tuple[str, str]]:
    groups = [line for line in lines if isinstance(line, dict)]
    for line_path, group in zip(line_paths(path, section, groups), groups, strict=True):
        yield from iter_leaves(group, line_path)
    texts = [line for line in lines if isinstance(line, str) and line]
    if texts:
        yield path, ", ".join(texts)
