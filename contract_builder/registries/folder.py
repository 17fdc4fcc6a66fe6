"""The profiles of a folder as an import sees them: what officers wrote, what came before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.files.paths import is_there
from contract_builder.profiles.layers import IMPORTS_FOLDER, find_finess, imported_layer_path
from contract_builder.profiles.load import display_name, iter_profile_paths
from contract_builder.reading.bounded import read_bounded
from contract_builder.reading.files import load_yaml
from contract_builder.reading.remembered import YamlLoader
from contract_builder.reading.tree import Tree, get_lines, get_text, group_of_node
from contract_builder.reading.written_values import compact_finess
from contract_builder.reading.yaml_nodes import Node, parse_yaml
from contract_builder.registries.layer import ImportLayer, parse_layer
from contract_builder.source import SourceFile


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
    """The entities of a folder by FINESS number, and which entity each site belongs to.

    ``planned`` holds the files that earlier plans of the same import will write: they count as
    written.
    """

    path: Path
    root: Path
    entities: Mapping[str, KnownEntity]
    holders: Mapping[str, str]
    planned: Mapping[Path, str] = field(default_factory=dict)

    def content_of(self, path: Path) -> bytes | None:
        """What a file will hold when the plans before this one are applied; None without it."""
        if path in self.planned:
            return self.planned[path].encode()
        return read_bounded(path) if path.is_file() else None

    def layer_path(self, finess: str) -> Path:
        """The file of an entity's imported layer."""
        found = imported_layer_path(self.path, finess)
        if found is None:
            raise ValueError(finess)
        return found

    def layer_of(self, finess: str, problems: Problems) -> ImportLayer:
        """What was imported for an entity before, profile or not."""
        known = self.entities.get(finess)
        if known:
            return known.layer
        return _load_layer(self.layer_path(finess), self.root, problems, self.planned)


def load_folder(
    path: Path, root: Path, problems: Problems, planned: Mapping[Path, str] | None = None
) -> ProfilesFolder:
    """The profiles in ``path`` (none when it does not exist yet); broken files are problems.

    ``planned``: as in ``ProfilesFolder``.
    """
    texts = planned or {}
    grouped: dict[str, list[tuple[Path, dict[str, Tree]]]] = {}
    for file in sorted({*iter_profile_paths(path), *_planned_profiles(path, texts)}):
        node = _load(file, root, problems, texts)
        finess = find_finess(node) if node is not None else ""
        layer_path = imported_layer_path(path, finess)
        if layer_path is not None:
            grouped.setdefault(finess, []).append((file, group_of_node(node)))
    entities = {
        finess: KnownEntity(
            finess,
            tuple(file for file, _ in files),
            tuple(tree for _, tree in files),
            _load_layer(path / IMPORTS_FOLDER / f"{finess}.yaml", root, problems, texts),
        )
        for finess, files in grouped.items()
    }
    holders = {site: item.finess for item in entities.values() for site in item.sites}
    return ProfilesFolder(path, root, entities, holders, texts)


def load_imported_layer(
    profiles: Path, finess: str, root: Path, load: YamlLoader = load_yaml
) -> ImportLayer:
    """The imported layer of one legal entity in a folder of profiles; empty without one."""
    path = imported_layer_path(profiles, finess)
    if path is None or not is_there(path):
        return ImportLayer()
    return parse_layer(group_of_node(load(path, display_name(path, root), [])))


def _planned_profiles(folder: Path, planned: Mapping[Path, str]) -> Iterator[Path]:
    """The profiles of a folder that an earlier plan makes: all but the layers."""
    return (path for path in planned if path.parent == folder)


def _load_layer(
    path: Path, root: Path, problems: Problems, planned: Mapping[Path, str]
) -> ImportLayer:
    if path not in planned and not is_there(path):
        return ImportLayer()
    return parse_layer(group_of_node(_load(path, root, problems, planned)))


def _load(path: Path, root: Path, problems: Problems, planned: Mapping[Path, str]) -> Node | None:
    name = display_name(path, root)
    if path not in planned:
        return load_yaml(path, name, problems)
    return parse_yaml(SourceFile.of_text(name, planned[path]), problems)
