"""Which signed version of a contract is in force on a day, and what became of the others.

Within a contract the last signed version that has taken effect replaces those before it; a signed
contract that follows another one replaces it from its date of effect on. A version is in force up
to and including its term, unless it was declared terminated or ended.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contract_builder.model.french import enumerate_words, long_date
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion, VersionReference

State = Literal[
    "en-vigueur", "remplacee", "a-venir", "terme-passe", "echue", "resiliee", "illisible"
]
Term = tuple[date, date]
"""The first and the last day of a contract, both inclusive."""
TermOf = Callable[[StoredVersion], Term | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a signed version is worth on a day; ``by`` is the version that replaced it.

    ``start`` is its date of effect, None when its contract cannot be read.
    """

    state: State
    by: VersionReference | None = None
    start: date | None = None

    @property
    def words(self) -> str:
        """In French, as it follows the status: « remplacée par 990000011@4 »."""
        if self.state == "remplacee":
            return f"remplacée par {self.by}"
        if self.state == "a-venir" and self.start is not None:
            return f"en vigueur à partir du {long_date(self.start)}"
        return _WORDS[self.state]


_WORDS: Mapping[State, str] = {
    "en-vigueur": "en vigueur",
    "a-venir": "pas encore en vigueur",
    "terme-passe": "terme passé, n’est plus en vigueur",
    "echue": "échue, n’est plus en vigueur",
    "resiliee": "résiliée, n’est plus en vigueur",
    "illisible": "illisible : rien ne dit si elle est en vigueur",
}


def find_standings(
    versions: Sequence[StoredVersion], finess_ej: str, term_of: TermOf, on: date
) -> dict[VersionReference, Standing]:
    """The standing on the day ``on`` of each signed version of a legal entity.

    ``versions`` are its own and those of the contracts that follow one of its, by number.
    """
    contracts = _group(versions)
    found = {}
    for key, own in contracts.items():
        if key[0] != finess_ej:
            continue
        followers = [
            version
            for other, following in contracts.items()
            if other != key and _follow(following, own)
            for version in _signed(following)
        ]
        signed = _signed(own)
        for rank, version in enumerate(signed):
            later = signed[rank + 1 :]
            found[version.reference] = _find_standing(version, later, followers, term_of, on)
    return found


def find_all_standings(
    versions: Iterable[StoredVersion], term_of: TermOf, on: date
) -> dict[VersionReference, Standing]:
    """The standing on the day ``on`` of each signed version of every legal entity."""
    own: dict[str, list[StoredVersion]] = {}
    for version in versions:
        own.setdefault(version.reference.finess_ej, []).append(version)
        for parent in version.facts.parents:
            if parent.finess_ej != version.reference.finess_ej:
                own.setdefault(parent.finess_ej, []).append(version)
    found: dict[VersionReference, Standing] = {}
    for finess, concerned in own.items():
        found |= find_standings(concerned, finess, term_of, on)
    return found


def word_standings(standings: Mapping[VersionReference, Standing], code: str) -> str:
    """Which version of a contract is in force, as a French sentence; empty without a signed one."""
    if not standings:
        return ""
    current = [str(name) for name, item in standings.items() if item.state == "en-vigueur"]
    others = [
        f"{name} : {item.words}" for name, item in standings.items() if item.state != "en-vigueur"
    ]
    told = f" ({' ; '.join(others)})" if others else ""
    if not current:
        return f"Aucune version du contrat {code} n’est en vigueur ce jour{told}."
    return f"Version en vigueur ce jour du contrat {code} : {enumerate_words(current)}{told}."


_Key = tuple[str, str, str]


def _group(versions: Iterable[StoredVersion]) -> dict[_Key, list[StoredVersion]]:
    grouped: dict[_Key, list[StoredVersion]] = {}
    for version in versions:
        key = (version.reference.finess_ej, version.facts.type, version.facts.code)
        grouped.setdefault(key, []).append(version)
    return grouped


def _follow(following: Iterable[StoredVersion], own: Iterable[StoredVersion]) -> bool:
    """True when a version of one contract names one of another as its parent."""
    references = {version.reference for version in own}
    return any(references & set(version.facts.parents) for version in following)


def _signed(versions: Iterable[StoredVersion]) -> list[StoredVersion]:
    return [version for version in versions if version.status in SIGNED_STATUSES]


def _find_standing(
    version: StoredVersion,
    later: Sequence[StoredVersion],
    followers: Sequence[StoredVersion],
    term_of: TermOf,
    on: date,
) -> Standing:
    """``later`` are the signed versions of the same contract after this one."""
    term = term_of(version)
    start = None if term is None else term[0]
    started = [other for other in later if _has_started(other, term_of, on)]
    if started:
        return Standing("remplacee", started[-1].reference, start)
    if version.status == "resilie":
        return Standing("resiliee", start=start)
    if version.status == "echu":
        return Standing("echue", start=start)
    if term is None:
        return Standing("illisible")
    if term[0] > on:
        return Standing("a-venir", start=start)
    if term[1] < on:
        return Standing("terme-passe", start=start)
    following = [other for other in followers if _has_started(other, term_of, on)]
    if following:
        return Standing("remplacee", following[-1].reference, start)
    return Standing("en-vigueur", start=start)


def _has_started(version: StoredVersion, term_of: TermOf, on: date) -> bool:
    """True too when its contract cannot be read: a signed version is not overlooked."""
    term = term_of(version)
    return term is None or term[0] <= on
