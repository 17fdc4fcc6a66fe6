"""The profiles of a folder as an import sees them: what officers wrote, what came before."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.profiles.layers import IMPORTS_FOLDER, find_finess, imported_layer_path
from contract_builder.profiles.load import display_name, iter_profile_paths
from contract_builder.reading.files import load_yaml
from contract_builder.reading.tree import Tree, get_lines, get_text, group_of_node
from contract_builder.reading.written_values import compact_finess
from contract_builder.registries.layer import ImportLayer, parse_layer


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """A legal entity that has at least one profile; ``own`` is what each of its files says."""

    finess: str
    files: tuple[Path, ...]
    own: tuple[Mapping[str, Tree], ...]
    layer: ImportLayer

    @property
    def sites(self) -> frozenset[str]:
        """The FINESS numbers of its sites, imported or written by hand."""
        trees = (self.layer.values, *self.own)
        lines = (line for tree in trees for line in get_lines(tree, "sites"))
        return frozenset(compact_finess(get_text(line, "finess_et")) for line in lines)


@dataclass(frozen=True, slots=True)
class ProfilesFolder:
    """The entities of a folder by FINESS number, and which entity each site belongs to."""

    path: Path
    root: Path
    entities: Mapping[str, KnownEntity]
    holders: Mapping[str, str]

    def layer_path(self, finess: str) -> Path:
        """The file of an entity's imported layer."""
        found = imported_layer_path(self.path, finess)
        if found is None:
            raise ValueError(finess)
        return found

    def layer_of(self, finess: str, problems: Problems) -> ImportLayer:
        """What was imported for an entity before, profile or not."""
        known = self.entities.get(finess)
        return known.layer if known else _load_layer(self.layer_path(finess), self.root, problems)


def load_folder(path: Path, root: Path, problems: Problems) -> ProfilesFolder:
    """The profiles in ``path`` (none when it does not exist yet); broken files are problems."""
    grouped: dict[str, list[tuple[Path, dict[str, Tree]]]] = {}
    for file in iter_profile_paths(path):
        node = load_yaml(file, display_name(file, root), problems)
        finess = find_finess(node) if node is not None else ""
        layer_path = imported_layer_path(path, finess)
        if layer_path is not None:
            grouped.setdefault(finess, []).append((file, group_of_node(node)))
    entities = {
        finess: KnownEntity(
            finess,
            tuple(file for file, _ in files),
            tuple(tree for _, tree in files),
            _load_layer(path / IMPORTS_FOLDER / f"{finess}.yaml", root, problems),
        )
        for finess, files in grouped.items()
    }
    holders = {site: item.finess for item in entities.values() for site in item.sites}
    return ProfilesFolder(path, root, entities, holders)


def load_imported_layer(profiles: Path, finess: str, root: Path) -> ImportLayer:
    """The imported layer of one legal entity in a folder of profiles; empty without one."""
    path = imported_layer_path(profiles, finess)
    return _load_layer(path, root, []) if path is not None else ImportLayer()


def _load_layer(path: Path, root: Path, problems: Problems) -> ImportLayer:
    if not path.is_file():
        return ImportLayer()
    return parse_layer(group_of_node(load_yaml(path, display_name(path, root), problems)))
