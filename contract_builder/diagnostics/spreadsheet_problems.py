"""Problems of tables that officers make: titles, columns and sheets that are not read.

What somebody filled is imported or named: these name it. Same rules as ``import_problems``.
"""

from collections.abc import Sequence
from dataclasses import replace

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.source import Place


def colonne_en_double(place: Place, title: str, first: str, second: str) -> Diagnostic:
    """Two columns whose titles mean the same; ``first`` and ``second`` are their cells, « N1 »."""
    return Diagnostic(
        "colonne-en-double",
        "erreur",
        f"Deux colonnes ont le titre « {title} » : {first} et {second}.",
        place,
        "gardez une seule des deux colonnes, ou donnez à l’autre son vrai titre.",
    )


def colonne_non_lue(
    place: Place, where: str, title: str, lines: str, known: Sequence[str]
) -> Diagnostic:
    """A column that the import does not know, with filled cells; ``where`` is « feuille X, P »."""
    shown = f"« {title} »" if title else "sans titre"
    return Diagnostic(
        "colonne-non-lue",
        "avertissement",
        f"{where} : la colonne {shown} n’est pas connue ; ce qui y est écrit {lines} "
        "n’est pas importé.",
        place,
        near_names_hint(title, known)
        or "une colonne de montants a pour titre son année : « 2026 ».",
    )


def feuille_non_lue(place: Place, title: str, lines: str) -> Diagnostic:
    """A worksheet that is none of the tables that the import knows."""
    return Diagnostic(
        "feuille-non-lue",
        "avertissement",
        f"La feuille « {title} » n’est pas lue : aucun tableau connu n’y figure ({lines}).",
        place,
        "ses titres de colonnes doivent être ceux du modèle de l’import.",
    )


def lignes_avant_titres(place: Place, where: str, lines: str) -> Diagnostic:
    """Lines above the titles of the columns: a banner, a date."""
    return Diagnostic(
        "lignes-avant-titres",
        "avertissement",
        f"{f'{where} : ce' if where else 'Ce'} qui est écrit au-dessus des titres de colonnes "
        f"n’est pas lu ({lines}).",
        place,
        "si ce n’est qu’un bandeau, il n’y a rien à faire.",
    )


def in_cell(problem: Diagnostic, sheet: str, cell: str) -> Diagnostic:
    """The problem with the worksheet and the cell named first."""
    where = f"Feuille « {sheet} », cellule {cell} : " if sheet else f"Cellule {cell} : "
    return replace(problem, message=f"{where}{problem.message}")
