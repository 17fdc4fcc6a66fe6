"""Plots of values beside their targets."""

from decimal import Decimal
from xml.etree.ElementTree import fromstring

from contract_builder.model.trajectory import Trajectory, TrajectoryYear
from contract_builder.tables.plots import read_labels
from contract_builder.tables.trajectory import draw_trajectory

YEARS = (
    TrajectoryYear(2025, Decimal(80), Decimal("79.5"), Decimal(78)),
    TrajectoryYear(2026, Decimal(85)),
    TrajectoryYear(2027, note="sans objet"),
    TrajectoryYear(2028, Decimal(85), Decimal(86)),
)


def test_a_plot_is_well_formed_and_tells_every_year() -> None:
    trajectory = Trajectory("R & D", "%", YEARS)
    svg = draw_trajectory(trajectory, "t1")
    assert fromstring(svg).get("role") == "img"
    told = (
        "2025 : cible 80 %, déclaré 79,5 %, validé 78 % ; 2026 : cible 85 %, non déclaré ; "
        "2027 : sans objet ; 2028 : cible 85 %, déclaré 86 %, non validé."
    )
    assert trajectory.told == told
    assert f"{told}</desc>" in svg


def test_each_series_has_its_own_marks_so_that_a_grey_print_is_read() -> None:
    svg = draw_trajectory(Trajectory("x", "%", YEARS), "t1")
    rings, discs, squares = (
        svg.count('r="7" fill="none"'),
        svg.count('r="4" fill="#'),
        svg.count('width="10" height="10" fill="#fff"'),
    )
    # One of each in the legend.
    assert (rings - 1, discs - 1, squares - 1) == (2, 1, 3)
    assert svg.count("stroke-dasharray") == 2  # the legend, and 2025 to 2026


def test_a_year_without_value_interrupts_the_line_and_says_why() -> None:
    drawn = fromstring(draw_trajectory(Trajectory("x", "%", YEARS), "t1"))
    solid = [line for line in drawn.iter("line") if line.get("stroke") == "#1f3864"]
    assert len(solid) == 1  # that of the legend: no two years running have a value
    labels = read_labels(draw_trajectory(Trajectory("x", "%", YEARS), "t1"))
    start = labels.index("2025")
    assert labels[start : start + 6] == [
        "2025",
        "2026",
        "non déclaré",
        "2027",
        "sans objet",
        "2028",
    ]


def test_the_labels_are_those_of_the_drawing_in_its_order() -> None:
    svg = draw_trajectory(Trajectory("x", "<&>", YEARS[:1]), "t1")
    assert read_labels(svg) == [item.text or "" for item in fromstring(svg).iter("text")]
    assert "0 <&>" in read_labels(svg)


def test_values_without_target_and_equal_values_are_drawn() -> None:
    years = tuple(TrajectoryYear(year, None, Decimal(0)) for year in (2025, 2026))
    svg = draw_trajectory(Trajectory("x", "", years), "t1")
    assert "2025 : sans cible, déclaré 0, non validé" in svg
    assert svg.count("<circle") == 2 + 2
