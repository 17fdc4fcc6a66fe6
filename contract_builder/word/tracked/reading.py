"""What a mark is about, read from the tree: words, and the names of changed properties."""

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import P, R, m
from contract_builder.word.tracked.properties import find_untouched

_CHARACTERS: Final = {
    w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011",
}  # fmt: skip
_TEXTS: Final = frozenset({w("t"), w("delText"), m("t")})


def read_text(elements: Sequence[etree._Element]) -> str:
    """The words in these elements, deleted ones included; a line for each paragraph."""
    pieces: list[str] = []
    for element in elements:
        for item in element.iter():
            if item.tag in _TEXTS:
                pieces.append(item.text or "")
            elif item.tag in _CHARACTERS and _is_in_run(item):
                pieces.append(_CHARACTERS[str(item.tag)])
            elif item.tag == P and pieces:
                pieces.append("\n")
    return "".join(pieces).strip("\n")


def _is_in_run(element: etree._Element) -> bool:
    """A tab of the text, not one of the paragraph's stops."""
    parent = element.getparent()
    return parent is not None and parent.tag == R


def changed_properties(change: etree._Element) -> tuple[str, ...]:
    """The names of the properties that differ between now and before, sorted."""
    current = change.getparent()
    if current is None or len(change) == 0:
        return ()
    before = _write_each(child for child in change[0])
    now = _write_each(child for child in current if child is not change)
    outside = find_untouched(str(current.tag))
    names = {tag for tag in {*before, *now} - outside if before.get(tag) != now.get(tag)}
    return tuple(sorted(etree.QName(tag).localname for tag in names))


def _write_each(properties: Iterable[etree._Element]) -> dict[str, list[bytes]]:
    """Each property by name, as bytes that are equal when two are."""
    written: dict[str, list[bytes]] = {}
    for child in properties:
        text = etree.tostring(child, method="c14n", exclusive=True, with_tail=False)
        written.setdefault(str(child.tag), []).append(text)
    return written
