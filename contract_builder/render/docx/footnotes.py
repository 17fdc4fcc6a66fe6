"""Footnotes of a Word file: their calls in the text, and the part that holds them.

Source: ECMA-376 Part 1, 17.11. Word counts the calls; a note's identifier is only its name, and the
notes of kind ``separator`` draw the line above the others. A file always has the part, so that all
files of one template have the same parts.
"""

from collections.abc import Mapping
from itertools import count
from typing import Final

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.render.docx.ooxml import XML_DECLARATION, R, W, paragraph, parse_xml, run, w
from contract_builder.render.docx.package import (
    RelatedPart,
    find_related,
    put_related_part,
    serialise,
)
from contract_builder.render.docx.styles import Style, StyleInfo

FOOTNOTES: Final = RelatedPart(
    "word/footnotes.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
)
CALL: Final = w("footnoteReference")
SEPARATORS: Final = {"separator": -1, "continuationSeparator": 0}


class FootnoteWriter:
    """Collects the notes that are called while the text is written, in its order."""

    def __init__(self, styles: Mapping[Style, StyleInfo]) -> None:
        self._look = f'<w:rStyle w:val="{styles[Style.FOOTNOTE_CALL].id}"/>'
        self._style = styles[Style.FOOTNOTE].id
        self._numbers = count(1)
        self._notes: list[str] = []

    def call(self, content: str) -> str:
        """The call of a note that holds these runs: « (1) », raised."""
        number = next(self._numbers)
        # LibreOffice spoils a note that begins with anything but its number alone.
        own = self._raised("<w:footnoteRef/>") + run("\u00a0") + content
        self._notes.append(
            f'<w:footnote w:id="{number}">{paragraph(own, self._style)}</w:footnote>'
        )
        reference = self._raised(f'<w:footnoteReference w:id="{number}"/>')
        return run("(", self._look) + reference + run(")", self._look)

    def _raised(self, mark: str) -> str:
        return f"<w:r><w:rPr>{self._look}</w:rPr>{mark}</w:r>"

    def put(self, parts: dict[str, bytes], main: str) -> None:
        """Writes the notes into the file, after the separators of its template."""
        existing = find_related(parts, main, "footnotes")
        data = parts[existing] if existing is not None else render_separators()
        root = parse_xml(data)
        marked = f'<w:notes xmlns:w="{W}" xmlns:r="{R}">{"".join(self._notes)}</w:notes>'
        root.extend(parse_xml(marked.encode()))
        put_related_part(parts, FOOTNOTES, serialise(root), main)


def refuse_own_notes(parts: Mapping[str, bytes], main: str) -> None:
    """Raises TemplateError for a template with notes of its own: they would be counted first."""
    name = find_related(parts, main, "footnotes")
    if name is not None and any(is_note(note) for note in parse_xml(parts[name])):
        raise TemplateError(
            "Le modèle Word contient une note de bas de page, qui décalerait les numéros de celles "
            "du contrat : supprimez-la, ou écrivez-la dans le texte."
        )


def is_note(element: etree._Element) -> bool:
    """True for a note that the text may call, False for a separator."""
    return element.tag == w("footnote") and element.get(w("type"), "normal") == "normal"


def render_separators() -> bytes:
    """The footnotes part of a file without notes."""
    spaced = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p>{spaced}<w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for kind, number in SEPARATORS.items()
    )
    return f'{XML_DECLARATION}<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'.encode()


def footnote_settings() -> str:
    """What the settings say of the separators (17.15.1, before ``w:compat``)."""
    notes = "".join(f'<w:footnote w:id="{number}"/>' for number in SEPARATORS.values())
    return f"<w:footnotePr>{notes}</w:footnotePr>"
