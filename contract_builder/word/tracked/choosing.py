"""Which revisions are accepted, which are refused, and which stay open."""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum

from contract_builder.word.tracked.listing import LocatedRevision
from contract_builder.word.tracked.marks import Mark
from contract_builder.word.tracked.revision import Revision


class Decision(StrEnum):
    """What is decided of one revision."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    LEAVE = "leave"
    """It stays as it is, with its author."""


Decide = Callable[[Revision], Decision]


def decide_by_id(*, accepted: Collection[str] = (), refused: Collection[str] = ()) -> Decide:
    """Decides by ``Revision.id``; what is in neither stays open, what is in both is refused."""
    return _decide_by(lambda revision: revision.id, accepted, refused)


def decide_by_author(*, accepted: Collection[str] = (), refused: Collection[str] = ()) -> Decide:
    """Decides by the author's name as written; a revision without author stays open."""
    return _decide_by(lambda revision: revision.author, accepted, refused)


def _decide_by(
    name: Callable[[Revision], str | None], accepted: Collection[str], refused: Collection[str]
) -> Decide:
    def decide(revision: Revision) -> Decision:
        own = name(revision)
        if own in refused:
            return Decision.REFUSE
        return Decision.ACCEPT if own in accepted else Decision.LEAVE

    return decide


def decide_marks(revisions: Iterable[LocatedRevision], decide: Decide) -> dict[Mark, bool]:
    """For each mark that is settled, True when what it is on stays.

    Both places of a move go together: what is decided first of one of its marks, in document
    order, holds for all.
    """
    decided = [(found, decide(found.revision)) for found in revisions]
    moves: dict[str, Decision] = {}
    for found, decision in decided:
        if found.revision.move is not None and decision is not Decision.LEAVE:
            moves.setdefault(found.revision.move, decision)
    fates: dict[Mark, bool] = {}
    for found, own in decided:
        decision = moves.get(found.revision.move or "", own)
        if decision is not Decision.LEAVE:
            for mark in found.marks:
                fates[mark] = mark.keeps(accepted=decision is Decision.ACCEPT)
    return fates
