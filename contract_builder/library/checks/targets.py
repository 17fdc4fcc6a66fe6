"""Typed target values: each type with what it needs, and nothing that it cannot have.

Source of the rule: the table of types in ``docs/guide/formats.md``.
"""

import re
from collections.abc import Callable, Iterator

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.model.fiche import (
    NUMERIC_TYPES,
    Fiche,
    TargetCell,
    TargetPart,
)
from contract_builder.model.library import Library
from contract_builder.reading.scalars import parse_date, parse_decimal

_WITHOUT_VALUE = {
    "sans_objet": "« sans_objet » ne porte pas de valeur",
    "jalon": "un jalon ne porte pas de valeur",
    "texte": "un texte libre ne porte pas de valeur",
    "vide": "une cellule vide ne porte pas de valeur",
    "composite": "une cible composite porte ses valeurs dans « composantes »",
}
_WITH_COMPONENTS = frozenset({"composite", "seuil", "a_fixer"})
_YEAR = re.compile(r"\d{4}")


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
    for find_fault in (_fault_of_value, _fault_of_operator, _fault_of_fraction, _fault_of_text):
        fault = find_fault(part)
        if fault is not None:
            key, reason = fault
            yield library_problems.cible_incoherente(part.place_of(key), reason)


Fault = tuple[str, str] | None


def _fault_of_value(part: TargetPart) -> Fault:
    """``valeur``: there when the type needs one, readable, absent when the type has none."""
    if part.type in _WITHOUT_VALUE:
        return ("valeur", _WITHOUT_VALUE[part.type]) if part.valeur else None
    if not part.valeur:
        optional = part.doute or part.type == "a_fixer" or _is_relative(part)
        return None if optional else ("type", f"une cible « {part.type} » a une « valeur »")
    if part.doute:
        return None
    expected, read = _VALUES[part.type]
    try:
        read(part.valeur)
    except ValueError:
        return "valeur", f"« {part.valeur} » n’est pas {expected}"
    return None


def _fault_of_operator(part: TargetPart) -> Fault:
    """A threshold says on which side of the number the target is met."""
    if part.type == "seuil" and part.operateur is None and not part.doute:
        return "type", "un seuil a un « operateur » (>=, >, <= ou <)"
    return None


def _fault_of_fraction(part: TargetPart) -> Fault:
    """A denominator, positive, for fractions only."""
    if part.type != "fraction":
        given = part.denominateur is not None
        return ("denominateur", "seule une fraction a un « denominateur »") if given else None
    if part.denominateur is None:
        return None if part.doute else ("type", "une fraction a un « denominateur »")
    return None if part.denominateur > 0 else ("denominateur", "ce dénominateur n’est pas positif")


def _fault_of_text(part: TargetPart) -> Fault:
    """An empty cell has no text; a printed cell has one, or components that have it."""
    if part.type == "vide" and part.texte:
        return "texte", "une cellule vide n’a pas de texte"
    return None


def _is_relative(part: TargetPart) -> bool:
    """« Do better than in 2025 »: a comparison with a year, which needs no number."""
    return part.reference is not None and part.operateur is not None


def _read_yes_no(text: str) -> None:
    if text not in ("oui", "non"):
        raise ValueError(text)


def _read_date(text: str) -> None:
    if not _YEAR.fullmatch(text):
        parse_date(text)


_VALUES: dict[str, tuple[str, Callable[[str], object]]] = {
    **dict.fromkeys((*NUMERIC_TYPES, "a_fixer"), ("un nombre", parse_decimal)),
    "oui_non": ("« oui » ou « non »", _read_yes_no),
    "date": ("une date AAAA-MM-JJ ou une année", _read_date),
}
