"""What plots share: axes with round marks, a grid, legends, the SVG round them.

Drawn by us as SVG, each with its text alternative. Colours differ in lightness too, so that a print
in grey stays readable. The figures themselves stand in a table beside each plot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape
from typing import TypeVar

from contract_builder.model.french import format_number

WIDTH, HEIGHT = 760, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 190, 16, 40
PLOT_BOTTOM = HEIGHT - _BOTTOM
"""Where the plot itself ends, in pixels from the top: names of places stand under it."""
COLOURS = ("#1f3864", "#c55a11", "#4c8c4a", "#8e7cc3", "#d4a72c", "#5b9bd5", "#7f7f7f", "#a64d79")
_STEPS = (1, 2, 5, 10)
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Axis:
    """A vertical axis from ``low`` to ``high`` with a mark at every ``step``."""

    low: Decimal
    high: Decimal
    step: Decimal

    def height(self, value: Decimal) -> float:
        """Where a value lies, in pixels from the top."""
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - _BOTTOM - float(share) * (HEIGHT - _TOP - _BOTTOM), 1)

    def marks(self) -> Iterator[Decimal]:
        """Every marked value, from the lowest."""
        value = self.low
        while value <= self.high:
            yield value
            value += self.step


def make_axis(low: Decimal, high: Decimal) -> Axis:
    """Round bounds round the values, zero included, with about five marks."""
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    high = high if high > low else Decimal(1)
    span = high - low
    unit = Decimal(10) ** (span / 5).adjusted()
    step = next(unit * factor for factor in _STEPS if unit * factor * 5 >= span)
    return Axis(
        (low / step).to_integral_value(ROUND_FLOOR) * step,
        (high / step).to_integral_value(ROUND_CEILING) * step,
        step,
    )


def iter_places(names: Sequence[Name]) -> Iterator[tuple[float, Name]]:
    """The middle of each name's share of the width."""
    share = (WIDTH - _LEFT - _RIGHT) / len(names)
    for rank, name in enumerate(names):
        yield round(_LEFT + share * (rank + 0.5), 1), name


def find_mark_width(count: int, widest: float) -> float:
    """The width of a bar or a mark that leaves a gap to its neighbours'."""
    return min(widest, 0.8 * (WIDTH - _LEFT - _RIGHT) / count)


def iter_grid(axis: Axis, unit: str) -> Iterator[str]:
    """The horizontal lines of the marks, each with its value."""
    for value in axis.marks():
        y = axis.height(value)
        yield (
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}" '
            f'stroke="{"#595959" if not value else "#d0d0d0"}"/>'
        )
        yield svg_text(_LEFT - 8, y + 4, f"{format_number(value)} {unit}".strip(), "end")


def iter_legend(place: int, name: str, colour: int | None = None) -> Iterator[str]:
    """The square and the name of a colour, at the right; by default the colour of its place."""
    x, y = WIDTH - _RIGHT + 16, _TOP + 22 * place
    fill = colour_of(place if colour is None else colour)
    yield f'<rect x="{x}" y="{y}" width="14" height="14" fill="{fill}"/>'
    yield svg_text(x + 20, y + 12, name, "start")


def colour_of(rank: int) -> str:
    """The colour of a rank; they come again after the last."""
    return COLOURS[rank % len(COLOURS)]


def svg_text(x: float, y: float, text: str | int, anchor: str) -> str:
    """A text at a place; ``anchor`` is start, middle or end."""
    return f'<text x="{x}" y="{round(y, 1)}" text-anchor="{anchor}">{escape(str(text))}</text>'


def svg_plot(name: str, title: str, description: str, parts: Sequence[str]) -> str:
    """The whole drawing; its title and description are what a screen reader says."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-titre {name}-texte" font-size="13">'
        f'<title id="{name}-titre">{escape(title)}</title>'
        f'<desc id="{name}-texte">{escape(description)}</desc>{"".join(parts)}</svg>'
    )
