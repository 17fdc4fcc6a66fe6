"""The lists of both files in one numbering part.

Each file adds its own restarted lists to those of the template, with the same numbers for
different lists. The old ones get numbers of their own, except where a paragraph that exists in
both files says that two lists are the same one.
"""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from contract_builder.compare.redline.units import list_number, signature
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import serialise

_NUM: Final = w("num")
_NUM_ID: Final = w("numId")
_VAL: Final = w("val")


class MergedLists:
    """The numbering part of the redline, made from those of template, old and new file."""

    def __init__(self, template: bytes, old: bytes, new: bytes) -> None:
        own = set(_load_nums(parse_xml(template)))
        self._root = parse_xml(new)
        new_nums = _load_nums(self._root)
        old_nums = _load_nums(parse_xml(old))
        self._old = {key: num for key, num in old_nums.items() if key not in own}
        self._new = {key: num for key, num in new_nums.items() if key not in own}
        self._last = max([*map(int, old_nums), *map(int, new_nums)], default=0)
        self._names: dict[str, str] = {}

    def join(self, old: etree._Element, new: etree._Element) -> None:
        """Two paragraphs correspond: so do their lists, when they restart alike."""
        before, after = _list_of(old), _list_of(new)
        if before not in self._old or after not in self._new or before in self._names:
            return
        same = _definition(self._old[before]) == _definition(self._new[after])
        if same and after not in self._names.values():
            self._names[before] = after

    def rename(self, root: etree._Element) -> None:
        """Gives the paragraphs of the old file the numbers of the merged part."""
        for number in root.iter(_NUM_ID):
            value = number.get(_VAL, "")
            if value in self._old:
                number.set(_VAL, self._name(value))

    def _name(self, value: str) -> str:
        if value not in self._names:
            self._last += 1
            self._names[value] = str(self._last)
            num = self._old[value]
            num.set(_NUM_ID, self._names[value])
            last = self._root.findall(_NUM)[-1]
            last.addnext(num)
        return self._names[value]

    def render(self) -> bytes:
        """The numbering part."""
        return serialise(self._root)


def _load_nums(root: etree._Element) -> Mapping[str, etree._Element]:
    return {num.get(_NUM_ID, ""): num for num in root.iterfind(_NUM)}


def _list_of(paragraph: etree._Element) -> str:
    number = list_number(paragraph)
    return "" if number is None else number.get(_VAL, "")


def _definition(num: etree._Element) -> str:
    return "".join(signature(child) for child in num)
