"""What every request shares: the project, and the states of its profiles.

One per process, made by ``serving`` before the first request and given to each of them.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from contract_builder.errors import UserError
from contract_builder.services.project import Project
from contract_builder.services.surveying import (
    ProfileStamp,
    ProfileState,
    stamp_profile,
    survey_profile,
)


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: ProfileStamp
    library: object
    state: ProfileState


class StateBook:
    """The last known state of each profile; a thread of its own keeps it up to date.

    A page takes what is known and says how many are still being read: it never reads them all.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, _Known] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()

    def known(self) -> Mapping[str, ProfileState]:
        """The states that were read, by the profile's name."""
        with self._lock:
            return {name: known.state for name, known in self._known.items()}

    def get(self, name: str) -> ProfileState:
        """The state of one profile as its files say now; LookupError without such a profile."""
        for path in self._project.profile_paths():
            if path.stem == name:
                return self._read(path.stem)
        raise LookupError(name)

    def start(self) -> None:
        """Begins to read, in a thread that ends with the process."""
        threading.Thread(target=self._run, name="etats", daemon=True).start()

    def refresh(self) -> None:
        """Asks for another look at the files, now."""
        self._wake.set()

    def _run(self) -> None:
        while True:
            # What refuses now (a folder that is being written, a library with an error) is told
            # by the pages, which read it too; the thread looks again.
            with suppress(UserError, OSError):
                self._read_all()
            self._wake.wait(_PAUSE)
            self._wake.clear()

    def _read_all(self) -> None:
        names = [path.stem for path in self._project.profile_paths()]
        for name in names:
            self._read(name)
        with self._lock:
            for name in set(self._known) - set(names):
                del self._known[name]

    def _read(self, name: str) -> ProfileState:
        path = self._project.profiles_folder / f"{name}.yaml"
        self._project.refresh()
        library, _ = self._project.open_library()
        stamp = stamp_profile(self._project, path)
        with self._lock:
            known = self._known.get(name)
        if known is None or known.stamp != stamp or known.library is not library:
            known = _Known(stamp, library, survey_profile(self._project, path))
            with self._lock:
                self._known[name] = known
        return known.state


_PAUSE = 20.0
"""Seconds between two looks at the files, when nobody asks for one."""


class Hall:
    """The project, the states of its profiles, and who acts, for the journal."""

    def __init__(self, project: Project, states: StateBook, actor: str = "") -> None:
        self.project = project
        self.states = states
        self.actor = actor

    def acting_as(self, actor: str) -> "Hall":
        """The same project and states, for one request of ``actor``."""
        return Hall(self.project, self.states, actor)

    @staticmethod
    def now() -> datetime:
        """The time of a request."""
        return datetime.now(UTC)
