"""Whatever the starting value, the figures that are computed reach what the sheet asks."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.assembly.targets import resolve_targets
from contract_builder.model.condition import Always
from contract_builder.model.fiche import Baseline, Fiche, Indicator, TargetCell, TargetRow
from contract_builder.model.library import Category, Library
from contract_builder.model.profile import BaselineValue, ChosenSheet
from tests.profile_samples import (
    make_campaign,
    make_context,
    make_library,
    make_outline,
    make_profile,
    make_sheet,
)

OCCITANIE = "occitanie-2025-2029"
YEARS = range(2025, 2030)
CAMPAIGN = make_campaign(
    annees=tuple(YEARS), categories=(Category(id="tous", libelle="Tous", si=Always()),)
)
CONTEXT = make_context(make_profile(), make_library((CAMPAIGN,), (make_outline(),)))


def series_of(fiche: Fiche, indicator: str, start: BaselineValue, library: Library) -> list[int]:
    """The figures of a sheet of the library for a public hospital, year after year."""
    chosen = ChosenSheet(code=fiche.code, valeurs_initiales={indicator: start})
    context = make_context(make_profile(campagne=OCCITANIE, fiches=(chosen,)), library)
    (row,) = resolve_targets(fiche, chosen, context).rows
    assert row.unreachable == ()
    return [int(item.value) for item in row.computed if item.indicator == indicator]


def test_every_base_up_to_1999_reaches_25_per_cent_over_the_period(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_12"]
    for base in range(1, 2000):
        start = BaselineValue(annee=2024, valeur=Decimal(base))
        figures = series_of(fiche, "mammographies", start, real_library)
        assert 4 * figures[-1] >= 5 * base
        rates = (3, 5, 5, 5, 5)
        for rate, before, after in zip(rates, [base, *figures], figures, strict=False):
            assert after > before
            assert round(Fraction(after * 100, before) - 100 + Fraction(1, 10**9)) >= rate
    start = BaselineValue(annee=2024, valeur=Decimal(740))
    assert series_of(fiche, "mammographies", start, real_library) == [762, 800, 840, 882, 926]


def test_every_base_up_to_1999_grows_by_15_per_cent_a_year(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_22"]
    for base in range(1, 2000):
        start = BaselineValue(annee=2025, valeur=Decimal(base))
        figures = series_of(fiche, "projets_recherche", start, real_library)
        assert len(figures) == 4
        for before, after in zip([base, *figures], figures, strict=False):
            assert 100 * after >= 115 * before > 100 * (after - 1)  # reached, and no more


def test_every_base_up_to_1999_doubles_its_file_in_five_years(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_15"]
    for base in range(1, 2000):
        start = BaselineValue(annee=2024, valeur=Decimal(base))
        figures = series_of(fiche, "file_active_handicap", start, real_library)
        assert [10 * figure >= (10 + 2 * n) * base for n, figure in enumerate(figures, 1)] == [
            True
        ] * 5
        assert figures[-1] == 2 * base


@pytest.mark.parametrize("kind", ["quantitatif", "taux"])
@given(
    base=st.decimals(min_value=Decimal("0.1"), max_value=5000, places=1),
    rates=st.lists(st.decimals(min_value=-40, max_value=60, places=1), min_size=5, max_size=5),
    is_chained=st.booleans(),
)
def test_any_rate_is_reached_from_any_base_or_told_out_of_reach(
    kind: str, base: Decimal, rates: list[Decimal], is_chained: bool
) -> None:
    origin = Baseline(indicateur="actes", libelle="Actes", annee=2024)
    cells = {
        str(year): TargetCell(
            texte=f"{rate} %",
            type="increment_pourcentage",
            valeur=str(rate),
            reference=year - 1 if is_chained else 2024,
            base=origin,
        )
        for year, rate in zip(YEARS, rates, strict=True)
    }
    indicator = Indicator(type=kind, definition="Actes")  # type: ignore[arg-type]
    fiche = make_sheet(
        "F", cibles=(TargetRow(categorie="tous", valeurs=cells),), indicateur=indicator
    )
    values = {"actes": BaselineValue(annee=2024, valeur=base)}
    chosen = ChosenSheet(code="F", valeurs_initiales=values)
    (row,) = resolve_targets(fiche, chosen, CONTEXT).rows
    known = {2024: base} | {item.year: item.value for item in row.computed}
    unit = Decimal(1) if kind == "quantitatif" else Decimal("0.1")
    for year, rate in zip(YEARS, rates, strict=True):
        before = known.get(year - 1 if is_chained else 2024)
        if year not in known or before is None:
            assert is_chained or any(item.year == year for item in row.unreachable)
            continue
        wanted = before * (1 + rate / 100)
        assert known[year] % unit == 0
        assert known[year] >= wanted if rate >= 0 else known[year] <= wanted
        assert abs(known[year] - wanted) < unit
