"""Fields that settling cut in two: what is left of their code is no text (17.16.18)."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import RPR, R, remove

_CHARACTER, _KIND = w("fldChar"), w("fldCharType")
_CODES: Final = (w("instrText"), w("delInstrText"))
_STORIES: Final = frozenset(
    w(name) for name in ("body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")
)


@dataclass(slots=True)
class _Open:
    """A field whose end was not met yet: its parts, and whether its result began."""

    parts: list[etree._Element]
    in_result: bool = False


def find_loose(root: etree._Element) -> set[etree._Element]:
    """Characters and code of fields that belong to no whole field."""
    open_fields: dict[etree._Element | None, list[_Open]] = {}
    loose: set[etree._Element] = set()
    for element in root.iter(_CHARACTER, *_CODES):
        story = next((outer for outer in element.iterancestors() if outer.tag in _STORIES), None)
        fields = open_fields.setdefault(story, [])
        kind = element.get(_KIND)
        if kind == "begin":
            fields.append(_Open([element]))
        elif not fields or (kind != "end" and fields[-1].in_result):
            loose.add(element)
        elif kind == "end":
            fields.pop()
        else:
            fields[-1].parts.append(element)
            fields[-1].in_result = kind == "separate"
    loose.update(part for fields in open_fields.values() for one in fields for part in one.parts)
    return loose


def drop_loose(root: etree._Element, before: set[etree._Element]) -> None:
    """Takes away what is loose now and was in a whole field ``before`` the marks were settled."""
    for element in find_loose(root) - before:
        run = element.getparent()
        remove(element)
        if run is not None and run.tag == R and all(child.tag == RPR for child in run):
            remove(run)
