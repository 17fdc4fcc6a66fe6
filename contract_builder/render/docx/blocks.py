"""Blocks of a section: paragraphs, lists, framed notes, small headings, tables."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from contract_builder.frozen import dataclass
from contract_builder.model.blocks import (
    Block,
    Drawing,
    ListBlock,
    Note,
    Paragraph,
    ParagraphRole,
    SubHeading,
    Table,
    Text,
    inline_text,
)
from contract_builder.render.docx.figures import FigureWriter
from contract_builder.render.docx.inlines import InlineWriter
from contract_builder.render.docx.styles import Style, StyleInfo
from contract_builder.render.docx.tables import TableWriter
from contract_builder.word.numbering import LEVELS, NumberingWriter, check_list_numbers
from contract_builder.word.ooxml import KEEP_NEXT, numbering_properties, paragraph

ROLE_STYLES: Final[Mapping[ParagraphRole, Style]] = {
    "body": Style.BODY,
    "visa": Style.VISA,
    "centered": Style.CENTERED,
    "small": Style.SMALL,
}


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block stands: the text width in twips, in how many lists of each kind, in a note.

    ``properties`` are paragraph properties that every paragraph here gets (an indent, a number).
    """

    width: int
    bulleted: int = 0
    numbered: int = 0
    in_note: bool = False
    properties: str = ""

    @property
    def depth(self) -> int:
        """In how many lists of any kind: how far the text is indented."""
        return self.bulleted + self.numbered

    def inside(self, block: ListBlock, indent: str) -> "BlockPlace":
        """The place of what stands in the items of this list."""
        return replace(
            self,
            bulleted=self.bulleted + (not block.ordered),
            numbered=self.numbered + block.ordered,
            properties=indent,
        )


def held_place(
    block: Block, following: Block | None, place: BlockPlace, preceding: Block | None = None
) -> BlockPlace:
    """The place of a block; what announces a list, a table or a figure stays on its page.

    So does a paragraph between a heading and a table or figure: it would part them.
    """
    match block, following:
        case Paragraph(), Table() | Drawing() if isinstance(preceding, SubHeading):
            return replace(place, properties=_kept(place.properties))
        case Paragraph(content=content), ListBlock() | Table() | Drawing() if (
            inline_text(content).rstrip().endswith(":")
        ):
            return replace(place, properties=_kept(place.properties))
        case _:
            return place


class BlockWriter:
    """Turns blocks into markup in the styles and lists of one template."""

    def __init__(
        self,
        styles: Mapping[Style, StyleInfo],
        numbering: NumberingWriter,
        inlines: InlineWriter,
        figures: FigureWriter,
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inlines = inlines
        self._figures = figures
        self._tables = TableWriter(styles, inlines)
        check_list_numbers(numbering.definitions, styles[Style.NUMBERED].num_id)

    def render(self, blocks: tuple[Block, ...], place: BlockPlace) -> str:
        """The blocks in order; the result always ends with a paragraph when there is a block."""
        preceding, following = (None, *blocks[:-1]), (*blocks[1:], None)
        return "".join(
            [
                self._render_one(block, held_place(block, after, place, before))
                for before, block, after in zip(preceding, blocks, following, strict=False)
            ]
        )

    def _render_one(self, block: Block, place: BlockPlace) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block, place)
            case ListBlock():
                return self._list(block, place)
            case Note(blocks=inner):
                return self.render(inner, replace(place, in_note=True))
            case SubHeading():
                return self._subheading(block, place)
            case Table():
                return self._tables.render(block, place.width)
            case Drawing():
                return self._figures.render(block, place.width)

    def _paragraph(self, block: Paragraph, place: BlockPlace) -> str:
        style = ROLE_STYLES[block.role]
        if place.in_note:
            style = Style.NOTE
        elif place.depth and block.role == "body":
            style = Style.LIST_CONTINUED
        content = self._inlines.render(block.content)
        return paragraph(content, self._styles[style].id, place.properties)

    def _subheading(self, block: SubHeading, place: BlockPlace) -> str:
        content = self._inlines.render(block.content)
        style = Style.NOTE if place.in_note else Style.SUBHEADING
        return paragraph(content, self._styles[style].id, _kept(place.properties))

    def _list(self, block: ListBlock, place: BlockPlace) -> str:
        """The marker comes from the lists of the same kind around, the indent from all of them."""
        style = Style.NUMBERED if block.ordered else Style.BULLETED
        level = (place.numbered if block.ordered else place.bulleted) % LEVELS
        num_id = self._styles[style].num_id
        if block.ordered:
            num_id = self._numbering.add_restarted(num_id, level, block.start)
        shown = self._numbering.definitions.find_level(num_id, min(place.depth, LEVELS - 1))
        indent = f'<w:ind w:left="{shown.indent if shown else 0}"/>'
        numbered = numbering_properties(num_id, level) + (indent if place.depth != level else "")
        style_id = self._styles[Style.NOTE if place.in_note else style].id
        inside = place.inside(block, indent)
        return "".join([self._item(item, style_id, numbered, inside) for item in block.items])

    def _item(
        self, item: tuple[Block, ...], style_id: str, numbered: str, inside: BlockPlace
    ) -> str:
        """One item: its number goes to its first paragraph, an empty one if it has none."""
        match item:
            case (Paragraph(content=content), *rest):
                pass
            case _:
                content, rest = (Text(""),), list(item)
        first = self._inlines.render(content)
        held = held_place(Paragraph(content), rest[0] if rest else None, BlockPlace(0)).properties
        return paragraph(first, style_id, held + numbered) + self.render(tuple(rest), inside)


def _kept(properties: str) -> str:
    """These paragraph properties, kept on the page of what follows: said once (17.3.1)."""
    return properties if properties.startswith(KEEP_NEXT) else KEEP_NEXT + properties
