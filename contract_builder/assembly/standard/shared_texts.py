"""A standard text made, where it is what the contract says, of the contract's own objects.

Most texts of a contract are the standard ones. Whoever compares the two then finds at a glance what
is the same, and only reads what is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from contract_builder.model.blocks import Block
from contract_builder.model.contract import Contract, Provenance, Section

_REMEMBERED: Final = 8192
"""Pairs of texts: those of a region several times over."""


class SharedTexts:
    """Remembers which texts are alike: two objects that meet again are not read again.

    That serves where one reader gives many contracts the same text as the same object, and so does
    who fills the standard ones.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[tuple[Block, ...], tuple[Block, ...], bool]] = {}

    def share(self, sections: tuple[Section, ...], contract: Contract) -> Iterator[Section]:
        """Sections equal to these, with the objects of the contract wherever they are equal.

        The contract's own provenance stands where it names the same file and version.
        """
        own = {section.id: section for section in contract.iter_sections()}
        return (self._share(section, own) for section in sections)

    def _share(self, section: Section, own: Mapping[str, Section]) -> Section:
        children = tuple(self._share(child, own) for child in section.children)
        theirs = own.get(section.id)
        if theirs is None:
            return replace(section, children=children)
        shared = replace(
            section,
            blocks=theirs.blocks if self._are_alike(section, theirs) else section.blocks,
            provenance=_shared_origin(section.provenance, theirs.provenance),
            children=theirs.children if children == theirs.children else children,
        )
        return theirs if shared == theirs else shared

    def _are_alike(self, one: Section, other: Section) -> bool:
        """True when both have the same text."""
        key = id(one.blocks), id(other.blocks)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            # Both are kept: as long as they are, no other object has their ids.
            self._known[key] = one.blocks, other.blocks, one.blocks == other.blocks
        return self._known[key][2]


def _shared_origin(ours: Provenance | None, theirs: Provenance | None) -> Provenance | None:
    """The contract's own where it names the same version, or where one of them names none."""
    if ours is None or theirs is None:
        return theirs
    same = (ours.file, ours.in_force_from) == (theirs.file, theirs.in_force_from)
    return theirs if same else ours
