"""Runs of text: literal text, values in content controls, gaps, links, forced new lines."""

from collections.abc import Iterator, Mapping

from contract_builder.model.blocks import (
    CrossReference,
    Field,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Text,
)
from contract_builder.render.docx.markers import control_tag
from contract_builder.render.docx.ooxml import content_control, internal_link, run
from contract_builder.render.docx.styles import Style, StyleInfo

LINE_BREAK = "<w:r><w:br/></w:r>"


class InlineWriter:
    """Turns inlines into runs; ``bookmarks`` gives the bookmark of each section id."""

    def __init__(
        self,
        styles: Mapping[Style, StyleInfo],
        control_ids: Iterator[int],
        bookmarks: Mapping[str, str],
    ) -> None:
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
                return run(text, _emphasis(item))
            case Field(key=key, text=text):
                look = _emphasis(item)
                return self._control(key, run(text, self._value_style + look), plain=not look)
            case CrossReference(target=target, text=text):
                content = run(text, _emphasis(item))
                bookmark = self._bookmarks.get(target)
                return content if bookmark is None else internal_link(bookmark, content)
            case Gap(key=key):
                return self._control(key, run(item.text, self._gap_style), plain=False)
            case LineBreak():
                return LINE_BREAK

    def _control(self, key: str, content: str, *, plain: bool) -> str:
        return content_control(control_tag(key), next(self._control_ids), content, plain=plain)


def _emphasis(item: Text | Field | CrossReference) -> str:
    """The run properties for bold and italic, in the order of 17.3.2.28."""
    return ("<w:b/>" if item.bold else "") + ("<w:i/>" if item.italic else "")
