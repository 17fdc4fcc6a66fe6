"""What a Word file says of its maker's desk and that every copy of it would carry on.

Settings, properties and parts that no reader of a contract needs (who made the file, where, for
which mailing), and fields that change by themselves. All is taken away, and told.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from contract_builder.frozen import dataclass
from contract_builder.word.field_codes import NESTED, iter_fields
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    CONTENT_TYPES,
    Relationship,
    find_related,
    iter_relationships,
    relationships_name,
    serialise,
)

_SETTINGS: Final[Mapping[str, str]] = {
    "mailMerge": "la source d’un publipostage",
    "documentProtection": "la protection du document",
    "writeProtection": "l’ouverture en lecture seule",
    "trackRevisions": "le suivi des modifications",
    "docVars": "des variables de document",
    "linkStyles": "la mise à jour des styles depuis un autre modèle",
    "attachedSchema": "un schéma XML attaché",
    "saveThroughXslt": "une transformation à l’enregistrement",
}
_PARTS: Final[Mapping[str, str]] = {
    "people": "les noms des personnes qui y ont travaillé",
    "customXml": "des données XML",
    "thumbnail": "l’aperçu de sa première page",
    "origin": "une signature numérique, que le contrat ne garderait pas valable",
    "recipientData": "les destinataires d’un publipostage",
    "mailMergeSource": "",
    "mailMergeHeaderSource": "",
    "transform": "",
}
"""Relations by the end of their type; those without words are told by the setting they serve."""

_KEPT_PROPERTIES: Final = frozenset({"Application", "AppVersion"})
_TOLD_PROPERTIES: Final[Mapping[str, str]] = {
    "Company": "le nom de l’organisme (« {} »)",
    "Manager": "le nom du responsable (« {} »)",
    "HyperlinkBase": "la base de ses liens (« {} »)",
}
_SESSION: Final = b":rsid"
_SESSION_NAMES: Final = w("rsid")
_SESSION_ELEMENTS: Final = (w("rsids"), w("rsid"))


@dataclass(frozen=True, slots=True)
class TakenAway:
    """One thing taken away; ``part`` had it. ``is_visible`` when its reader would see it."""

    part: str
    what: str
    is_visible: bool = False


def drop_carried(parts: dict[str, bytes], main: str) -> list[TakenAway]:
    """Takes away, in place, what every copy would carry on; what that was, each once.

    Raises ``etree.XMLSyntaxError`` for a part that is not well-formed.
    """
    found = [
        *_drop_local_template(parts, main),
        *_drop_settings(parts, main),
        *_drop_properties(parts),
        *_drop_parts(parts, ""),
        *_drop_parts(parts, main),
    ]
    settings = find_related(parts, main, "settings")
    if settings is not None:
        found += _drop_parts(parts, settings)
    for name in list(parts):
        if name.startswith("word/") and name.endswith(".xml"):
            found += _drop_live_fields(parts, name)
            _drop_sessions(parts, name)
    return list(dict.fromkeys(found))


def _drop_local_template(parts: dict[str, bytes], main: str) -> Iterator[TakenAway]:
    """The path of the model that a file was made from; one kept elsewhere is another matter."""
    settings = find_related(parts, main, "settings")
    if settings is None or settings not in parts:
        return
    local = {
        item.id
        for item in iter_relationships(parts, settings)
        if item.type.endswith("/attachedTemplate") and is_local_path(item.target)
    }
    if not local:
        return
    root = parse_xml(parts[settings])
    for element in root.findall(w("attachedTemplate")):
        root.remove(element)
    parts[settings] = serialise(root)
    drop_relations(parts, settings, lambda item: item.id in local)
    yield TakenAway(settings, "le chemin du modèle dont il est issu")


def is_local_path(target: str) -> bool:
    """True for a file of the maker's own disk: « file:///C:\\… », « Normal.dotm »."""
    path = target.replace("\\", "/")
    if path.casefold().startswith("file:///"):
        return not path[8:].startswith("/")
    has_drive = path[1:2] == ":" and path[:1].isalpha()
    return has_drive or ("://" not in path and not path.startswith("//"))


