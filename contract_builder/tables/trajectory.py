"""A plot of values beside their targets, year by year: what was aimed at, what was reached.

It reads in black and white: targets are hollow squares on a broken line, values declared are rings,
values validated are discs. A year without a value interrupts the line and is told under the axis.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from contract_builder.frozen import dataclass
from contract_builder.model.french import format_number
from contract_builder.model.trajectory import UNDECLARED, Trajectory, TrajectoryYear
from contract_builder.tables.plots import (
    COLOURS,
    Axis,
    PlotFrame,
    iter_grid,
    iter_places,
    make_axis,
    svg_plot,
    svg_text,
)

TRAJECTORY_FRAME = PlotFrame(width=640, height=280, left=72, right=16, top=52, bottom=44)
_AIMED, _REACHED = COLOURS[1], COLOURS[0]
_LEGEND_Y = 14
_LEGEND_PLACES = (72, 200, 380)
_CHARACTER = 7
"""About the width of a figure, in pixels."""


def draw_trajectory(trajectory: Trajectory, name: str) -> str:
    """The targets and the values of every year; SVG.

    ``name`` tells the drawings of a page apart. At least one year has a target or a value.
    """
    drawn = [
        value
        for year in trajectory.years
        for value in (year.target, year.declared, year.validated)
        if value is not None
    ]
    axis = make_axis(min(drawn), max(drawn))
    points = [_Point(year, x, axis) for x, year in iter_places(TRAJECTORY_FRAME, trajectory.years)]
    parts = [*iter_grid(TRAJECTORY_FRAME, axis, trajectory.unit), *_iter_legend()]
    parts.extend(_iter_lines(points))
    for iter_parts in (_Point.iter_words, _Point.iter_figures, _Point.iter_marks):
        for point in points:
            parts.extend(iter_parts(point))
    return svg_plot(TRAJECTORY_FRAME, name, trajectory.title, trajectory.told, parts)


@dataclass(frozen=True, slots=True)
class _Point:
    """A year and where it stands, ``x`` pixels from the left."""

    year: TrajectoryYear
    x: float
    axis: Axis

    @property
    def aimed(self) -> float | None:
        """Where the target lies, in pixels from the top."""
        return self._place(self.year.target)

    @property
    def reached(self) -> float | None:
        """Where the value that counts lies."""
        return self._place(self.year.retained)

    def _place(self, value: Decimal | None) -> float | None:
        return None if value is None else TRAJECTORY_FRAME.place(self.axis, value)

    def iter_words(self) -> Iterator[str]:
        """The year under the axis, and why it has no value."""
        floor = TRAJECTORY_FRAME.floor
        yield svg_text(self.x, floor + 18, self.year.year, "middle")
        if self.reached is None:
            note = self.year.note or ("–" if self.year.is_empty else UNDECLARED)
            yield svg_text(self.x, floor + 34, note, "middle", 'font-size="11" font-style="italic"')

    def iter_figures(self) -> Iterator[str]:
        """The value on its side of the target, the target on the other, each on a white ground."""
        aimed, reached = self.aimed, self.reached
        value_is_above = reached is not None and (aimed is None or reached <= aimed)
        for value, y, is_above in (
            (self.year.target, aimed, not value_is_above),
            (self.year.retained, reached, value_is_above),
        ):
            if value is not None and y is not None:
                yield from self._figure(format_number(value), y - 11 if is_above else y + 21)

    def _figure(self, text: str, y: float) -> Iterator[str]:
        width = len(text) * _CHARACTER + 4
        yield (
            f'<rect x="{self.x - width / 2:.1f}" y="{y - 11:.1f}" width="{width}" height="14" '
            'fill="#fff"/>'
        )
        yield svg_text(self.x, y, text, "middle")

    def iter_marks(self) -> Iterator[str]:
        """The square of the target, the ring of what was declared, the disc of what holds."""
        if self.aimed is not None:
            yield _square(self.x, self.aimed)
        declared, validated = self._place(self.year.declared), self._place(self.year.validated)
        if declared is not None:
            yield _ring(self.x, declared)
        if validated is not None:
            yield _disc(self.x, validated)


def _iter_lines(points: Sequence[_Point]) -> Iterator[str]:
    """The broken line of the targets and the line of the values, from one year to the next."""
    for before, after in pairwise(points):
        for start, end, look in (
            (before.aimed, after.aimed, f'{_stroke(_AIMED)} stroke-dasharray="7 5"'),
            (before.reached, after.reached, _stroke(_REACHED)),
        ):
            if start is not None and end is not None:
                yield f'<line x1="{before.x}" y1="{start}" x2="{after.x}" y2="{end}" {look}/>'


def _iter_legend() -> Iterator[str]:
    first, second, third = _LEGEND_PLACES
    y = _LEGEND_Y
    yield (
        f'<line x1="{first}" y1="{y}" x2="{first + 36}" y2="{y}" {_stroke(_AIMED)} '
        'stroke-dasharray="7 5"/>'
    )
    yield _square(first + 18, y)
    yield svg_text(first + 44, y + 4, "cible", "start")
    yield _ring(second + 18, y)
    yield svg_text(second + 32, y + 4, "valeur déclarée", "start")
    yield f'<line x1="{third}" y1="{y}" x2="{third + 36}" y2="{y}" {_stroke(_REACHED)}/>'
    yield _disc(third + 18, y)
    yield svg_text(third + 44, y + 4, "valeur validée", "start")


def _stroke(colour: str) -> str:
    return f'stroke="{colour}" stroke-width="2.5"'


def _square(x: float, y: float) -> str:
    return (
        f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="#fff" '
        f'stroke="{_AIMED}" stroke-width="2"/>'
    )


def _ring(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="7" fill="none" stroke="{_REACHED}" stroke-width="2"/>'


def _disc(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="4" fill="{_REACHED}"/>'
