"""Bookmarks and other identifiers of a text that is copied: hidden marks go, copies get new names.

Word leaves ``_GoBack`` where somebody last worked, and ``_Hlk…``, ``_Toc…`` elsewhere; a bookmark
whose name begins with « _ » is hidden (17.13.6.2) and nobody can find it to mend it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import WP, w

BOOKMARK_LENGTH: Final = 40  # Word cuts longer names
_START, _END = w("bookmarkStart"), w("bookmarkEnd")
_ID, _NAME, _VAL = w("id"), w("name"), w("val")
_CODE, _SIMPLE, _ANCHOR, _INSTRUCTION = w("instrText"), w("fldSimple"), w("anchor"), w("instr")
_DRAWING: Final = f"{{{WP}}}docPr"
_WORDS: Final = re.compile(r"[^\s\"\\{}]+")


def drop_hidden_bookmarks(roots: Iterable[etree._Element]) -> bool:
    """Takes away hidden bookmarks that no field and no link of these texts uses; True for any."""
    roots = tuple(roots)
    used = {name for root in roots for name in _iter_named(root)}
    dropped = False
    for root in roots:
        opened: set[str] = set()
        for mark in list(root.iter(_START, _END)):
            identifier = mark.get(_ID, "")
            if mark.tag == _START:
                name = mark.get(_NAME, "")
                goes = name.startswith("_") and name not in used
                if goes:
                    opened.add(identifier)
            else:
                goes = identifier in opened
                opened.discard(identifier)
            if goes:
                _remove(mark)
                dropped = True
    return dropped


def _iter_named(root: etree._Element) -> Iterator[str]:
    """The words of all field codes, and the targets of links."""
    codes = "".join(element.text or "" for element in root.iter(_CODE))
    simple = " ".join(element.get(_INSTRUCTION, "") for element in root.iter(_SIMPLE))
    yield from _WORDS.findall(f"{codes} {simple}")
    for link in root.iter(w("hyperlink")):
        yield link.get(_ANCHOR, "")


def renew_copies(roots: Iterable[etree._Element]) -> None:
    """Gives what a loop copied names of its own: bookmarks, content controls and drawings.

    The first of equal identifiers keeps it. A bookmark whose other end a loop or a condition took
    away goes as well. A drawing is renewed wherever it repeats a number: Word does it too.
    """
    roots = tuple(roots)
    _renew_bookmarks(roots)
    _renew(roots, _iter_control_ids, _VAL)
    _renew(roots, lambda root: root.iter(_DRAWING), "id")


def _renew_bookmarks(roots: tuple[etree._Element, ...]) -> None:
    free = _free_numbers(
        mark.get(_ID, "") for root in roots for mark in root.iter() if isinstance(mark.tag, str)
    )
    names: set[str] = set()
    numbers: set[str] = set()
    for root in roots:
        opened: dict[str, list[etree._Element]] = {}
        for mark in list(root.iter(_START, _END)):
            identifier = mark.get(_ID, "")
            if mark.tag == _START:
                opened.setdefault(identifier, []).append(mark)
            elif opened.get(identifier):
                start = opened[identifier].pop()
                if identifier in numbers:
                    start.set(_ID, str(next(free)))
                    mark.set(_ID, start.get(_ID, ""))
                numbers.add(start.get(_ID, ""))
                start.set(_NAME, _free_name(start.get(_NAME, ""), names))
            else:
                _remove(mark)
        for starts in opened.values():
            for start in starts:
                _remove(start)


def _free_name(name: str, taken: set[str]) -> str:
    """The name, or, when it is taken (whatever its case), the name with the next number."""
    found = name
    for number in count(2):
        if found.casefold() not in taken:
            break
        ending = f"_{number}"
        found = name[: BOOKMARK_LENGTH - len(ending)] + ending
    taken.add(found.casefold())
    return found


def _iter_control_ids(root: etree._Element) -> Iterator[etree._Element]:
    for properties in root.iter(w("sdtPr")):
        yield from properties.iterchildren(_ID)


def _renew(
    roots: tuple[etree._Element, ...],
    find_holders: Callable[[etree._Element], Iterable[etree._Element]],
    attribute: str,
) -> None:
    holders = [holder for root in roots for holder in find_holders(root)]
    free = _free_numbers(holder.get(attribute, "") for holder in holders)
    seen: set[str] = set()
    for holder in holders:
        if holder.get(attribute, "") in seen:
            holder.set(attribute, str(next(free)))
        seen.add(holder.get(attribute, ""))


def _free_numbers(taken: Iterable[str]) -> Iterator[int]:
    known = set(taken)
    return (number for number in count(1) if str(number) not in known)


def _remove(mark: etree._Element) -> None:
    """Takes an empty element away; what follows it stays."""
    parent = mark.getparent()
    if parent is None:
        return
    if mark.tail:
        before = mark.getprevious()
        if before is None:
            parent.text = (parent.text or "") + mark.tail
        else:
            before.tail = (before.tail or "") + mark.tail
    parent.remove(mark)
