"""A plot of values beside their targets, year by year: what was aimed at, what was reached."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract_builder.model.french import format_number
from contract_builder.tables.plots import (
    COLOURS,
    PLOT_BOTTOM,
    Axis,
    iter_grid,
    iter_legend,
    iter_places,
    make_axis,
    svg_plot,
    svg_text,
)


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The targets and the values of one indicator by year, in one unit; years may lack either."""

    title: str
    unit: str
    targets: Mapping[int, Decimal]
    values: Mapping[int, Decimal]

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that has a target or a value, in order."""
        return tuple(sorted({*self.targets, *self.values}))


def draw_trajectory(trajectory: Trajectory, name: str) -> str:
    """The targets as a broken line, the values as discs joined by another; SVG.

    ``name`` tells the drawings of a page apart. There is at least one year.
    """
    everything = [*trajectory.targets.values(), *trajectory.values.values()]
    axis = make_axis(min(everything), max(everything))
    places = {year: centre for centre, year in iter_places(trajectory.years)}
    parts = list(iter_grid(axis, trajectory.unit))
    parts.extend(svg_text(places[year], PLOT_BOTTOM + 18, year, "middle") for year in places)
    parts.extend(_iter_line(axis, places, trajectory.targets, COLOURS[1], 'stroke-dasharray="6 4"'))
    parts.extend(_iter_line(axis, places, trajectory.values, COLOURS[0], ""))
    for year, value in trajectory.values.items():
        x, y = places[year], axis.height(value)
        parts.append(f'<circle cx="{x}" cy="{y}" r="5" fill="{COLOURS[0]}"/>')
        parts.append(svg_text(x + 8, y - 6, format_number(value), "start"))
    parts += [*iter_legend(0, "valeurs"), *iter_legend(1, "cibles")]
    told = " ; ".join(_tell_years(trajectory))
    return svg_plot(name, trajectory.title, f"{told}.", parts)


def _iter_line(
    axis: Axis, places: Mapping[int, float], values: Mapping[int, Decimal], colour: str, dash: str
) -> Iterator[str]:
    """A broken line over the years that have a value; a bar where there is one alone."""
    points: Sequence[tuple[float, float]] = [
        (places[year], axis.height(values[year])) for year in sorted(values)
    ]
    if len(points) == 1:
        ((x, y),) = points
        points = [(x - 12, y), (x + 12, y)]
    if points:
        path = " ".join(f"{x},{y}" for x, y in points)
        extra = f" {dash}" if dash else ""
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"{extra}/>'


def _tell_years(trajectory: Trajectory) -> Iterator[str]:
    unit = f" {trajectory.unit}" if trajectory.unit else ""
    for year in trajectory.years:
        target, value = trajectory.targets.get(year), trajectory.values.get(year)
        aimed = "sans cible" if target is None else f"cible {format_number(target)}{unit}"
        reached = "sans valeur" if value is None else f"valeur {format_number(value)}{unit}"
        yield f"{year} : {aimed}, {reached}"
