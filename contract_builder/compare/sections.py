"""Two contracts → the edit script: sections by id, then the blocks inside them.

The tree of sections is taken depth first, as it is read. A section's id is its identity; of those
that both contracts hold, the heaviest set that keeps its order stands and the others have moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contract_builder.compare.alignment import increasing_chain, iter_merged, match_keys
from contract_builder.compare.block_edits import BlockMerger, EditContext
from contract_builder.compare.inlines import edit_plain
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.pairing import pair_units
from contract_builder.compare.script import BlockEdit, InlineEdits, Op, Script, SectionEdit
from contract_builder.compare.texts import blocks_text
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract, Section


@dataclass(frozen=True, slots=True)
class FlatSection:
    """A section in reading order, with its depth (0 at the top) and the id of the one above."""

    section: Section
    depth: int
    parent: str


def flatten(sections: Sequence[Section], depth: int = 0, parent: str = "") -> Iterator[FlatSection]:
    """The sections of a tree, depth first."""
    for section in sections:
        yield FlatSection(section, depth, parent)
        yield from flatten(section.children, depth + 1, section.id)


def build_script(old: Contract, new: Contract, numbering: Numbering) -> Script:
    """The edit script that turns ``old`` into ``new``."""
    before, after = list(flatten(old.sections)), list(flatten(new.sections))
    matches = match_keys([flat.section.id for flat in before], [flat.section.id for flat in after])
    chain = increasing_chain(matches, _weights(before, after, matches))
    old_blocks = [flat.section.blocks for flat in before]
    new_blocks = [flat.section.blocks for flat in after]
    context = EditContext(numbering)
    pairing = pair_units(old_blocks, new_blocks, matches)
    merger = BlockMerger(old_blocks, new_blocks, pairing, context)
    builder = _Builder((before, after), matches, merger, context)
    sections = tuple(builder.edit(i, j) for i, j in iter_merged(len(before), len(after), chain))
    return Script(replace(old, sections=()), replace(new, sections=()), sections)


def _weights(
    before: Sequence[FlatSection], after: Sequence[FlatSection], matches: dict[int, int]
) -> list[int]:
    """How much text would have to move; only asked for when something does.

    A section that goes under another one has moved anyway, whatever it weighs.
    """
    if list(matches.values()) == sorted(matches.values()):
        return [1] * len(before)
    return [
        1
        if i in matches and after[matches[i]].parent != item.parent
        else 2 + len(blocks_text(item.section.blocks))
        for i, item in enumerate(before)
    ]


class _Builder:
    def __init__(
        self,
        flat: tuple[Sequence[FlatSection], Sequence[FlatSection]],
        matches: dict[int, int],
        merger: BlockMerger,
        context: EditContext,
    ) -> None:
        self._before, self._after = flat
        self._matches = matches
        self._reverse = {j: i for i, j in matches.items()}
        self._merger = merger
        self._context = context
        self._moves: dict[int, int] = {}

    def edit(self, i: int, j: int) -> SectionEdit:
        """The edit of a section that stands, or of one side of it: -1 is the absent side."""
        if j < 0:
            return self._leave(i)
        return self._arrive(j) if i < 0 else self._stay(i, j)

    def _stay(self, i: int, j: int) -> SectionEdit:
        """A section whose place in reading order stands."""
        old, new = self._before[i], self._after[j]
        blocks = self._merger.merge(i, j)
        return self._edit("equal" if _is_equal(old, new, blocks) else "modify", old, new, blocks)

    def _leave(self, i: int) -> SectionEdit:
        """The old place of a section that goes or moves."""
        moved = i in self._matches
        return self._edit(
            "move_from" if moved else "delete",
            self._before[i],
            None,
            self._merger.leave(i),
            move=self._number(i) if moved else None,
        )

    def _arrive(self, j: int) -> SectionEdit:
        """The new place of a section that comes or moves."""
        source = self._reverse.get(j)
        edit = self._edit(
            "insert" if source is None else "move_to",
            None,
            self._after[j],
            self._merger.arrive(j),
            move=None if source is None else self._number(source),
        )
        if source is None:
            return edit
        was = self._before[source]
        return replace(
            edit,
            source=was.section,
            old_parent=was.parent,
            title=self._title(was.section, self._after[j].section),
        )

    def _edit(
        self,
        op: Op,
        old: FlatSection | None,
        new: FlatSection | None,
        blocks: tuple[BlockEdit, ...],
        *,
        move: int | None = None,
    ) -> SectionEdit:
        return SectionEdit(
            op=op,
            old=old.section if old else None,
            new=new.section if new else None,
            title=self._title(old.section if old else None, new.section if new else None),
            blocks=blocks,
            old_depth=old.depth if old else -1,
            new_depth=new.depth if new else -1,
            old_parent=old.parent if old else "",
            new_parent=new.parent if new else "",
            move=move,
        )

    def _title(self, old: Section | None, new: Section | None) -> InlineEdits:
        return edit_plain(
            old.title if old else "", new.title if new else "", self._context.numbering
        )

    def _number(self, i: int) -> int:
        if i not in self._moves:
            self._moves[i] = next(self._context.moves)
        return self._moves[i]


def _is_equal(old: FlatSection, new: FlatSection, blocks: Sequence[BlockEdit]) -> bool:
    """True when nothing that is printed of the section itself differs."""
    before, after = old.section, new.section
    if (old.depth, old.parent) != (new.depth, new.parent):
        return False
    return before is after or (
        replace(before, blocks=(), children=(), provenance=None)
        == replace(after, blocks=(), children=(), provenance=None)
        and all(edit.op == "equal" for edit in blocks)
    )
