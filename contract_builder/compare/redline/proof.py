"""The proof of a redline: all changes accepted give the new file, all refused give the old one.

Independent of what writes redlines: it settles the changes of the finished file and compares the
results with the plain files of both contracts, part by part.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from lxml import etree

from contract_builder.compare.excerpts import short
from contract_builder.compare.projection import Proof
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.extraction import extract_document
from contract_builder.word.fingerprint import (
    Controls,
    Fingerprint,
    Seen,
    fingerprint,
    iter_controls,
)
from contract_builder.word.ooxml import WP, parse_xml, w
from contract_builder.word.package import read_parts, write_package
from contract_builder.word.structure import check_structure

NOT_COVERED: Final = (
    "les propriétés du fichier (titre, version, identifiants) sont celles du nouveau contrat",
    "les signets du nouveau contrat restent quand les changements sont refusés, et ceux de "
    "l’ancien quand ils sont acceptés : Word ne suit pas les signets",
    "les contrôles de contenu qui entourent les valeurs sont ôtés des passages qui changent, pour "
    "que LibreOffice y montre et y applique les changements : leur texte reste ; ceux des "
    "passages inchangés sont comparés",
)
_ID, _VAL = w("id"), w("val")
_ANNOTATIONS: Final = (
    "ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "tblPrChange", "sectPrChange",
    "bookmarkStart", "moveFromRangeStart", "moveToRangeStart", "customXmlInsRangeStart",
    "customXmlDelRangeStart", "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart",
)  # fmt: skip
_COUNTED: Final = {
    "ins": "insertions",
    "del": "suppressions",
    "moveTo": "deplacements",
    "pPrChange": "mises_en_forme",
}


@dataclass(frozen=True, slots=True)
class RedlineProof:
    """What holds of a redline.

    ``defects`` are French sentences: what differs, by part, and what Word would refuse; none when
    all holds. ``marks`` counts the marks by kind; ``width`` tells how closely changes are marked.
    ``recomposed`` tells in French which side is proved against a file made again.
    """

    accept_all_equals_new: bool
    reject_all_equals_old: bool
    defects: tuple[str, ...]
    marks: tuple[tuple[str, int], ...]
    parts: tuple[str, ...]
    sha256: str
    width: str
    recomposed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """True when the redline may be handed out."""
        return self.accept_all_equals_new and self.reject_all_equals_old and not self.defects

    @property
    def verdict(self) -> Proof:
        """The same for the comparison's JSON."""
        return Proof(self.accept_all_equals_new, self.reject_all_equals_old)


def prove_redline(docx: bytes, old: bytes, new: bytes, width: str = "mot") -> RedlineProof:
    """Settles every change both ways and compares with the plain files of both contracts."""
    accepted, refused = accept_all(docx), reject_all(docx)
    seen: Seen = {}
    wanted_new, wanted_old = fingerprint(new, seen), fingerprint(old, seen)
    from_new = [*_differences(fingerprint(accepted, seen), wanted_new), *_read_again(accepted, new)]
    from_old = [*_differences(fingerprint(refused, seen), wanted_old), *_read_again(refused, old)]
    roots = [
        parse_xml(data)
        for name, data in read_parts(docx).items()
        if name.startswith("word/") and name.endswith(".xml")
    ]
    defects = [
        *(f"tout accepté : {text}" for text in from_new),
        *(f"tout refusé : {text}" for text in from_old),
        *check_structure(_with_deleted_shown(docx)),
        *(f"tout accepté : {text}" for text in check_structure(accepted)),
        *(f"tout refusé : {text}" for text in check_structure(refused)),
        *_check_ids(roots),
        *_check_controls(roots, old, new),
    ]
    return RedlineProof(
        accept_all_equals_new=not from_new,
        reject_all_equals_old=not from_old,
        defects=tuple(defects),
        marks=_count_marks(roots),
        parts=tuple(wanted_new),
        sha256=sha256(docx).hexdigest(),
        width=width,
    )


def render_proof(proof: RedlineProof) -> bytes:
    """The proof as an indented UTF-8 JSON file."""
    text = json.dumps(proof_data(proof), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def proof_data(proof: RedlineProof) -> dict[str, Any]:
    """The proof as plain data, what it does not cover included."""
    return {
        "accept_all_equals_new": proof.accept_all_equals_new,
        "reject_all_equals_old": proof.reject_all_equals_old,
        "defects": list(proof.defects),
        "marks": dict(proof.marks),
        "parts": list(proof.parts),
        "sha256": proof.sha256,
        "width": proof.width,
        "not_covered": [*proof.recomposed, *NOT_COVERED],
    }


def _differences(found: Fingerprint, wanted: Fingerprint) -> Iterator[str]:
    """Each part that differs, with its first line that does."""
    for name in sorted({*found, *wanted}):
        before, after = found.get(name, []), wanted.get(name, [])
        if before != after:
            at = next(
                (
                    i
                    for i, pair in enumerate(zip(before, after, strict=False))
                    if len(set(pair)) > 1
                ),
                min(len(before), len(after)),
            )
            yield f"la partie « {name} » diffère à partir de l’élément {at + 1}"


def _with_deleted_shown(docx: bytes) -> bytes:
    """The file with deleted text as plain text: the result of a deleted field is one, too."""
    parts = read_parts(docx)
    return write_package(
        {
            name: data.replace(b"w:delText", b"w:t") if name.endswith(".xml") else data
            for name, data in parts.items()
        }
    )


def _read_again(found: bytes, wanted: bytes) -> Iterator[str]:
    """What a reader sees, computed numbers included, must be the same as well."""
    one, other = extract_document(found), extract_document(wanted)
    if [*one.front, *one.contract] != [*other.front, *other.contract]:
        yield "le texte lu, numéros compris, n’est pas le même"


def _check_controls(roots: list[etree._Element], old: bytes, new: bytes) -> Iterator[str]:
    """Paragraphs that do not change keep the controls that both plain files have there."""
    before, after = _load_controls(old), _load_controls(new)
    for root in roots:
        for text, controls in iter_controls(root, only_unmarked=True):
            wanted = after.get(text)
            if wanted and wanted == before.get(text) and controls not in wanted:
                yield f"les contrôles de « {short(text)} » ne sont plus ceux des deux contrats"


def _load_controls(docx: bytes) -> dict[str, set[Controls]]:
    found: dict[str, set[Controls]] = {}
    for name, data in read_parts(docx).items():
        if name.startswith("word/") and name.endswith(".xml"):
            for text, controls in iter_controls(parse_xml(data)):
                found.setdefault(text, set()).add(controls)
    return found


def _check_ids(roots: list[etree._Element]) -> Iterator[str]:
    """Every identifier of a mark, bookmark, control or drawing is used once in the file."""
    names = [w(name) for name in _ANNOTATIONS]
    found: Counter[str] = Counter()
    for root in roots:
        found.update(element.get(_ID, "") for element in root.iter(*names))
        found.update(
            identifier.get(_VAL, "") for identifier in root.iterfind(f".//{w('sdtPr')}/{_ID}")
        )
    for value, count in found.items():
        if count > 1:
            yield f"l’identifiant « {value} » sert {count} fois"
    drawings = Counter(e.get("id", "") for root in roots for e in root.iter(f"{{{WP}}}docPr"))
    for value, count in drawings.items():
        if count > 1:
            yield f"l’identifiant de dessin « {value} » sert {count} fois"


def _count_marks(roots: list[etree._Element]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (label, sum(1 for root in roots for _ in root.iter(w(name))))
        for name, label in _COUNTED.items()
    )
