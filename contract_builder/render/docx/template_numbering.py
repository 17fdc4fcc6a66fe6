"""The lists of the default Word template: bullets, numbers, articles, annexes.

The numbers of articles and annexes belong to their heading styles; the labels end with the same
dash as ``HEADING_SEPARATOR``, so that Word prints exactly what the contract says.
"""

from collections.abc import Sequence
from typing import Final

from contract_builder.render.docx.template_styles import ANNEXES, BULLETS, DECIMALS, HEADINGS
from contract_builder.word.numbering import LEVELS
from contract_builder.word.ooxml import XML_DECLARATION, W

INDENT: Final = 425  # twips a level, 0.75 cm

_BULLET_TEXTS = ("•", "–", "▪")
_NUMBER_TEXTS = (("decimal", "{}."), ("lowerLetter", "{})"), ("lowerRoman", "{}."))
_ARTICLE_LEVELS = (
    ("Heading1", "Article %1 –"),
    ("Heading2", "%1.%2 –"),
    ("Heading3", "%1.%2.%3 –"),
)
_ANNEX_LEVELS = (
    ("TitreAnnexe", "Annexe A%1 –"),
    ("TitreAnnexe2", "A%1.%2 –"),
    ("TitreAnnexe3", "A%1.%2.%3 –"),
)


def render_numbering() -> bytes:
    """``word/numbering.xml`` of the default template."""
    definitions = {
        BULLETS: _bullets(),
        DECIMALS: _numbers(),
        HEADINGS: _headings(_ARTICLE_LEVELS),
        ANNEXES: _headings(_ANNEX_LEVELS),
    }
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
        for key, levels in definitions.items()
    )
    nums = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in definitions
    )
    return f'{XML_DECLARATION}<w:numbering xmlns:w="{W}">{abstracts}{nums}</w:numbering>'.encode()


def _bullets() -> str:
    return "".join(
        _list_level(level, "bullet", _BULLET_TEXTS[level % len(_BULLET_TEXTS)])
        for level in range(LEVELS)
    )


def _numbers() -> str:
    levels = []
    for level in range(LEVELS):
        number_format, text = _NUMBER_TEXTS[level % len(_NUMBER_TEXTS)]
        levels.append(_list_level(level, number_format, text.format(f"%{level + 1}")))
    return "".join(levels)


def _list_level(level: int, number_format: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )


def _headings(levels: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{style_id}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level, (style_id, text) in enumerate(levels)
    )
