"""The rows of targets of a sheet in a form: which row of the file each one is, one more, one less.

A form shows of a row what people type; the rest of it is kept by the rank that it has in the file.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy

from contract_builder.reading.tree import Tree, get_lines
from contract_builder.web.forms.library_fields import SentTexts

_KEY = "cibles"
_MOST_ROWS = 40
SHOWN_ROWS = "cible._lignes"
"""What a form that shows the rows bears, blank."""


def list_ranks(tree: Mapping[str, Tree]) -> tuple[str, ...]:
    """The rank of each row of a file, as the form bears it."""
    return tuple(str(rank) for rank in range(len(get_lines(tree, _KEY))))


def parse_ranks(sent: SentTexts) -> tuple[str, ...] | None:
    """The rank in the file of each row that a form has, empty for a new one.

    None when the form does not say that it shows the rows: with none left, it says so too.
    """
    if sent.get(SHOWN_ROWS) is None:
        return None
    ranks: list[str] = []
    while len(ranks) < _MOST_ROWS and (rank := sent.get(f"cible.{len(ranks)}")) is not None:
        ranks.append(rank)
    return tuple(ranks)


def place_rows(tree: Mapping[str, Tree], ranks: Sequence[str]) -> dict[str, Tree]:
    """The tree with the rows that a form has, each as its file says it; those of new ones blank."""
    rows = get_lines(tree, _KEY)
    known = {str(rank): row for rank, row in enumerate(rows)}
    placed: list[Tree] = [
        deepcopy(known.get(rank, {"categorie": "", "valeurs": {}})) for rank in ranks
    ]
    if not placed and not rows:
        return dict(tree)
    return {**tree, _KEY: placed}


def add_row(
    tree: Mapping[str, Tree], ranks: Sequence[str], category: str
) -> tuple[dict[str, Tree], tuple[str, ...]]:
    """One more row, for a category, at the end; the tree and the ranks."""
    row: Tree = {"categorie": category, "valeurs": {}}
    return {**tree, _KEY: [*get_lines(tree, _KEY), row]}, (*ranks, "")


def drop_row(
    tree: Mapping[str, Tree], ranks: Sequence[str], place: str
) -> tuple[dict[str, Tree], tuple[str, ...]]:
    """Without the row at a place, counted from 0; as it is when there is none."""
    rows = get_lines(tree, _KEY)
    if not place.isdecimal() or len(place) > 3 or int(place) >= len(rows):
        return dict(tree), tuple(ranks)
    at = int(place)
    kept: list[Tree] = [*rows[:at], *rows[at + 1 :]]
    return {**tree, _KEY: kept}, (*ranks[:at], *ranks[at + 1 :])
