"""Each value of a file by its path and its place."""

from contract_builder.reading.node_paths import iter_node_places
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.source import SourceFile


def test_keys_and_values_are_told_with_their_places():
    node = parse_yaml(SourceFile.of_text("a.yaml", "a:\n  - {b: c}\n"), [])
    found = [(path, place.line, place.column) for path, place in iter_node_places(node)]
    assert found == [
        ("a", 1, 1),
        ("a", 2, 3),
        ("a.0", 2, 5),
        ("a.0.b", 2, 6),
        ("a.0.b", 2, 9),
    ]
