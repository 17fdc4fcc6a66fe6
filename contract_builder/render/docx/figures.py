"""Figures: the caption, then the picture on its page, never wider than the text."""

from collections.abc import Iterator, Mapping
from typing import Final

from contract_builder.model.blocks import Drawing
from contract_builder.render.docx.styles import Style, StyleInfo
from contract_builder.word.ooxml import KEEP_NEXT, paragraph, run
from contract_builder.word.pictures import Picture, PictureWriter

_TWIPS_IN_POINT: Final = 20
# A line of fixed height would cut the picture (17.3.1.33).
_WHOLE_LINE: Final = '<w:spacing w:before="0" w:after="160" w:line="240" w:lineRule="auto"/>'
_UNINDENTED: Final = '<w:ind w:left="0" w:right="0" w:firstLine="0"/>'


class FigureWriter:
    """Turns figures into markup in the styles of one template; ``pictures`` are PNG, by key."""

    def __init__(
        self,
        styles: Mapping[Style, StyleInfo],
        pictures: Mapping[str, bytes],
        ids: Iterator[int],
    ) -> None:
        self._caption = styles[Style.CAPTION].id
        self._picture = styles[Style.CENTERED].id
        self._words = styles[Style.TABLE_NOTE].id
        self._pictures = pictures
        self._writer = PictureWriter(ids)

    def render(self, figure: Drawing, width: int) -> str:
        """The caption and the picture, at most ``width`` twips wide, else what tells it."""
        caption = paragraph(run(figure.caption), self._caption, KEEP_NEXT)
        data = self._pictures.get(figure.key)
        if data is None:
            return caption + paragraph(run(figure.text), self._words)
        wide = min(figure.width * _TWIPS_IN_POINT, width)
        high = round(wide * figure.height / figure.width)
        drawn = self._writer.render(Picture(figure.text, data), wide, high)
        return caption + paragraph(drawn, self._picture, _WHOLE_LINE + _UNINDENTED)

    def put(self, parts: dict[str, bytes], main: str) -> None:
        """Writes the pictures into the file."""
        self._writer.put(parts, main)
