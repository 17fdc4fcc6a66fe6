"""What was found in stored contracts, from the cache while nothing that it comes from changed.

A version never changes, and what departs in it depends on nothing but the texts of the library that
would make it again: a region that is examined every week is worked out once, and a sheet that
changes has the contracts that hold it examined again. The law of a day is looked up each time.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from contract_builder.assembly.standard.library_states import LibraryStates, TextsOfContract
from contract_builder.compare.departures import ClauseDeparture, TargetDeparture
from contract_builder.files.cache import Cache
from contract_builder.frozen import dataclass
from contract_builder.model.contract import ContractHeader

if TYPE_CHECKING:
    from contract_builder.render.json.codec import Codec

_EXAMINATIONS = "ecarts"
_MOST = 5000
"""Contracts: all those of France have a place, each with its last two versions."""


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article that a contract cites; ``places`` are what a reader finds its sections by."""

    code: str
    article: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """What is found in one contract, whatever the day; ``refusal`` says why it has no standard.

    ``texts`` lead to the texts of the library that played a part in it; ``library_version`` is that
    of the library that the contract was made from.
    """

    header: ContractHeader
    texts: TextsOfContract
    clauses: tuple[ClauseDeparture, ...]
    targets: tuple[TargetDeparture, ...]
    remarks: tuple[str, ...]
    cited: tuple[CitedArticle, ...]
    library_version: str = ""
    refusal: str = ""


class KeptExaminations:
    """Examinations by the SHA-256 of the contract's bytes, for the library of these ``states``.

    ``key`` names the program that makes them; empty, nothing is kept.
    """

    def __init__(self, cache: Cache, key: str, states: LibraryStates) -> None:
        self._cache, self._key, self._states = cache, key, states
        kept = cache.find(_EXAMINATIONS, key) if key else None
        self._known: Mapping[str, Any] = json.loads(kept) if kept else {}
        self._new: dict[str, Any] = {}

    def find(self, contract: str) -> Examination | None:
        """What was found in the contract of this SHA-256, while its state is the same."""
        if contract not in self._known:
            return None
        state, data = self._known[contract]
        found: Examination = _codec().decode(Examination, data)
        return found if state == self._state_for(found) else None

    def add(self, contract: str, examination: Examination) -> None:
        """Has it kept by ``save``."""
        if self._key:
            data = _codec().encode(examination)
            self._new[contract] = self._state_for(examination), data

    def save(self) -> None:
        """Keeps what was added beside what was known, which makes room where it is too much."""
        if self._new:
            others = [item for item in self._known.items() if item[0] not in self._new]
            room = max(0, _MOST - len(self._new))
            kept = dict(others[:room]) | self._new
            self._cache.keep(_EXAMINATIONS, self._key, json.dumps(kept).encode())

    def _state_for(self, found: Examination) -> str:
        return self._states.find(found.header, found.texts)


@cache
def _codec() -> "Codec":
    from contract_builder.render.json.codec import Codec

    return Codec({}, {})
