"""The fields of a campaign: its days and years, the sheets that it offers, how it rates."""

from collections.abc import Iterator, Mapping

from contract_builder.model.follow_rules import RATING_WORDS
from contract_builder.reading.tree import Tree, get_group, get_lines
from contract_builder.web.forms.library_fields import (
    Choices,
    FieldGroup,
    FieldLine,
    TextField,
)

_MORE_RULES = 2  # blank lines after those that are there
_RATINGS: Choices = (("", ""), *((str(key), text) for key, text in RATING_WORDS.items()))
_YES_NO: Choices = (("", ""), ("oui", "oui"), ("non", "non"))


def iter_campaign_fields(
    tree: Mapping[str, Tree], plans: Choices, catalogues: Choices, categories: Mapping[str, str]
) -> Iterator[FieldGroup]:
    """Those of a campaign; ``categories`` tell in words the condition of each, by its name."""
    yield FieldGroup(
        "La campagne",
        (
            TextField("intitule", "Intitulé"),
            TextField("type", "Contrat", control="choix", choices=plans),
            TextField(
                "date_effet_du",
                "Premier jour de prise d’effet",
                "Les contrats de la campagne prennent effet ce jour-là ou après.",
                "date",
            ),
            TextField(
                "date_effet_au", "Dernier jour de prise d’effet", "Compris ; vide sans fin.", "date"
            ),
            TextField("annees", "Années", "Une par ligne : celles des cibles.", "lignes"),
            TextField("fiches", "Fiches proposées", control="choix", choices=catalogues),
            TextField(
                "objectifs_maximum",
                "Nombre d’objectifs au plus",
                "Au-delà, un avertissement ; vide sans limite.",
            ),
        ),
    )
    yield _category_fields(tree, categories)
    yield FieldGroup(
        "Suivi annuel",
        (
            TextField(
                "suivi.declaration_avant",
                "Déclaration avant",
                "Mois et jour de l’année qui suit : « 03-31 » pour le 31 mars.",
            ),
            TextField("suivi.preuve_exigee", "Preuve exigée", control="choix", choices=_YES_NO),
            TextField(
                "suivi.modes_a_justifier",
                "Crédits à justifier",
                "Un mode par ligne : CNR, JPE. Ce que rien ne justifie est à récupérer.",
                "lignes",
            ),
        ),
    )
    yield _rule_fields(tree)


def _category_fields(tree: Mapping[str, Tree], categories: Mapping[str, str]) -> FieldGroup:
    lines = tuple(
        FieldLine(
            categories.get(str(row.get("id", "")), ""),
            (TextField(f"categories.{rank}.libelle", "Libellé"),),
        )
        for rank, row in enumerate(get_lines(tree, "categories"))
    )
    return FieldGroup("Catégories d’établissements", (), ("Libellé imprimé",), lines)


def _rule_fields(tree: Mapping[str, Tree]) -> FieldGroup:
    """The rules in order, and some blank lines: the first that holds decides."""
    count = len(get_lines(get_group(tree, "suivi"), "appreciation")) + _MORE_RULES
    lines = (
        FieldLine(
            f"Règle {rank + 1}",
            (
                TextField(f"{path}.resultat", "Résultat", control="choix", choices=_RATINGS),
                TextField(f"{path}.realise_au_moins", "Réalisé au moins, en % de la cible"),
                TextField(f"{path}.retard_au_plus", "Retard au plus, en jours"),
                TextField(f"{path}.critere", "Critère imprimé"),
            ),
        )
        for rank, path in ((rank, f"suivi.appreciation.{rank}") for rank in range(count))
    )
    columns = ("Résultat", "Réalisé au moins (%)", "Retard au plus (jours)", "Critère imprimé")
    return FieldGroup("Comment une cible est appréciée", (), columns, tuple(lines))
