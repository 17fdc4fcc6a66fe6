"""Trees → YAML text that people read: small groups on one line, quotation marks only where needed.

Files that the tool owns are written whole; those that people keep are changed in place
(``yaml_patch``).
"""

import re
from collections.abc import Iterator, Mapping

from contract_builder.reading.tree import Tree
from contract_builder.reading.yaml_quoting import quote

_WIDTH = 100
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def render_yaml(tree: Mapping[str, Tree]) -> str:
    """The YAML text of a mapping, in its own order, ending with a line feed."""
    return "".join(f"{line}\n" for line in group_lines(tree, ""))


def group_lines(tree: Mapping[str, Tree], indent: str) -> Iterator[str]:
    """The lines of a mapping in a block, each after ``indent``."""
    for key, value in tree.items():
        name = quote(key)
        if isinstance(value, str) and reads_as_block(value):
            yield f"{indent}{name}: |"
            yield from (f"{indent}  {line}" if line else "" for line in value[:-1].split("\n"))
            continue
        if isinstance(value, str):
            yield f"{indent}{name}: {quote(value)}" if value else f"{indent}{name}:"
            continue
        flow = flow_text(value)
        fits = len(indent) + len(name) + len(flow) + 2 <= _WIDTH
        if not value or (indent and fits and _is_flat(value)):
            yield f"{indent}{name}: {flow}"
        elif isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from group_lines(value, f"{indent}  ")
        else:
            yield f"{indent}{name}:"
            for item in value:
                yield from item_lines(item, f"{indent}  ")


def item_lines(item: Tree, indent: str) -> Iterator[str]:
    """The lines of one item of a list in a block, its dash after ``indent``."""
    flow = flow_text(item)
    has_blocks = isinstance(item, dict) and any(
        isinstance(part, str) and reads_as_block(part) for part in item.values()
    )
    fits = _is_flat(item) and len(indent) + len(flow) + 2 <= _WIDTH
    if not isinstance(item, dict) or (fits and not has_blocks):
        yield f"{indent}- {flow}"
        return
    for rank, line in enumerate(group_lines(item, f"{indent}  ")):
        yield f"{indent}- {line[len(indent) + 2 :]}" if rank == 0 else line


def reads_as_block(text: str) -> bool:
    """True for lines that a YAML block « | » gives back as they are."""
    lines = text.split("\n")
    return (
        text.endswith("\n")
        and len(lines) > 1
        and bool(lines[0].strip())
        and not text.endswith("\n\n")
        and not lines[0].startswith((" ", "\t"))
        and not _UNWRITABLE.search(text)
        and not any(line != line.rstrip() for line in lines)
    )


def _is_flat(value: Tree) -> bool:
    """True for a group or list of scalars alone, or of one more level of small groups."""
    if isinstance(value, str):
        return True
    parts = value.values() if isinstance(value, dict) else value
    return all(isinstance(part, str) or _has_only_texts(part) for part in parts)


def _has_only_texts(value: list[Tree] | dict[str, Tree]) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return all(isinstance(part, str) for part in parts)


def flow_text(value: Tree) -> str:
    """The value on one line, between brackets or braces."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{quote(key)}: {flow_text(part)}" for key, part in value.items()) + "}"
        )
    return "[" + ", ".join(flow_text(part) for part in value) + "]"
