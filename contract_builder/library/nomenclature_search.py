"""Codes of the nomenclatures by words or by code: of authorisations, of FINESS categories.

A word of a search fits when a word of the label begins with it; case, accents and a plural do not
count. Codes keep the order of their nomenclature.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contract_builder.diagnostics.near_names import near_names_hint, without_case_and_accents
from contract_builder.model.library import Library, Nomenclature, Quintuplet

_AUTHORISATIONS = "autorisations"
FINESS_CATEGORIES = "categories_finess"
QUINTUPLET_KEYS = ("activite", "modalite", "mention", "pts", "declaration")
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset(
    (
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "un",
        "une",
    )
)
_SHORTEST_PLURAL = 4  # letters: « bras » has no plural, « lits » is one


@dataclass(frozen=True, slots=True)
class SearchedNomenclature:
    """A nomenclature, and whether it is in force on the day of the search."""

    id: str
    title: str
    version: str
    first_day: date | None
    last_day: date | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class FoundCode:
    """One code with its label.

    ``kind`` is the key of a quintuplet, « equipement » or « categorie ». ``activities`` are the
    activities that the code goes with, empty for an activity and for a category.
    """

    nomenclature: str
    kind: str
    code: str
    label: str
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A quintuplet that the nomenclature admits, with its five labels."""

    codes: Quintuplet
    labels: Quintuplet


@dataclass(frozen=True, slots=True)
class NomenclatureSearch:
    """What the nomenclatures in force on ``on`` answer to the words; ``hint`` when it is nothing.

    ``lines`` are the admitted quintuplets that hold all the words, in their labels or their codes.
    """

    words: tuple[str, ...]
    on: date
    nomenclatures: tuple[SearchedNomenclature, ...]
    codes: tuple[FoundCode, ...]
    lines: tuple[FoundLine, ...]
    hint: str = ""


def search_nomenclatures(library: Library, words: Sequence[str], on: date) -> NomenclatureSearch:
    """The codes and the quintuplets that answer to all of ``words`` on a day."""
    wanted = _wanted_words(words)
    nomenclatures = tuple(_iter_nomenclatures(library, on))
    in_force = {item.id for item in nomenclatures if item.is_in_force}
    known = [item for item in iter_codes(library) if item.nomenclature in in_force]
    synonyms = _synonyms(library)
    found = [
        item
        for item in known
        if _fits(wanted, (item.code, item.label, *synonyms.get((item.kind, item.code), ())))
    ]
    counted_in = {
        code for item in found if item.kind == "equipement" for code in item.activities
    }  # a device has no code of its own: that of its activity is what is looked for
    codes = tuple(
        item
        for item in known
        if item in found or (item.kind == "activite" and item.code in counted_in)
    )
    lines: tuple[FoundLine, ...] = ()
    if library.nomenclature is not None and _AUTHORISATIONS in in_force:
        lines = tuple(_iter_lines(library.nomenclature, wanted, codes))
    hint = "" if codes or lines or len(in_force) < len(nomenclatures) else _hint(wanted, known)
    return NomenclatureSearch(tuple(words), on, nomenclatures, codes, lines, hint)


def find_codes(library: Library, code: str) -> tuple[FoundCode, ...]:
    """Every entry that bears exactly this code, whatever the day; case does not count."""
    wanted = without_case_and_accents(code.strip())
    return tuple(
        item for item in iter_codes(library) if without_case_and_accents(item.code) == wanted
    )


def iter_lines_of(library: Library, found: FoundCode) -> Iterator[FoundLine]:
    """The admitted quintuplets that a code is in; for a device, those of its activities."""
    nomenclature = library.nomenclature
    if nomenclature is None or found.nomenclature != _AUTHORISATIONS:
        return
    for line in _iter_quintuplets(nomenclature):
        if found.kind == "equipement":
            is_concerned = line[0] in found.activities
        else:
            is_same = line[QUINTUPLET_KEYS.index(found.kind)] == found.code
            is_concerned = is_same and (not found.activities or line[0] in found.activities)
        if is_concerned:
            yield FoundLine(line, nomenclature.labels(line))


def iter_codes(library: Library) -> Iterator[FoundCode]:
    """Every code of every nomenclature, once for each of its labels."""
    nomenclature = library.nomenclature
    if nomenclature is not None:
        yield from _iter_authorisation_codes(nomenclature)
    for code, label in library.categories.categories.items() if library.categories else ():
        yield FoundCode(FINESS_CATEGORIES, "categorie", code, label)


