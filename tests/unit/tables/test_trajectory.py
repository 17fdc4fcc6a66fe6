"""Plots of values beside their targets."""

from decimal import Decimal
from xml.etree.ElementTree import fromstring

from contract_builder.tables.trajectory import Trajectory, draw_trajectory


def test_a_plot_is_well_formed_and_tells_every_year() -> None:
    trajectory = Trajectory(
        "R & D", "%", {2025: Decimal(80), 2026: Decimal(85)}, {2025: Decimal("79.5")}
    )
    svg = draw_trajectory(trajectory, "t1")
    assert fromstring(svg).get("role") == "img"
    assert "2025 : cible 80 %, valeur 79,5 % ; 2026 : cible 85 %, sans valeur." in svg
    assert svg.count("<circle") == 1


def test_values_without_target_and_equal_values_are_drawn() -> None:
    values = {2025: Decimal(0), 2026: Decimal(0)}
    svg = draw_trajectory(Trajectory("x", "", {}, values), "t1")
    assert "2025 : sans cible, valeur 0" in svg
    assert svg.count("<circle") == 2
