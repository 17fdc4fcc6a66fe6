"""Which units of two parts correspond, where the edit script does not say.

Cover, table of contents, section breaks, signatures, headers and footers come from the template;
lines are matched by what they say, then by what they are.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from contract_builder.compare.alignment import Pairs, match_sequences
from contract_builder.compare.redline.units import RedlineUnit, link_target, loose_signature, shape
from contract_builder.word.ooxml import w
from contract_builder.word.revisions import CONTROL

_Key = Callable[[etree._Element], Hashable]


@dataclass(slots=True)
class PairingPlan:
    """What corresponds: ``pairs`` keep their order on both sides, ``moves`` do not.

    ``rows`` maps the index of an old table to the pairs of its rows; ``fixed_old`` and
    ``fixed_new`` are the units about which nothing is left to find out.
    """

    pairs: Pairs = field(default_factory=list)
    moves: Pairs = field(default_factory=list)
    rows: dict[int, Pairs] = field(default_factory=dict)
    fixed_old: set[int] = field(default_factory=set)
    fixed_new: set[int] = field(default_factory=set)


def complete_plan(
    plan: PairingPlan, old: Sequence[RedlineUnit], new: Sequence[RedlineUnit]
) -> PairingPlan:
    """The plan with the units that it leaves open matched in each stretch between its pairs."""
    pairs: Pairs = []
    edges = [*sorted(plan.pairs), (len(old), len(new))]
    old_at = new_at = 0
    for i, j in edges:
        before = [k for k in range(old_at, i) if k not in plan.fixed_old]
        after = [k for k in range(new_at, j) if k not in plan.fixed_new]
        pairs += [
            (before[a], after[b])
            for a, b in match_elements(
                [old[k].element for k in before], [new[k].element for k in after]
            )
        ]
        if i < len(old):
            pairs.append((i, j))
        old_at, new_at = i + 1, j + 1
    plan.pairs = pairs
    return plan


def match_elements(old: Sequence[etree._Element], new: Sequence[etree._Element]) -> Pairs:
    """Equal ones first, then, between them, those of the same first words, then of one shape."""
    pairs: Pairs = [(-1, -1)]
    for key in (loose_signature, _first_cell, shape):
        refined: Pairs = []
        for (i, j), (i_end, j_end) in zip(pairs, [*pairs[1:], (len(old), len(new))], strict=True):
            refined.append((i, j))
            refined += _match_between(old, new, (i + 1, i_end, j + 1, j_end), key)
        pairs = refined
    return pairs[1:]


def _match_between(
    old: Sequence[etree._Element],
    new: Sequence[etree._Element],
    area: tuple[int, int, int, int],
    key: _Key,
) -> Pairs:
    i, i_end, j, j_end = area
    before = [key(element) or ("old", at) for at, element in enumerate(old[i:i_end])]
    after = [key(element) or ("new", at) for at, element in enumerate(new[j:j_end])]
    return [(i + a, j + b) for a, b in match_sequences(before, after)]


def _first_cell(element: etree._Element) -> str:
    """The words of a row's first cell; nothing for what is no row."""
    cell = element.find(w("tc"))
    return "" if cell is None else "".join(text.text or "" for text in cell.iter(w("t")))


def match_contents(old: Sequence[RedlineUnit], new: Sequence[RedlineUnit]) -> PairingPlan:
    """Lines of the table of contents, by the section they lead to.

    First and last lines always correspond: they begin and end the field that holds all of them.
    One line cannot correspond to several.
    """
    if not old or not new or (len(old) == 1) != (len(new) == 1):
        return PairingPlan()
    inner = match_sequences(
        [link_target(unit.element) for unit in old[1:-1]],
        [link_target(unit.element) for unit in new[1:-1]],
    )
    last = (len(old) - 1, len(new) - 1)
    return PairingPlan(sorted({(0, 0), *((i + 1, j + 1) for i, j in inner), last}))


def join_ends(plan: PairingPlan, old: Sequence[RedlineUnit], new: Sequence[RedlineUnit]) -> None:
    """Makes the last paragraphs correspond: Word can neither insert nor delete the last mark."""
    if not (old and new and old[-1].is_paragraph and new[-1].is_paragraph):
        return
    last = (len(old) - 1, len(new) - 1)
    for pairs in (plan.pairs, plan.moves):
        pairs[:] = [(i, j) for i, j in pairs if i != last[0] and j != last[1]]
    plan.pairs.append(last)


def is_control(unit: RedlineUnit) -> bool:
    """True for a block control, as the table of contents is in."""
    return unit.element.tag == CONTROL
