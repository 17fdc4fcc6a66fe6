"""What a Word file would do at its reader's, or fetch from elsewhere, beyond showing its text.

Macros, controls, objects of other programs, inserted files, fields that call a program or read a
file, models and pictures kept elsewhere. Looks at relations, content types, fields and the first
bytes of parts, whatever their names. Sources: ECMA-376 Parts 1 and 2; public analyses of malicious
documents (template injection, DDE, altChunk, linked pictures).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from contract_builder.frozen import dataclass
from contract_builder.word.field_codes import LIVE, STATIC, iter_fields
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import CONTENT_TYPES, Relationship, iter_relationships


@dataclass(frozen=True, slots=True)
class ActiveUse:
    """What a file runs or fetches, as a French clause, and what to do in its place."""

    what: str
    advice: str


_MACROS: Final = ActiveUse(
    "il contient des macros", "enregistrez-le en Document Word (.docx), sans elles"
)
_OBJECT: Final = ActiveUse(
    "il contient un objet d’un autre programme", "mettez-y du texte ou une image"
)
_CONTROL: Final = ActiveUse("il contient un contrôle ActiveX", "supprimez-le")
_INSERTED: Final = ActiveUse("il insère un autre fichier", "copiez-en le texte dans le modèle")
_INTERFACE: Final = ActiveUse("il change les commandes de Word", "supprimez cette personnalisation")
_EXTENSION: Final = ActiveUse("il appelle un complément de Word", "supprimez-le")
_RELATIONS: Final[Mapping[str, ActiveUse]] = {
    "vbaProject": _MACROS,
    "wordVbaData": _MACROS,
    "oleObject": _OBJECT,
    "package": _OBJECT,
    "control": _CONTROL,
    "activeXControlBinary": _CONTROL,
    "aFChunk": _INSERTED,
    "subDocument": _INSERTED,
    "frame": _INSERTED,
    "attachedToolbars": _INTERFACE,
    "keyMapCustomizations": _INTERFACE,
    "extensibility": _INTERFACE,
    "webextension": _EXTENSION,
    "webextensiontaskpanes": _EXTENSION,
}
_ELEMENTS: Final[Mapping[str, ActiveUse]] = {
    w("altChunk"): _INSERTED,
    w("subDoc"): _INSERTED,
    w("object"): _OBJECT,
    w("control"): _CONTROL,
    w("entryMacro"): _MACROS,
    w("exitMacro"): _MACROS,
    "{urn:schemas-microsoft-com:office:office}OLEObject": _OBJECT,
}
_TYPES: Final[Mapping[str, ActiveUse]] = {
    "macroenabled": _MACROS,
    "vbaproject": _MACROS,
    "vbadata": _MACROS,
    "oleobject": _OBJECT,
    "activex": _CONTROL,
}
_BINARIES: Final = (b"\xd0\xcf\x11\xe0", b"MZ")
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_ELSEWHERE: Final = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|\\\\|//)", re.IGNORECASE)
_PLAIN_LINK: Final = re.compile(r"^\s*(?:https?://|mailto:|tel:)", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"([^\"]*)\"|(\S+)")
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class ActiveContent:
    """One thing that acts or comes from elsewhere, and the part that has it."""

    part: str
    use: ActiveUse

    @property
    def message(self) -> str:
        """What it is and what to do, in French."""
        return f"{self.use.what} : {self.use.advice}"


def find_active_content(parts: Mapping[str, bytes]) -> list[ActiveContent]:
    """Everything of a Word file that is not text, looks or pictures of its own; each once.

    Raises ``etree.XMLSyntaxError`` for a part that is not well-formed.
    """
    found = [*_in_types(parts)]
    for source in ("", *parts):
        found += [
            ActiveContent(source, use)
            for relation in iter_relationships(parts, source)
            if (use := _judge_relation(source, relation))
        ]
    for name, data in parts.items():
        if data.startswith(_BINARIES):
            found.append(ActiveContent(name, _OBJECT))
        elif name.endswith(".xml") and name.startswith("word/"):
            found += [ActiveContent(name, use) for use in _in_text(parse_xml(data))]
    return list(dict.fromkeys(found))


def _in_types(parts: Mapping[str, bytes]) -> Iterator[ActiveContent]:
    for item in parse_xml(parts[CONTENT_TYPES]):
        name = (item.get("PartName") or "").removeprefix("/")
        kind = item.get("ContentType", "").casefold()
        if name in parts:
            for word, use in _TYPES.items():
                if word in kind:
                    yield ActiveContent(name, use)
                    break


def _judge_relation(source: str, relation: Relationship) -> ActiveUse | None:
    kind = relation.type.rpartition("/")[2]
    if relation.external:
        return _judge_external(kind, relation.target)
    if kind == "package" and source.startswith("word/charts/"):
        return None  # the figures of a chart
    return _RELATIONS.get(kind)


def _judge_external(kind: str, target: str) -> ActiveUse | None:
    shown = _shortened(target)
    if kind == "hyperlink":
        return _judge_link(target)
    if kind == "image":
        return _linked_image(target)
    if kind == "attachedTemplate":
        return ActiveUse(
            f"il charge un autre modèle, « {shown} », à chaque ouverture", "détachez-le"
        )
    return ActiveUse(f"il va chercher « {shown} » hors du fichier", "supprimez cette liaison")


def _linked_image(target: str) -> ActiveUse:
    return ActiveUse(f"l’image « {_shortened(target)} » est liée", "incorporez-la au modèle")


def _judge_link(target: str) -> ActiveUse | None:
    """None for a link to a page, a letter or a place of the text."""
    if not _ELSEWHERE.match(target) and not target.startswith("/"):
        return None
    if _PLAIN_LINK.match(target):
        return None
    shown = _shortened(target)
    return ActiveUse(f"le lien « {shown} » mène à un fichier ou à un programme", "supprimez-le")


def _in_text(root: etree._Element) -> Iterator[ActiveUse]:
    for element in root.iter(*_ELEMENTS):
        yield _ELEMENTS[str(element.tag)]
    for element in root.iter(f"{_VML}*"):
        for name, value in element.attrib.items():
            is_source = str(name).rpartition("}")[2] in ("src", "href")
            if is_source and element.tag != f"{_VML}shape" and _ELSEWHERE.match(str(value)):
                yield _linked_image(str(value))
            elif is_source and (use := _judge_link(str(value))):
                yield use
    for field in iter_fields(root):
        code = " ".join(field.code.split())
        if field.name == "HYPERLINK":
            yield from filter(None, (_judge_link(target) for target in _arguments(code)))
        elif field.name not in STATIC and field.name not in LIVE:
            yield ActiveUse(
                f"le champ « {_shortened(code)} » peut appeler un programme ou un autre fichier",
                "remplacez-le par du texte",
            )


def _arguments(code: str) -> Iterator[str]:
    """The words of a code after its name, without their quotation marks."""
    for quoted, bare in list(_QUOTED.findall(code))[1:]:
        value = quoted or bare
        if not re.fullmatch(r"\\[a-z]", value, re.IGNORECASE):
            yield value.replace("\\\\", "\\") if not value.startswith("\\\\") else value


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
