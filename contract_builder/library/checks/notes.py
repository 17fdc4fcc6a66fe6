"""What the library's authors marked themselves: points to verify, remarks, doubts (notes)."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.library.cited_texts import iter_target_parts
from contract_builder.model.fiche import Fiche
from contract_builder.model.library import Library


def check_points_to_verify(library: Library) -> Iterator[Diagnostic]:
    """Every ``a_verifier`` of clauses and of the registry."""
    for versions in library.clauses.values():
        for clause in versions:
            header = clause.header
            if header.a_verifier:
                yield library_problems.a_verifier(header.place_of("a_verifier"), header.a_verifier)
    for file in library.references:
        for version in file.references:
            if version.a_verifier:
                point = f"{file.code} {version.article}, {version.a_verifier}"
                yield library_problems.a_verifier(version.place_of("a_verifier"), point)


def check_source_remarks(library: Library) -> Iterator[Diagnostic]:
    """Every inconsistency of a source that a sheet tells."""
    for fiche in _iter_fiches(library):
        for remark in fiche.header.remarques:
            yield library_problems.remarque_source(
                remark.place_of("texte"), fiche.code, remark.texte
            )


def check_doubtful_targets(library: Library) -> Iterator[Diagnostic]:
    """Every cell, total or component that could not be read with certainty."""
    for fiche in _iter_fiches(library):
        for row in fiche.header.cibles:
            cells = [*row.valeurs.values(), *([row.total] if row.total else [])]
            for part in iter_target_parts(cells):
                if part.doute:
                    place = part.place_of("doute")
                    yield library_problems.cible_douteuse(place, fiche.code, part.doute)


def _iter_fiches(library: Library) -> Iterator[Fiche]:
    for fiches in library.fiches.values():
        yield from fiches.values()
