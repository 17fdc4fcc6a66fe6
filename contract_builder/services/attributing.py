"""Who typed each value of a profile, and when, from the states of its file that the journal keeps.

Nothing is guessed: a value that came with a state found in the folder was written with another
program; one of which the journal cannot tell has no author.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Final

from contract_builder.reading.tree import Tree
from contract_builder.reading.tree_marks import (
    UNKNOWN,
    TreeMarks,
    iter_marked,
    mark_changes,
    mark_tree,
)
from contract_builder.reading.yaml_blocks import ReadBlocks, read_blocks
from contract_builder.services.editing import ProfileFile
from contract_builder.services.kept_states import FOUND_STATE
from contract_builder.services.project import Project
from contract_builder.store.records import StoredPiece

_MOST_KEPT = 48
"""Profiles in memory: more than a team has open at once."""


@dataclass(frozen=True, slots=True)
class ValueAuthor:
    """Who last changed a value, when, and what was said of the change (the title of a form).

    ``actor`` is empty, and ``at`` None, for what was written with another program.
    """

    actor: str
    at: datetime | None
    note: str

    @property
    def is_elsewhere(self) -> bool:
        """True for a value that was not typed in the application."""
        return not self.actor


ELSEWHERE: Final = ValueAuthor("", None, "")


@dataclass(frozen=True, slots=True)
class _History:
    """What the states of a profile tell, up to the line ``sequence`` of the journal.

    A mark is a rank in ``authors``. ``marks`` and ``blocks`` are those of the last state,
    ``earlier`` the marks of each state by its SHA-256; ``at`` is the time of the last one.
    ``is_lost``: a state could not be read.
    """

    sequence: int = 0
    at: datetime | None = None
    authors: tuple[ValueAuthor, ...] = (ELSEWHERE,)
    blocks: ReadBlocks = field(default_factory=ReadBlocks)
    marks: TreeMarks = field(default_factory=dict)
    earlier: Mapping[str, TreeMarks] = field(default_factory=dict)
    is_lost: bool = False


class AuthorBook:
    """Who typed the values of the profiles that were asked for last. May be shared by threads.

    The states of a profile are read once: afterwards only those that were added.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: OrderedDict[str, _History] = OrderedDict()
        self._lock = Lock()

    def list_authors(self, file: ProfileFile) -> dict[str, ValueAuthor]:
        """The author of each value of the file, by its path (``sites.0.nom``); a list is one value.

        Values of which nothing is known for certain are left out: all of them, for a profile that
        was never changed here.
        """
        history = self._read(file.name)
        if not history.earlier or history.is_lost:
            return {}
        marks = history.earlier.get(file.sha256)
        tree: Tree = dict(file.tree)
        if marks is None:  # changed by another program since
            marks = mark_changes(history.blocks.merge(), history.marks, tree, 0)
        return {
            path: history.authors[mark]
            for path, mark in iter_marked(tree, marks)
            if mark != UNKNOWN
        }

    def _read(self, name: str) -> _History:
        with self._lock:
            history = self._known.pop(name, _History())
            if self._project.has_store():
                store = self._project.open_store()
                for state, data in store.iter_piece_bytes("profil", name, history.sequence):
                    history = _follow(history, state, data)
            self._known[name] = history
            while len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)
        return history


def _follow(history: _History, state: StoredPiece, data: bytes) -> _History:
    """What is told with one more state."""
    blocks = read_blocks(data.decode("utf-8-sig", "replace"), history.blocks)
    if blocks is None or history.is_lost:
        return replace(history, sequence=state.sequence, is_lost=True)
    digest = sha256(data).hexdigest()
    authors, mark = history.authors, 0
    if state.facts.note != FOUND_STATE:
        mark = len(authors)
        authors = (*authors, ValueAuthor(state.actor, state.at, state.facts.note))
    tree = blocks.merge()
    earlier = history.earlier
    if history.at is not None and state.at < history.at:
        # Journals were put together, or a clock went back: this state does not follow the last.
        marks, earlier = mark_tree(tree, UNKNOWN), {}
    elif digest in earlier:
        # Brought back, or never written for want of room: its values are whose they were.
        marks = earlier[digest]
    else:
        marks = mark_changes(history.blocks.merge(), history.marks, tree, mark)
    return _History(state.sequence, state.at, authors, blocks, marks, {**earlier, digest: marks})
