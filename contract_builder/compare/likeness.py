"""How alike two texts are by their words, and which of two sequences pair best, in order."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from contract_builder.compare.tokens import find_words

T = TypeVar("T")

SIMILAR = 0.35
_SIMILAR_ALONE = 0.15
_FEW_WORDS = 8
_LARGEST_GAP = 4096


class Likeness(Generic[T]):
    """How much of their words two things share; remembers the words of each one seen.

    ``may_pair`` says which two can correspond at all.
    """

    def __init__(
        self, text_of: Callable[[T], str], may_pair: Callable[[T, T], bool] = lambda _, __: True
    ) -> None:
        self._text_of = text_of
        self._may_pair = may_pair
        self._known: dict[int, Counter[str]] = {}

    def words(self, unit: T) -> Counter[str]:
        """The words of a thing that lives as long as this object, with their numbers."""
        known = self._known.get(id(unit))
        if known is None:
            known = self._known[id(unit)] = Counter(find_words(self._text_of(unit)))
        return known

    def of(self, old: T, new: T) -> float:
        """The share of words in common, from 0 to 1; -1 for things that cannot correspond."""
        if not self._may_pair(old, new):
            return -1.0
        before, after = self.words(old), self.words(new)
        total = before.total() + after.total()
        return 2 * (before & after).total() / total if total else 1.0

    def best_pairs(self, old: Sequence[T], new: Sequence[T]) -> list[tuple[int, int]]:
        """The pairs, in order, whose likeness adds up to most."""
        if not old or not new:
            return []
        if len(old) == len(new) == 1:
            likeness = self.of(old[0], new[0])
            few = min(self.words(old[0]).total(), self.words(new[0]).total()) <= _FEW_WORDS
            alike = likeness >= _SIMILAR_ALONE or (few and likeness >= 0)
            return [(0, 0)] if alike else []
        if len(old) * len(new) > _LARGEST_GAP:
            common = range(min(len(old), len(new)))
            return [(i, i) for i in common if self.of(old[i], new[i]) >= SIMILAR]
        return _heaviest_path([[self.of(before, after) for after in new] for before in old])


def _heaviest_path(likeness: list[list[float]]) -> list[tuple[int, int]]:
    """The increasing path of greatest total likeness, by dynamic programming."""
    height, width = len(likeness), len(likeness[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            skip = max(best[i + 1][j], best[i][j + 1])
            score = likeness[i][j]
            take = best[i + 1][j + 1] + score if score >= SIMILAR else 0.0
            best[i][j] = max(skip, take)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < height and j < width:
        score = likeness[i][j]
        if score >= SIMILAR and best[i][j] == best[i + 1][j + 1] + score:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
