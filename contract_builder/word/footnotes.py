"""Footnotes of a Word file: their calls in the text, and the part that holds them.

Source: ECMA-376 Part 1, 17.11. Word counts the calls; a note's identifier is only its name, and the
notes of kind ``separator`` draw the line above the others.
"""

from typing import Final

from lxml import etree

from contract_builder.word.ooxml import XML_DECLARATION, W, w
from contract_builder.word.package import RelatedPart

FOOTNOTES: Final = RelatedPart(
    "word/footnotes.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
)
CALL: Final = w("footnoteReference")
_SEPARATORS: Final = {"separator": -1, "continuationSeparator": 0}


def is_note(element: etree._Element) -> bool:
    """True for a note that the text may call, False for a separator."""
    return element.tag == w("footnote") and element.get(w("type"), "normal") == "normal"


def render_separators() -> bytes:
    """The footnotes part of a file without notes."""
    spaced = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p>{spaced}<w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for kind, number in _SEPARATORS.items()
    )
    return f'{XML_DECLARATION}<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'.encode()


def footnote_settings() -> str:
    """What the settings say of the separators (17.15.1, before ``w:compat``)."""
    notes = "".join(f'<w:footnote w:id="{number}"/>' for number in _SEPARATORS.values())
    return f"<w:footnotePr>{notes}</w:footnotePr>"
