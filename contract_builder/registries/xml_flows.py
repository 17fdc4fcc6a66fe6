"""XML flows as streams of flat elements: tag, line, text of each child.

Nothing is fetched and no entity is expanded; a file that declares a document type is refused, since
no flow does and that is how XML is used to exhaust a machine. One element is in memory at a time.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from contract_builder.diagnostics import Diagnostic, Problems, import_problems
from contract_builder.registries.archives import open_unpacked
from contract_builder.registries.cells import line_place
from contract_builder.registries.text_files import TextFile, repair_accents

_EXACT_LINES = 65535  # beyond, libxml2 tells the line of the first text inside the element
_END_TAG = re.compile(rb"</flux\w+>\s*$")
_CHUNK, _TAIL = 1 << 20, 256


@dataclass(frozen=True, slots=True)
class FlatElement:
    """One record of a flow: ``fields`` maps the tags of its children to their text."""

    tag: str
    line: int
    fields: dict[str, str]


def iter_elements(
    file: TextFile, tags: Collection[str], problems: Problems
) -> Iterator[FlatElement]:
    """The elements named ``tags``, in file order; stops, with a problem, at the first fault."""
    try:
        with open_unpacked(file.path) as stream:
            events = etree.iterparse(
                stream,
                events=("end",),
                tag=tuple(tags),
                encoding="windows-1252" if file.encoding == "cp1252" else None,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            yield from _iter_flat(events, file, problems)
    except etree.XMLSyntaxError as error:
        problems.append(_syntax_problem(file, error))


def _iter_flat(
    events: "etree.iterparse", file: TextFile, problems: Problems
) -> Iterator[FlatElement]:
    checked = False
    for _, element in events:
        if not checked:
            if _declares_type(element):
                problems.append(import_problems.entites_xml_refusees(line_place(file.name, 1)))
                return
            checked = True
        yield _flatten(element, file.garbled)
        _release(element)
    root = events.root
    if not checked and root is not None and _declares_type(root):
        problems.append(import_problems.entites_xml_refusees(line_place(file.name, 1)))


def _declares_type(element: "etree._Element") -> bool:
    docinfo = element.getroottree().docinfo
    return docinfo.internalDTD is not None or docinfo.externalDTD is not None


def _flatten(element: "etree._Element", garbled: bool) -> FlatElement:
    fields: dict[str, str] = {}
    for child in element:
        tag, text = child.tag, child.text
        if isinstance(tag, str) and text:
            fields[tag] = repair_accents(text) if garbled else text
    return FlatElement(str(element.tag), _line(element), fields)


def _line(element: "etree._Element") -> int:
    line = cast("int | None", element.sourceline) or 1
    if line > _EXACT_LINES and element.text and not element.text.strip():
        return line - element.text.count("\n")
    return line


def _release(element: "etree._Element") -> None:
    """Frees the element and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _syntax_problem(file: TextFile, error: "etree.XMLSyntaxError") -> Diagnostic:
    line, _ = error.position
    place = line_place(file.name, max(1, line or 1))
    if not _is_closed(file):
        return import_problems.fichier_tronque(place)
    return import_problems.xml_invalide(place, str(error.msg).split(", line")[0])


def _is_closed(file: TextFile) -> bool:
    """True when the file ends with the end tag of a flow."""
    with open_unpacked(file.path) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            tail = tail[-_TAIL:] + chunk
    return _END_TAG.search(tail) is not None
