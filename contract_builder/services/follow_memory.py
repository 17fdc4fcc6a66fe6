"""What of a store was read for the follow-up: kept as long as it cannot change.

The tables of a version never change and what was declared is only ever added to: whoever keeps a
``FollowMemory`` reads each contract and each act once, for a process that lives on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from contract_builder.follow.act_json import parse_act
from contract_builder.follow.line_states import ContractStates, find_states
from contract_builder.follow.plan import FollowPlan, plan_tables
from contract_builder.model.contract import ContractHeader, ContractTables
from contract_builder.model.follow_rules import FollowUpRules
from contract_builder.model.follow_up import FollowAct, FollowedContract
from contract_builder.services.stored_contracts import iter_from_stored
from contract_builder.store.records import StoredVersion, VersionReference

if TYPE_CHECKING:
    from contract_builder.store.store import Store

ReadTables = tuple[ContractHeader, ContractTables]
"""What the follow-up of a region needs of a version."""


@dataclass(frozen=True, slots=True)
class StateGround:
    """What the states of a contract rest on: the SHA-256 of its version, how many acts it has."""

    version: str
    acts: int
    rules: FollowUpRules | None
    on: date


class FollowMemory:
    """Tables of versions, acts and states of contracts; not to be shared by threads at once."""

    def __init__(self) -> None:
        self._tables: dict[str, ReadTables] = {}
        self._acts: dict[FollowedContract, list[FollowAct]] = {}
        self._read_to = 0
        self._states: dict[FollowedContract, tuple[StateGround, FollowPlan, ContractStates]] = {}

    def find_tables(self, version: StoredVersion) -> ReadTables | None:
        """The header and tables of a version that ``read_tables`` could read."""
        return self._tables.get(version.facts.sha256)

    def read_tables(self, store: "Store", versions: Iterable[StoredVersion]) -> list[str]:
        """Reads those that are not known; in French, which could not be."""
        from contract_builder.render.json import parse_followed_tables

        wanted: dict[VersionReference, str] = {
            version.reference: version.facts.sha256
            for version in versions
            if version.facts.sha256 not in self._tables
        }
        unread: list[str] = []
        for reference, read in iter_from_stored(store, wanted, parse_followed_tables, unread):
            self._tables[wanted[reference]] = read
        return unread

    def read_acts(self, store: "Store") -> Mapping[FollowedContract, Sequence[FollowAct]]:
        """All that was declared and validated, by contract, in the journal's order."""
        for piece, data in store.iter_piece_bytes("suivi", after=self._read_to):
            act = parse_act(data)
            self._acts.setdefault(act.contract, []).append(act)
            self._read_to = piece.sequence
        return self._acts

    def recall_states(
        self, contract: FollowedContract, ground: StateGround
    ) -> tuple[FollowPlan, ContractStates]:
        """The lines of a contract and their states, found again when ``ground`` is another."""
        known = self._states.get(contract)
        if known is None or known[0] != ground:
            plan = plan_tables(*self._tables[ground.version])
            acts = self._acts.get(contract, ())
            known = (ground, plan, find_states(plan, acts, ground.rules, ground.on))
            self._states[contract] = known
        return known[1:]
