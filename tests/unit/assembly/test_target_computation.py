"""Starting values: what is asked, what is reckoned from them, what nothing can reach."""

from dataclasses import replace
from decimal import Decimal

import pytest

from contract_builder.model.library import Library
from contract_builder.model.profile import BaselineValue, NegotiatedTarget
from tests.unit.assembly.test_targets import (
    OCCITANIE,
    only_row,
    real_context,
    relative,
    resolve,
    row,
    sheet,
)


@pytest.mark.parametrize(
    ("kind", "start", "cell", "reason"),
    [
        ("quantitatif", "0", ("15", 2024), "une valeur de 0 en 2024 ne progresse pas de 15 %"),
        ("taux", "98", ("3", 2024), "un taux ne dépasse pas 100 % (98 × 1,03 = 100,94"),
        ("quantitatif", "5", ("-300", 2024), "la valeur serait négative"),
    ],
)
def test_what_no_figure_can_reach_is_told_and_not_computed(
    kind: str, start: str, cell: tuple[str, int], reason: str
) -> None:
    made = sheet(row(an2025=relative(*cell)))
    header = replace(made.header, indicateur=replace(made.header.indicateur, type=kind))  # type: ignore[arg-type]
    baseline = BaselineValue(annee=2024, valeur=Decimal(start))
    found = only_row(resolve(replace(made, header=header), valeurs_initiales={"actes": baseline}))
    assert found.computed == ()
    assert [item.year for item in found.unreachable] == [2025]
    assert reason in found.unreachable[0].reason


def test_a_starting_value_is_asked_only_where_a_target_is_reckoned_from_it(
    real_library: Library,
) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_13"]
    made = real_context(real_library)
    assert only_row(resolve(fiche, made)).missing_baselines == ()
    agreed = NegotiatedTarget(
        annee=2025, texte="+ 3 %", type="increment_pourcentage", valeur="3", motif="m", auteur="a"
    )
    asked = only_row(resolve(fiche, made, cibles=(agreed,))).missing_baselines
    assert [item.libelle for item in asked] == ["Taux d’actes en RAAC (%)"]
    baseline = {"taux_raac": BaselineValue(annee=2024, valeur=Decimal(38))}
    found = only_row(resolve(fiche, made, cibles=(agreed,), valeurs_initiales=baseline))
    assert [(item.year, str(item.value)) for item in found.computed] == [
        (2025, "39.2"),
        (2026, "40.4"),
        (2027, "41.7"),
        (2028, "43.0"),
        (2029, "44.3"),
    ]


def test_the_sheet_on_remote_care_asks_for_no_starting_value(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_9"]
    for beds in (50, 300, 800):
        assert only_row(resolve(fiche, real_context(real_library, beds))).missing_baselines == ()
