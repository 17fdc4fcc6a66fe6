"""Which version a returned file is: by its manifest, else by what is left of it.

Another program may drop the properties, the bookmarks or both: then the headings tell, and without
them the passages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from contract_builder.compare.texts import blocks_text
from contract_builder.compare.typography import normal_form
from contract_builder.model.contract import Contract
from contract_builder.returned.change import RecognisedBy
from contract_builder.returned.lines import WordLine
from contract_builder.word.markers import bookmark_name
from contract_builder.word.ooxml import parse_xml
from contract_builder.word.package import iter_relationships

_ENOUGH: Final[Mapping[RecognisedBy, float]] = {"signets": 0.5, "titres": 0.5, "passages": 0.3}
_SHORTEST: Final = 25
"""Characters of the shortest passage that tells one contract from another."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file's properties say of its contract; what they do not say is empty."""

    sha256: str = ""
    code: str = ""
    finess_ej: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version that a file may be; ``reference`` is empty outside the store."""

    contract: Contract
    sha256: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The version that a file is, and what told it."""

    by: RecognisedBy
    candidate: Candidate


def read_manifest(parts: Mapping[str, bytes]) -> Manifest:
    """The manifest in the file's own properties."""
    name = next(
        (
            item.target
            for item in iter_relationships(parts)
            if item.type.endswith("/custom-properties") and item.target in parts
        ),
        None,
    )
    if name is None:
        return Manifest()
    told = {
        item.get("name", ""): "".join(str(text) for text in item.itertext()).strip()
        for item in parse_xml(parts[name])
    }
    return Manifest(
        told.get("cpom_sha256", ""),
        told.get("cpom_code", ""),
        told.get("cpom_finess_ej", ""),
        told.get("cpom_version", ""),
    )


def recognise(lines: Sequence[WordLine], candidates: Iterable[Candidate]) -> Recognised | None:
    """The candidate that the file says most of; of equals, the last one given. None for none."""
    marks = {name for line in lines for name in line.starts}
    texts = {normal_form(part) for line in lines for part in line.texts}
    best: tuple[float, Recognised] | None = None
    for candidate in candidates:
        shares, explained = _measure(candidate.contract, marks, texts)
        by = next((by for by, least in _ENOUGH.items() if shares[by] >= least), None)
        if by is None:
            continue
        score = shares["passages"] + explained + shares["titres"] / 10
        if best is None or score >= best[0]:
            best = (score, Recognised(by, candidate))
    return None if best is None else best[1]


def _measure(
    contract: Contract, marks: set[str], texts: set[str]
) -> tuple[dict[RecognisedBy, float], float]:
    """The shares of the contract's bookmarks, headings and passages that are found again.

    Then the share of the file's own passages that the contract says: a shorter contract that the
    file holds whole explains less of it.
    """
    sections = list(contract.iter_sections())
    titles = [section for section in sections if section.title]
    passages = [
        line
        for section in sections
        for text in blocks_text(section.blocks).split("\n")
        if len(line := normal_form(text)) >= _SHORTEST and " | " not in line
    ]
    said = {text for text in texts if len(text) >= _SHORTEST}
    shares: dict[RecognisedBy, float] = {
        "signets": _share([bookmark_name(section.id) in marks for section in sections]),
        "titres": _share(
            [bool({normal_form(s.title), normal_form(s.heading)} & texts) for s in titles]
        ),
        "passages": _share([line in texts for line in passages]),
    }
    return shares, len(said.intersection(passages)) / len(said) if said else 0.0


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0
