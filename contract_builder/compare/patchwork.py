"""When two texts have too little in common to be shown woven into each other."""

from collections.abc import Iterator
from itertools import groupby

from contract_builder.compare.alignment import Pairs

_LEAST_SHARE = 0.2


def is_patchwork(common: int, longest: int) -> bool:
    """True when two texts share less than a fifth of the longer: each is then shown whole.

    Both numbers weigh words alike, whatever the scale.
    """
    return common < _LEAST_SHARE * longest


def iter_unbroken_runs(pairs: Pairs) -> Iterator[Pairs]:
    """The pairs in runs that follow each other without a gap on either side."""
    steps = groupby(enumerate(pairs), key=lambda item: (item[1][0] - item[0], item[1][1] - item[0]))
    for _, group in steps:
        yield [pair for _, pair in group]
