"""A DOCX file as a package of named parts: reading, writing, relationships.

Open Packaging Conventions (ECMA-376 Part 2). Writing is deterministic: fixed dates, fixed order,
so that equal parts give equal bytes.
"""

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.word.ooxml import XML_DECLARATION, escape, parse_xml

CONTENT_TYPES: Final = "[Content_Types].xml"
ROOT_RELATIONSHIPS: Final = "_rels/.rels"
RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_DEFLATE_LEVEL = 4  # twice as fast as the default level 6 for files 5 % larger


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship; ``target`` is a part name without leading slash, or a URI if external."""

    id: str
    type: str
    target: str
    external: bool


def read_parts(docx: bytes) -> dict[str, bytes]:
    """The parts by name, in file order. Raises ``TemplateError`` when this is no Word file."""
    try:
        with ZipFile(BytesIO(docx)) as archive:
            parts = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        message = "Ce fichier n’est pas un document Word (.docx) lisible."
        raise TemplateError(message) from error
    if CONTENT_TYPES not in parts:
        raise TemplateError("Ce fichier compressé n’est pas un document Word (.docx).")
    return parts


@contextmanager
def telling_malformed_parts() -> Iterator[None]:
    """Raises ``TemplateError`` for a part that is not well-formed XML."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        message = f"Une partie du modèle Word n’est pas du XML bien formé : {error.msg}."
        raise TemplateError(message) from error


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """The zip file of these parts: content types first, the others by name."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=_DEFLATE_LEVEL) as archive:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            info = ZipInfo(name, _FIXED_DATE)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name], compresslevel=_DEFLATE_LEVEL)
    return buffer.getvalue()


def relationships_name(part: str) -> str:
    """The name of the part that holds the relationships of ``part`` ("" for the package)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def iter_relationships(parts: Mapping[str, bytes], part: str = "") -> Iterator[Relationship]:
    """The relationships of a part, or of the package when ``part`` is empty."""
    data = parts.get(relationships_name(part))
    if data is None:
        return
    for element in parse_xml(data):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
            target = target.removeprefix("/")
        yield Relationship(element.get("Id", ""), element.get("Type", ""), target, external)


def find_related(parts: Mapping[str, bytes], part: str, relation: str) -> str | None:
    """The first part that ``part`` points to by a relationship whose type ends in ``relation``."""
    for relationship in iter_relationships(parts, part):
        if not relationship.external and relationship.type.endswith(f"/{relation}"):
            return relationship.target
    return None


def get_main_document(parts: Mapping[str, bytes]) -> str:
    """The name of the main document part. Raises ``TemplateError`` when there is none."""
    name = find_related(parts, "", "officeDocument")
    if name is None or name not in parts:
        raise TemplateError("Ce fichier ne contient pas de document Word.")
    return name


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """A part that another one leads to: where it goes when the package has none, and its types."""

    name: str
    content_type: str
    relation: str


def put_related_part(
    parts: dict[str, bytes], part: RelatedPart, data: bytes, source: str = ""
) -> None:
    """Replace the part of this relation, or add it with its relationship and content type.

    ``source`` is the part that leads to it; empty for the package itself.
    """
    existing = find_related(parts, source, part.relation.rsplit("/", 1)[-1])
    if existing is not None:
        parts[existing] = data
        return
    parts[part.name] = data
    holder = relationships_name(source)
    relationships = parse_xml(parts[holder])
    used = {element.get("Id") for element in relationships}
    free = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used)
    target = posixpath.relpath(part.name, posixpath.dirname(source) or ".")
    etree.SubElement(
        relationships,
        f"{{{RELATIONSHIPS_NS}}}Relationship",
        {"Id": free, "Type": part.relation, "Target": target},
    )
    parts[holder] = serialise(relationships)
    types = parse_xml(parts[CONTENT_TYPES])
    etree.SubElement(
        types,
        f"{{{CONTENT_TYPES_NS}}}Override",
        {"PartName": f"/{part.name}", "ContentType": part.content_type},
    )
    parts[CONTENT_TYPES] = serialise(types)


def serialise(root: etree._Element) -> bytes:
    """The bytes of a part from its root element."""
    text = etree.tostring(root, encoding="unicode")
    return (XML_DECLARATION + text).encode()


def relationships_xml(relationships: Mapping[str, tuple[str, str]]) -> bytes:
    """A relationships part from ``{id: (type, target)}``, all internal."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{escape(target)}"/>'
        for key, (kind, target) in relationships.items()
    )
    text = f'<Relationships xmlns="{RELATIONSHIPS_NS}">{rows}</Relationships>'
    return (XML_DECLARATION + text).encode()
