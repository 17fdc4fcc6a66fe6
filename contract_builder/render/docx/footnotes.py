"""The footnotes of a contract, written while its text is.

A file always has the part, so that all files of one template have the same parts.
"""

from collections.abc import Mapping
from itertools import count
from typing import Final

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.render.docx.styles import Style, StyleInfo
from contract_builder.word.footnotes import FOOTNOTES, is_note, render_separators
from contract_builder.word.ooxml import R, W, paragraph, parse_xml, run, w
from contract_builder.word.package import find_related, put_related_part, serialise

_ID: Final = w("id")


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
        _make_room(root, parts, main)
        marked = f'<w:notes xmlns:w="{W}" xmlns:r="{R}">{"".join(self._notes)}</w:notes>'
        root.extend(parse_xml(marked.encode()))
        put_related_part(parts, FOOTNOTES, serialise(root), main)


def _make_room(notes: etree._Element, parts: dict[str, bytes], main: str) -> None:
    """Gives the separators of a template identifiers below 1, which are those of the notes.

    Word numbers them -1, 0 and, for the notice of a continuation, 1; older ones 0 and 1.
    """
    separators = [item for item in notes if item.tag == w("footnote") and not is_note(item)]
    taken = {item.get(_ID, "") for item in separators}
    free = (str(number) for number in count(0, -1) if str(number) not in taken)
    changed = {value: next(free) for value in sorted(taken) if value.isdigit() and value != "0"}
    settings = find_related(parts, main, "settings")
    if not changed:
        return
    named = [*separators]
    if settings is not None:
        tree = parse_xml(parts[settings])
        named += tree.iterfind(f"{w('footnotePr')}/{w('footnote')}")
    for item in named:
        item.set(_ID, changed.get(item.get(_ID, ""), item.get(_ID, "")))
    if settings is not None:
        parts[settings] = serialise(tree)


def refuse_own_notes(parts: Mapping[str, bytes], main: str) -> None:
    """Raises TemplateError for a template with notes of its own: they would be counted first."""
    name = find_related(parts, main, "footnotes")
    if name is not None and any(is_note(note) for note in parse_xml(parts[name])):
        raise TemplateError(
            "Le modèle Word contient une note de bas de page, qui décalerait les numéros de celles "
            "du contrat : supprimez-la, ou écrivez-la dans le texte."
        )
