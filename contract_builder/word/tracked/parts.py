"""The parts of a file that may hold revisions, as trees; what does not change stays byte for byte.

Files in the strict form of the standard (ISO/IEC 29500 Strict) name the same elements in other
namespaces: their trees are read under the usual names and written under their own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.word.ooxml import W, parse_xml
from contract_builder.word.package import serialise
from contract_builder.word.tracked.marks import M

_STRICT: Final = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    M: "http://purl.oclc.org/ooxml/officeDocument/math",
}
_HOLDS_WORDS: Final = re.compile(rb"wordprocessingml/(?:2006/)?main|\A\xff\xfe|\A\xfe\xff")
"""The namespace, or a part in UTF-16, which hides it."""


@dataclass(slots=True)
class TextPart:
    """One part: its name, its tree under the usual names, and whether it is in the strict form."""

    name: str
    root: etree._Element
    is_strict: bool

    def render(self) -> bytes:
        """The bytes of the part, in the form it came in."""
        if self.is_strict:
            return serialise(_rename(self.root, _STRICT))
        return serialise(self.root)


def load_text_parts(parts: Mapping[str, bytes]) -> list[TextPart]:
    """The parts in the language of Word, in the order of the file.

    Raises ``TemplateError`` when one is not well-formed.
    """
    return [
        _load(name, data)
        for name, data in parts.items()
        if name.endswith(".xml") and _HOLDS_WORDS.search(data)
    ]


def _load(name: str, data: bytes) -> TextPart:
    try:
        root = parse_xml(data)
    except etree.XMLSyntaxError as error:
        message = (
            f"La partie « {name} » de ce document Word n’est pas du XML bien formé : {error.msg}."
        )
        raise TemplateError(message) from error
    is_strict = any(uri in root.nsmap.values() for uri in _STRICT.values())
    if is_strict:
        root = _rename(root, {strict: usual for usual, strict in _STRICT.items()})
    return TextPart(name, root, is_strict)


def _rename(root: etree._Element, names: Mapping[str, str]) -> etree._Element:
    """The same tree under other namespaces; only declarations are touched, never a text."""
    text = etree.tostring(root, encoding="unicode")
    for before, after in names.items():
        declared = re.compile(rf'(?<=xmlns)(:[\w.-]+)?="{re.escape(before)}"(?=[^<>]*>)')
        text = declared.sub(rf'\g<1>="{after}"', text)
    return parse_xml(text.encode())
