"""A Word template as it was saved → the parts that are filled: one form, nothing carried along.

Whoever checks a template and whoever fills it read it here, so that both see the same.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Final

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.frozen import dataclass
from contract_builder.render.docx.template_places import (
    FIELD,
    iter_own,
    iter_template_parts,
    own_text,
)
from contract_builder.word.carried import TakenAway, drop_carried
from contract_builder.word.normalisation import normalise
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    get_main_document,
    iter_relationships,
    read_parts,
    serialise,
)

_MAX_PART_BYTES: Final = 8 << 20
"""Bytes of one part that shows text; the default template has a hundredth of it."""

_LAST_WORD: Final = re.compile(r"\.\s*(\w+)")
_T, _P = w("t"), w("p")
_MARKS: Final = (w("bookmarkStart"), w("bookmarkEnd"))


@dataclass(frozen=True, slots=True)
class LoadedTemplate:
    """The parts of a template, ready to be filled; ``carried`` is what was taken out of them."""

    parts: dict[str, bytes]
    main: str
    carried: tuple[TakenAway, ...]


def load_template(template: bytes) -> LoadedTemplate:
    """The template read and brought to one form.

    Hidden bookmarks and empty properties are gone, the others stand outside the fields, nothing of
    its maker's desk is left. Raises ``TemplateError`` when this is no Word document, is not whole
    or is too large, and ``etree.XMLSyntaxError`` for a part that is not well-formed.
    """
    parts = read_parts(template)
    main = get_main_document(parts)
    _refuse_incomplete(parts)
    shown = {item.target for item in iter_relationships(parts, main) if not item.external}
    for name in (main, *shown):
        if name.endswith(".xml") and len(parts.get(name, b"")) > _MAX_PART_BYTES:
            raise TemplateError(
                f"La partie « {name} » du modèle Word dépasse {_MAX_PART_BYTES >> 20} Mio de "
                "texte : un modèle n’a que la couverture, les en-têtes et les signatures."
            )
    parts = read_parts(normalise(template))
    carried = drop_carried(parts, main)
    for part in iter_template_parts(parts, main):
        moved = [_free_fields(paragraph) for paragraph in part.root.iter(_P)]
        if any(moved):
            parts[part.name] = serialise(part.root)
    return LoadedTemplate(parts, main, tuple(carried))


def find_names(parts: Mapping[str, bytes], main: str) -> frozenset[str]:
    """The last words of the dotted names that the fields of the main part use."""
    return frozenset(
        word
        for paragraph in parse_xml(parts[main]).iter(_P)
        for field in FIELD.finditer(own_text(paragraph))
        for word in _LAST_WORD.findall(field.group())
    )


def _refuse_incomplete(parts: dict[str, bytes]) -> None:
    """Raises ``TemplateError`` for a part that another one leads to and that is not there."""
    for source in ("", *parts):
        for relationship in iter_relationships(parts, source):
            if not relationship.external and relationship.target not in parts:
                message = f"Le modèle Word est incomplet : il y manque « {relationship.target} »."
                raise TemplateError(message)


def _free_fields(paragraph: etree._Element) -> bool:
    """Puts the bookmarks that stand inside a field before or after it; True for any.

    They say nothing of the field, and what stands inside is lost when it is filled.
    """
    pieces = list(iter_own(paragraph, _T))
    text = "".join(piece.text or "" for piece in pieces)
    if "{" not in text or next(iter_own(paragraph, *_MARKS), None) is None:
        return False
    ends = list(accumulate(len(piece.text or "") for piece in pieces))
    moved = False
    for field in FIELD.finditer(text):
        first = next(i for i, end in enumerate(ends) if end > field.start())
        last = next(i for i, end in enumerate(ends) if end >= field.end())
        for mark in list(_iter_marks(paragraph, pieces[first], pieces[last])):
            is_start = mark.tag == _MARKS[0]
            moved = _move(mark, pieces[first if is_start else last], is_start=is_start) or moved
    return moved


def _iter_marks(
    paragraph: etree._Element, first: etree._Element, last: etree._Element
) -> Iterator[etree._Element]:
    is_inside = False
    for element in paragraph.iter(_T, *_MARKS):
        if element is last:
            return
        if is_inside and element.tag != _T:
            yield element
        is_inside = is_inside or element is first


def _move(mark: etree._Element, piece: etree._Element, *, is_start: bool) -> bool:
    """Puts a mark before or after the run that holds this piece of text."""
    run = piece.getparent()
    if run is None:
        return False
    if is_start:
        run.addprevious(mark)
    else:
        run.addnext(mark)
    return True
