"""What was found in stored contracts, from the cache while neither they nor the library changed.

A version never changes, and what departs in it depends on nothing but the library: a region that is
examined every week is worked out once. The law of a day is looked up each time.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

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
    """What is found in one contract, whatever the day; ``refusal`` says why it has no standard."""

    header: ContractHeader
    sheets: tuple[str, ...]
    clauses: tuple[ClauseDeparture, ...]
    targets: tuple[TargetDeparture, ...]
    remarks: tuple[str, ...]
    cited: tuple[CitedArticle, ...]
    refusal: str = ""


class KeptExaminations:
    """Examinations by the SHA-256 of the contract's bytes, against one state of the library.

    ``key`` names that state; empty for one of which nothing is kept.
    """

    def __init__(self, cache: Cache, key: str) -> None:
        self._cache, self._key = cache, key
        kept = cache.find(_EXAMINATIONS, key) if key else None
        self._known: Mapping[str, Any] = json.loads(kept) if kept else {}
        self._new: dict[str, Any] = {}

    def find(self, contract: str) -> Examination | None:
        """What was found in the contract of this SHA-256."""
        data = self._known.get(contract)
        if data is None:
            return None
        found: Examination = _codec().decode(Examination, data)
        return found

    def add(self, contract: str, examination: Examination) -> None:
        """Has it kept by ``save``."""
        if self._key:
            self._new[contract] = _codec().encode(examination)

    def save(self) -> None:
        """Keeps what was added beside what was known, which makes room where it is too much."""
        if self._new:
            room = max(0, _MOST - len(self._new))
            known = dict([*self._known.items()][:room])
            self._cache.keep(_EXAMINATIONS, self._key, json.dumps(known | self._new).encode())


@cache
def _codec() -> "Codec":
    from contract_builder.render.json.codec import Codec

    return Codec({}, {})
