"""Small Word files from XML written by hand, and the specimens of revisions in ``tests/cases``."""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from contract_builder.word.ooxml import W, parse_xml, w
from contract_builder.word.package import read_parts, write_package
from contract_builder.word.tracked.revision import Revision

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CASES = Path(__file__).parent / "cases" / "revisions"
_BODY = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Specimen:
    """The content of a body, what both answers make of it, and the list of its revisions."""

    title: str
    given: str
    accepted: str
    refused: str
    revisions: list[str]


def iter_specimen_paths() -> list[Path]:
    """The specimens' files, by name."""
    return sorted(_CASES.glob("*.xml"))


def load_specimen(path: Path) -> Specimen:
    """One specimen; lines between blocks are no content."""
    root = parse_xml(path.read_bytes())
    lines = (root.findtext("revisions") or "").strip().splitlines()
    given, accepted, refused = (_content(root, name) for name in ("given", "accepted", "refused"))
    revisions = [" ".join(line.split()) for line in lines]
    return Specimen(root.get("title", ""), given, accepted, refused, revisions)


def _content(root: etree._Element, name: str) -> str:
    body = root.find(name)
    assert body is not None, name
    return "".join(canonical(block) for block in body)


def canonical(element: etree._Element) -> str:
    """An element as text, equal for equal content: lines between elements are left out."""
    for item in element.iter():
        if item.tag not in (w("t"), w("delText"), w("instrText"), w("delInstrText")):
            item.text = item.text if item.text and item.text.strip() else None
        item.tail = None
    return etree.tostring(element, method="c14n", exclusive=True).decode()


def word_file(body: str, **others: str) -> bytes:
    """A file with this body; ``footnotes``, ``header``… hold the inside of other parts' roots."""
    roots = {"document": f"<w:body>{body}</w:body>", **others}
    names = {"header": "hdr", "footer": "ftr"}
    parts = {
        f"word/{name}.xml": _root(names.get(name, name), content) for name, content in roots.items()
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.'
        f'{"document.main" if name == "document" else name}+xml"/>'
        for name in roots
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    parts["_rels/.rels"] = _relations({"officeDocument": _BODY})
    parts["word/_rels/document.xml.rels"] = _relations({n: f"{n}.xml" for n in others})
    return write_package({name: text.encode() for name, text in parts.items()})


def _root(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'


def _relations(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def read_body(docx: bytes) -> str:
    """The content of the body, as ``canonical`` writes it."""
    body = parse_xml(read_parts(docx, accept_strict=True)[_BODY])[0]
    return "".join(canonical(block) for block in body)


def read_part(docx: bytes, name: str) -> str:
    """The content of another part's root, as ``canonical`` writes it."""
    root = parse_xml(read_parts(docx, accept_strict=True)[f"word/{name}.xml"])
    return "".join(canonical(block) for block in root)


def tell(revision: Revision) -> str:
    """A revision in one line, as the specimens tell it."""
    place = revision.place
    cell = "".join(
        f"{letter}{rank}"
        for letter, rank in (("t", place.table), ("r", place.row), ("c", place.cell))
        if rank is not None
    )
    words = [
        str(revision.kind),
        str(revision.target),
        revision.author or "",
        "" if place.paragraph is None else f"p{place.paragraph}",
        cell,
        "box" if place.in_text_box else "",
        "" if revision.within is None else f"in {revision.within.removeprefix('document-')}",
        "" if revision.move is None else f"move {revision.move}",
        " ".join(("changed", *revision.changed)) if revision.changed else "",
        "|",
        revision.text,
    ]
    return " ".join(" ".join(words).split())
