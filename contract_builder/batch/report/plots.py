"""Plots as SVG, drawn by us: stacked bars and discs, each with its text alternative.

Colours differ in lightness too, so that a print in grey stays readable. The
figures themselves stand in a table beside each plot.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape
from math import sqrt
from typing import TypeVar

from contract_builder.batch.report.figures import Funding, Spread
from contract_builder.model.french import format_number

WIDTH, HEIGHT = 760, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 190, 16, 40
_COLOURS = ("#1f3864", "#c55a11", "#4c8c4a", "#8e7cc3", "#d4a72c", "#5b9bd5", "#7f7f7f", "#a64d79")
_MILLIONS = (1_000_000, "M€", "millions d’euros")
_THOUSANDS = (1_000, "k€", "milliers d’euros")
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


def draw_funding(funding: Funding) -> str:
    """Stacked bars: one a year, one colour an envelope, in millions of euros, or in thousands."""
    highest = max(funding.total(year) for year in funding.years)
    unit, symbol, words = _THOUSANDS if highest < _MILLIONS[0] else _MILLIONS
    scaled = {key: amount / unit for key, amount in funding.amounts.items()}
    axis = make_axis(Decimal(0), highest / unit)
    parts = list(_iter_grid(axis, symbol))
    width = _mark_width(len(funding.years), 56)
    for centre, year in _iter_places(funding.years):
        base = Decimal(0)
        for rank, envelope in enumerate(funding.envelopes):
            amount = scaled.get((year, envelope), Decimal(0))
            top, bottom = axis.height(base + amount), axis.height(base)
            base += amount
            if amount:
                parts.append(
                    f'<rect x="{centre - width / 2:.1f}" y="{top}" width="{width:.1f}" '
                    f'height="{bottom - top:.1f}" fill="{_colour(rank)}" stroke="#fff"/>'
                )
        parts.append(_text(centre, HEIGHT - _BOTTOM + 18, year, "middle"))
    for rank, envelope in enumerate(funding.envelopes):
        parts.extend(_legend(rank, envelope))
    told = " ; ".join(
        f"{year} : {format_number(round(funding.total(year) / unit, 2))} {words}"
        for year in funding.years
    )
    return _svg("financements", "Financements par enveloppe et par année", f"{told}.", parts)


def draw_spread(spread: Spread, unit: str, rank: int) -> str:
    """One disc for each value and year, as large as its establishments are many; a bar marks the
    median of each year. ``rank`` tells the drawings of a page apart.
    """
    everything = [value for values in spread.values.values() for value in values]
    axis = make_axis(min(everything), max(everything))
    parts = list(_iter_grid(axis, unit))
    width = _mark_width(len(spread.values), 44)
    for centre, year in _iter_places(tuple(spread.values)):
        values = spread.values[year]
        for value, count in Counter(values).items():
            height, radius = axis.height(value), min(30.0, 3.5 * sqrt(count))
            parts.append(
                f'<circle cx="{centre}" cy="{height}" r="{radius:.1f}" '
                f'fill="{_COLOURS[0]}" fill-opacity="0.55"/>'
            )
            parts.append(_text(round(centre + radius + 4, 1), height + 4, f"× {count}", "start"))
        middle = axis.height(spread.median(year))
        parts.append(
            f'<line x1="{centre - width:.1f}" x2="{centre}" y1="{middle}" y2="{middle}" '
            f'stroke="{_COLOURS[1]}" stroke-width="3"/>'
        )
        parts.append(_text(centre, HEIGHT - _BOTTOM + 18, str(year), "middle"))
    parts += [*_legend(0, "établissements (× n)"), *_legend(1, "médiane")]
    told = " ; ".join(
        f"{year} : de {format_number(values[0])} à {format_number(values[-1])}, "
        f"médiane {format_number(spread.median(year))}"
        for year, values in spread.values.items()
    )
    return _svg(f"dispersion-{rank}", f"Cibles de la fiche {spread.sheet}", f"{told}.", parts)


def _iter_places(names: Sequence[Name]) -> Iterator[tuple[float, Name]]:
    """The middle of each name's share of the width."""
    share = (WIDTH - _LEFT - _RIGHT) / len(names)
    for rank, name in enumerate(names):
        yield round(_LEFT + share * (rank + 0.5), 1), name


def _mark_width(count: int, widest: float) -> float:
    """The width of a bar or a mark that leaves a gap to its neighbours'."""
    return min(widest, 0.8 * (WIDTH - _LEFT - _RIGHT) / count)


def _iter_grid(axis: Axis, unit: str) -> Iterator[str]:
    for value in axis.marks():
        y = axis.height(value)
        yield (
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}" '
            f'stroke="{"#595959" if not value else "#d0d0d0"}"/>'
        )
        yield _text(_LEFT - 8, y + 4, f"{format_number(value)} {unit}".strip(), "end")


def _legend(rank: int, name: str) -> Iterator[str]:
    x, y = WIDTH - _RIGHT + 16, _TOP + 22 * rank
    yield f'<rect x="{x}" y="{y}" width="14" height="14" fill="{_colour(rank)}"/>'
    yield _text(x + 20, y + 12, name, "start")


def _colour(rank: int) -> str:
    return _COLOURS[rank % len(_COLOURS)]


def _text(x: float, y: float, text: str | int, anchor: str) -> str:
    return f'<text x="{x}" y="{round(y, 1)}" text-anchor="{anchor}">{escape(str(text))}</text>'


def _svg(name: str, title: str, description: str, parts: Sequence[str]) -> str:
    """The whole drawing; its title and description are what a screen reader says."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-titre {name}-texte" font-size="13">'
        f'<title id="{name}-titre">{escape(title)}</title>'
        f'<desc id="{name}-texte">{escape(description)}</desc>{"".join(parts)}</svg>'
    )
