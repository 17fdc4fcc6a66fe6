"""The demonstration contract of a university hospital, built again after one edit of its sources.

What a contracting officer does between two versions: a value of the profile, a line more, less or
elsewhere, a word of a clause, a cell of a sheet, an entry of the outline.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from contract_builder.model.contract import Contract
from contract_builder.model.library import Library
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.mini_project import change_file

REPOSITORY = Path(__file__).parents[3]
PROFILE = Path("profiles") / "chu-demonstration.yaml"
_FOLDERS = ("clause_library", "fiches", "profiles")

ProfileData = dict[str, Any]
ProfileEdit = Callable[[ProfileData], None]


@dataclass(frozen=True, slots=True)
class TextEdit:
    """One passage of a file of the library, and what replaces it."""

    file: str
    old: str
    new: str


class Workbench:
    """A copy of the project's sources; each edit is undone after the contract was built."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        for name in _FOLDERS:
            shutil.copytree(REPOSITORY / name, folder / name)
        with Project(folder) as project:
            self._library = project.get_library()
        self._profile = _without_links((folder / PROFILE).read_text(encoding="utf-8"))
        (folder / PROFILE).write_text(self._profile, encoding="utf-8")
        self.contract = self._build(self._library)

    def with_profile(self, edit: ProfileEdit) -> Contract:
        """The contract after an edit of the profile."""
        data = yaml.load(self._profile, Loader=yaml.BaseLoader)  # noqa: S506 – makes texts alone
        edit(data)
        try:
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style='"')
            (self._root / PROFILE).write_text(text, encoding="utf-8")
            return self._build(self._library)
        finally:
            (self._root / PROFILE).write_text(self._profile, encoding="utf-8")

    def with_library(self, edits: Sequence[TextEdit]) -> Contract:
        """The contract after one edit of the library, which may take several passages."""
        before = {edit.file: (self._root / edit.file).read_bytes() for edit in edits}
        try:
            for edit in edits:
                change_file(self._root / edit.file, edit.old, edit.new)
            return self._build(None)
        finally:
            for file, data in before.items():
                (self._root / file).write_bytes(data)

    def _build(self, library: Library | None) -> Contract:
        with Project(self._root, library=library) as project:
            prepared = prepare(project, self._root / PROFILE)
        assert prepared.assembly is not None, prepared.problems
        return prepared.assembly.contract


def _without_links(profile: str) -> str:
    """The profile with a fixed number of originals, whose credits name no mission or sheet.

    So a party, a mission or a sheet may come or go alone.
    """
    data = yaml.load(profile, Loader=yaml.BaseLoader)  # noqa: S506 – makes texts alone
    data["contrat"]["exemplaires"] = "3"
    for line in data["financements"]:
        line.pop("mission", None)
        line.pop("fiche", None)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style='"')


def at(data: ProfileData, path: str) -> Any:
    """What stands at « sites.1.nom »."""
    found: Any = data
    for step in path.split("."):
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def put(path: str, value: Any) -> ProfileEdit:
    """Another value, or a first one."""

    def edit(data: ProfileData) -> None:
        parent, _, name = path.rpartition(".")
        holder = at(data, parent) if parent else data
        holder[int(name) if isinstance(holder, list) else name] = value

    return edit


def drop(path: str) -> ProfileEdit:
    """A line or a key less."""

    def edit(data: ProfileData) -> None:
        parent, _, name = path.rpartition(".")
        holder = at(data, parent) if parent else data
        del holder[int(name) if isinstance(holder, list) else name]

    return edit


def insert(path: str, value: ProfileData) -> ProfileEdit:
    """A line more, before the one that stands at the path (at the end when none does)."""

    def edit(data: ProfileData) -> None:
        parent, _, index = path.rpartition(".")
        at(data, parent).insert(int(index), value)

    return edit


def move(path: str, to: int) -> ProfileEdit:
    """A line elsewhere in its list."""

    def edit(data: ProfileData) -> None:
        parent, _, index = path.rpartition(".")
        lines = at(data, parent)
        lines.insert(to, lines.pop(int(index)))

    return edit
