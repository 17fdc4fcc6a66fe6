"""Old file and new file → one file with tracked changes, part by part.

Both files come from the plain writer; everything that differs between them is marked, so that
nothing depends on what the edit script says: it only tells what corresponds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from contract_builder.compare.redline.blocks import RedlineMerger, Width
from contract_builder.compare.redline.footnotes import MergedFootnotes
from contract_builder.compare.redline.lists import MergedLists
from contract_builder.compare.redline.parts import Bookmarks, PartMerger, iter_bookmarks
from contract_builder.compare.redline.script_pairs import plan_from_script
from contract_builder.compare.redline.units import Units, read_units, signature
from contract_builder.compare.script import Script
from contract_builder.errors import InternalRenderError
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    find_related,
    get_main_document,
    iter_relationships,
    read_parts,
    serialise,
    write_package,
)
from contract_builder.word.revisions import Reviser

_IDENTIFIER = re.compile(rb'(?:\bw:id=|<w:id w:val=|<wp:docPr [^>]*?\bid=)"(\d+)"')
_STORIES = ("/header", "/footer")


@dataclass(frozen=True, slots=True)
class Sources:
    """The plain files of the old and the new contract, and the template of both."""

    old: bytes
    new: bytes
    template: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """Who makes the changes, and when."""

    author: str
    at: datetime


def write_redline(script: Script, sources: Sources, signed: Signed, width: Width) -> bytes:
    """The new file with every difference from the old one marked, as closely as ``width`` lets.

    Headers, footers, styles and settings are those of the template; the properties of the file
    are those of the new one.
    """
    old_parts, parts = read_parts(sources.old), read_parts(sources.new)
    main = get_main_document(parts)
    noted = _get_related(parts, main, "footnotes")
    names = [main, *_stories(parts, main)]
    old_trees = {name: parse_xml(old_parts[name]) for name in names}
    trees = {name: parse_xml(parts[name]) for name in names}
    reviser = Reviser(signed.author, signed.at, _last_id(parts[name] for name in (*names, noted)))
    bookmarks = _only_old(old_trees, trees, reviser)
    merger = RedlineMerger(reviser, width)
    footnotes = MergedFootnotes(old_parts[noted], parts[noted], merger)
    footnotes.join(script, old_trees[main], trees[main])
    body = PartMerger(_body_units(old_trees[main]), _body_units(trees[main]), merger, bookmarks)
    before, after = body.sides
    plan = body.plan(plan_from_script(script, before, after))
    numbering = _get_related(parts, main, "numbering")
    lists = _merge_lists(sources, old_parts[numbering], parts[numbering])
    for i, j in (*plan.pairs, *plan.moves):
        lists.join(before[i].element, after[j].element)
    lists.rename(old_trees[main])
    parts[numbering] = lists.render()
    _fill(_get_body(trees[main]), body.merge(plan), body.last_page())
    footnotes.merge(trees[main])
    parts[noted] = footnotes.render()
    parts[main] = serialise(trees[main])
    for name in names[1:]:
        if signature(old_trees[name]) != signature(trees[name]):
            story = PartMerger(
                read_units(old_trees[name]), read_units(trees[name]), merger, bookmarks
            )
            _fill(trees[name], story.merge(story.plan()), None)
            parts[name] = serialise(trees[name])
    return write_package(parts)


def _get_related(parts: Mapping[str, bytes], main: str, relation: str) -> str:
    """The part of this relation, which the writer always makes."""
    name = find_related(parts, main, relation)
    if name is None:
        raise InternalRenderError(f"Le document Word n’a pas sa partie « {relation} ».")
    return name


def _stories(parts: Mapping[str, bytes], main: str) -> list[str]:
    """The headers and footers of the document."""
    return [
        item.target
        for item in iter_relationships(parts, main)
        if not item.external and item.type.endswith(_STORIES)
    ]


def _get_body(root: etree._Element) -> etree._Element:
    body = root.find(w("body"))
    if body is None:
        raise InternalRenderError("Le document Word n’a pas de corps.")
    return body


def _body_units(root: etree._Element) -> Units:
    return read_units(_get_body(root))


def _fill(
    container: etree._Element, merged: list[etree._Element], last_page: etree._Element | None
) -> None:
    for child in list(container):
        container.remove(child)
    container.extend(merged)
    if last_page is not None:
        container.append(last_page)


def _merge_lists(sources: Sources, old: bytes, new: bytes) -> MergedLists:
    template = read_parts(sources.template)
    name = _get_related(template, get_main_document(template), "numbering")
    return MergedLists(template[name], old, new)


def _last_id(parts: Iterable[bytes]) -> int:
    """The greatest identifier of any kind in these parts."""
    return max((int(found) for part in parts for found in _IDENTIFIER.findall(part)), default=0)


def _only_old(
    old: Mapping[str, etree._Element], new: Mapping[str, etree._Element], reviser: Reviser
) -> Bookmarks:
    """The bookmarks that only the old file has, with new ids."""
    names = {name for root in new.values() for _, name in iter_bookmarks(root)}
    return Bookmarks(
        {
            identifier: reviser.next_id()
            for root in old.values()
            for identifier, name in iter_bookmarks(root)
            if name not in names
        }
    )
