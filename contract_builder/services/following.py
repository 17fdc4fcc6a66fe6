"""What was declared and validated of the contracts in force, against what they expect.

Reads the store and the library, and writes nothing; the day is given by the caller. One contract is
followed whole; of a region, what needs no printed text: objectives and money.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from contract_builder.errors import UsageError, UserError
from contract_builder.follow.act_json import parse_act
from contract_builder.follow.commitment_doubts import CommitmentDoubt, find_doubts
from contract_builder.follow.line_fields import line_fields
from contract_builder.follow.line_states import ContractStates, LineState, find_states
from contract_builder.follow.line_words import describe_line, iter_history
from contract_builder.follow.plan import FollowPlan, plan_follow_up
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.follow_rules import FollowUpRules
from contract_builder.model.follow_up import FollowAct, FollowedContract
from contract_builder.model.french import enumerate_words, long_date
from contract_builder.services.follow_memory import FollowMemory, StateGround
from contract_builder.services.keeping import list_all_versions
from contract_builder.services.project import Project
from contract_builder.services.standing import (
    Standing,
    Term,
    find_all_standings,
    word_standings,
)
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion, VersionReference
from contract_builder.tables.table import ReportCell

if TYPE_CHECKING:
    from contract_builder.store.store import Store

__all__ = [
    "FollowedRegion",
    "FollowedStates",
    "InForce",
    "LineState",
    "contract_of",
    "describe_line",
    "follow_contract",
    "follow_contracts",
    "follow_region",
    "iter_follow_fields",
    "iter_history",
]


@dataclass(frozen=True, slots=True)
class InForce:
    """The version of a contract that is in force on the day asked for, and how it is rated."""

    contract: FollowedContract
    version: StoredVersion
    header: ContractHeader
    rules: FollowUpRules | None

    @property
    def reference(self) -> str:
        """« FINESS_EJ@N »."""
        return str(self.version.reference)


@dataclass(frozen=True, slots=True)
class FollowedStates:
    """A contract in force, its lines, and the state of each."""

    in_force: InForce
    plan: FollowPlan
    states: ContractStates

    @property
    def doubts(self) -> tuple[CommitmentDoubt, ...]:
        """What was said of commitments that an avenant may have reworded."""
        return find_doubts(self.states)

    def of_year(self, year: int) -> tuple[LineState, ...]:
        """The states of the lines of one year."""
        return tuple(state for state in self.states.states if state.line.key.year == year)


@dataclass(frozen=True, slots=True)
class FollowedRegion:
    """Every contract in force, by legal entity; ``unread`` is what could not be read, in French."""

    on: date
    contracts: tuple[FollowedStates, ...]
    unread: tuple[str, ...]

    def iter_late(self) -> Iterator[tuple[FollowedStates, LineState]]:
        """The lines that should have been declared."""
        return self._iter(lambda state: state.is_late)

    def iter_unsupported(self) -> Iterator[tuple[FollowedStates, LineState]]:
        """The values that nothing supports."""
        return self._iter(lambda state: state.lacks_evidence)

    def _iter(
        self, is_wanted: Callable[[LineState], bool]
    ) -> Iterator[tuple[FollowedStates, LineState]]:
        for contract in self.contracts:
            yield from ((contract, state) for state in contract.states.states if is_wanted(state))


def follow_contract(project: Project, name: str, on: date) -> FollowedStates:
    """A contract in force on the day ``on``, followed whole.

    ``name`` is a legal entity, a version, or a contract's code. UserError when no version of it is
    in force, UsageError when several contracts answer to the name.
    """
    (followed,) = follow_contracts(project, (name,), on).contracts
    return followed


def follow_contracts(project: Project, names: Sequence[str], on: date) -> FollowedRegion:
    """The contracts of these names, all of them without any, followed whole."""
    reader = _RegionReader(project, on, FollowMemory())
    wanted = reader.choose(names)
    acts = reader.load_acts([item.contract.subject for item in wanted] if names else [None])
    contracts = tuple(
        _followed(in_force, plan_follow_up(contract), acts.get(in_force.contract, ()), on)
        for in_force, contract in reader.iter_whole(wanted)
    )
    return FollowedRegion(on, contracts, tuple(dict.fromkeys(reader.unread)))


def follow_region(project: Project, on: date, memory: FollowMemory | None = None) -> FollowedRegion:
    """Every contract in force: its objectives and its financing lines, without its commitments.

    What ``memory`` knows is not read again.
    """
    known = memory or FollowMemory()
    reader = _RegionReader(project, on, known)
    acts = known.read_acts(project.get_store())
    contracts = []
    for item in reader.choose(()):
        count = len(acts.get(item.contract, ()))
        ground = StateGround(item.version.facts.sha256, count, item.rules, on)
        contracts.append(FollowedStates(item, *known.recall_states(item.contract, ground)))
    return FollowedRegion(on, tuple(contracts), tuple(dict.fromkeys(reader.unread)))


def _followed(
    in_force: InForce, plan: FollowPlan, acts: Sequence[FollowAct], on: date
) -> FollowedStates:
    return FollowedStates(in_force, plan, find_states(plan, acts, in_force.rules, on))


class _RegionReader:
    """Reads the store once for one day; ``memory`` holds what is read of it."""

    def __init__(self, project: Project, on: date, memory: FollowMemory) -> None:
        self._project = project
        self._on = on
        self._store: Store = project.get_store()
        self._versions = list_all_versions(project)
        self._memory = memory
        self.unread: list[str] = []

    def choose(self, names: Sequence[str]) -> list[InForce]:
        """The contracts in force that the names mean; all of them for no name."""
        if not names:
            return list(self._iter_in_force(self._versions))
        found = dict[FollowedContract, InForce]()
        for name in names:
            item = self._choose_one(name)
            found[item.contract] = item
        return list(found.values())

    def iter_whole(self, wanted: Iterable[InForce]) -> Iterator[tuple[InForce, Contract]]:
        """Each with its whole contract."""
        from contract_builder.services.stored_contracts import iter_stored_contracts

        by_reference = {item.version.reference: item for item in wanted}
        for reference, contract in iter_stored_contracts(self._store, by_reference, self.unread):
            yield by_reference[reference], contract

    def load_acts(self, subjects: Iterable[str | None]) -> dict[FollowedContract, list[FollowAct]]:
        """What was declared and validated, by contract, in the journal's order; None is all."""
        found: dict[FollowedContract, list[FollowAct]] = {}
        for subject in subjects:
            for _, data in self._store.iter_piece_bytes("suivi", subject):
                act = parse_act(data)
                found.setdefault(act.contract, []).append(act)
        return found

    def _choose_one(self, name: str) -> InForce:
        wanted = name.strip()
        named = [item for item in self._versions if _is_named(item, wanted)]
        if not named:
            raise UserError(f"Aucun contrat enregistré ne répond au nom « {name} ».")
        contracts = {contract_of(item) for item in named}
        own = [item for item in self._versions if item.reference.finess_ej in _entities(contracts)]
        followers = [
            item
            for item in self._versions
            if item not in own
            and any(parent.finess_ej in _entities(contracts) for parent in item.facts.parents)
        ]
        found = [
            item for item in self._iter_in_force([*own, *followers]) if item.contract in contracts
        ]
        if len(found) > 1:
            codes = enumerate_words([item.contract.code for item in found], "ou")
            raise UsageError(f"« {name} » a plusieurs contrats en vigueur : donnez {codes}.")
        if not found:
            raise self._refuse(contracts, [*own, *followers])
        return found[0]

    def _refuse(
        self, contracts: set[FollowedContract], versions: Sequence[StoredVersion]
    ) -> UserError:
        standings = self._find_standings(versions)
        told = " ".join(
            word_standings(self._of_contract(standings, contract), contract.code)
            or f"Aucune version du contrat {contract.code} n’est signée."
            for contract in sorted(contracts)
        )
        return UserError(f"Rien à suivre le {long_date(self._on)}. {told}")

    def _of_contract(
        self, standings: Mapping[VersionReference, Standing], contract: FollowedContract
    ) -> dict[VersionReference, Standing]:
        own = {item.reference for item in self._versions if contract_of(item) == contract}
        return {reference: item for reference, item in standings.items() if reference in own}

    def _iter_in_force(self, versions: Sequence[StoredVersion]) -> Iterator[InForce]:
        standings = self._find_standings(versions)
        campaigns = self._project.get_library().campaigns
        for version in sorted(versions, key=lambda item: item.reference):
            standing = standings.get(version.reference)
            if standing is None or standing.state != "en-vigueur":
                continue
            tables = self._memory.find_tables(version)
            if tables is None:
                continue
            header, _ = tables
            campaign = campaigns.get(header.campaign)
            rules = None if campaign is None else campaign.suivi
            yield InForce(contract_of(version), version, header, rules)

    def _find_standings(
        self, versions: Sequence[StoredVersion]
    ) -> dict[VersionReference, Standing]:
        signed = (item for item in versions if item.status in SIGNED_STATUSES)
        self.unread += self._memory.read_tables(self._store, signed)
        return find_all_standings(versions, self._term_of, self._on)

    def _term_of(self, version: StoredVersion) -> Term | None:
        known = self._memory.find_tables(version)
        return None if known is None else (known[0].effective_date, known[0].end_date)


def iter_follow_fields(followed: FollowedStates) -> Iterator[dict[str, ReportCell]]:
    """Every field of every line, by the names of ``follow.line_fields``."""
    in_force = followed.in_force
    for state in followed.states.states:
        yield line_fields(in_force.header, in_force.reference, state)


def contract_of(version: StoredVersion) -> FollowedContract:
    """The contract that a version is one of."""
    return FollowedContract(version.reference.finess_ej, version.facts.type, version.facts.code)


def _entities(contracts: Iterable[FollowedContract]) -> set[str]:
    return {contract.finess_ej for contract in contracts}


def _is_named(version: StoredVersion, name: str) -> bool:
    """True for the code of its contract, its legal entity, or any version of its contract."""
    upper = name.upper()
    entity, _, number = upper.partition("@")
    if number:
        return str(version.reference) == upper
    return version.reference.finess_ej == entity or version.facts.code == name
