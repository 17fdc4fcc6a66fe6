"""What plots share: axes with round marks, a grid, legends, the SVG round them.

Drawn by us as SVG, each with its text alternative. Colours differ in lightness too, so that a print
in grey stays readable. The figures themselves stand in a table beside each plot.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape, unescape
from typing import TypeVar

from contract_builder.frozen import dataclass
from contract_builder.model.french import format_number

COLOURS = ("#1f3864", "#c55a11", "#4c8c4a", "#8e7cc3", "#d4a72c", "#5b9bd5", "#7f7f7f", "#a64d79")
_STEPS = (1, 2, 5, 10)
_TEXT = re.compile("<text [^>]*>([^<]*)</text>")
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class PlotFrame:
    """The sizes of a drawing and of the margins round its plot, in pixels of its own."""

    width: int = 760
    height: int = 360
    left: int = 84
    right: int = 190
    top: int = 16
    bottom: int = 40

    @property
    def floor(self) -> int:
        """Where the plot itself ends, from the top: names of places stand under it."""
        return self.height - self.bottom

    @property
    def end(self) -> int:
        """Where the plot itself ends, from the left."""
        return self.width - self.right

    def place(self, axis: "Axis", value: Decimal) -> float:
        """Where a value of the axis lies, from the top."""
        share = (value - axis.low) / (axis.high - axis.low)
        return round(self.floor - float(share) * (self.floor - self.top), 1)


@dataclass(frozen=True, slots=True)
class Axis:
    """A vertical axis from ``low`` to ``high`` with a mark at every ``step``."""

    low: Decimal
    high: Decimal
    step: Decimal

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


def iter_places(frame: PlotFrame, names: Sequence[Name]) -> Iterator[tuple[float, Name]]:
    """The middle of each name's share of the width."""
    share = (frame.end - frame.left) / len(names)
    for rank, name in enumerate(names):
        yield round(frame.left + share * (rank + 0.5), 1), name


def find_mark_width(frame: PlotFrame, count: int, widest: float) -> float:
    """The width of a bar or a mark that leaves a gap to its neighbours'."""
    return min(widest, 0.8 * (frame.end - frame.left) / count)


def iter_grid(frame: PlotFrame, axis: Axis, unit: str) -> Iterator[str]:
    """The horizontal lines of the marks, each with its value."""
    for value in axis.marks():
        y = frame.place(axis, value)
        yield (
            f'<line x1="{frame.left}" x2="{frame.end}" y1="{y}" y2="{y}" '
            f'stroke="{"#595959" if not value else "#d0d0d0"}"/>'
        )
        yield svg_text(frame.left - 8, y + 4, f"{format_number(value)} {unit}".strip(), "end")


def iter_legend(frame: PlotFrame, place: int, name: str, colour: int) -> Iterator[str]:
    """The square of a colour and its name, at the right; ``place`` is its rank in the legend."""
    x, y = frame.end + 16, frame.top + 22 * place
    yield f'<rect x="{x}" y="{y}" width="14" height="14" fill="{colour_of(colour)}"/>'
    yield svg_text(x + 20, y + 12, name, "start")


def colour_of(rank: int) -> str:
    """The colour of a rank; they come again after the last."""
    return COLOURS[rank % len(COLOURS)]


def svg_text(x: float, y: float, text: str | int, anchor: str, look: str = "") -> str:
    """A text at a place; ``anchor`` is start, middle or end, ``look`` more attributes of ours."""
    place = f'x="{x}" y="{round(y, 1)}" text-anchor="{anchor}"{f" {look}" if look else ""}'
    return f"<text {place}>{escape(str(text))}</text>"


def read_labels(svg: str) -> list[str]:
    """The texts that stand in one of our drawings, in the order in which it holds them."""
    return [unescape(text) for text in _TEXT.findall(svg)]


def svg_plot(
    frame: PlotFrame, name: str, title: str, description: str, parts: Sequence[str]
) -> str:
    """The whole drawing; its title and description are what a screen reader says."""
    return (
        f'<svg viewBox="0 0 {frame.width} {frame.height}" role="img" '
        f'aria-labelledby="{name}-titre {name}-texte" font-size="13">'
        f'<title id="{name}-titre">{escape(title)}</title>'
        f'<desc id="{name}-texte">{escape(description)}</desc>{"".join(parts)}</svg>'
    )
