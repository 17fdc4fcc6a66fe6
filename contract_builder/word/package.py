"""A DOCX file as a package of named parts: reading, writing, relationships.

Open Packaging Conventions (ECMA-376 Part 2). Writing is deterministic: fixed dates, fixed order,
so that equal parts give equal bytes.
"""

import posixpath
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.frozen import dataclass
from contract_builder.word.ooxml import XML_DECLARATION, escape, parse_xml

CONTENT_TYPES: Final = "[Content_Types].xml"
ROOT_RELATIONSHIPS: Final = "_rels/.rels"
RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

MAX_PARTS: Final = 2_000
MAX_PART: Final = 64 << 20
"""Bytes of one part, unpacked: a long contract is a hundredth of it."""
MAX_UNPACKED: Final = 256 << 20

_DAMAGES: Final = (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
                   zlib.error)  # fmt: skip
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0"
_RICH_TEXT: Final = b"{\\rtf"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument."
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACROS: Final = "application/vnd.ms-word."
_OTHER_FORMATS: Final[Mapping[str, str]] = {
    f"{_WORD}template.main+xml": "un modèle Word (.dotx)",
    f"{_MACROS}document.macroenabled.main+xml": "un document Word à macros (.docm)",
    f"{_MACROS}template.macroenabledtemplate.main+xml": "un modèle Word à macros (.dotm)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":
        "un classeur Excel (.xlsx)",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml":
        "une présentation PowerPoint (.pptx)",
}  # fmt: skip
_SAVE_AS: Final = "enregistrez-le en Document Word (.docx)"
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_DEFLATE_LEVEL = 4  # twice as fast as the default level 6 for files 5 % larger


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship; ``target`` is a part name without leading slash, or a URI if external."""

    id: str
    type: str
    target: str
    external: bool


def read_parts(docx: bytes, *, accept_strict: bool = False) -> dict[str, bytes]:
    """The parts by name, in file order; files in the strict form only when asked for.

    Raises ``TemplateError`` when this is no Word document, and when it would unpack to more than
    ``MAX_PART`` for a part, ``MAX_UNPACKED`` or ``MAX_PARTS`` in all. Sizes are looked at before
    anything is read, and what an archive says of them is not trusted.
    """
    try:
        with ZipFile(BytesIO(docx)) as archive:
            items = [item for item in archive.infolist() if not item.is_dir()]
            _refuse_oversized(items)
            parts = {item.filename: _read_part(archive, item) for item in items}
    except _DAMAGES as error:
        raise TemplateError(_not_a_document(docx)) from error
    if CONTENT_TYPES not in parts:
        if parts.get("mimetype", b"").startswith(_OPEN_DOCUMENT):
            raise TemplateError(f"Ce fichier est un document LibreOffice (.odt) : {_SAVE_AS}.")
        raise TemplateError("Ce fichier compressé n’est pas un document Word (.docx).")
    _refuse_other_formats(parts, accept_strict=accept_strict)
    return parts


def _refuse_oversized(items: Sequence[ZipInfo]) -> None:
    if len(items) > MAX_PARTS:
        message = f"Ce document Word a {len(items)} parties : {MAX_PARTS} au plus sont lues."
        raise TemplateError(message)
    names = Counter(item.filename for item in items)
    double = next((name for name, count in names.items() if count > 1), None)
    if double is not None:
        raise TemplateError(f"Ce document Word est abîmé : la partie « {double} » est en double.")
    largest = max(items, key=lambda item: item.file_size, default=None)
    if largest is not None and largest.file_size > MAX_PART:
        raise TemplateError(_oversized_part(largest.filename))
    if sum(item.file_size for item in items) > MAX_UNPACKED:
        raise TemplateError(
            f"Ce document Word dépasse {MAX_UNPACKED >> 20} Mio une fois décompressé : "
            "allégez-en les images."
        )


def _oversized_part(name: str) -> str:
    return (
        f"La partie « {name} » de ce document Word dépasse {MAX_PART >> 20} Mio une fois "
        "décompressée : elle n’est pas lue."
    )


def _read_part(archive: ZipFile, item: ZipInfo) -> bytes:
    with archive.open(item) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise TemplateError(_oversized_part(item.filename))
    return data


def _not_a_document(data: bytes) -> str:
    """What a file that is no zip archive seems to be, and what to do."""
    if data.startswith(_COMPOUND_FILE):
        return (
            "Ce fichier est un ancien document Word (.doc), ou un document protégé par un mot de "
            f"passe : {_SAVE_AS}, sans mot de passe."
        )
    if data.startswith(_RICH_TEXT):
        return f"Ce fichier est un texte RTF : {_SAVE_AS}."
    return "Ce fichier n’est pas un document Word (.docx) lisible."


def _refuse_other_formats(parts: Mapping[str, bytes], *, accept_strict: bool) -> None:
    """Raises TemplateError for the neighbours of .docx: models, macros, Strict Open XML."""
    main = next(
        (item for item in iter_relationships(parts) if item.type.endswith("/officeDocument")), None
    )
    if main is None:
        return
    if main.type.startswith(_STRICT) and not accept_strict:
        raise TemplateError(
            "Ce fichier est un document Word au format « Open XML strict » : dans Word, "
            "« Enregistrer sous » propose « Document Word (.docx) », sans « strict » ; "
            "choisissez celui-là."
        )
    declared = {item.get("PartName"): item.get("ContentType", "")
                for item in parse_xml(parts[CONTENT_TYPES])}  # fmt: skip
    found = _OTHER_FORMATS.get(declared.get(f"/{main.target}", "").casefold())
    if found is not None:
        raise TemplateError(f"Ce fichier est {found} : {_SAVE_AS}.")


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
