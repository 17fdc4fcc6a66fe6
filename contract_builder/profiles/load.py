"""Profile files → one resolved ``Profile``: the region's layer, then the establishment's.

Precedence is written once, here: ``_region.yaml`` < the establishment's own file. Groups of keys
are merged, lists and single values are replaced, and a key left blank replaces nothing. Every value
keeps the place, hence the layer, that it came from.
"""

from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.model.profile import Profile
from contract_builder.reading.files import load_yaml
from contract_builder.reading.records import read_record
from contract_builder.reading.yaml_nodes import Entry, MappingNode, Node, Scalar

REGION_FILE = "_region.yaml"


def load_profile(path: Path, root: Path, problems: Problems) -> Profile | None:
    """The profile in ``path`` over the region's defaults beside it; problems are added.

    ``root`` is the project folder: names in messages are relative to it when ``path`` lies inside.
    None when a file is broken or a required value is missing.
    """
    layers: list[Node] = []
    region = path.parent / REGION_FILE
    for file in (region, path):
        if file == region and not region.is_file():
            continue
        node = load_yaml(file, display_name(file, root), problems)
        if node is None:
            return None
        layers.append(node)
    merged = layers[0]
    for layer in layers[1:]:
        merged = merge_layers(merged, layer)
    return read_record(Profile, merged, problems)


def iter_profile_paths(folder: Path) -> list[Path]:
    """The establishment profiles of a folder, in name order; shared layers start with « _ »."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("_"))


def display_name(path: Path, root: Path) -> str:
    """The path as messages show it: relative to the project folder when it lies inside."""
    resolved = path.resolve()
    base = root.resolve()
    if resolved.is_relative_to(base):
        return resolved.relative_to(base).as_posix()
    return str(path)


def merge_layers(lower: Node, upper: Node) -> Node:
    """``upper`` over ``lower``; the merged group stands where the upper one does."""
    if isinstance(upper, Scalar) and not upper.text:
        return lower
    if not isinstance(lower, MappingNode) or not isinstance(upper, MappingNode):
        return upper
    entries = dict(lower.entries)
    for key, entry in upper.entries.items():
        below = entries.get(key)
        entries[key] = (
            entry
            if below is None
            else Entry(entry.key_place, merge_layers(below.value, entry.value))
        )
    return MappingNode(entries, upper.place)
