"""Profiles prepared once for as long as none of their files changes: for a process that lives on.

Nothing is assumed: each use looks at the stamp of every file that the profile is made from.
"""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from contract_builder.diagnostics import Problems
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.profiles.load import find_layer_files
from contract_builder.reading.remembered import Stamp, stamp_of
from contract_builder.services.making import Prepared, prepare_profile
from contract_builder.services.project import Project

_MOST_KEPT = 48
"""Prepared profiles in memory, about a megabyte each: more than a team has open at once."""


@dataclass(frozen=True, slots=True)
class ProfileStamp:
    """Every file that a profile is made from, the library's aside: its layers, what it joins."""

    layers: tuple[tuple[Path, Stamp], ...]
    joined: tuple[tuple[Path, Stamp], ...]

    def is_current(self, project: Project, path: Path) -> bool:
        """True when the profile at ``path`` is still made from the same files, unchanged."""
        return self.layers == _stamp_layers(project, path) and all(
            stamp_of(file) == stamp for file, stamp in self.joined
        )


@dataclass(frozen=True, slots=True)
class Remembered:
    """A profile as it was prepared, from which files, with which library."""

    prepared: Prepared
    stamp: ProfileStamp
    library: Library

    def is_current(self, project: Project, path: Path) -> bool:
        """True when preparing it again would give the same."""
        return self.library is project.open_library()[0] and self.stamp.is_current(project, path)


class PreparedBook:
    """The profiles that were prepared last. May be shared by threads."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._kept: OrderedDict[Path, Remembered] = OrderedDict()
        self._at_work: dict[Path, Lock] = {}
        self._lock = Lock()

    def prepare(self, path: Path) -> Prepared:
        """What ``making.prepare`` gives, done again only when a file has changed."""
        return self.remember(path).prepared

    def remember(self, path: Path) -> Remembered:
        """The same, with what it was made from; two threads that ask at once wait for one."""
        with self._lock:
            at_work = self._at_work.setdefault(path, Lock())
        with at_work:
            with self._lock:
                known = self._kept.get(path)
            if known is None or not known.is_current(self._project, path):
                known = _prepare(self._project, path)
            with self._lock:
                self._kept[path] = known
                self._kept.move_to_end(path)
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return known


def _prepare(project: Project, path: Path) -> Remembered:
    """Stamps are taken before what they stand for is read: a change meanwhile is never missed."""
    library, _ = project.open_library()
    layers = _stamp_layers(project, path)
    problems: Problems = []
    profile = project.find_profile(path, problems)
    stamp = ProfileStamp(layers, _stamp_joined(profile, path))
    return Remembered(prepare_profile(project, profile, path.parent, problems), stamp, library)


def _stamp_layers(project: Project, path: Path) -> tuple[tuple[Path, Stamp], ...]:
    files, _, _ = find_layer_files(path, project.root, project.load_yaml)
    return tuple((file, stamp_of(file)) for file in files)


def _stamp_joined(profile: Profile | None, path: Path) -> tuple[tuple[Path, Stamp], ...]:
    annexes = () if profile is None else profile.annexes_jointes
    files = (path.parent / annex.fichier for annex in annexes)
    return tuple((file, stamp_of(file)) for file in files)
