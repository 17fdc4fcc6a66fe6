"""Where each value of a file stands, by its path: for messages that are shown beside a field."""

from collections.abc import Iterator

from contract_builder.reading.yaml_nodes import MappingNode, Node, Sequence
from contract_builder.source import Place


def iter_node_places(node: Node, path: str = "") -> Iterator[tuple[str, Place]]:
    """The path and the place of every key and value, outer ones first: ``sites.0.nom``.

    Items of lists are counted from 0. A key and its value bear the same path.
    """
    if path:
        yield path, node.place
    if isinstance(node, Sequence):
        for rank, item in enumerate(node.items):
            yield from iter_node_places(item, f"{path}.{rank}" if path else str(rank))
    elif isinstance(node, MappingNode):
        for key, entry in node.entries.items():
            below = f"{path}.{key}" if path else key
            yield below, entry.key_place
            yield from iter_node_places(entry.value, below)
