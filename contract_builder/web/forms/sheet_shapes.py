"""The fields of a sheet, with a table of its targets for each category of establishments."""

from collections.abc import Iterator, Mapping, Sequence

from contract_builder.model.fiche import INDICATOR_TYPE_LABELS, parse_years
from contract_builder.model.field_help.choices import CHOICE_LABELS
from contract_builder.reading.tree import Tree, get_group, get_lines, get_text
from contract_builder.web.forms.library_fields import (
    Choices,
    FieldGroup,
    FieldLine,
    TextField,
)

CITED_ARTICLES = TextField(
    "references",
    "Articles cités",
    "Un par ligne, « CSP L6114-1 » : tous ceux que le texte nomme.",
    "lignes",
)
_INDICATORS: Choices = (("", ""), *((key, text) for key, text in INDICATOR_TYPE_LABELS.items()))
_COMPOSITE = "composite"
_TYPES: Choices = (
    ("", ""),
    *((word, text) for word, text in CHOICE_LABELS["type"].items() if word != _COMPOSITE),
)
_BOUNDS: Choices = (
    ("", ""),
    (">=", "au moins"),
    (">", "plus de"),
    ("<=", "au plus"),
    ("<", "moins de"),
    ("=", "égal à"),
)
_COLUMNS = ("Sorte", "Texte imprimé", "Comparaison", "Valeur", "Unité")


def iter_sheet_fields(
    tree: Mapping[str, Tree], categories: Choices, years: Sequence[int]
) -> Iterator[FieldGroup]:
    """Those of a sheet; ``categories`` and ``years`` are those of its campaign."""
    yield FieldGroup(
        "Objectif et public",
        (
            TextField("intitule", "Intitulé", control="alineas"),
            TextField("objectifs", "Objectifs", "Un par ligne.", "lignes"),
            TextField("public", "Public", control="alineas"),
            CITED_ARTICLES,
        ),
    )
    yield FieldGroup(
        "Indicateur",
        (
            TextField("indicateur.type", "Sorte", control="choix", choices=_INDICATORS),
            TextField("indicateur.definition", "Définition", control="alineas"),
            TextField("indicateur.formule.numerateur", "Numérateur", control="alineas"),
            TextField("indicateur.formule.denominateur", "Dénominateur", control="alineas"),
            TextField(
                "indicateur.formule.facteur",
                "Facteur",
                "Ce qui multiplie le rapport : 100 pour un pourcentage ; vide sans rapport.",
            ),
            TextField("indicateur.formule.unite", "Unité"),
            TextField("indicateur.periode", "Période"),
            TextField("indicateur.frequence", "Fréquence"),
        ),
    )
    yield from _iter_target_fields(tree, categories, years)
    yield FieldGroup(
        "Suivi et accompagnement",
        (
            TextField("critere", "Critère d’attribution", control="alineas"),
            TextField("pilotage", "Pilotage", control="alineas"),
            *(
                TextField(path, label, "Un par ligne.", "lignes")
                for path, label in (
                    ("partenaires", "Partenaires"),
                    ("sources_donnees", "Sources des données"),
                    ("preuves", "Preuves"),
                    ("bonnes_pratiques", "Bonnes pratiques"),
                    ("accompagnement", "Accompagnement"),
                )
            ),
            TextField("suivi", "Suivi", control="alineas"),
        ),
    )


def _iter_target_fields(
    tree: Mapping[str, Tree], categories: Choices, years: Sequence[int]
) -> Iterator[FieldGroup]:
    """One group for each row of targets; of a cell with several values, its text alone."""
    labels = dict(categories)
    for rank, row in enumerate(get_lines(tree, "cibles")):
        path = f"cibles.{rank}"
        category = get_text(row, "categorie")
        known = categories if category in labels else (*categories, (category, category))
        parts = (get_text(row, "volet"), get_text(row, "libelle"), labels.get(category, category))
        yield FieldGroup(
            f"Cibles : {' – '.join(dict.fromkeys(part for part in parts if part))}",
            (
                TextField(f"{path}.categorie", "Pour qui", control="choix", choices=known),
                TextField(f"{path}.libelle", "Intitulé de la ligne, quand il y en a plusieurs"),
                TextField(f"{path}.note", "Note sous le tableau", control="alineas"),
            ),
            _COLUMNS,
            tuple(_iter_cells(row, path, years)),
            path,
        )


def _iter_cells(row: Mapping[str, Tree], path: str, years: Sequence[int]) -> Iterator[FieldLine]:
    """The cells that the row has, then those of the years that it leaves out, then the total."""
    cells = get_group(row, "valeurs")
    covered = {year for key in cells for year in parse_years(key)}
    missing = (str(year) for year in years if year not in covered)
    for year in sorted((*cells, *missing)):
        yield _cell(year, get_group(cells, year), f"{path}.valeurs.{year}")
    yield _cell("Total", get_group(row, "total"), f"{path}.total")


def _cell(label: str, cell: Mapping[str, Tree], path: str) -> FieldLine:
    text = TextField(f"{path}.texte", "Texte imprimé")
    kind = get_text(cell, "type")
    if kind == _COMPOSITE or get_lines(cell, "composantes"):
        return FieldLine(label, (text,))
    kinds = TextField(f"{path}.type", "Sorte", control="choix", choices=_TYPES)
    bounds = TextField(f"{path}.operateur", "Comparaison", control="choix", choices=_BOUNDS)
    value = TextField(f"{path}.valeur", "Valeur")
    return FieldLine(label, (kinds, text, bounds, value, TextField(f"{path}.unite", "Unité")))
