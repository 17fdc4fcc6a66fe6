"""Which elements of two sequences correspond: patience, longest common subsequence, order.

Knows nothing of contracts. Patience first (elements that occur once on each side are the surest
anchors), then, in stretches without such an element, the longest common subsequence with one
machine word per 64 elements (Hyyrö 2004, "Bit-parallel LCS-length computation revisited").
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise

Pairs = list[tuple[int, int]]

_LARGEST_GRID = 200_000_000
"""Cells of the largest exact table, in bits (25 MB); larger stretches count as all different."""


def match_sequences(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Pairs (i, j) with ``old[i] == new[j]``, both strictly increasing."""
    pairs: Pairs = []
    stack = [(0, len(old), 0, len(new))]
    while stack:
        old_start, old_end, new_start, new_end = stack.pop()
        while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
            pairs.append((old_start, new_start))
            old_start, new_start = old_start + 1, new_start + 1
        while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
            pairs.append((old_end, new_end))
        if old_start == old_end or new_start == new_end:
            continue
        anchors = _unique_anchors(old, new, (old_start, old_end, new_start, new_end))
        if not anchors:
            pairs.extend(
                (old_start + i, new_start + j)
                for i, j in longest_common(old[old_start:old_end], new[new_start:new_end])
            )
            continue
        pairs.extend(anchors)
        edges = [(old_start - 1, new_start - 1), *anchors, (old_end, new_end)]
        stack.extend(
            (left[0] + 1, right[0], left[1] + 1, right[1]) for left, right in pairwise(edges)
        )
    return sorted(pairs)


def _unique_anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], area: tuple[int, int, int, int]
) -> Pairs:
    """Elements that occur once on each side of the area, in the longest common order."""
    old_start, old_end, new_start, new_end = area
    old_counts = Counter(old[old_start:old_end])
    new_counts = Counter(new[new_start:new_end])
    unique = {
        item for item, count in old_counts.items() if count == 1 and new_counts.get(item) == 1
    }
    if not unique:
        return []
    positions = {new[j]: j for j in range(new_start, new_end) if new[j] in unique}
    candidates = [(i, positions[old[i]]) for i in range(old_start, old_end) if old[i] in unique]
    kept = heaviest_increasing([j for _, j in candidates], [1] * len(candidates))
    return [candidates[index] for index in kept]


def longest_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """A longest common subsequence, as pairs in decreasing order."""
    if len(old) * len(new) > _LARGEST_GRID:
        return []
    masks: dict[Hashable, int] = {}
    for j, item in enumerate(new):
        masks[item] = masks.get(item, 0) | (1 << j)
    full = (1 << len(new)) - 1
    row = full
    rows = [row]
    for item in old:
        hit = row & masks.get(item, 0)
        row = ((row + hit) | (row - hit)) & full
        rows.append(row)
    # A clear bit j in rows[i]: one common element more for old[:i] with new[:j + 1] than new[:j].
    pairs: Pairs = []
    i, j = len(old), len(new)
    while i and j:
        bit = 1 << (j - 1)
        if rows[i] & bit:
            j -= 1
        elif not rows[i - 1] & bit:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs


def heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Indexes of the strictly increasing subsequence of greatest weight (weights are positive)."""
    ends: list[int] = []  # the last values of the best subsequences, increasing…
    totals: list[int] = []  # …with their weights, increasing too…
    last: list[int] = []  # …and the index where each ends
    previous: list[int] = []
    for index, (value, weight) in enumerate(zip(values, weights, strict=True)):
        at = bisect_left(ends, value)
        total = weight + (totals[at - 1] if at else 0)
        previous.append(last[at - 1] if at else -1)
        stop = at
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        if at == stop and at < len(ends) and ends[at] == value:
            continue
        ends[at:stop], totals[at:stop], last[at:stop] = [value], [total], [index]
    kept: list[int] = []
    index = last[-1] if last else -1
    while index >= 0:
        kept.append(index)
        index = previous[index]
    return kept[::-1]


def iter_merged(
    old_count: int, new_count: int, chain: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Both sequences merged: what is only old, then what is only new, then the pair, and so on.

    An absent side is -1. ``chain`` maps old indexes to new ones; it must increase on both sides.
    """
    old_at = new_at = 0
    for i, j in [*sorted(chain.items()), (old_count, new_count)]:
        yield from ((index, -1) for index in range(old_at, i))
        yield from ((-1, index) for index in range(new_at, j))
        if i < old_count:
            yield i, j
        old_at, new_at = i + 1, j + 1


def number_occurrences(keys: Sequence[Hashable]) -> list[tuple[Hashable, int]]:
    """Each key with its rank among equal ones, so that repeated keys stay apart."""
    seen: Counter[Hashable] = Counter()
    numbered = []
    for key in keys:
        numbered.append((key, seen[key]))
        seen[key] += 1
    return numbered


def match_keys(old: Sequence[Hashable], new: Sequence[Hashable]) -> dict[int, int]:
    """Old index → new index of the same key; repeated keys correspond in their order."""
    at = {key: j for j, key in enumerate(number_occurrences(new))}
    return {i: at[key] for i, key in enumerate(number_occurrences(old)) if key in at}


def increasing_chain(matches: Mapping[int, int], weights: Sequence[int]) -> dict[int, int]:
    """The part of ``matches`` that keeps its order and weighs most; the others have moved.

    ``weights`` are those of the old elements.
    """
    items = sorted(matches.items())
    kept = heaviest_increasing([j for _, j in items], [weights[i] for i, _ in items])
    return {items[index][0]: items[index][1] for index in kept}
