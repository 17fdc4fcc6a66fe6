"""Which rows and notes of a table are which ones of its other version.

A row with a key of its own (a number, a code) is known by it. Elsewhere rows are known by what they
say, surest first: equal in order, equal elsewhere, of one name, alike between two that stand, alike
elsewhere. So a row that comes or goes never makes another say something new.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from contract_builder.compare.alignment import (
    heaviest_increasing,
    match_keys,
    match_sequences,
    number_occurrences,
)
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.texts import row_text
from contract_builder.model.blocks import Inlines, Row, Table, inline_text

T = TypeVar("T")

_ALIKE_ELSEWHERE = 0.5
_RANKED = re.compile(r"(?:.*-)?(?P<rank>\d+)")


def match_rows(old: Table, new: Table) -> dict[int, int]:
    """Old index → new index of the rows that are the same one, edited or not."""
    ranked = _has_ranks_for_keys(old) or _has_ranks_for_keys(new)
    if not ranked and "content" not in (old.row_identity, new.row_identity):
        return match_keys([row.key for row in old.rows], [row.key for row in new.rows])
    matcher = _Matcher(old.rows, new.rows, _said, Likeness(row_text, _are_of_one_kind))
    matcher.pair_equal()
    matcher.pair_by_name(_first_cell if ranked else _key)
    matcher.pair_alike_in_order()
    matcher.pair_alike_elsewhere()
    return matcher.pairs


def match_notes(old: Sequence[Inlines], new: Sequence[Inlines]) -> dict[int, int]:
    """Old index → new index of the notes that are the same one: equal anywhere, alike in order."""
    matcher = _Matcher(old, new, inline_text, Likeness(inline_text))
    matcher.pair_equal()
    matcher.pair_alike_in_order()
    return matcher.pairs


def _has_ranks_for_keys(table: Table) -> bool:
    """True for a contract made before rows had names: each key ends with the rank of its row."""
    found = [_RANKED.fullmatch(row.key) for row in table.rows]
    return all(
        match is not None and int(match["rank"]) == rank
        for rank, match in enumerate(found, start=1)
    )


class _Matcher(Generic[T]):
    """Pairs two sequences pass by pass; ``said`` is what two equal elements have in common."""

    def __init__(
        self,
        old: Sequence[T],
        new: Sequence[T],
        said: Callable[[T], Hashable],
        likeness: Likeness[T],
    ) -> None:
        self._old = old
        self._new = new
        self._said = said
        self._likeness = likeness
        self.pairs: dict[int, int] = {}

    def pair_equal(self) -> None:
        """What says the same: in order first, then wherever it is."""
        before, after = list(map(self._said, self._old)), list(map(self._said, self._new))
        self.pairs.update(match_sequences(before, after))
        left, right = self._left(), self._right()
        at = dict(zip(number_occurrences([after[j] for j in right]), right, strict=True))
        for symbol, i in zip(number_occurrences([before[i] for i in left]), left, strict=True):
            if symbol in at:
                self.pairs[i] = at[symbol]

    def pair_by_name(self, name_of: Callable[[T], str]) -> None:
        """What alone bears a name on each side."""
        old_counts = Counter(map(name_of, self._old))
        new_counts = Counter(map(name_of, self._new))
        at = {name_of(self._new[j]): j for j in self._right()}
        for i in self._left():
            name = name_of(self._old[i])
            if name and name in at and old_counts[name] == new_counts[name] == 1:
                self.pairs[i] = at[name]

    def pair_alike_in_order(self) -> None:
        """What shares words, between two that stand."""
        for left, right in list(self._gaps()):
            found = self._likeness.best_pairs(
                [self._old[i] for i in left], [self._new[j] for j in right]
            )
            self.pairs.update((left[k], right[m]) for k, m in found)

    def pair_alike_elsewhere(self) -> None:
        """What shares most of its words, the most alike first."""
        found = sorted(
            (-likeness, i, j)
            for i in self._left()
            for j in self._right()
            if (likeness := self._likeness.of(self._old[i], self._new[j])) >= _ALIKE_ELSEWHERE
        )
        taken = set(self.pairs.values())
        for _, i, j in found:
            if i not in self.pairs and j not in taken:
                self.pairs[i] = j
                taken.add(j)

    def _left(self) -> list[int]:
        return [i for i in range(len(self._old)) if i not in self.pairs]

    def _right(self) -> list[int]:
        taken = set(self.pairs.values())
        return [j for j in range(len(self._new)) if j not in taken]

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """What is left on each side between two neighbours that keep their order."""
        taken = set(self.pairs.values())
        old_at = new_at = 0
        for i, j in [*_standing(self.pairs), (len(self._old), len(self._new))]:
            yield (
                [k for k in range(old_at, i) if k not in self.pairs],
                [k for k in range(new_at, j) if k not in taken],
            )
            old_at, new_at = i + 1, j + 1


def _standing(pairs: dict[int, int]) -> list[tuple[int, int]]:
    """The pairs that keep their order on both sides."""
    order = sorted(pairs.items())
    kept = heaviest_increasing([j for _, j in order], [1] * len(order))
    return [order[index] for index in kept]


def _said(row: Row) -> Hashable:
    return (row.kind, tuple((inline_text(cell.content), cell.colspan) for cell in row.cells))


def _are_of_one_kind(old: Row, new: Row) -> bool:
    return old.kind == new.kind


def _key(row: Row) -> str:
    return row.key


def _first_cell(row: Row) -> str:
    return inline_text(row.cells[0].content) if row.cells else ""
