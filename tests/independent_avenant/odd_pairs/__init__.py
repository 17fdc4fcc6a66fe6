"""Pairs of contracts that try an avenant: what drafters do seldom, or a reader may read two ways.

``PAIRS`` has the contract before and after by what happens between them; each is tried both ways.
"""

from tests.independent_avenant.odd_pairs import tables, units, whole, words
from tests.independent_avenant.odd_pairs.builders import PAIRS

__all__ = ["PAIRS", "tables", "units", "whole", "words"]
