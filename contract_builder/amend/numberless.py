"""Whether two texts say the same apart from printed numbers and the text of links to them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contract_builder.amend.lines import map_lines
from contract_builder.amend.sameness import sections_say_the_same
from contract_builder.model.blocks import CrossReference, Footnote, Inlines
from contract_builder.model.contract import Contract, Section


def say_the_same_but_numbers(one: Contract, other: Contract) -> bool:
    """True for two contracts whose sections say the same, in the same order.

    Printed numbers, the text of links, the list of gaps and remarks at the foot of the page, which
    are those of drafts for the most part, are not compared.
    """
    ours, theirs = (tuple(_iter_plain(contract.sections)) for contract in (one, other))
    return len(ours) == len(theirs) and all(map(sections_say_the_same, ours, theirs))


def _iter_plain(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        if section.kind != "lacunes":
            yield replace(
                section,
                number="",
                label="",
                blocks=map_lines(section.blocks, _plain_line),
                children=tuple(_iter_plain(section.children)),
            )


def _plain_line(content: Inlines) -> Inlines:
    return tuple(
        [
            replace(item, text=item.target) if isinstance(item, CrossReference) else item
            for item in content
            if not isinstance(item, Footnote)
        ]
    )
