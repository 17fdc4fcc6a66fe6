"""Which blocks of the old contract are which blocks of the new one.

In four passes, surest first: equal blocks in order, equal blocks elsewhere (moved), similar blocks
between two that stay, similar blocks elsewhere (moved and edited). Tables are known by their key.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

from contract_builder.compare.alignment import match_sequences
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.texts import TextUnit, unit_text
from contract_builder.compare.tokens import find_words
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Drawing, Paragraph, SubHeading, Table

UnitPlace = tuple[int, int]
"""(index of the container, index of the unit in it)."""

_MOVED_FEWEST_WORDS = 5
_MOVED_HERE_FEWEST_WORDS = 2
_MOVED_EDITED_FEWEST_WORDS = 10
_MOVED_EDITED_SIMILAR = 0.4
_SHINGLE = 3


@dataclass(frozen=True, slots=True)
class Pairing:
    """``partner``: old place → new place; ``in_place``: the old places that did not move.

    Within a pair of containers the pairs in place increase on both sides.
    """

    partner: dict[UnitPlace, UnitPlace]
    in_place: frozenset[UnitPlace]

    @property
    def reverse(self) -> dict[UnitPlace, UnitPlace]:
        """New place → old place."""
        return {new: old for old, new in self.partner.items()}

    @property
    def chains(self) -> dict[int, dict[int, int]]:
        """Old container → old index → new index of its units that keep their order, if any."""
        chains: dict[int, dict[int, int]] = {}
        for container, index in self.in_place:
            chains.setdefault(container, {})[index] = self.partner[container, index][1]
        return chains


def pair_units(
    old: Sequence[Sequence[TextUnit]], new: Sequence[Sequence[TextUnit]], containers: dict[int, int]
) -> Pairing:
    """Pairs the units of ``old`` and ``new``; ``containers`` says which containers are the same.

    A unit never goes from a container that vanished to one that is new: such text is removed and
    added, not moved.
    """
    pairer = _Pairer(old, new, containers)
    for before, after in containers.items():
        pairer.pair_equal(before, after)
    pairer.pair_moved()
    for before, after in containers.items():
        pairer.pair_similar(before, after)
    pairer.pair_moved_and_edited()
    return Pairing(pairer.partner, frozenset(pairer.in_place))


class _Pairer:
    def __init__(
        self,
        old: Sequence[Sequence[TextUnit]],
        new: Sequence[Sequence[TextUnit]],
        containers: dict[int, int],
    ) -> None:
        self._old = old
        self._new = new
        self._containers = containers
        self._kept = set(containers.values())
        self._taken = set[UnitPlace]()
        self._likeness = Likeness(unit_text, _compatible)
        self.partner: dict[UnitPlace, UnitPlace] = {}
        self.in_place = set[UnitPlace]()

    def pair_equal(self, before: int, after: int) -> None:
        """Equal units, and tables with the same key, that keep their order."""
        old, new = self._old[before], self._new[after]
        pairs = (
            [(index, index) for index in range(len(old))]
            if old == new
            else match_sequences([_symbol(unit) for unit in old], [_symbol(unit) for unit in new])
        )
        for i, j in pairs:
            self._pair((before, i), (after, j), in_place=True)

    def pair_moved(self) -> None:
        """Equal units that are unique among those left, wherever they are."""
        sources = _unique({place: _symbol(self._old[place[0]][place[1]]) for place in self._left()})
        targets = _unique(
            {place: _symbol(self._new[place[0]][place[1]]) for place in self._right()}
        )
        for symbol, source in sources.items():
            target = targets.get(symbol)
            if target is None or not self._may_move(source, target):
                continue
            here = self._containers.get(source[0]) == target[0]
            fewest = _MOVED_HERE_FEWEST_WORDS if here else _MOVED_FEWEST_WORDS
            if self._likeness.words(self._old[source[0]][source[1]]).total() >= fewest:
                self._pair(source, target)

    def pair_similar(self, before: int, after: int) -> None:
        """Similar units between two that stay, in order."""
        old, new = self._old[before], self._new[after]
        if old == new:
            return
        anchors = sorted(
            (i, self.partner[container, i][1])
            for container, i in self.in_place
            if container == before
        )
        old_at = new_at = 0
        for i, j in [*anchors, (len(old), len(new))]:
            left = [k for k in range(old_at, i) if (before, k) not in self.partner]
            right = [k for k in range(new_at, j) if (after, k) not in self._taken]
            for k, m in self._likeness.best_pairs([old[k] for k in left], [new[m] for m in right]):
                self._pair((before, left[k]), (after, right[m]), in_place=True)
            old_at, new_at = i + 1, j + 1

    def pair_moved_and_edited(self) -> None:
        """Long units whose three-word sequences are found again elsewhere."""
        targets: dict[UnitPlace, frozenset[Hashable]] = {
            place: _shingles(self._new[place[0]][place[1]]) for place in self._right()
        }
        found: dict[Hashable, list[UnitPlace]] = defaultdict(list)
        for place, shingles in targets.items():
            for shingle in shingles:
                found[shingle].append(place)
        for source in list(self._left()):
            shingles = _shingles(self._old[source[0]][source[1]])
            shared = Counter(place for shingle in shingles for place in found.get(shingle, ()))
            for target, count in shared.most_common(3):
                likeness = 2 * count / (len(shingles) + len(targets[target]))
                if likeness >= _MOVED_EDITED_SIMILAR and self._fits(source, target):
                    self._pair(source, target)
                    break

    def _fits(self, source: UnitPlace, target: UnitPlace) -> bool:
        return (
            target not in self._taken
            and self._may_move(source, target)
            and _compatible(self._old[source[0]][source[1]], self._new[target[0]][target[1]])
        )

    def _may_move(self, source: UnitPlace, target: UnitPlace) -> bool:
        return source[0] in self._containers or target[0] in self._kept

    def _pair(self, source: UnitPlace, target: UnitPlace, *, in_place: bool = False) -> None:
        self.partner[source] = target
        self._taken.add(target)
        if in_place:
            self.in_place.add(source)

    def _left(self) -> Iterator[UnitPlace]:
        return (place for place in _places(self._old) if place not in self.partner)

    def _right(self) -> Iterator[UnitPlace]:
        return (place for place in _places(self._new) if place not in self._taken)


def _places(containers: Sequence[Sequence[TextUnit]]) -> Iterator[UnitPlace]:
    return ((k, i) for k, units in enumerate(containers) for i in range(len(units)))


def _symbol(unit: TextUnit) -> Hashable:
    """What makes two units the same one: a table's key, any other unit's whole content."""
    return ("table", unit.key) if isinstance(unit, Table) else unit


def _unique(symbols: dict[UnitPlace, Hashable]) -> dict[Hashable, UnitPlace]:
    counts = Counter(symbols.values())
    return {symbol: place for place, symbol in symbols.items() if counts[symbol] == 1}


def _compatible(old: TextUnit, new: TextUnit) -> bool:
    lines = (Paragraph, SubHeading)
    if isinstance(old, Drawing):  # drawn otherwise, it is another one
        return old == new
    return type(old) is type(new) or (isinstance(old, lines) and isinstance(new, lines))


def _shingles(unit: TextUnit) -> frozenset[Hashable]:
    words = find_words(unit_text(unit))
    if len(words) < _MOVED_EDITED_FEWEST_WORDS:
        return frozenset()
    return frozenset(
        tuple(words[index : index + _SHINGLE]) for index in range(len(words) - _SHINGLE + 1)
    )
