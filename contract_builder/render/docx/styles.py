"""The styles that the writer uses, and where to find them in a template edited in Word.

Styles are found by *name*: a French Word renames the identifiers of built-in styles when it
saves (``Heading1`` becomes ``Titre1``), while the names stay (``heading 1``, 17.7.4.9).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.frozen import dataclass
from contract_builder.word.ooxml import parse_xml, w


class Style(StrEnum):
    """A style by its name in the file; Word shows built-in names in the user's language."""

    BODY = "Body Text"
    HEADING_1 = "heading 1"
    HEADING_2 = "heading 2"
    HEADING_3 = "heading 3"
    UNNUMBERED_HEADING = "Titre sans numéro"
    ANNEX_HEADING = "Titre d’annexe"
    ANNEX_HEADING_2 = "Titre d’annexe 2"
    ANNEX_HEADING_3 = "Titre d’annexe 3"
    SHEET_HEADING = "Titre de fiche"
    SUBHEADING = "Intertitre"
    VISA = "Visa"
    CENTERED = "Texte centré"
    SMALL = "Petit texte"
    NOTE = "Note encadrée"
    BULLETED = "List Bullet"
    NUMBERED = "List Number"
    LIST_CONTINUED = "List Continue"
    CAPTION = "caption"
    TABLE = "Tableau du contrat"
    TABLE_TEXT = "Texte de tableau"
    TABLE_HEADER = "En-tête de tableau"
    TABLE_TOTAL = "Total de tableau"
    TABLE_GROUP = "Groupe de tableau"
    TABLE_NOTE = "Note de tableau"
    SPACER = "Espace"
    TOC_1 = "toc 1"
    TOC_2 = "toc 2"
    FOOTNOTE = "footnote text"
    FOOTNOTE_CALL = "footnote reference"
    VALUE = "Valeur"
    GAP = "Lacune"

    @property
    def shown(self) -> str:
        """The name in guillemets, with that of Word's French windows where it is hard to guess."""
        french = _FRENCH_NAMES.get(self)
        return f"« {self} »" if french is None else f"« {self} » (« {french} » dans Word)"


_FRENCH_NAMES: Final = {
    Style.FOOTNOTE: "Note de bas de page",
    Style.FOOTNOTE_CALL: "Appel note de bas de p.",
}

NUMBERED_LISTS: Final = (Style.BULLETED, Style.NUMBERED)


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """A style of the file; ``num_id`` is 0 without numbering, ``level`` counts from 0."""

    id: str
    num_id: int = 0
    level: int = 0


def load_styles(styles_part: bytes) -> Mapping[Style, StyleInfo]:
    """Every style of ``Style`` as the template defines it.

    Raises ``TemplateError`` naming all missing styles, or a list style without numbering.
    """
    found = {info_name.casefold(): info for info_name, info in _iter_styles(parse_xml(styles_part))}
    missing = [style for style in Style if style.casefold() not in found]
    if missing:
        names = ", ".join(style.shown for style in missing)
        raise TemplateError(f"Il manque des styles au modèle Word : {names}.")
    styles = {style: found[style.casefold()] for style in Style}
    for style in NUMBERED_LISTS:
        if not styles[style].num_id:
            message = f"Dans le modèle Word, le style « {style} » a perdu sa numérotation."
            raise TemplateError(message)
    return styles


def _iter_styles(root: etree._Element) -> list[tuple[str, StyleInfo]]:
    styles = []
    for element in root.iterfind(w("style")):
        name = element.find(w("name"))
        if name is not None:
            num_id, level = read_numbering(element.find(w("pPr")))
            info = StyleInfo(element.get(w("styleId"), ""), num_id or 0, level)
            styles.append((name.get(w("val"), ""), info))
    return styles


def read_numbering(properties: etree._Element | None) -> tuple[int | None, int]:
    """The numId and level of a ``w:pPr``; numId is None when it says nothing of numbering."""
    if properties is None:
        return None, 0
    numbering = properties.find(w("numPr"))
    if numbering is None:
        return None, 0
    num_id = numbering.find(w("numId"))
    level = numbering.find(w("ilvl"))
    return (
        None if num_id is None else int(num_id.get(w("val"), "0")),
        0 if level is None else int(level.get(w("val"), "0")),
    )
