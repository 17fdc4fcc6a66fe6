"""What every request shares: the project, and the states of its profiles.

One per process, made by ``serving`` before the first request and given to each of them.
"""

import gc
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from contract_builder.errors import UserError
from contract_builder.model.contract import ContractHeader
from contract_builder.services.agenda import AgendaMemory
from contract_builder.services.attributing import AuthorBook
from contract_builder.services.browsing import LibrarySearch
from contract_builder.services.holding import SignedHoldings
from contract_builder.services.noting import OrderedBy
from contract_builder.services.overseeing import RegionMemory
from contract_builder.services.postponing import PostponedTasks
from contract_builder.services.presenting import LibraryReview
from contract_builder.services.project import Project
from contract_builder.services.remembering import PreparedBook, ProfileStamp
from contract_builder.services.surveying import ProfileState, survey_profile


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: ProfileStamp
    library: object
    state: ProfileState


class StateBook:
    """The last known state of each profile; a thread of its own keeps it up to date.

    A page takes what is known and says how many are still being read: it never reads them all.
    """

    def __init__(self, project: Project, prepared: PreparedBook) -> None:
        self._project = project
        self._prepared = prepared
        self._known: dict[str, _Known] = {}
        self._asked: set[str] = set()
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
                return self._read(path)
        raise LookupError(name)

    def start(self) -> None:
        """Begins to read, in a thread that ends with the process."""
        threading.Thread(target=self._run, name="etats", daemon=True).start()

    def refresh(self, name: str) -> None:
        """Asks for another look at one profile, now."""
        with self._lock:
            self._asked.add(name)
        self._wake.set()

    def _run(self) -> None:
        is_first = True
        while True:
            # What refuses now (a folder that is being written, a library with an error) is told
            # by the pages, which read it too; the thread looks again.
            with suppress(UserError, OSError):
                self._read_all()
            if is_first:
                # The library and the states live on: walking them again and again for garbage
                # stopped every page for a second at a time.
                gc.freeze()
                is_first = False
            limit = time.monotonic() + _PAUSE
            while (rest := limit - time.monotonic()) > 0:
                self._wake.wait(rest)
                self._wake.clear()
                with suppress(UserError, OSError):
                    self._read_asked()

    def _read_asked(self) -> None:
        with self._lock:
            asked, self._asked = self._asked, set()
        for name in asked:
            with suppress(LookupError):
                self.get(name)

    def _read_all(self) -> None:
        self._project.refresh()
        paths = self._project.profile_paths()
        for path in paths:
            self._read(path)
        with self._lock:
            for name in set(self._known) - {path.stem for path in paths}:
                del self._known[name]

    def _read(self, path: Path) -> ProfileState:
        library, _ = self._project.open_library()
        with self._lock:
            known = self._known.get(path.stem)
        if (
            known is None
            or known.library is not library
            or not known.stamp.is_current(self._project, path)
        ):
            kept = self._prepared.remember(path)
            state = survey_profile(self._project, path, kept.prepared)
            known = _Known(kept.stamp, kept.library, state)
            with self._lock:
                self._known[path.stem] = known
        return known.state


_PAUSE = 20.0
"""Seconds between two looks at the files of all profiles."""


class Hall:
    """The project, its profiles as prepared last, their states, and who acts, for the journal.

    ``region`` is the follow-up of every contract, as seen last; ``search`` finds the texts of the
    library by their words, ``review`` what is wrong with them, ``holdings`` who signed them;
    ``postponed`` knows the tasks that wait, ``authors`` who typed the values of a profile.
    """

    def __init__(
        self, project: Project, prepared: PreparedBook, states: StateBook, actor: str = ""
    ) -> None:
        self.project = project
        self.prepared = prepared
        self.states = states
        self.region = RegionMemory(project)
        self.search = LibrarySearch(project)
        self.postponed = PostponedTasks(project)
        self.authors = AuthorBook(project)
        self.review = LibraryReview(project)
        self.holdings = SignedHoldings(project)
        self.actor = actor
        self._headers: dict[str, ContractHeader] = {}

    def acting_as(self, actor: str) -> "Hall":
        """The same hall, for one request of ``actor``."""
        acting = copy(self)
        acting.actor = actor
        return acting

    def by(self) -> OrderedBy:
        """Who acts, now, for the journal."""
        return OrderedBy(self.actor, self.now())

    def recall_contracts(self) -> AgendaMemory:
        """What is known of profiles and stored contracts, for their deadlines."""
        states = self.states.known().values()
        profiles = [state.profile for state in states if state.profile is not None]
        return AgendaMemory(profiles, self._headers)

    def start(self) -> None:
        """Begins to read profiles and follow-up, in threads that end with the process."""
        self.states.start()
        threading.Thread(target=self._watch_region, name="suivi", daemon=True).start()

    def _watch_region(self) -> None:
        """Has the follow-up of the region at hand before a page asks for it."""
        while True:
            # What refuses now is told by the page of the follow-up, which reads it too.
            with suppress(UserError, OSError):
                if self.project.has_store():
                    with self.project.open_store():
                        self.region.view(self.now().date())
            time.sleep(_PAUSE)

    @staticmethod
    def now() -> datetime:
        """The time of a request."""
        return datetime.now(UTC)
