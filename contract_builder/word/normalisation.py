"""A Word file in the one form that the rest of the program expects, whoever saved it.

LibreOffice writes empty properties (``<w:rPr></w:rPr>``, ``<w:trPr></w:trPr>``) where Word writes
none. They say nothing, but tracked changes are settled by taking emptied properties away, so that a
file that begins with some would never come back the same. Word leaves hidden bookmarks, which a
loop would copy.
"""

from typing import Final

from lxml import etree

from contract_builder.word.bookmarks import drop_hidden_bookmarks
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    get_main_document,
    iter_relationships,
    read_parts,
    serialise,
    write_package,
)

_OPTIONAL: Final = tuple(
    w(name)
    for name in (
        "rPr", "pPr", "trPr", "tcPr", "tblPrEx", "numPr", "pBdr", "tabs", "tcBorders", "tblBorders",
        "tblCellMar", "tcMar", "sdtEndPr",
    )
)  # fmt: skip
"""Properties that may be absent, and say nothing when they are empty (17.3.1, 17.3.2, 17.4)."""

_STORIES: Final = ("/header", "/footer", "/footnotes", "/endnotes")


def drop_empty_properties(root: etree._Element) -> bool:
    """Takes away properties that hold nothing, in place; True when there were any."""
    empty = [item for item in root.iter(*_OPTIONAL) if not _says_something(item)]
    for item in empty:
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)
    return bool(empty)


def normalise(docx: bytes) -> bytes:
    """The file without empty properties and hidden bookmarks in its text, headers, footers, notes.

    The same bytes when there are none. Raises ``TemplateError`` when this is no Word file, and
    ``etree.XMLSyntaxError`` for a part that is not well-formed.
    """
    parts = read_parts(docx)
    main = get_main_document(parts)
    names = [main] + [
        item.target
        for item in iter_relationships(parts, main)
        if not item.external and item.type.endswith(_STORIES) and item.target in parts
    ]
    roots = {name: parse_xml(parts[name]) for name in names}
    changed = [drop_empty_properties(root) for root in roots.values()]
    changed.append(drop_hidden_bookmarks(roots.values()))
    if not any(changed):
        return docx
    return write_package({**parts, **{name: serialise(root) for name, root in roots.items()}})


def _says_something(properties: etree._Element) -> bool:
    """True for an attribute, or for any child that is not itself an empty property."""
    return bool(properties.attrib) or any(
        child.tag not in _OPTIONAL or _says_something(child) for child in properties
    )
