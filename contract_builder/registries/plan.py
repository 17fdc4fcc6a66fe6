"""Rows of registries → what would change in the profiles of a folder, value by value.

Nothing is written here. Officers' files are never touched: an import writes the imported layer of
each legal entity, and a short profile for an establishment met for the first time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from contract_builder.diagnostics import Problems, has_errors, import_problems
from contract_builder.model.library import Library
from contract_builder.profiles.layers import SET_ASIDE
from contract_builder.profiles.load import display_name
from contract_builder.reading.bounded import read_bounded
from contract_builder.reading.tree import Tree, get_text, iter_leaves
from contract_builder.registries.content.authorisations import AuthorisationGatherer
from contract_builder.registries.content.capacities import CapacityGatherer
from contract_builder.registries.content.context import (
    Gatherer,
    ImportContext,
    ImportOptions,
    NewContract,
)
from contract_builder.registries.content.funding import FundingGatherer
from contract_builder.registries.content.identity import FinessGatherer
from contract_builder.registries.content.targets import TargetGatherer
from contract_builder.registries.folder import KnownEntity, ProfilesFolder, load_folder
from contract_builder.registries.formats import ImportKind, read_registry
from contract_builder.registries.layer import ImportLayer, Origin, render_layer
from contract_builder.registries.new_profile import render_new_profile
from contract_builder.registries.rows import RegistryRow
from contract_builder.source import whole_file

ProposedKind = Literal["ajout", "modification", "retrait"]

_GATHERERS: Mapping[ImportKind, Callable[[ImportContext], Gatherer]] = {
    "finess": FinessGatherer,
    "arhgos": AuthorisationGatherer,
    "hapi": FundingGatherer,
    "sae": CapacityGatherer,
    "targets": TargetGatherer,
}
_LINE = re.compile(r"(\w+)\[([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value that changes. ``hidden``: the establishment's own profile says otherwise and wins.

    ``old`` is empty for an addition, ``new`` for a removal; ``origin`` is that of the new value, or
    of the old one for a removal.
    """

    kind: ProposedKind
    path: str
    old: str
    new: str
    origin: Origin | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A file to write whole; ``digest`` is that of the file it replaces, None when it is new."""

    path: Path
    text: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class EntityChange:
    """What changes for one legal entity; ``changes`` is empty when only origins are refreshed."""

    finess: str
    name: str
    is_new: bool
    changes: tuple[ValueChange, ...]
    writes: tuple[FileWrite, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """An import that has been read but not applied. Entities without any change are left out.

    With an error among ``problems``, nothing may be applied and ``entities`` is empty.
    """

    kind: ImportKind
    entities: tuple[EntityChange, ...]
    problems: Problems

    @property
    def writes(self) -> tuple[FileWrite, ...]:
        """Every file to write, in order."""
        return tuple(write for entity in self.entities for write in entity.writes)


def plan_files(
    kind: ImportKind,
    files: Sequence[Path],
    profiles: Path,
    root: Path,
    options: ImportOptions,
    earlier: Sequence[ImportPlan] = (),
) -> ImportPlan:
    """What importing ``files`` would change in the folder ``profiles``.

    ``root`` is the project folder, for names in messages. ``earlier`` are plans of the same import
    that are to be applied before this one: what they write counts as written.
    """
    problems: Problems = []
    planned = {item.path: item.text for plan in earlier for item in plan.writes}
    folder = load_folder(profiles, root, problems, planned)
    rows = read_registry(kind, files, root, problems)
    return plan_import(kind, rows, folder, options, problems)


def plan_import(
    kind: ImportKind,
    rows: Iterable[RegistryRow],
    profiles: ProfilesFolder,
    options: ImportOptions,
    problems: Problems,
) -> ImportPlan:
    """What ``rows`` would change; ``problems`` receives those of reading and of meaning."""
    context = ImportContext(options, profiles, problems)
    gatherer = _GATHERERS[kind](context)
    first: RegistryRow | None = None
    for row in rows:
        first = first or row
        gatherer.add(row)
    concerned = gatherer.entities()
    entities = [
        change
        for finess in concerned
        if (change := _plan_entity(finess, gatherer, context)) is not None
    ]
    gatherer.finish()
    absent = set(profiles.entities) - set(concerned)
    absent = {finess for finess in absent if profiles.entities[finess].layer.values}
    if first is not None and absent and kind != "targets":
        place = whole_file(first.file.name)
        problems.append(import_problems.etablissements_absents(place, len(absent)))
    return ImportPlan(kind, () if has_errors(problems) else tuple(entities), problems)


def choose_new_contract(library: Library, campaign: str = "") -> NewContract | None:
    """What new profiles say of their contract: the given campaign, else the latest of a hospital.

    The date of effect is the first day of the campaign, to be confirmed by an officer.
    """
    campaigns = [
        item
        for item in library.campaigns.values()
        if item.id == campaign or (not campaign and item.type == "etablissement")
    ]
    if not campaigns:
        return None
    latest = max(campaigns, key=lambda item: (item.date_effet_du, item.id))
    return NewContract(latest.type, latest.id, latest.date_effet_du)


def _plan_entity(finess: str, gatherer: Gatherer, context: ImportContext) -> EntityChange | None:
    """The change of one entity; None when its layer stays the same to the letter."""
    profiles = context.profiles
    known = profiles.entities.get(finess)
    contract = context.options.new_contract
    if known is None and contract is None:
        return None
    before = profiles.layer_of(finess, context.problems)
    after = gatherer.update(finess, before)
    writes: list[FileWrite] = []
    layer_path = profiles.layer_path(finess)
    layer_write = _file_write(profiles, layer_path, render_layer(after, finess))
    says_nothing = not after.values and profiles.content_of(layer_path) is None
    if layer_write is not None and not says_nothing:
        writes.append(layer_write)
    if known is None and contract is not None:
        path = profiles.path / f"{finess}.yaml"
        if path.exists():
            place = whole_file(display_name(path, profiles.root))
            context.problems.append(import_problems.profil_existant(place, finess))
            return None
        writes.append(FileWrite(path, render_new_profile(finess, after, contract), None))
    if not writes:
        return None
    name = get_text(after.values, "etablissement", "raison_sociale") or _own_name(known)
    changes = tuple(iter_changes(before, after, known.own if known else ()))
    return EntityChange(finess, name, known is None, changes, tuple(writes))


def iter_changes(
    before: ImportLayer, after: ImportLayer, own: Sequence[Mapping[str, Tree]]
) -> Iterator[ValueChange]:
    """Each value that differs, in the order of the layer, removals last.

    ``own`` holds what the establishment's profiles say: a value that all of them set is hidden.
    """
    old = dict(iter_leaves(before.values))
    new = dict(iter_leaves(after.values))
    leaves = [{path for path, _ in iter_leaves(tree)} for tree in own]

    def is_hidden(path: str) -> bool:
        return bool(own) and all(
            path in known or _is_set_aside(path, tree)
            for known, tree in zip(leaves, own, strict=True)
        )

    for path, text in new.items():
        if path not in old:
            yield ValueChange("ajout", path, "", text, after.origin_of(path), is_hidden(path))
        elif old[path] != text:
            origin = after.origin_of(path)
            yield ValueChange("modification", path, old[path], text, origin, is_hidden(path))
    for path, text in old.items():
        if path not in new:
            origin = before.origin_of(path)
            yield ValueChange("retrait", path, text, "", origin, is_hidden(path))


def _is_set_aside(path: str, tree: Mapping[str, Tree]) -> bool:
    match = _LINE.match(path)
    aside = tree.get(SET_ASIDE)
    if match is None or not isinstance(aside, dict):
        return False
    unwanted = aside.get(match.group(1))
    keys = unwanted if isinstance(unwanted, list) else [unwanted]
    return match.group(2) in keys or "tous" in keys


def _own_name(known: KnownEntity | None) -> str:
    names = (
        (get_text(tree, "etablissement", "raison_sociale") for tree in known.own) if known else ()
    )
    return next((name for name in names if name), "")


def _file_write(profiles: ProfilesFolder, path: Path, text: str) -> FileWrite | None:
    """The write that makes the file say ``text``; None when it does, or will, already."""
    if profiles.content_of(path) == text.encode():
        return None
    digest = sha256(read_bounded(path)).hexdigest() if path.is_file() else None
    return FileWrite(path, text, digest)
