"""What would make Word refuse or repair a well-formed file, found before anyone opens it.

Each check looks at all parts and yields French sentences. Sources: threads of docxtpl, python-docx,
docx4j and others, each reproduced; ECMA-376 Part 1 for the rules.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from contract_builder.frozen import dataclass
from contract_builder.word.footnotes import CALL, is_note
from contract_builder.word.ooxml import MC, R, parse_xml, w
from contract_builder.word.package import (
    CONTENT_TYPES,
    find_related,
    iter_relationships,
    relationships_name,
)

_RELATION_IDS = etree.XPath("//@r:id | //@r:embed | //@r:link", namespaces={"r": R})
_WP_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_IGNORABLE = f"{{{MC}}}Ignorable"
_ANY_XML = "application/xml"
_ID, _VAL, _P, _TBL, _TC, _TR = w("id"), w("val"), w("p"), w("tbl"), w("tc"), w("tr")
_MARKS = frozenset({w("bookmarkStart"), w("bookmarkEnd")})
_REVISIONS = frozenset(
    w(name)
    for name in ("bookmarkStart", "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart",
                 "moveToRangeStart")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Package:
    """The parts, and the trees of those that hold text."""

    parts: Mapping[str, bytes]
    main: str
    trees: Mapping[str, etree._Element]


def check_structure(docx: bytes) -> list[str]:
    """Every defect found; an empty list for a sound file."""
    try:
        with ZipFile(BytesIO(docx)) as archive:
            names = [item.filename for item in archive.infolist()]
            parts = {name: archive.read(name) for name in names}
    except BadZipFile:
        return ["le fichier n’est pas une archive lisible"]
    doubles = [name for name, count in Counter(names).items() if count > 1]
    if doubles:
        return [f"la partie « {name} » est en double" for name in doubles]
    trees: dict[str, etree._Element] = {}
    defects: list[str] = []
    for name, data in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            tree = parse_xml(data)
        except etree.XMLSyntaxError as error:
            defects.append(f"« {name} » n’est pas du XML bien formé : {error.msg}")
            continue
        if name.startswith("word/") and name.endswith(".xml"):
            trees[name] = tree
    main = find_related(parts, "", "officeDocument") if not defects else None
    if main not in trees or CONTENT_TYPES not in parts:
        return defects or ["le fichier n’est pas un document Word"]
    package = _Package(parts, main, trees)
    return [defect for check in STRUCTURE_CHECKS for defect in check(package)]


def check_ids(package: _Package) -> Iterator[str]:
    """Ids of bookmarks and revisions, of controls and of drawings are unique over all parts."""
    marks = Counter(
        element.get(_ID, "")
        for tree in package.trees.values()
        for element in tree.iter(*_REVISIONS)
    )
    controls: Counter[str] = Counter()
    drawings: Counter[str] = Counter()
    for tree in package.trees.values():
        for element in tree.iter(w("sdtPr")):
            identifier = element.find(_ID)
            if identifier is not None:
                controls[identifier.get(_VAL, "")] += 1
        for element in tree.iter(_WP_DOCPR):
            drawings[element.get("id", "")] += 1
    for kind, counter in (("marque", marks), ("contrôle", controls), ("dessin", drawings)):
        yield from _repeated(f"l’identifiant de {kind}", counter)


def _repeated(what: str, counter: Counter[str]) -> Iterator[str]:
    for value, count in counter.items():
        if count > 1:
            yield f"{what} « {value} » sert {count} fois"


def check_bookmarks(package: _Package) -> Iterator[str]:
    """Every bookmark that starts also ends, once; names are unique."""
    yield from _bookmark_defects(package.trees.values())


def find_bookmark_defects(roots: Collection[etree._Element]) -> Iterator[str]:
    """What is wrong with identifiers, ends and names of the bookmarks of these texts."""
    starts = (mark for root in roots for mark in root.iter(w("bookmarkStart")))
    yield from _repeated("l’identifiant de marque", Counter(mark.get(_ID, "") for mark in starts))
    yield from _bookmark_defects(roots)


def _bookmark_defects(roots: Collection[etree._Element]) -> Iterator[str]:
    starts: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for tree in roots:
        for element in tree.iter(w("bookmarkStart")):
            starts[element.get(_ID, "")] += 1
            names[element.get(w("name"), "")] += 1
        for element in tree.iter(w("bookmarkEnd")):
            ends[element.get(_ID, "")] += 1
    for value in sorted(value for value in {*starts, *ends} if starts[value] != ends[value]):
        yield f"le signet d’identifiant « {value} » n’a pas son début et sa fin"
    yield from _repeated("le nom de signet", names)


def check_styles(package: _Package) -> Iterator[str]:
    """Every style that a part names exists."""
    known = {
        style.get(w("styleId"))
        for name, tree in package.trees.items()
        if name.endswith("styles.xml")
        for style in tree.iterfind(w("style"))
    }
    for name, tree in package.trees.items():
        used = {e.get(_VAL) for e in tree.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
        for style in sorted(str(item) for item in used - known):
            yield f"« {name} » emploie le style « {style} » qui n’existe pas"


def check_numbering(package: _Package) -> Iterator[str]:
    """Every list that a paragraph or style uses exists, with its definition."""
    known = {"0"}
    for name, tree in package.trees.items():
        if not name.endswith("numbering.xml"):
            continue
        defined = {item.get(w("abstractNumId")) for item in tree.iterfind(w("abstractNum"))}
        for num in tree.iterfind(w("num")):
            known.add(num.get(w("numId"), ""))
            followed = num.find(w("abstractNumId"))
            if followed is None or followed.get(_VAL) not in defined:
                yield f"la liste « {num.get(w('numId'))} » suit une définition qui n’existe pas"
    for name, tree in package.trees.items():
        if name.endswith("numbering.xml"):
            continue
        used = {element.get(_VAL) for element in tree.iter(w("numId"))}
        for number in sorted(str(item) for item in used - known):
            yield f"« {name} » emploie la liste « {number} » qui n’existe pas"


def check_relationships(package: _Package) -> Iterator[str]:
    """Every relation that a part names resolves, to a part that is there."""
    for source in ("", *package.parts):
        relations = {item.id: item for item in iter_relationships(package.parts, source)}
        for item in relations.values():
            if not item.external and item.target not in package.parts:
                yield f"« {source or 'le paquet'} » mène à « {item.target} » qui n’existe pas"
        if source in package.trees:
            for used in sorted(_relation_ids(package.trees[source]) - set(relations)):
                yield f"« {source} » emploie la relation « {used} » qui n’existe pas"


def check_orphans(package: _Package) -> Iterator[str]:
    """Every part is reached by a relationship."""
    reached = {CONTENT_TYPES}
    for source in ("", *package.parts):
        targets = [item.target for item in iter_relationships(package.parts, source)]
        reached.update(targets)
        if targets:
            reached.add(relationships_name(source))
    for name in sorted(set(package.parts) - reached):
        if not name.endswith("/"):
            yield f"la partie « {name} » n’est reliée à rien"


def _relation_ids(tree: etree._Element) -> set[str]:
    found = _RELATION_IDS(tree)
    return {str(value) for value in found} if isinstance(found, list) else set()


def check_content_types(package: _Package) -> Iterator[str]:
    """Every part has a content type, and a part that holds text one that says which."""
    types = parse_xml(package.parts[CONTENT_TYPES])
    by_extension = {
        item.get("Extension", "").lower(): item.get("ContentType")
        for item in types
        if "Extension" in item.attrib
    }
    overrides = {item.get("PartName", "") for item in types}
    for name in package.parts:
        if name == CONTENT_TYPES or f"/{name}" in overrides:
            continue
        default = by_extension.get(name.rpartition(".")[2].lower())
        if default is None or (name in package.trees and default == _ANY_XML):
            yield f"la partie « {name} » n’a pas de type"


def check_tables(package: _Package) -> Iterator[str]:
    """Tables have rows, rows have cells, cells end with a paragraph, tables do not touch.

    Word joins two tables with nothing but a bookmark between them.
    """
    for name, tree in package.trees.items():
        for table in tree.iter(_TBL):
            if table.find(_TR) is None:
                yield f"« {name} » a un tableau sans ligne"
            following = next(
                (item for item in table.itersiblings() if item.tag not in _MARKS), None
            )
            if following is not None and following.tag == _TBL:
                yield f"« {name} » a deux tableaux qui se touchent"
        for row in tree.iter(_TR):
            if row.find(_TC) is None and row.find(w("sdt")) is None:
                yield f"« {name} » a une ligne de tableau sans cellule"
        for cell in tree.iter(_TC):
            if not len(cell) or cell[-1].tag != _P:
                yield f"« {name} » a une cellule qui ne finit pas par un paragraphe"


def check_fields(package: _Package) -> Iterator[str]:
    """Every complex field begins, separates, shows a result and ends."""
    for name, tree in package.trees.items():
        for defect in _field_defects(tree):
            yield f"« {name} » a un champ {defect}"


def _field_defects(tree: etree._Element) -> Iterator[str]:
    """What is wrong with each field, as the end of a sentence."""
    stack: list[_Field] = []
    for element in tree.iter(w("fldChar"), w("t")):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            stack.append(_Field())
        elif not stack:
            if kind is not None:
                yield "qui finit sans avoir commencé"
        elif kind is None:
            stack[-1].shown = stack[-1].shown or stack[-1].separated
        elif kind == "separate":
            stack[-1].separated = True
        else:
            field = stack.pop()
            if not field.shown:
                yield "sans résultat"
            elif stack:
                stack[-1].shown = stack[-1].shown or stack[-1].separated
    if stack:
        yield "qui ne finit pas"


@dataclass(slots=True)
class _Field:
    separated: bool = False
    shown: bool = False


def check_footnotes(package: _Package) -> Iterator[str]:
    """Every call has its note and every note one call; the separators that settings name exist."""
    part = package.trees.get(find_related(package.parts, package.main, "footnotes") or "")
    elements = () if part is None else tuple(part.iterchildren(w("footnote")))
    notes = Counter(note.get(_ID, "") for note in elements if is_note(note))
    separators = {note.get(_ID, "") for note in elements if not is_note(note)}
    calls = Counter(
        call.get(_ID, "") for tree in package.trees.values() for call in tree.iter(CALL)
    )
    for value in {**calls, **notes}:
        if (calls[value], notes[value]) != (1, 1) or value in separators:
            times = f"appelée {calls[value]} fois et écrite {notes[value]} fois"
            yield f"la note « {value} » est {times}"
    for note in elements:
        if not len(note) or note[-1].tag != _P:
            yield f"la note « {note.get(_ID)} » ne finit pas par un paragraphe"
    for name, tree in package.trees.items():
        used = {item.get(_ID, "") for item in tree.iterfind(f"{w('footnotePr')}/{w('footnote')}")}
        for value in sorted(used - separators):
            yield f"« {name} » emploie le filet de notes « {value} » qui n’existe pas"


def check_sections(package: _Package) -> Iterator[str]:
    """The body's own section properties come last."""
    body = package.trees[package.main].find(w("body"))
    if body is None:
        yield "le document n’a pas de corps"
        return
    own = [child for child in body if child.tag == w("sectPr")]
    if len(own) != 1 or body[-1] is not own[0]:
        yield "les réglages de la dernière section ne sont pas à la fin du document"


def check_ignorable(package: _Package) -> Iterator[str]:
    """The extensions that a reader may ignore are declared where they are named."""
    for name, tree in package.trees.items():
        for prefix in sorted(set(tree.get(_IGNORABLE, "").split()) - {str(p) for p in tree.nsmap}):
            yield f"« {name} » nomme l’extension « {prefix} » sans la déclarer"


def check_prompts(package: _Package) -> Iterator[str]:
    """Nothing asks the reader a question when the file is opened."""
    for name, tree in package.trees.items():
        if tree.find(w("updateFields")) is not None:
            yield f"« {name} » demande de mettre à jour les champs à l’ouverture"
        for field in tree.iter(w("fldChar")):
            if field.get(w("dirty")) is not None:
                yield f"« {name} » a un champ marqué à recalculer"
                break


_Check = Callable[[_Package], Iterator[str]]
STRUCTURE_CHECKS: tuple[_Check, ...] = (
    check_ids,
    check_bookmarks,
    check_styles,
    check_numbering,
    check_relationships,
    check_orphans,
    check_content_types,
    check_tables,
    check_fields,
    check_footnotes,
    check_sections,
    check_ignorable,
    check_prompts,
)
