"""Does a Word file tell who made it, where, when or from what? Looked for before one leaves.

``carried`` takes away what a template brings; this looks at the finished file, and trusts nothing.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import parse_xml
from contract_builder.word.package import find_related, iter_relationships

_PARTS: Final[Mapping[str, str]] = {
    "comments": "des commentaires",
    "commentsExtended": "des commentaires",
    "commentsIds": "des commentaires",
    "commentsExtensible": "des commentaires",
    "people": "les noms de ceux qui y ont travaillé",
    "customXml": "des données XML",
    "thumbnail": "un aperçu de sa première page",
    "attachedTemplate": "le chemin du modèle dont il est issu",
    "recipientData": "les destinataires d’un publipostage",
    "mailMergeSource": "la source d’un publipostage",
    "vbaProject": "des macros",
}
"""By the end of a relation's type."""
_MARKS: Final[Mapping[re.Pattern[bytes], str]] = {
    re.compile(rb"[\s<]\w+:rsid"): "des numéros de session de travail",
    re.compile(rb"\s\w+:author\s*="): "des noms d’auteurs",
    re.compile(rb"<w:docVars?\b"): "des variables de document",
}
_PROPERTIES: Final[Mapping[str, str]] = {
    "lastModifiedBy": "le nom de qui l’a enregistré",
    "created": "la date de sa création",
    "modified": "la date de sa modification",
    "lastPrinted": "la date de son impression",
    "revision": "le nombre de ses enregistrements",
    "Company": "un nom d’organisme",
    "Manager": "un nom de responsable",
    "HyperlinkBase": "la base de ses liens",
    "Template": "le nom de son modèle",
    "TotalTime": "le temps passé à le modifier",
}
"""Elements of the core and extended properties."""


def find_traces(parts: Mapping[str, bytes]) -> list[str]:
    """In French, what the file tells of its making, each once; empty for one that may leave.

    Raises ``etree.XMLSyntaxError`` for properties that are not well-formed.
    """
    return list(dict.fromkeys([*_in_relations(parts), *_in_text(parts), *_in_properties(parts)]))


def _in_relations(parts: Mapping[str, bytes]) -> Iterator[str]:
    for source in ("", *parts):
        for item in iter_relationships(parts, source):
            kind = item.type.rpartition("/")[2]
            if kind in _PARTS:
                yield _PARTS[kind]


def _in_text(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if name.endswith(".xml"):
            yield from (what for mark, what in _MARKS.items() if mark.search(data))


def _in_properties(parts: Mapping[str, bytes]) -> Iterator[str]:
    for relation in ("core-properties", "extended-properties"):
        name = find_related(parts, "", relation)
        if name is None or name not in parts:
            continue
        for element in parse_xml(parts[name]):
            kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if kind in _PROPERTIES and (element.text or "").strip():
                yield _PROPERTIES[kind]
