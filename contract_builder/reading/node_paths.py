"""Where each value of a file stands, by its path: for messages that are shown beside a field."""

from collections.abc import Iterator, Mapping

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


def index_paths(node: Node) -> dict[tuple[int, int], str]:
    """Line and column → path; of those that start at one place, the innermost."""
    return {(place.line, place.column): path for path, place in iter_node_places(node)}


def path_at(paths: Mapping[tuple[int, int], str], place: Place) -> str:
    """The path of what stands at a place, or last before it; empty before the first."""
    before = [at for at in paths if at <= (place.line, place.column)]
    return paths[max(before)] if before else ""
