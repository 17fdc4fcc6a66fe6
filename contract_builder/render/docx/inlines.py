"""Runs of text: literal text, values in content controls, gaps, links, forced new lines, notes.

Numbers of articles and texts, and ranges of years, are held together at their hyphens.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from contract_builder.model.blocks import (
    CrossReference,
    Field,
    Footnote,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Text,
)
from contract_builder.render.docx.footnotes import FootnoteWriter
from contract_builder.render.docx.styles import Style, StyleInfo
from contract_builder.word.markers import control_tag
from contract_builder.word.ooxml import content_control, held_run, internal_link, run

LINE_BREAK = "<w:r><w:br/></w:r>"
_HELD: Final = re.compile(r"(?<![\w-])[LRDA]?\d{1,4}(?:-\d{1,4}){1,4}(?![\w-])")
_YEARS: Final = re.compile(r"\d{4}-\d{4}")  # the one value held; codes stay as they are


class InlineWriter:
    """Turns inlines into runs; ``bookmarks`` gives the bookmark of each section id.

    ``footnotes`` collects the notes that are called on the way.
    """

    def __init__(
        self,
        styles: Mapping[Style, StyleInfo],
        control_ids: Iterator[int],
        bookmarks: Mapping[str, str],
    ) -> None:
        self.footnotes = FootnoteWriter(styles)
        self._control_ids = control_ids
        self._bookmarks = bookmarks
        self._value_style = f'<w:rStyle w:val="{styles[Style.VALUE].id}"/>'
        self._gap_style = f'<w:rStyle w:val="{styles[Style.GAP].id}"/>'

    def render(self, content: Inlines) -> str:
        """The runs of these inlines, in order."""
        return "".join([self._render_one(item) for item in content])

    def _render_one(self, item: Inline) -> str:
        match item:
            case Text(text=text):
                return held_run(split_held(text), _emphasis(item))
            case Field(key=key, text=text):
                look = _emphasis(item)
                parts = text.split("-") if _YEARS.fullmatch(text) else [text]
                content = held_run(parts, self._value_style + look)
                return self._control(key, content, plain=not look)
            case CrossReference(target=target, text=text):
                content = run(text, _emphasis(item))
                bookmark = self._bookmarks.get(target)
                return content if bookmark is None else internal_link(bookmark, content)
            case Gap(key=key):
                return self._control(key, run(item.text, self._gap_style), plain=False)
            case LineBreak():
                return LINE_BREAK
            case Footnote(content=noted):
                return self.footnotes.call(self.render(noted))

    def _control(self, key: str, content: str, *, plain: bool) -> str:
        return content_control(control_tag(key), next(self._control_ids), content, plain=plain)


def split_held(text: str) -> list[str]:
    """The text cut at the hyphens of its numbers, where no line may end; without them."""
    if "-" not in text:
        return [text]
    cuts = [
        found.start() + at
        for found in _HELD.finditer(text)
        for at, character in enumerate(found.group())
        if character == "-"
    ]
    starts = [0, *(cut + 1 for cut in cuts)]
    return [text[start:end] for start, end in zip(starts, [*cuts, len(text)], strict=True)]


def _emphasis(item: Text | Field | CrossReference) -> str:
    """The run properties for bold and italic, in the order of 17.3.2.28."""
    return ("<w:b/>" if item.bold else "") + ("<w:i/>" if item.italic else "")
