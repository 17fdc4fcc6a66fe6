"""Numbers of sections on both sides: which differences of a label or link are renumbering.

When an article is inserted, those after it print another number, and so do the links to them. That
is one consequence, not a change of each article.
"""

import re
from collections.abc import Mapping

from contract_builder.compare.script import Side
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import CrossReference
from contract_builder.model.contract import Contract, Section

_MARK = "#"


@dataclass(frozen=True, slots=True)
class Numbering:
    """Section id → number by which a link names it, on each side.

    A section without number of its own is named by the number of the nearest section above it.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]

    def link_symbol(self, link: CrossReference, side: Side) -> str:
        """Equal for two links that differ by renumbering alone; the printed text otherwise."""
        number = (self.old if side == "old" else self.new).get(link.target, "")
        words = _mask(link.text, number)
        return link.text if words is None else f"\0{link.target}\0{words}"


def build_numbering(old: Contract, new: Contract) -> Numbering:
    """The numbers of both contracts."""
    return Numbering(_numbers(old), _numbers(new))


def is_renumbering(old: Section, new: Section) -> bool:
    """True when the labels differ, and only by the number that each prints."""
    if old.label == new.label:
        return False
    if not old.label or not new.label:
        return True
    return (_mask(old.label, old.number) or old.label) == (
        _mask(new.label, new.number) or new.label
    )


def _numbers(contract: Contract) -> dict[str, str]:
    numbers: dict[str, str] = {}

    def visit(section: Section, above: str) -> None:
        numbers[section.id] = section.number or above
        for child in section.children:
            visit(child, numbers[section.id])

    for section in contract.sections:
        visit(section, "")
    return numbers


def _mask(text: str, number: str) -> str | None:
    """``text`` with its number masked; None when it does not print that number."""
    if not number:
        return None
    masked, count = re.subn(rf"(?<![\w.]){re.escape(number)}(?![\w]|\.\d)", _MARK, text, count=1)
    return masked if count else None
