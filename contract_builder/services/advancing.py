"""How far a stored contract has come, and what a version of it may become next, with the rule.

Pages show both before anybody chooses. Every function raises UserError with a French text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from contract_builder.errors import UserError
from contract_builder.model.status import STATUS_WORDS, VersionStatus
from contract_builder.services.keeping import (
    RecordOutcome,
    change_status,
    get_contract_json,
    get_version,
    tell_incomplete,
)
from contract_builder.services.kept_returns import list_returns
from contract_builder.services.project import Project
from contract_builder.store.records import (
    NEXT_STATUSES,
    SIGNED_STATUSES,
    StatusEvent,
    StoredVersion,
)

MilestoneKind = Literal["projet", "envoye", "retour", "signe", "avenants", "consolide"]

_RULES: Final[Mapping[VersionStatus, str]] = {
    "envoye": "Le contrat est remis à l’autre partie : il ne lui manque aucune donnée. Ce qui "
    "revient de l’autre partie se compare à cette version.",
    "signe": "Toutes les parties ont signé ce texte, sans un mot de plus ni de moins, et il ne lui "
    "manque aucune donnée. Il est en vigueur à sa date d’effet, à la place de la version signée "
    "avant lui, et ne change plus que par avenant.",
    "echu": "Le contrat est arrivé à son terme : il n’est plus en vigueur. Son renouvellement "
    "part de lui.",
    "resilie": "Les parties ou l’agence ont mis fin au contrat avant son terme : il n’est plus en "
    "vigueur, et n’a pas de renouvellement.",
}
_ORDER: Final[tuple[tuple[MilestoneKind, str], ...]] = (
    ("projet", "projet"),
    ("envoye", "envoyé"),
    ("retour", "retour"),
    ("signe", "signé"),
    ("avenants", "avenants"),
    ("consolide", "consolidé"),
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A status that a version may take, and its rule in French.

    ``refusal`` says why the version cannot take it as it is; empty when it can.
    """

    status: VersionStatus
    word: str
    rule: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A state that a contract goes through; ``count`` is how many times, 0 for not yet.

    ``at`` and ``actor`` tell the last time; ``reference`` the version that took it then.
    """

    kind: MilestoneKind
    word: str
    count: int = 0
    at: datetime | None = None
    actor: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class StatusWish:
    """A version's next status, chosen on a page that showed it as ``seen``."""

    reference: str
    seen: VersionStatus
    event: StatusEvent


def list_next_steps(project: Project, version: StoredVersion) -> tuple[NextStep, ...]:
    """What the version may become, in order; none for one whose status is final."""
    following = NEXT_STATUSES[version.status]
    if not following:
        return ()
    refusals = _find_refusals(project, version) if version.status not in SIGNED_STATUSES else {}
    return tuple(
        NextStep(status, STATUS_WORDS[status], _RULES[status], refusals.get(status, ""))
        for status in following
    )


def _find_refusals(project: Project, version: StoredVersion) -> dict[VersionStatus, str]:
    from contract_builder.render.json import parse_contract

    following = NEXT_STATUSES[version.status]
    try:
        contract = parse_contract(get_contract_json(project, str(version.reference)))
    except UserError as damaged:
        return dict.fromkeys(following, str(damaged))
    return {status: tell_incomplete(contract, status) for status in following}


def advance_version(project: Project, wish: StatusWish) -> RecordOutcome:
    """Gives the version its next status; one that it has already taken changes nothing.

    UserError when somebody gave it another one since it was shown, or when it cannot take it.
    """
    current = get_version(project, wish.reference).status
    if current not in (wish.seen, wish.event.status):
        raise UserError(
            f"La version « {wish.reference} » est devenue « {STATUS_WORDS[current]} » depuis que "
            "vous avez ouvert la page. Rien n’a été changé : lisez son état, puis choisissez."
        )
    return change_status(project, wish.reference, wish.event)


def trace_contract(project: Project, versions: Sequence[StoredVersion]) -> tuple[Milestone, ...]:
    """The line of states of one contract, from its versions, oldest first."""
    found = {item.kind: item for item in _iter_reached(project, versions)}
    return tuple(found.get(kind, Milestone(kind, word)) for kind, word in _ORDER)


def _iter_reached(project: Project, versions: Sequence[StoredVersion]) -> Iterator[Milestone]:
    drafts = [item for item in versions if item.facts.kind != "avenant"]
    signed = [item for item in drafts if item.status in SIGNED_STATUSES]
    amending = [item for item in versions if item.facts.kind == "avenant"]
    if drafts:
        first = drafts[-1]
        event = first.statuses[0]
        yield _milestone("projet", len(drafts), event, first)
    for kind in ("envoye", "signe"):
        events = [(e, item) for item in drafts for e in item.statuses if e.status == kind]
        if events:
            yield _milestone(kind, len(events), *events[-1])
    yield from _iter_returns(project, versions)
    if amending:
        yield _milestone("avenants", len(amending), amending[-1].statuses[-1], amending[-1])
    applied = [item for item in amending if item.status in SIGNED_STATUSES]
    if signed and applied:
        yield _milestone("consolide", len(applied), applied[-1].statuses[-1], applied[-1])


def _iter_returns(project: Project, versions: Sequence[StoredVersion]) -> Iterator[Milestone]:
    """The returned files that are decided here; none is opened."""
    known = {str(item.reference) for item in versions}
    own = [item for item in list_returns(project) if item.version in known]
    if own:
        last = own[-1]
        at, actor = last.piece.at, last.piece.actor
        yield Milestone("retour", "retour", len(own), at, actor, last.version)


def _milestone(
    kind: MilestoneKind, count: int, event: StatusEvent, version: StoredVersion
) -> Milestone:
    word = dict(_ORDER)[kind]
    return Milestone(kind, word, count, event.at, event.actor, str(version.reference))
