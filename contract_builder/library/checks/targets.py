"""Typed target values of the sheets: each with what its type needs, nothing that it cannot have."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.model.fiche import Fiche, TargetCell, TargetPart
from contract_builder.model.library import Library
from contract_builder.reading.target_values import iter_target_faults

_WITH_COMPONENTS = frozenset({"composite", "seuil", "a_fixer"})


def check_target_values(library: Library) -> Iterator[Diagnostic]:
    """A cell, a total or a component whose value contradicts its type.

    A value marked ``doute`` may be missing or unreadable: that is what the mark says.
    """
    for fiches in library.fiches.values():
        for fiche in fiches.values():
            for row in fiche.header.cibles:
                for cell in (*row.valeurs.values(), *([row.total] if row.total else [])):
                    yield from _check_cell(cell, fiche)


def _check_cell(cell: TargetCell, fiche: Fiche) -> Iterator[Diagnostic]:
    yield from _check_part(cell)
    if cell.type == "composite" and not cell.composantes and not cell.doute:
        reason = "une cible composite énumère ses « composantes »"
        yield library_problems.cible_incoherente(cell.place_of("type"), reason)
    if cell.composantes and cell.type not in _WITH_COMPONENTS:
        reason = f"une cible « {cell.type} » n’a pas de « composantes »"
        yield library_problems.cible_incoherente(cell.place_of("composantes"), reason)
    data = {item.id for item in fiche.header.donnees}
    for part in cell.composantes:
        yield from _check_part(part)
        if not part.indicateur:
            reason = "une composante dit de quel « indicateur » elle est la valeur"
            yield library_problems.cible_incoherente(part.place, reason)
        elif data and part.indicateur not in data:
            reason = f"« {part.indicateur} » n’est pas une des « donnees » de la fiche"
            yield library_problems.cible_incoherente(part.place_of("indicateur"), reason)


def _check_part(part: TargetPart) -> Iterator[Diagnostic]:
    for key, reason in iter_target_faults(part):
        yield library_problems.cible_incoherente(part.place_of(key), reason)
