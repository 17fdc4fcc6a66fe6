"""The texts of a Word template and where each stands, in an officer's words.

« couverture », « sommaire », « bloc de signature », « dernières pages »; « en-tête », « pied de
page des pages paires »… Knows nothing of what a template may say.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from lxml import etree

from contract_builder.frozen import dataclass
from contract_builder.word.ooxml import R, parse_xml, w
from contract_builder.word.package import iter_relationships

_P, _T, _BODY, _SECTION = w("p"), w("t"), w("body"), w("sectPr")
_REFERENCES: Final = {w("headerReference"): "en-tête", w("footerReference"): "pied de page"}
_TYPES: Final = {"first": " de première page", "even": " des pages paires"}
COVER: Final = "couverture"


class TemplateMark(StrEnum):
    """The places of the template that the writer fills; the value is the name in the template."""

    CONTENTS = "sommaire"
    BODY = "corps"
    ANNEXES = "annexes"


_AFTER: Final[Mapping[TemplateMark, str]] = {
    TemplateMark.CONTENTS: "sommaire",
    TemplateMark.BODY: "bloc de signature",
    TemplateMark.ANNEXES: "dernières pages",
}
FIELD: Final = re.compile(
    r"\{\{(?P<value>(?:(?!\}\}|\{\{|\{%).)*)\}\}"
    r"|\{%(?P<statement>(?:(?!%\}|\{\{|\{%).)*)%\}"
    r"|\{#(?:(?!#\}|\{#).)*#\}",
    re.DOTALL,
)
"""What docxtpl reads as a field, an instruction or a remark."""

MARKS: Final = {mark: re.compile(r"\{\{\s*" + mark.value + r"\s*\}\}") for mark in TemplateMark}


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part that shows text; ``label`` names a header or footer and is empty for the main one."""

    name: str
    label: str
    root: etree._Element


@dataclass(frozen=True, slots=True)
class TemplateText:
    """One paragraph: the place it stands in, its own text; ``alone`` in the main flow of text.

    The text of a text box is that of its own paragraphs, not of the one that it hangs on.
    """

    place: str
    paragraph: etree._Element
    text: str
    in_box: bool
    alone: bool


def iter_template_parts(parts: Mapping[str, bytes], main: str) -> Iterator[TemplatePart]:
    """The main part, then every header and footer that a section shows."""
    root = parse_xml(parts[main])
    yield TemplatePart(main, "", root)
    targets = {item.id: item.target for item in iter_relationships(parts, main)}
    sections = list(root.iter(_SECTION))
    labels: dict[str, str] = {}
    for section in reversed(sections):  # a part shown after the cover too is not the cover's own
        cover = " de la couverture" if section is sections[0] and len(sections) > 1 else ""
        for reference in section.iterchildren(*_REFERENCES):
            target = targets.get(reference.get(f"{{{R}}}id", ""), "")
            kind = _REFERENCES[str(reference.tag)]
            labels.setdefault(target, kind + _TYPES.get(reference.get(w("type"), ""), "") + cover)
    for name, label in sorted(labels.items()):
        if name in parts:
            yield TemplatePart(name, label, parse_xml(parts[name]))


def iter_texts(part: TemplatePart) -> Iterator[TemplateText]:
    """Every paragraph of a part with its place, empty ones included."""
    if part.label:
        yield from _iter_paragraphs(part.root, part.label, None)
        return
    body = part.root.find(_BODY)
    place = COVER
    for child in () if body is None else body.iterchildren(etree.Element):
        yield from _iter_paragraphs(child, place, body)
        text = own_text(child).strip() if child.tag == _P else ""
        found = next((mark for mark, pattern in MARKS.items() if pattern.fullmatch(text)), None)
        if found is not None:
            place = _AFTER[found]
        elif place == COVER and next(child.iter(_SECTION), None) is not None:
            place = _AFTER[TemplateMark.CONTENTS]


def _iter_paragraphs(
    container: etree._Element, place: str, body: etree._Element | None
) -> Iterator[TemplateText]:
    for paragraph in container.iter(_P):
        in_box = next(paragraph.iterancestors(w("txbxContent")), None) is not None
        alone = body is not None and paragraph.getparent() is body
        yield TemplateText(place, paragraph, own_text(paragraph), in_box, alone)


def own_text(paragraph: etree._Element) -> str:
    """The characters of the paragraph's own runs."""
    return "".join(text.text or "" for text in iter_own(paragraph, _T))


def iter_own(paragraph: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements of a paragraph with these tags, those of the text boxes in it left out."""
    for element in paragraph.iter(*tags):
        if next(element.iterancestors(_P), None) is paragraph:
            yield element
