"""Clauses: their dates, one version a day, a place in an outline."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.model.library import Library


def check_clause_dates(library: Library) -> Iterator[Diagnostic]:
    """A version that ends before it begins."""
    for versions in library.clauses.values():
        for clause in versions:
            end = clause.header.en_vigueur_au
            if end is not None and end < clause.header.en_vigueur_du:
                yield library_problems.dates_inversees(clause.header.place_of("en_vigueur_au"))


def check_clause_versions(library: Library) -> Iterator[Diagnostic]:
    """Two versions of a clause in force on one day; both ends of a version are inclusive."""
    for versions in library.clauses.values():
        for index, clause in enumerate(versions):
            start = clause.header.en_vigueur_du
            for earlier in versions[:index]:
                if earlier.is_in_force(start):
                    place = clause.header.place_of("en_vigueur_du")
                    yield library_problems.versions_en_conflit(
                        place, clause.id, earlier.source.name
                    )
                    break


def check_clauses_used(library: Library) -> Iterator[Diagnostic]:
    """A clause that no outline holds: no contract will ever print it."""
    used = {
        clause
        for outline in library.outlines.values()
        for entry in outline.contenu
        for clause in entry.clauses
    }
    for name, versions in library.clauses.items():
        if name not in used:
            yield library_problems.clause_inutilisee(versions[-1].header.place_of("id"), name)