def _iter_authorisation_codes(nomenclature: Nomenclature) -> Iterator[FoundCode]:
    tables = (
        nomenclature.activites,
        nomenclature.modalites,
        nomenclature.mentions,
        nomenclature.pratiques,
        nomenclature.declarations,
    )
    lines = tuple(_iter_quintuplets(nomenclature))
    for rank, (kind, table) in enumerate(zip(QUINTUPLET_KEYS, tables, strict=True)):
        for code, label in table.items():
            used = dict.fromkeys(line[0] for line in lines if line[rank] == code)
            yield FoundCode(_AUTHORISATIONS, kind, code, label, tuple(used) if rank else ())
    for activity, own in (nomenclature.modalites_par_activite or {}).items():
        for code, label in own.items():
            yield FoundCode(_AUTHORISATIONS, "modalite", code, label, (activity,))
    for name, device in (nomenclature.equipements or {}).items():
        yield FoundCode(_AUTHORISATIONS, "equipement", name, device.libelle, device.activites)


def _iter_quintuplets(nomenclature: Nomenclature) -> Iterator[Quintuplet]:
    for line in nomenclature.lignes:
        activity, modality, mention, practice, declaration = line
        yield activity, modality, mention, practice, declaration


def _iter_nomenclatures(library: Library, on: date) -> Iterator[SearchedNomenclature]:
    item = library.nomenclature
    if item is not None:
        yield SearchedNomenclature(
            _AUTHORISATIONS,
            item.intitule,
            item.version,
            item.en_vigueur_du,
            item.en_vigueur_au,
            item.covers(on),
        )
    categories = library.categories
    if categories is not None:
        first = categories.en_vigueur_du
        yield SearchedNomenclature(
            FINESS_CATEGORIES,
            categories.intitule,
            categories.version,
            first,
            None,
            is_in_force=True,  # the flow gives the day it was made, not since when codes exist
        )


def _iter_lines(
    nomenclature: Nomenclature, wanted: Sequence[str], codes: Sequence[FoundCode]
) -> Iterator[FoundLine]:
    """The lines that hold all the words; those of the activities of a device that was found."""
    devices = {
        activity for item in codes if item.kind == "equipement" for activity in item.activities
    }
    for line in _iter_quintuplets(nomenclature):
        labels = nomenclature.labels(line)
        if line[0] in devices or _fits(wanted, (*line, *labels)):
            yield FoundLine(line, labels)


def _synonyms(library: Library) -> dict[tuple[str, str], tuple[str, ...]]:
    devices = (library.nomenclature.equipements or {}) if library.nomenclature else {}
    return {("equipement", name): device.mots for name, device in devices.items()}


def _wanted_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words to find, without those that say nothing; all of them when none says anything."""
    found = tuple(word for text in words for word in _split(text))
    telling = tuple(word for word in found if word not in _SMALL_WORDS)
    return tuple(_singular(word) for word in telling or found)


def _fits(wanted: Sequence[str], texts: Iterable[str]) -> bool:
    words = {word for text in texts for word in _split(text)}
    return bool(wanted) and all(any(word.startswith(item) for word in words) for item in wanted)


def _split(text: str) -> list[str]:
    plain = without_case_and_accents(text.replace("œ", "oe").replace("Œ", "oe"))
    return _WORD.findall(plain)


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def _hint(wanted: Sequence[str], known: Sequence[FoundCode]) -> str:
    """Near words of the labels, for the first word that no label has."""
    words = {word for item in known for text in (item.code, item.label) for word in _split(text)}
    for item in wanted:
        if not any(word.startswith(item) for word in words):
            return near_names_hint(item, sorted(words))
    return ""


def search_data(search: NomenclatureSearch) -> dict[str, Any]:
    """The search as JSON-ready data."""
    return {
        "recherche": list(search.words),
        "au": search.on.isoformat(),
        "nomenclatures": [
            {
                "id": item.id,
                "intitule": item.title,
                "version": item.version,
                "en_vigueur_du": None if item.first_day is None else item.first_day.isoformat(),
                "en_vigueur_au": None if item.last_day is None else item.last_day.isoformat(),
                "en_vigueur": item.is_in_force,
            }
            for item in search.nomenclatures
        ],
        "codes": [code_data(item) for item in search.codes],
        "quintuplets": [line_data(item) for item in search.lines],
    }


def code_data(found: FoundCode) -> dict[str, Any]:
    """One code as JSON-ready data."""
    return {
        "nomenclature": found.nomenclature,
        "genre": found.kind,
        "code": found.code,
        "libelle": found.label,
        "activites": list(found.activities),
    }


def line_data(found: FoundLine) -> dict[str, Any]:
    """One quintuplet as JSON-ready data: its codes, and a label for each."""
    return {
        **dict(zip(QUINTUPLET_KEYS, found.codes, strict=True)),
        "libelles": dict(zip(QUINTUPLET_KEYS, found.labels, strict=True)),
    }
