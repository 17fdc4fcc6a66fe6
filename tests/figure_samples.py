"""Contracts with figures, for the tests of what is drawn."""

from dataclasses import replace
from decimal import Decimal

from contract_builder.model.blocks import Drawing, Paragraph, Text
from contract_builder.model.contract import Contract
from contract_builder.model.trajectory import Trajectory, TrajectoryYear
from tests.documents import contract_with

RATE = Drawing(
    "dessin-taux",
    "Cible et valeurs par année – Pharmacie",
    Trajectory(
        "Taux <1> & « 2 »",
        "%",
        (
            TrajectoryYear(2025, Decimal(85), Decimal("80.5"), Decimal(80)),
            TrajectoryYear(2026, Decimal(90)),
            TrajectoryYear(2027, Decimal(95), note="à venir"),
        ),
    ),
    width=448,
    height=196,
)
COUNT = replace(
    RATE,
    key="dessin-nombre",
    caption="Cible et valeurs par année – Biologie",
    plot=Trajectory("Nombre", "", (TrajectoryYear(2025, Decimal(4), Decimal(3)),)),
)


def contract_with_figures(*figures: Drawing) -> Contract:
    """The small contract with these figures between two paragraphs."""
    before, after = (Paragraph((Text(text),)) for text in ("Ce qui a été fait :", "Ensuite."))
    return contract_with(before, *figures, after)


def changed(figure: Drawing, value: Decimal) -> Drawing:
    """The figure with another value in its first year."""
    first, *rest = figure.plot.years
    years = (replace(first, declared=value, validated=None), *rest)
    return replace(figure, plot=replace(figure.plot, years=years))
