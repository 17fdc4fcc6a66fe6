"""Trees → YAML text that people read: small groups on one line, quotation marks only where needed.

Only for files that the tool owns: written whole, never patched.
"""

from collections.abc import Iterator, Mapping

from contract_builder.reading.tree import Tree
from contract_builder.reading.yaml_quoting import quote

_WIDTH = 100


def render_yaml(tree: Mapping[str, Tree]) -> str:
    """The YAML text of a mapping, in its own order, ending with a line feed."""
    return "".join(f"{line}\n" for line in _group_lines(tree, ""))


def _group_lines(tree: Mapping[str, Tree], indent: str) -> Iterator[str]:
    for key, value in tree.items():
        name = quote(key)
        if isinstance(value, str):
            yield f"{indent}{name}: {quote(value)}" if value else f"{indent}{name}:"
            continue
        flow = _flow(value)
        if indent and len(indent) + len(name) + len(flow) + 2 <= _WIDTH and _is_flat(value):
            yield f"{indent}{name}: {flow}"
        elif isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _group_lines(value, f"{indent}  ")
        else:
            yield f"{indent}{name}:"
            for item in value:
                yield from _item_lines(item, f"{indent}  ")


def _item_lines(item: Tree, indent: str) -> Iterator[str]:
    flow = _flow(item)
    if not isinstance(item, dict) or (_is_flat(item) and len(indent) + len(flow) + 2 <= _WIDTH):
        yield f"{indent}- {flow}"
        return
    for rank, line in enumerate(_group_lines(item, f"{indent}  ")):
        yield f"{indent}- {line[len(indent) + 2 :]}" if rank == 0 else line


def _is_flat(value: Tree) -> bool:
    """True for a group or list of scalars alone, or of one more level of small groups."""
    if isinstance(value, str):
        return True
    parts = value.values() if isinstance(value, dict) else value
    return all(isinstance(part, str) or _has_only_texts(part) for part in parts)


def _has_only_texts(value: list[Tree] | dict[str, Tree]) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return all(isinstance(part, str) for part in parts)


def _flow(value: Tree) -> str:
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quote(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(_flow(part) for part in value) + "]"
