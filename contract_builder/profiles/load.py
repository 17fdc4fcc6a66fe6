"""Profile files → one resolved ``Profile``: region, group, registries, establishment.

Precedence is written once, here: ``_region.yaml`` < ``_groupes/<groupe>.yaml`` <
``_imports/<FINESS EJ>.yaml`` < the establishment's own file, where negotiated targets stand;
``layers`` says how each goes over the one below. Every value keeps the place, hence the layer, that
it came from.
"""

from collections.abc import Iterator
from pathlib import Path

from contract_builder.diagnostics import Problems, profile_problems
from contract_builder.files.listing import list_folder
from contract_builder.files.paths import is_there, real_path
from contract_builder.model.profile import Profile
from contract_builder.profiles.layers import (
    find_contract_code,
    find_finess,
    imported_layer_path,
    merge_imported,
    merge_layers,
)
from contract_builder.reading.files import load_yaml
from contract_builder.reading.records import read_record_to_check
from contract_builder.reading.remembered import YamlLoader
from contract_builder.reading.yaml_nodes import MappingNode, Node, Scalar, Sequence

REGION_FILE = "_region.yaml"
GROUPS_FOLDER = "_groupes"
_JOINED = "annexes_jointes"


def load_profile(
    path: Path, root: Path, problems: Problems, load: YamlLoader = load_yaml
) -> Profile | None:
    """The profile in ``path`` over its imported layer, its group's and its region's.

    ``root`` is the project folder: names in messages are relative to it when ``path`` lies inside.
    None when a file is broken or a whole group of keys is missing; problems are added. With an
    error among them, the profile has stand-ins and serves only to be checked further. ``load``
    reads each file: one that remembers spares the layers that many profiles share.
    """
    own = load(path, display_name(path, root), problems)
    return None if own is None else resolve_profile(own, path, root, problems, load)


def resolve_profile(
    own: Node, path: Path, root: Path, problems: Problems, load: YamlLoader = load_yaml
) -> Profile | None:
    """The profile that ``own`` makes with the layers that lie beside ``path``, written or not."""
    group = find_group(own)
    if group is not None and not is_there(group_layer_path(path.parent, group.text)):
        known = tuple(file.stem for file in sorted((path.parent / GROUPS_FOLDER).glob("*.yaml")))
        problems.append(profile_problems.groupe_inconnu(group.place, group.text, known))
    layers = [
        load(file, display_name(file, root), problems) if file else MappingNode({}, own.place)
        for file in find_lower_layers(path, own)
    ]
    region, shared, imported = layers
    if region is None or shared is None or imported is None:
        return None
    merged = merge_layers(merge_layers(region, shared), merge_imported(imported, own, problems))
    return read_record_to_check(Profile, merged, problems)


def find_lower_layers(path: Path, own: Node) -> tuple[Path | None, Path | None, Path | None]:
    """The files under the profile ``path``: region, group, imported; None for each one absent.

    ``own`` is what the profile's file holds. All that a profile is made of stands in these files.
    """
    group = find_group(own)
    files = (
        path.parent / REGION_FILE,
        group_layer_path(path.parent, group.text) if group is not None else None,
        imported_layer_path(path.parent, find_finess(own)),
    )
    region, shared, imported = (file if file and is_there(file) else None for file in files)
    return region, shared, imported


def find_group(own: Node) -> Scalar | None:
    """The group (a GHT, a private group…) that a profile says it belongs to; None without one."""
    entry = own.entries.get("groupe") if isinstance(own, MappingNode) else None
    value = entry.value if entry is not None else None
    return value if isinstance(value, Scalar) and value.text else None


def group_layer_path(folder: Path, group: str) -> Path:
    """Where the layer that the establishments of a group share lies."""
    return folder / GROUPS_FOLDER / f"{group}.yaml"


def find_layer_files(
    path: Path, root: Path, load: YamlLoader = load_yaml
) -> tuple[tuple[Path, ...], Scalar | None, str]:
    """Every file that the profile ``path`` is made from, its own last; absent layers left out.

    The files that it joins come first. Then what the profile itself writes: the contract code, None
    when there is none, and the FINESS number of the legal entity, empty when there is none. A quick
    look, without checks: the registries' layer is not read; those of the region and the group are,
    since they may join files, and a ``load`` that remembers spares them for the next profile.
    """
    own = load(path, display_name(path, root), [])
    if own is None:
        return (path,), None, ""
    lower = find_lower_layers(path, own)
    region, group, _ = lower
    nodes = [own]
    for file in (region, group):
        if file is not None:
            node = load(file, display_name(file, root), [])
            nodes += [] if node is None else [node]
    joined = [path.parent / name for node in nodes for name in _iter_joined_names(node)]
    layers = (file for file in lower if file is not None)
    return (*joined, *layers, path), find_contract_code(own), find_finess(own)


def _iter_joined_names(node: Node) -> Iterator[str]:
    """The files that a layer joins, as it writes them."""
    entry = node.entries.get(_JOINED) if isinstance(node, MappingNode) else None
    value = entry.value if entry is not None else None
    for item in value.items if isinstance(value, Sequence) else (value,):
        name = item.entries.get("fichier") if isinstance(item, MappingNode) else None
        if name is not None and isinstance(name.value, Scalar) and name.value.text:
            yield name.value.text


def iter_profile_paths(folder: Path) -> list[Path]:
    """The establishment profiles of a folder, in name order; shared layers start with « _ »."""
    return [
        path
        for path in list_folder(folder)
        if path.suffix == ".yaml" and not path.name.startswith("_")
    ]


def iter_unread_files(folder: Path) -> list[Path]:
    """Files that look like profiles and are none, by their extension: « .yml », « .yaml.txt »."""
    extensions = (".yml", ".yaml.txt", ".yml.txt")
    return [path for path in list_folder(folder) if path.name.lower().endswith(extensions)]


def display_name(path: Path, root: Path) -> str:
    """The path as messages show it: relative to the project folder when it lies inside."""
    resolved = real_path(path)
    base = real_path(root)
    if resolved.is_relative_to(base):
        return resolved.relative_to(base).as_posix()
    return str(path)
