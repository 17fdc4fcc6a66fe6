"""The table of contents: complete entries, each a link with its page number (17.16.5.68).

Word shows the cached entries and asks nothing at opening; long titles are shortened there. The
reader who updates the fields gets the same entries, titles whole, with Word's own page numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from contract_builder.frozen import dataclass
from contract_builder.render.docx.styles import Style, StyleInfo
from contract_builder.render.layout import shorten_title
from contract_builder.word.ooxml import field, internal_link, paragraph, run

CONTENTS_LEVELS: Final = (Style.TOC_1, Style.TOC_2)
INSTRUCTION: Final = r'TOC \o "1-2" \h \z \u'
UNKNOWN_PAGE: Final = "–"
"""Printed for an entry whose page is not known: a wrong number would mislead."""

_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    f'<w:r><w:instrText xml:space="preserve"> {INSTRUCTION} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_TAB = "<w:r><w:tab/></w:r>"


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line: the section, its bookmark, its whole heading, its level from 0."""

    section_id: str
    bookmark: str
    heading: str
    level: int


def render_contents(
    entries: Sequence[ContentsEntry],
    pages: Mapping[str, int],
    styles: Mapping[Style, StyleInfo],
    control_id: int,
) -> str:
    """The table of contents as Word writes it, in a content control with its « update » button.

    ``pages`` maps section ids to page numbers; an unknown page prints « – ». Nothing when there
    is no entry.
    """
    if not entries:
        return ""
    last = len(entries) - 1
    lines = []
    for index, entry in enumerate(entries):
        page = pages.get(entry.section_id)
        number = field(rf"PAGEREF {entry.bookmark} \h", UNKNOWN_PAGE if page is None else str(page))
        link = internal_link(entry.bookmark, run(shorten_title(entry.heading)) + _TAB + number)
        content = (_BEGIN if index == 0 else "") + link + (_END if index == last else "")
        lines.append(paragraph(content, styles[CONTENTS_LEVELS[entry.level]].id))
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{control_id}"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"
    )
