"""Conditions as French readers say them, before any profile."""

from datetime import date
from decimal import Decimal

import pytest

from contract_builder.assembly.condition_words import describe_condition
from contract_builder.model.condition import AllOf, Always, AnyOf, Condition, Not
from contract_builder.model.condition import Test as Comparison
from contract_builder.model.library import Library

URGENCES = Comparison("urgences", "parmi", True)
FEW = Comparison("passages_urgences", "moins_de", Decimal(8000))
CODES = Comparison("activites", "contient", ("QA014",))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (None, "tous les établissements"),
        (Always(), "tous les établissements"),
        (
            AllOf((URGENCES, FEW)),
            "activité d’urgences : oui et passages aux urgences : moins de 8 000",
        ),
        (
            AnyOf((CODES, AllOf((URGENCES, FEW)))),
            "activités autorisées : QA014 (Médecine d'urgence) ou (activité d’urgences : oui et "
            "passages aux urgences : moins de 8 000)",
        ),
        (Not(URGENCES), "sauf : activité d’urgences : oui"),
        (
            Comparison("date_effet", "au_moins", date(2025, 1, 1)),
            "date d’effet du contrat : à partir du 1er janvier 2025",
        ),
        (
            Comparison("categorie", "parmi", ("chu", "ch")),
            "catégorie de l’établissement : chu ou ch",
        ),
    ],
)
def test_a_condition_is_said_in_words(
    condition: Condition | None, said: str, real_library: Library
) -> None:
    assert describe_condition(condition, real_library).replace("\u00a0", " ") == said
