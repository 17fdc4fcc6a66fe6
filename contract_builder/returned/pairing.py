"""Which line of a returned file is which line of the file that was sent.

By the words first (lines that say the same, in order), then by the bookmarks of the clauses, then
by likeness in the stretches left; what stands elsewhere with the same words has moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from contract_builder.compare.alignment import increasing_chain, match_sequences
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.typography import normal_form
from contract_builder.returned.lines import WordLine

SHORTEST_MOVE: Final = 20
"""Characters of the shortest line that is recognised elsewhere: « Néant » is not a move."""


@dataclass(frozen=True, slots=True)
class LinePairing:
    """``stays`` and ``moves``: index of a sent line → index of the returned one."""

    stays: dict[int, int]
    moves: dict[int, int]

    @property
    def returned(self) -> dict[int, int]:
        """Index of a returned line → index of the sent one, moved ones included."""
        return {new: old for old, new in (*self.stays.items(), *self.moves.items())}


def pair_lines(sent: Sequence[WordLine], returned: Sequence[WordLine]) -> LinePairing:
    """The pairs of lines of both files."""
    before, after = [_key(line) for line in sent], [_key(line) for line in returned]
    exact = dict(match_sequences(before, after))
    chain = dict(exact)
    chain.update(_pair_marked(sent, returned, chain))
    chain = increasing_chain(chain, [100 if i in exact else 1 for i in range(len(sent))])
    likeness = Likeness[WordLine](lambda line: line.text, _may_pair)
    stays = dict(chain)
    edges = [(-1, -1), *sorted(chain.items()), (len(sent), len(returned))]
    moves = _find_moves(before, after, stays)
    taken = set(moves.values())
    for (i, j), (k, m) in pairwise(edges):
        old = [index for index in range(i + 1, k) if index not in moves]
        new = [index for index in range(j + 1, m) if index not in taken]
        pairs = likeness.best_pairs([sent[n] for n in old], [returned[n] for n in new])
        stays.update((old[a], new[b]) for a, b in pairs)
    return LinePairing(stays, moves)


def _key(line: WordLine) -> tuple[str, bool, str]:
    return (line.story, line.is_row, normal_form(line.text))


def _may_pair(old: WordLine, new: WordLine) -> bool:
    return old.story == new.story and old.is_row == new.is_row


def _pair_marked(
    sent: Sequence[WordLine], returned: Sequence[WordLine], known: dict[int, int]
) -> dict[int, int]:
    """First lines of clauses whose bookmark is found again, when neither has a pair yet."""
    taken = set(known.values())
    places = {
        name: at for at, line in enumerate(returned) for name in line.starts if at not in taken
    }
    return {
        at: places[name]
        for at, line in enumerate(sent)
        for name in line.starts
        if at not in known and name in places and _may_pair(line, returned[places[name]])
    }


def _find_moves(
    before: Sequence[tuple[str, bool, str]],
    after: Sequence[tuple[str, bool, str]],
    stays: dict[int, int],
) -> dict[int, int]:
    """Lines without a pair that say the same elsewhere, each taken once."""
    taken = set(stays.values())
    free: dict[tuple[str, bool, str], list[int]] = {}
    for at in range(len(after) - 1, -1, -1):
        if at not in taken and len(after[at][2]) >= SHORTEST_MOVE:
            free.setdefault(after[at], []).append(at)
    moves = {}
    for at, key in enumerate(before):
        if at not in stays and free.get(key):
            moves[at] = free[key].pop()
    taken.update(moves.values())
    for at, index in list(moves.items()):
        for step in (-1, 1):
            old, new = at + step, index + step
            while (
                0 <= old < len(before)
                and 0 <= new < len(after)
                and old not in stays
                and old not in moves
                and new not in taken
                and before[old] == after[new]
            ):
                moves[old] = new
                taken.add(new)
                old, new = old + step, new + step
    return moves
