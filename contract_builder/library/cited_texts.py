"""What each clause and each sheet cites: the references it declares and those its text names.

Only what a contract prints is read: ``remarques``, doubts, sources and points to verify are notes
to the library's authors.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contract_builder.library.citations import Citation, find_citations
from contract_builder.library.in_force import can_hold, find_closed_clauses, find_first_day
from contract_builder.library.registry import is_reference, split_reference
from contract_builder.model.clause import Clause
from contract_builder.model.fiche import Fiche, FicheHeader, TargetCell, TargetPart, TargetRow
from contract_builder.model.library import Library
from contract_builder.model.record import Record
from contract_builder.reading.places import locate_words
from contract_builder.source import Place, SourceFile

CitingKind = Literal["clause", "fiche", "profil", "version"]

_LAWS = frozenset({"LOI", "ORDONNANCE", "DECRET", "ARRETE", "INSTRUCTION", "CIRCULAIRE", "UE"})
_SHEET_TEXTS = ("intitule", "public", "pilotage", "critere", "suivi")
_SHEET_LISTS = (
    "objectifs",
    "partenaires",
    "sources_donnees",
    "bonnes_pratiques",
    "accompagnement",
    "preuves",
    "politiques",
)


@dataclass(frozen=True, slots=True)
class DeclaredReference:
    """A reference in the front matter, as written, with its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation read in a text, with its place; ``key`` names the front-matter key, or body."""

    citation: Citation
    place: Place
    key: str = "texte"


@dataclass(frozen=True, slots=True)
class CitingText:
    """A clause version, a sheet… and what it cites.

    ``version`` is the first day of a clause version, the catalogue of a sheet. ``since`` is the day
    from which it is in use: the law that its author had in view.
    """

    kind: CitingKind
    id: str
    version: str
    declared: tuple[DeclaredReference, ...]
    found: tuple[FoundCitation, ...] = ()
    since: date | None = None


def iter_citing_texts(library: Library, on: date | None = None) -> Iterator[CitingText]:
    """Every clause version and every sheet, clauses first.

    With ``on``: the clause versions that a contract of that day can hold, and the sheets of the
    campaigns that cover it.
    """
    closed = frozenset[str]() if on is None else find_closed_clauses(library, on)
    for versions in library.clauses.values():
        for clause in versions:
            if on is None or (clause.id not in closed and can_hold(clause, on)):
                yield _read_clause(clause)
    for catalogue, fiches in library.fiches.items():
        since = find_first_day(library, catalogue, on)
        if on is None or since is not None:
            for fiche in fiches.values():
                yield _read_fiche(fiche, since)


def iter_declared(library: Library) -> Iterator[DeclaredReference]:
    """Every reference declared by a clause version or a sheet."""
    for versions in library.clauses.values():
        for clause in versions:
            yield from declared_references(clause.header, clause.header.references)
    for fiches in library.fiches.values():
        for fiche in fiches.values():
            yield from declared_references(fiche.header, fiche.header.references)


def _read_clause(clause: Clause) -> CitingText:
    header = clause.header
    code = _default_code(header.references)
    return CitingText(
        kind="clause",
        id=clause.id,
        version=header.en_vigueur_du.isoformat(),
        declared=declared_references(header, header.references),
        found=tuple(_find_in_body(clause.source, clause.body, clause.body_line, code)),
        since=header.en_vigueur_du,
    )


def _read_fiche(fiche: Fiche, since: date | None) -> CitingText:
    header = fiche.header
    code = _default_code(header.references)
    found = [
        FoundCitation(citation, locate_words(place, text[citation.start : citation.end]), key)
        for key, text, place in iter_printed_texts(header)
        for citation in find_citations(text, code)
    ]
    found.extend(_find_in_body(fiche.source, fiche.body, fiche.body_line, code))
    return CitingText(
        kind="fiche",
        id=fiche.code,
        version=fiche.catalogue,
        declared=declared_references(header, header.references),
        found=tuple(found),
        since=since,
    )


def declared_references(record: Record, texts: Iterable[str]) -> tuple[DeclaredReference, ...]:
    """The ``references`` of a record, each with its own place in the list."""
    start = record.place_of("references")
    return tuple(DeclaredReference(text, locate_words(start, text)) for text in texts)


def _default_code(references: tuple[str, ...]) -> str | None:
    """The code of articles cited without code: the only one that the front matter names."""
    named = {split_reference(text)[0] for text in references if is_reference(text)} - _LAWS
    return named.pop() if len(named) == 1 else None


def _find_in_body(
    source: SourceFile, body: str, first_line: int, default_code: str | None
) -> Iterator[FoundCitation]:
    for citation in find_citations(body, default_code):
        before = body[: citation.start]
        column = citation.start - (before.rfind("\n") + 1)
        length = len(body[citation.start : citation.end].partition("\n")[0])
        line = first_line + before.count("\n")
        yield FoundCitation(citation, Place(source, line, column + 1, length))


def iter_printed_texts(header: FicheHeader) -> Iterator[tuple[str, str, Place]]:
    """Each text of a sheet's front matter that a contract prints: key, text, place."""
    for key in _SHEET_TEXTS:
        yield key, getattr(header, key), header.place_of(key)
    for key in _SHEET_LISTS:
        for text in getattr(header, key):
            yield key, text, header.place_of(key)
    indicator = header.indicateur
    yield "indicateur", indicator.definition, indicator.place_of("definition")
    if indicator.formule is not None:
        formula = indicator.formule
        for key in ("numerateur", "denominateur", "unite"):
            yield "indicateur", getattr(formula, key), formula.place_of(key)
    for item in header.donnees:
        yield "donnees", item.intitule, item.place_of("intitule")
    for row in header.cibles:
        yield from _iter_row(row)


def _iter_row(row: TargetRow) -> Iterator[tuple[str, str, Place]]:
    yield "cibles", row.libelle, row.place_of("libelle")
    yield "cibles", row.note, row.place_of("note")
    cells = [*row.valeurs.values(), *([row.total] if row.total else [])]
    for part in iter_target_parts(cells):
        yield "cibles", part.texte, part.place_of("texte")


def iter_target_parts(cells: Iterable[TargetCell]) -> Iterator[TargetPart]:
    """Each cell, followed by its components."""
    for cell in cells:
        yield cell
        yield from cell.composantes
