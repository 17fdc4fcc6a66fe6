"""What two Word files say round the contract: cover, headers, footers, signatures.

Their text comes from the template, filled with values of the contract. A comparison of contracts
tells that a value changed; that the template's own text did must be told beside it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from contract_builder.compare.excerpts import short
from contract_builder.compare.redline.units import signature
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.render.docx.frame import frame_values
from contract_builder.render.docx.writer import render_docx
from contract_builder.word.extraction import extract_document
from contract_builder.word.markers import BOOKMARK_PREFIX
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import get_main_document, iter_relationships, read_parts

_STORIES: Final = {"header": "en-tête", "footer": "pied de page"}
_P, _R, _T, _TAB, _BR, _FIELD = (w(name) for name in ("p", "r", "t", "tab", "br", "fldChar"))
_START: Final = w("bookmarkStart")
_LONGEST: Final = 160


@dataclass(frozen=True)
class FrameSide:
    """A Word file, the contract that it prints, and a template to print it again for comparison."""

    docx: bytes
    contract: Contract
    template: bytes

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The lines of each place of the frame."""
        return dict(_iter_places(self.docx))

    @cached_property
    def again(self) -> dict[str, list[str]]:
        """The same as the template at hand would print them."""
        return dict(_iter_places(render_docx(self.contract, self.template)))

    def unfilled(self, place: str) -> list[str]:
        """The lines of a place with the contract's own values taken out."""
        return [_take_out(line, self.contract.header) for line in self.texts.get(place, [])]


def tell_frame_changes(old: FrameSide, new: FrameSide) -> tuple[str, ...]:
    """What changes round the contract and does not come from it, a French sentence a place.

    A place whose text changes just as one and the same template would change it is left out.
    """
    return tuple(_iter_changes(old, new))


def _iter_changes(old: FrameSide, new: FrameSide) -> Iterator[str]:
    for place in sorted({*old.texts, *new.texts}):
        before, after = old.texts.get(place, []), new.texts.get(place, [])
        if before == after or old.unfilled(place) == new.unfilled(place):
            continue
        if (before, after) == (old.again.get(place, []), new.again.get(place, [])):
            continue
        yield f"{place} des fichiers Word : {_tell(before, after)}."
    if not any(old.texts.get(place) != new.texts.get(place) for place in {*old.texts, *new.texts}):
        looks = [dict(_iter_looks(side.docx)) for side in (old, new)]
        for place in sorted({*looks[0], *looks[1]}):
            if looks[0].get(place) != looks[1].get(place):
                yield f"{place} des fichiers Word : la mise en forme change, non le texte."


def _tell(before: list[str], after: list[str]) -> str:
    gone = short(" / ".join(line for line in before if line not in after), _LONGEST)
    come = short(" / ".join(line for line in after if line not in before), _LONGEST)
    if gone and come:
        return f"« {gone} » devient « {come} »"
    if gone or come:
        return f"« {gone or come} » est {'retiré' if gone else 'ajouté'}"
    return "l’ordre des lignes change"


def _iter_places(docx: bytes) -> Iterator[tuple[str, list[str]]]:
    for place, root in _iter_stories(read_parts(docx)):
        yield place, [line for p in root.iter(_P) if (line := _line(p))]
    yield "Couverture", list(_iter_cover(docx))
    yield "Bloc de signature", extract_document(docx).frame


def _iter_cover(docx: bytes) -> Iterator[str]:
    """The lines before the first section, those of the contents left out."""
    parts = read_parts(docx)
    body = parse_xml(parts[get_main_document(parts)]).find(w("body"))
    for child in () if body is None else body.iterchildren(etree.Element):
        if any(mark.get(w("name"), "").startswith(BOOKMARK_PREFIX) for mark in child.iter(_START)):
            return
        if child.tag != w("sdt"):
            yield from (line for p in child.iter(_P) if (line := _line(p)))


def _iter_looks(docx: bytes) -> Iterator[tuple[str, str]]:
    for place, root in _iter_stories(read_parts(docx)):
        yield place, signature(root)


def _iter_stories(parts: Mapping[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Each header and footer that holds text, named by its kind and, if several, its part."""
    main = get_main_document(parts)
    for item in iter_relationships(parts, main):
        kind = item.type.rpartition("/")[2]
        if kind in _STORIES and not item.external and item.target in parts:
            number = re.sub(r"\D", "", item.target.rpartition("/")[2]) or "1"
            yield f"{_STORIES[kind].capitalize()} {number}", parse_xml(parts[item.target])


def _line(paragraph: etree._Element) -> str:
    """The text of a paragraph without the results of its fields: page numbers are no text."""
    shown: list[str] = []
    depth = 0
    for element in paragraph.iter(_T, _TAB, _BR, _FIELD):
        if element.tag == _FIELD:
            kind = element.get(w("fldCharType"))
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
        elif depth == 0:
            shown.append(element.text or "" if element.tag == _T else " ")
    return " ".join("".join(shown).split())


def _take_out(line: str, header: ContractHeader) -> str:
    for value in _values(header):
        line = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "\0", line, flags=re.IGNORECASE)
    return line


def _values(header: ContractHeader) -> list[str]:
    """What the template may print of a contract, the longest first."""
    found = {" ".join(text.split()) for text in _iter_texts(frame_values(header))}
    return sorted((text for text in found if text), key=len, reverse=True)


def _iter_texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _iter_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _iter_texts(inner)
    elif not isinstance(value, bool):
        yield str(value)
