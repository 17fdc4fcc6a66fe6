"""Which comment answers which, and which are settled, as Word 2013 and later keep it beside them.

The part « commentsExtended » names a comment by its last paragraph ([MS-DOCX], w15:commentEx);
without it, every comment stands alone and open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import find_related

_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_DONE: Final = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class CommentThread:
    """The identifier of the comment that one answers, empty for none; True when it is settled."""

    parent: str = ""
    is_settled: bool = False


def read_threads(
    parts: Mapping[str, bytes], main: str, comments: Mapping[str, etree._Element]
) -> dict[str, CommentThread]:
    """What is known of each comment, by its identifier (``w:id``); nothing for the others.

    A chain of answers leads to the comment that began it, as Word shows them. Raises
    ``etree.XMLSyntaxError`` for a part that is not well-formed.
    """
    name = find_related(parts, main, "commentsExtended")
    if name is None or name not in parts:
        return {}
    by_paragraph = {
        paragraph.get(f"{_W14}paraId", ""): identifier
        for identifier, comment in comments.items()
        for paragraph in comment.iter(w("p"))
    }
    parents: dict[str, str] = {}
    settled: set[str] = set()
    for item in parse_xml(parts[name]).iter(f"{_W15}commentEx"):
        identifier = by_paragraph.get(item.get(f"{_W15}paraId") or "-")
        if identifier is None:
            continue
        parents[identifier] = by_paragraph.get(item.get(f"{_W15}paraIdParent") or "-", "")
        if item.get(f"{_W15}done", "") in _DONE:
            settled.add(identifier)
    found = {}
    for identifier in parents:
        root = _root_of(identifier, parents)
        is_settled = identifier in settled or root in settled
        found[identifier] = CommentThread("" if root == identifier else root, is_settled)
    return found


def _root_of(identifier: str, parents: Mapping[str, str]) -> str:
    """The comment that began the exchange; the one itself in a chain that bites its tail."""
    seen = {identifier}
    at = identifier
    while parents.get(at):
        at = parents[at]
        if at in seen:
            return identifier
        seen.add(at)
    return at
