"""The regional view: counts, distributions, outliers and silence, whatever the order."""

from datetime import date
from decimal import Decimal

from contract_builder.follow.regional import RegionalContract, SheetYear, summarise_region
from contract_builder.follow.regional_plots import draw_sheets
from contract_builder.follow.regional_tables import build_regional_tables
from tests.contract_samples import header
from tests.followed_contracts import declaration, states_of, validation


def contract(number: int, rate: str = "", on: date = date(2026, 5, 2)) -> RegionalContract:
    """The contract of one establishment, which declared a rate or nothing."""
    entries = (declaration("RATE", rate),) if rate else ()
    finess = f"99000{number:04d}"
    return RegionalContract(
        header(finess_ej=finess, code=f"{finess}AA", legal_name=f"Établissement {number}"),
        f"{finess}@1",
        states_of(*entries, on=on).states,
    )


def rate_of(*contracts: RegionalContract) -> SheetYear:
    return next(item for item in summarise_region(contracts) if item.sheet == "RATE")


def test_contracts_are_counted_by_rating() -> None:
    found = rate_of(contract(1, "85"), contract(2, "70"), contract(3, "10"), contract(4))
    assert dict(found.counts) == {
        "atteint": 1,
        "partiellement_atteint": 1,
        "non_atteint": 1,
        None: 1,
    }
    assert found.shares == (Decimal("11.7"), Decimal("82.3"), Decimal("100"))
    assert found.middle == Decimal("82.3")
    assert [item.finess_ej for item in found.silent] == ["990000004"]


def test_who_may_still_declare_is_not_silent() -> None:
    assert rate_of(contract(1, on=date(2026, 3, 31))).silent == ()


def test_a_share_far_from_the_others_is_told() -> None:
    rates = ("84", "85", "85", "86", "5", "84", "85", "86")
    found = rate_of(*(contract(n, rate) for n, rate in enumerate(rates)))
    assert [(item.header.finess_ej, item.share) for item in found.outliers] == [
        ("990000004", Decimal("5.8"))
    ]
    few = rate_of(contract(1, "85"), contract(2, "5"))
    assert few.outliers == ()


def test_the_order_of_contracts_changes_nothing() -> None:
    contracts = [contract(n, rate) for n, rate in enumerate(("85", "", "40", "84"))]
    forward, backward = summarise_region(contracts), summarise_region(contracts[::-1])
    assert forward == backward
    assert build_regional_tables(contracts, forward) == build_regional_tables(
        contracts[::-1], backward
    )


def test_tables_say_who_reached_what_and_who_owes() -> None:
    owing = RegionalContract(
        header(),
        "990000011@1",
        states_of(
            declaration("fir-1", "19741", justified=Decimal(15000)), validation("RATE", "85")
        ).states,
    )
    tables = {item.id: item for item in build_regional_tables([owing], summarise_region([owing]))}
    row = next(row for row in tables["fiches"].rows if row[0] == "RATE")
    assert row[:9] == ("RATE", 2025, "Objectif RATE", 1, 1, 0, 0, 0, 0)
    assert tables["a-recuperer"].rows[0][3:] == (
        "fir-1",
        "CNR",
        Decimal("19741.00"),
        Decimal(15000),
        Decimal("4741.00"),
    )


def test_each_sheet_has_a_plot_that_tells_its_figures() -> None:
    sheets = summarise_region([contract(1, "85"), contract(2)])
    plots = dict(draw_sheets(sheets))
    assert len(plots) == 9
    assert (
        "2025 : 1 atteint, 0 partiellement atteint, 0 non atteint, 1 sans appréciation."
        in (plots["RATE – Objectif RATE"])
    )
