"""Profile files → one resolved ``Profile``: region, then registries, then establishment.

Precedence is written once, here: ``_region.yaml`` < ``_imports/<FINESS EJ>.yaml`` < the
establishment's own file; ``layers`` says how each goes over the one below. Every value keeps the
place, hence the layer, that it came from.
"""

from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.model.profile import Profile
from contract_builder.profiles.layers import (
    find_finess,
    imported_layer_path,
    merge_imported,
    merge_layers,
)
from contract_builder.reading.files import load_yaml
from contract_builder.reading.records import read_record_to_check
from contract_builder.reading.yaml_nodes import MappingNode, Node

REGION_FILE = "_region.yaml"


def load_profile(path: Path, root: Path, problems: Problems) -> Profile | None:
    """The profile in ``path`` over its imported layer and the region's defaults beside it.

    ``root`` is the project folder: names in messages are relative to it when ``path`` lies inside.
    None when a file is broken or a whole group of keys is missing; problems are added. With an
    error among them, the profile has stand-ins and serves only to be checked further.
    """
    own = load_yaml(path, display_name(path, root), problems)
    if own is None:
        return None
    lower = [
        load_yaml(file, display_name(file, root), problems) if file else MappingNode({}, own.place)
        for file in find_lower_layers(path, own)
    ]
    region, imported = lower
    if region is None or imported is None:
        return None
    merged = merge_layers(region, merge_imported(imported, own, problems))
    return read_record_to_check(Profile, merged, problems)


def find_lower_layers(path: Path, own: Node) -> tuple[Path | None, Path | None]:
    """The files under the profile ``path``: the region's and the imported one; None when absent.

    ``own`` is what the profile's file holds. All that a profile is made of stands in these files.
    """
    region = path.parent / REGION_FILE
    imported = imported_layer_path(path.parent, find_finess(own))
    return (
        region if region.is_file() else None,
        imported if imported is not None and imported.is_file() else None,
    )


def layer_files(path: Path) -> tuple[Path, ...]:
    """Every file that the profile ``path`` is made from, its own last; absent layers left out."""
    own = load_yaml(path, path.name, [])
    lower = find_lower_layers(path, own) if own is not None else ()
    return (*(file for file in lower if file is not None), path)


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
