"""Sections of the contract: headings with native numbers, bookmarks, page orientation."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from contract_builder.frozen import dataclass
from contract_builder.model.contract import ANNEX_KINDS, HEADING_SEPARATOR, Section
from contract_builder.render.docx.blocks import BlockPlace, BlockWriter
from contract_builder.render.docx.contents import CONTENTS_LEVELS, ContentsEntry
from contract_builder.render.docx.page_setup import PageSetup
from contract_builder.render.docx.styles import Style, StyleInfo
from contract_builder.render.layout import follows_on_same_page
from contract_builder.render.text import SIGNATURES
from contract_builder.word.numbering import Level, NumberingWriter
from contract_builder.word.ooxml import KEEP_NEXT, numbering_properties, paragraph, run

BODY_HEADINGS = (Style.UNNUMBERED_HEADING, Style.HEADING_2, Style.HEADING_3)
_SAME_PAGE = ('<w:pageBreakBefore w:val="0"/>', '<w:spacing w:before="480" w:after="240"/>')
ANNEX_HEADINGS = (Style.ANNEX_HEADING, Style.ANNEX_HEADING_2, Style.ANNEX_HEADING_3)


class HeadingWriter:
    """Writes headings; trusts Word's numbering only where it prints the section's own label."""

    def __init__(self, styles: Mapping[Style, StyleInfo], numbering: NumberingWriter) -> None:
        self._styles = styles
        self._numbering = numbering
        self._current: dict[int, int] = {}

    def render(
        self, section: Section, style: Style, bookmark: str, around: tuple[str, str] = ("", "")
    ) -> str:
        """The heading paragraph; ``bookmark`` is the markup that opens the section's bookmark.

        ``around`` are paragraph properties that stand before and after the number's (17.3.1.26).
        """
        info = self._styles[style]
        numbered, text = self._number(section, info)
        before, after = around
        return paragraph(bookmark + run(text), info.id, before + numbered + after)

    def _number(self, section: Section, info: StyleInfo) -> tuple[str, str]:
        """The numbering properties and the text to write after them."""
        if not info.num_id:
            return "", section.heading
        num_id = self._find_num(section, info)
        if num_id is None:
            return numbering_properties(0, 0), section.heading
        self._numbering.counters.advance(num_id, info.level)
        direct = "" if num_id == info.num_id else numbering_properties(num_id, info.level)
        return direct, section.title

    def _find_num(self, section: Section, info: StyleInfo) -> int | None:
        """The list that prints this section's label here; None when the label must be text."""
        if not (section.label and section.title):
            return None
        wanted = section.label + HEADING_SEPARATOR
        num_id = self._current.get(info.num_id, info.num_id)
        if self._numbering.counters.preview(num_id, info.level) == wanted:
            return num_id
        level = self._numbering.definitions.find_level(num_id, info.level)
        # Only the outermost level restarts: Word and LibreOffice disagree about the others.
        if level is None or info.level != 0:
            return None
        start = find_start(level, wanted)
        if start is None:
            return None
        self._current[info.num_id] = self._numbering.add_restarted(info.num_id, 0, start)
        return self._current[info.num_id]


def find_start(level: Level, wanted: str) -> int | None:
    """The number at which this level prints ``wanted``: 7 for « Article 7 – »."""
    before, found, after = (level.text + level.suffix).partition("%1")
    if not found or level.number_format != "decimal":
        return None
    digits = wanted.removeprefix(before).removesuffix(after)
    is_number = digits.isascii() and digits.isdecimal() and digits == str(int(digits))
    return int(digits) if is_number and before + digits + after == wanted else None


@dataclass(frozen=True, slots=True)
class SectionContext:
    """How a section stands: its depth (0 at the top), orientation, body or annexes.

    ``held`` keeps its text on the page of what follows: signatures never stand alone.
    ``shares_page``: an annex that goes on under the one before it.
    """

    depth: int
    landscape: bool
    in_annexes: bool
    held: bool
    shares_page: bool = False


class BodyWriter:
    """Writes trees of sections and remembers what the table of contents must list."""

    def __init__(
        self,
        headings: HeadingWriter,
        blocks: BlockWriter,
        pages: PageSetup,
        bookmarks: Mapping[str, str],
        spacer_style_id: str,
    ) -> None:
        self._headings = headings
        self._blocks = blocks
        self._pages = pages
        self._bookmarks = bookmarks
        self._spacer = spacer_style_id
        self.entries: list[ContentsEntry] = []
        self.landscape = False
        self.has_breaks = False

    def render(self, sections: tuple[Section, ...], bookmark_ids: Iterator[int]) -> str:
        """The sections in order; ``landscape`` then tells how the last page stands."""
        return "".join(
            [
                self._section(
                    section,
                    self._context(section, before),
                    bookmark_ids,
                )
                for before, section in zip((None, *sections), sections, strict=False)
            ]
        )

    def _context(self, section: Section, before: Section | None) -> SectionContext:
        """How a section stands after the one before it: an empty annex stands on its page."""
        is_nothing = follows_on_same_page(section)
        shares = is_nothing and before is not None and before.kind == "annexe"
        landscape = self.landscape if shares else section.landscape and not is_nothing
        return SectionContext(
            depth=0,
            landscape=landscape,
            in_annexes=section.kind in ANNEX_KINDS,
            held=section.kind == SIGNATURES,
            shares_page=shares,
        )

    def end_section(self) -> str:
        """A section break: what was written keeps the current orientation."""
        page = self._pages.render(landscape=self.landscape, first=not self.has_breaks)
        self.has_breaks = True
        return paragraph("", self._spacer, page)

    def turn(self, *, landscape: bool) -> str:
        """A section break when the orientation changes, else nothing."""
        if landscape == self.landscape:
            return ""
        markup = self.end_section()
        self.landscape = landscape
        return markup

    def _section(self, section: Section, context: SectionContext, ids: Iterator[int]) -> str:
        bookmark_id = next(ids)
        name = self._bookmarks[section.id]
        start = f'<w:bookmarkStart w:id="{bookmark_id}" w:name="{name}"/>'
        end = f'<w:bookmarkEnd w:id="{bookmark_id}"/>'
        width = self._pages.text_width(landscape=context.landscape)
        place = BlockPlace(width, properties=KEEP_NEXT if context.held else "")
        parts = [
            self.turn(landscape=context.landscape),
            self._heading(section, context, start) if section.heading else start,
            self._blocks.render(section.blocks, place),
            end,
        ]
        for child in section.children:
            below = replace(
                context,
                depth=context.depth + 1,
                landscape=context.landscape or child.landscape,
            )
            parts.append(self._section(child, below, ids))
        return "".join(parts)

    def _heading(self, section: Section, context: SectionContext, start: str) -> str:
        family = ANNEX_HEADINGS if context.in_annexes else BODY_HEADINGS
        style = family[min(context.depth, len(family) - 1)]
        before = properties = ""
        if context.shares_page and context.depth == 0:
            before, properties = _SAME_PAGE
        if section.kind == "article" and context.depth == 0:
            style = Style.HEADING_1
        elif section.kind == "fiche":
            style = Style.SHEET_HEADING
            if context.depth != 1:
                properties = f'<w:outlineLvl w:val="{min(context.depth, 8)}"/>'
        if context.depth < len(CONTENTS_LEVELS):
            bookmark = self._bookmarks[section.id]
            self.entries.append(ContentsEntry(section.id, bookmark, section.heading, context.depth))
        return self._headings.render(section, style, start, (before, properties))