def _drop_settings(parts: dict[str, bytes], main: str) -> Iterator[TakenAway]:
    name = find_related(parts, main, "settings")
    if name is None or name not in parts:
        return
    root = parse_xml(parts[name])
    found = [root.findall(w(setting)) for setting in _SETTINGS]
    for elements, what in zip(found, _SETTINGS.values(), strict=True):
        for element in elements:
            root.remove(element)
        if elements:
            yield TakenAway(name, what)
    if any(found):
        parts[name] = serialise(root)


def _drop_properties(parts: dict[str, bytes]) -> Iterator[TakenAway]:
    """Keeps of the extended properties the program's name alone."""
    name = find_related(parts, "", "extended-properties")
    if name is None or name not in parts:
        return
    root = parse_xml(parts[name])
    for element in list(root):
        kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if kind in _KEPT_PROPERTIES:
            continue
        value = (element.text or "").strip()
        if kind in _TOLD_PROPERTIES and value:
            yield TakenAway(name, _TOLD_PROPERTIES[kind].format(value))
        root.remove(element)
    parts[name] = serialise(root)


def _drop_parts(parts: dict[str, bytes], source: str) -> Iterator[TakenAway]:
    for item in drop_relations(parts, source, lambda item: _ending(item) in _PARTS):
        if what := _PARTS[_ending(item)]:
            yield TakenAway(source, what)


def _ending(relation: Relationship) -> str:
    return relation.type.rpartition("/")[2]


def _drop_live_fields(parts: dict[str, bytes], name: str) -> Iterator[TakenAway]:
    root = parse_xml(parts[name])
    live = [field for field in iter_fields(root) if field.is_live]
    for field in live:
        code = " ".join(field.code.replace(NESTED, "…").split())
        yield TakenAway(name, f"le champ « {code} », qui changerait de lui-même", is_visible=True)
        field.remove()
    if live:
        parts[name] = serialise(root)


def _drop_sessions(parts: dict[str, bytes], name: str) -> None:
    """The numbers of the sessions in which each piece was typed (17.15.1.70 to .72).

    Two files that share one were made from the same one: nothing that an officer sees, so it is
    not told.
    """
    if _SESSION not in parts[name]:
        return
    root = parse_xml(parts[name])
    for element in list(root.iter(*_SESSION_ELEMENTS)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter():
        for attribute in [key for key in element.attrib if str(key).startswith(_SESSION_NAMES)]:
            del element.attrib[attribute]
    parts[name] = serialise(root)


def drop_relations(
    parts: dict[str, bytes], source: str, is_unwanted: Callable[[Relationship], bool]
) -> list[Relationship]:
    """Takes away the relations of a part that are unwanted, and the parts that only they reach."""
    holder = relationships_name(source)
    dropped = [item for item in iter_relationships(parts, source) if is_unwanted(item)]
    if not dropped:
        return []
    root = parse_xml(parts[holder])
    gone = {item.id for item in dropped}
    for element in list(root):
        if element.get("Id") in gone:
            root.remove(element)
    if len(root):
        parts[holder] = serialise(root)
    else:
        del parts[holder]
    for item in dropped:
        if not item.external:
            _drop_part(parts, item.target)
    return dropped


def _drop_part(parts: dict[str, bytes], name: str) -> None:
    """A part that nothing reaches any more, with all that it alone reached."""
    reached = {
        item.target
        for source in ("", *parts)
        for item in iter_relationships(parts, source)
        if not item.external
    }
    if name in reached or name not in parts:
        return
    targets = [item.target for item in iter_relationships(parts, name) if not item.external]
    del parts[name]
    parts.pop(relationships_name(name), None)
    types = parse_xml(parts[CONTENT_TYPES])
    for element in types.findall("{*}Override"):
        if element.get("PartName") == f"/{name}":
            types.remove(element)
    parts[CONTENT_TYPES] = serialise(types)
    for target in targets:
        _drop_part(parts, target)
