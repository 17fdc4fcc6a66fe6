"""The comments of a returned file, with the text that each one is on."""

from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from contract_builder.returned.change import ReturnedComment, ReturnedPlace
from contract_builder.returned.pieces import PARAGRAPH_TAG, STAMP
from contract_builder.returned.threads import CommentThread, read_threads
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import find_related, get_main_document

_START, _END, _CALL = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
_ID: Final = w("id")
_TEXTS: Final = (w("t"), w("delText"))


def read_comments(
    parts: Mapping[str, bytes], place_of: Callable[[int], ReturnedPlace]
) -> list[ReturnedComment]:
    """The comments in the order of the text; ``place_of`` tells where a stamped paragraph is."""
    main = get_main_document(parts)
    name = find_related(parts, main, "comments")
    if name is None or name not in parts:
        return []
    comments = {item.get(_ID, ""): item for item in parse_xml(parts[name]).iter(w("comment"))}
    about, stamps = _read_ranges(parse_xml(parts[main]))
    threads = read_threads(parts, main, comments)
    order = (name for name in dict.fromkeys((*stamps, *comments)) if name in comments)
    numbers = {identifier: number for number, identifier in enumerate(order, start=1)}
    found = []
    for identifier, number in numbers.items():
        thread = threads.get(identifier, CommentThread())
        first = thread.parent or identifier
        found.append(
            ReturnedComment(
                comments[identifier].get(w("author")),
                comments[identifier].get(w("date")),
                place_of(stamps.get(identifier, stamps.get(first, 0))),
                _text_of(comments[identifier]),
                about.get(identifier) or about.get(first, ""),
                number,
                numbers.get(thread.parent, 0),
                thread.is_settled,
            )
        )
    return found


def _read_ranges(root: etree._Element) -> tuple[dict[str, str], dict[str, int]]:
    """The text that each comment is on, and the stamp of the paragraph where it begins."""
    about: dict[str, list[str]] = {}
    stamps: dict[str, int] = {}
    opened: dict[str, None] = {}
    waiting: list[str] = []
    stamp = 0
    for element in root.iter(PARAGRAPH_TAG, _START, _END, _CALL, *_TEXTS):
        identifier = element.get(_ID, "")
        if element.tag == PARAGRAPH_TAG:
            stamp = int(element.get(STAMP, "0"))
            stamps.update(dict.fromkeys(waiting, stamp))
            waiting = []
            for name in opened:
                about[name].append("\n")
        elif element.tag == _START:
            opened[identifier] = None
            about[identifier] = []
            if next(element.iterancestors(PARAGRAPH_TAG), None) is None:
                waiting.append(identifier)
            else:
                stamps[identifier] = stamp
        elif element.tag == _END:
            opened.pop(identifier, None)
        elif element.tag == _CALL:
            stamps.setdefault(identifier, stamp)
        else:
            for name in opened:
                about[name].append(element.text or "")
    return {name: "".join(texts).strip() for name, texts in about.items()}, stamps


def _text_of(comment: etree._Element) -> str:
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(w("t")))
        for paragraph in comment.iter(PARAGRAPH_TAG)
    ).strip()
