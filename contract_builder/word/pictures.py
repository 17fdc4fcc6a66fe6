"""Pictures in the text of a Word file: written into it, and found again in its sections.

ECMA-376 Part 1, 20.4.2.8 (inline drawings), 20.2 (pictures). Each is kept under the hash of its
bytes: the same picture is one part, under the same name in every file.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from lxml import etree

from contract_builder.frozen import dataclass
from contract_builder.word.markers import BOOKMARK_PREFIX
from contract_builder.word.ooxml import PIC, WP, R, escape, parse_xml, w
from contract_builder.word.package import (
    CONTENT_TYPES,
    CONTENT_TYPES_NS,
    RELATIONSHIPS_NS,
    get_main_document,
    iter_relationships,
    read_parts,
    relationships_name,
    serialise,
)

_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION: Final = f"{R}/image"
_EMU_IN_TWIP: Final = 635
_HASH_SHOWN: Final = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and what it shows, in words."""

    description: str
    data: bytes

    @property
    def name(self) -> str:
        """What names it in a file: begins like its hash."""
        return f"dessin-{sha256(self.data).hexdigest()[:_HASH_SHOWN]}"


class PictureWriter:
    """Collects the pictures that are written while the text is."""

    def __init__(self, ids: Iterator[int]) -> None:
        self._ids = ids
        self._pictures: dict[str, bytes] = {}

    def render(self, picture: Picture, width: int, height: int) -> str:
        """The run of a picture of this size in twips."""
        self._pictures[picture.name] = picture.data
        size = f'cx="{width * _EMU_IN_TWIP}" cy="{height * _EMU_IN_TWIP}"'
        number = next(self._ids)
        told = f'name="{picture.name}" descr="{escape(picture.description)}"'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" {told}/><wp:cNvGraphicFramePr>'
            f'<a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}">'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" {told}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{_relation_id(picture.name)}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def put(self, parts: dict[str, bytes], main: str) -> None:
        """Writes the pictures into the file, beside its main part."""
        if not self._pictures:
            return
        folder = main.rpartition("/")[0]
        holder = relationships_name(main)
        relationships = parse_xml(parts[holder])
        for name, data in self._pictures.items():
            parts[f"{folder}/media/{name}.png"] = data
            etree.SubElement(
                relationships,
                f"{{{RELATIONSHIPS_NS}}}Relationship",
                {"Id": _relation_id(name), "Type": _RELATION, "Target": f"media/{name}.png"},
            )
        parts[holder] = serialise(relationships)
        _declare_png(parts)


def _relation_id(name: str) -> str:
    return f"rId-{name}"


def _declare_png(parts: dict[str, bytes]) -> None:
    """Says what a part that ends in .png is, where the file does not yet (Part 2, 7.2.3)."""
    types = parse_xml(parts[CONTENT_TYPES])
    kind = f"{{{CONTENT_TYPES_NS}}}Default"
    if any(item.get("Extension", "").casefold() == "png" for item in types.iter(kind)):
        return
    element = etree.Element(kind, {"Extension": "png", "ContentType": "image/png"})
    types.insert(0, element)
    parts[CONTENT_TYPES] = serialise(types)


def find_pictures(docx: bytes) -> list[Picture]:
    """The pictures that stand in the sections of a contract, in reading order.

    Those of its template, round the sections, are left out. One whose file is missing is empty.
    """
    parts = read_parts(docx)
    main = get_main_document(parts)
    files = {
        relation.id: parts.get(relation.target, b"") for relation in iter_relationships(parts, main)
    }
    return list(_iter_pictures(parse_xml(parts[main]), files))


def _iter_pictures(root: etree._Element, files: Mapping[str, bytes]) -> Iterator[Picture]:
    start, end, drawing = w("bookmarkStart"), w("bookmarkEnd"), w("drawing")
    open_sections: set[str] = set()
    for element in root.iter(start, end, drawing):
        number = element.get(w("id"), "")
        if element.tag == start and element.get(w("name"), "").startswith(BOOKMARK_PREFIX):
            open_sections.add(number)
        elif element.tag == end:
            open_sections.discard(number)
        elif element.tag == drawing and open_sections:
            told = next(element.iter(f"{{{WP}}}docPr"), None)
            blip = next(element.iter(f"{{{_A}}}blip"), None)
            yield Picture(
                "" if told is None else told.get("descr", ""),
                b"" if blip is None else files.get(blip.get(f"{{{R}}}embed", ""), b""),
            )
