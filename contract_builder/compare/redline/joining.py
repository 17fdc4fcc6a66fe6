"""Whether two Word files can be told in one: tracked changes carry text, not styles or settings."""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from contract_builder.compare.redline.units import signature
from contract_builder.word.ooxml import parse_xml
from contract_builder.word.package import get_main_document, iter_relationships, read_parts

_TEXT: Final = ("/header", "/footer", "/footnotes", "/numbering")
"""Parts of the main document that a redline merges; all others must be the same in both files."""
_WORDS: Final = {
    "styles": "les styles",
    "settings": "les réglages",
    "fontTable": "la table des polices",
    "theme": "le thème",
    "endnotes": "les notes de fin",
    "comments": "les commentaires",
    "image": "les images",
}


def find_obstacles(old: bytes, new: bytes) -> list[str]:
    """What keeps these files from being told in one, as French noun phrases; none when they can.

    A Word file cannot mark that its styles, settings or images changed, nor that it has another
    number of headers and footers.
    """
    before, after = read_parts(old), read_parts(new)
    return sorted({*_iter_stories(before, after), *_iter_others(before, after)})


def _iter_stories(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    for relation, words in (
        ("/header", "les en-têtes (leur nombre)"),
        ("/footer", "les pieds de page (leur nombre)"),
    ):
        if _related(old, relation) != _related(new, relation):
            yield words
    for relation, words in (
        ("/footnotes", "les notes de bas de page"),
        ("/numbering", "les listes"),
    ):
        for parts, side in ((old, "l’ancien"), (new, "le nouveau")):
            if not _related(parts, relation):
                yield f"{words} ({side} fichier n’en a pas la partie)"


def _iter_others(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    shared = {name for parts in (old, new) for name in _merged_names(parts)}
    for name in sorted({*old, *new} - shared):
        if name.startswith("word/") and not _are_alike(old.get(name), new.get(name), name):
            yield _describe(name)


def _merged_names(parts: Mapping[str, bytes]) -> set[str]:
    main = get_main_document(parts)
    return {main, *(name for relation in _TEXT for name in _related(parts, relation))}


def _related(parts: Mapping[str, bytes], relation: str) -> set[str]:
    return {
        item.target
        for item in iter_relationships(parts, get_main_document(parts))
        if not item.external and item.type.endswith(relation)
    }


def _are_alike(old: bytes | None, new: bytes | None, name: str) -> bool:
    if old is None or new is None or not name.endswith((".xml", ".rels")):
        return old == new
    if old == new:
        return True
    try:
        return signature(parse_xml(old)) == signature(parse_xml(new))
    except etree.XMLSyntaxError:
        return False


def _describe(name: str) -> str:
    stem = name.removeprefix("word/")
    if stem.startswith("media/"):
        return _WORDS["image"]
    if stem.startswith("_rels/") or "/_rels/" in stem:
        return "les liens entre ses parties"
    key = stem.split("/")[0].split(".")[0]
    return _WORDS.get(key, f"la partie « {name} »")
