"""Negotiated targets in the place of the sheet's: what they replace, and when they ask less."""

from decimal import Decimal

import pytest

from contract_builder.model.fiche import TargetCell
from contract_builder.model.library import Library
from contract_builder.model.profile import BaselineValue, NegotiatedTarget
from tests.unit.assembly.test_targets import (
    OCCITANIE,
    number,
    only_row,
    real_context,
    resolve,
    row,
    sheet,
)


def agreed(
    text: str, kind: str | None = None, value: str = "", **changes: object
) -> NegotiatedTarget:
    values: dict[str, object] = {
        "annee": 2025, "texte": text, "type": kind, "valeur": value, "motif": "m", "auteur": "a",
    }  # fmt: skip
    return NegotiatedTarget(**(values | changes))  # type: ignore[arg-type]


PROGRAMMES = number("3", type="increment", texte="+ 3 programmes")
THIRDS = number("2", type="fraction", denominateur=Decimal(3))
SHARE = number("5", type="a_fixer", operateur=">=", unite="%", texte="à fixer ≥ 5 %")


@pytest.mark.parametrize(
    ("cell", "target", "is_less"),
    [
        (number("3"), agreed("2 actions", "nombre", "2"), True),
        (number("3"), agreed("2 actions"), True),
        (number("3"), agreed("3 actions", "nombre", "3"), False),
        (number("3"), agreed("4 actions"), False),
        (number("3"), agreed("quelques actions"), False),
        (number("3", type="seuil", operateur="<="), agreed("4", "nombre", "4"), True),
        (number("3", type="seuil", operateur=">="), agreed("1 ou 2 actions", "nombre", "2"), True),
        (PROGRAMMES, agreed("+ 2 programmes", "increment", "2"), True),
        (PROGRAMMES, agreed("2 programmes", value="2"), True),
        (PROGRAMMES, agreed("2 programmes", "nombre", "2"), True),
        (PROGRAMMES, agreed("5 programmes", "nombre", "5"), False),
        (SHARE, agreed("4 %"), True),
        (SHARE, agreed("7 %", "pourcentage", "7"), False),
        (number("oui", type="oui_non"), agreed("non", "oui_non", "non"), True),
        (number("oui", type="oui_non"), agreed("oui", "oui_non", "oui"), False),
        (number("2028", type="date"), agreed("fin 2029", "date", "2029"), True),
        (number("2028", type="date"), agreed("juin 2028", "date", "2028-06-30"), False),
        (THIRDS, agreed("1/3 à jour", "fraction", "1"), True),
        (number("", type="jalon"), agreed("1 action", "nombre", "1"), False),
        (number("3", doute="lu sans certitude"), agreed("1 action", "nombre", "1"), False),
    ],
)  # fmt: skip
def test_a_negotiated_target_that_asks_less_than_the_sheet_is_a_departure(
    cell: TargetCell, target: NegotiatedTarget, is_less: bool
) -> None:
    found = only_row(resolve(sheet(row(an2025=cell)), cibles=(target,)))
    assert bool(found.departures) == is_less


def test_a_negotiated_figure_below_the_computed_one_is_a_departure(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_12"]
    baseline = {"mammographies": BaselineValue(annee=2024, valeur=Decimal(740))}
    made = real_context(real_library)
    low = only_row(
        resolve(fiche, made, valeurs_initiales=baseline, cibles=(agreed("750 mammographies"),))
    )
    assert low.departures == ()  # without a typed value, nothing is computed from it
    low = only_row(
        resolve(fiche, made, valeurs_initiales=baseline, cibles=(agreed("750", "nombre", "750"),))
    )
    (departure,) = low.departures
    assert departure.asked.endswith("soit « 762")
    high = resolve(
        fiche, made, valeurs_initiales=baseline, cibles=(agreed("770", "nombre", "770"),)
    )
    assert only_row(high).departures == ()


def test_a_figure_replaces_the_part_of_the_cell_that_it_is_about(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_12"]
    made = real_context(real_library)
    (first, *_) = only_row(resolve(fiche, made, cibles=(agreed("780", "nombre", "780"),))).cells
    assert first.cell.texte == "Mammographies : 780 ; Échographies : ≥ 2024"
    named = agreed("410 échographies", "nombre", "410", indicateur="echographies")
    (first, *_) = only_row(resolve(fiche, made, cibles=(named,))).cells
    assert first.cell.texte == "410 échographies ; Mammos : + 3 % / 2024"
    both = (named, agreed("780", "nombre", "780", indicateur="mammographies"))
    (first, *_) = only_row(resolve(fiche, made, cibles=both)).cells
    assert first.cell.texte == "410 échographies ; Mammographies : 780"
