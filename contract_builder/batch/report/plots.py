"""Plots of the regional report: stacked bars and discs, each with its text alternative."""

from collections import Counter
from decimal import Decimal
from math import sqrt

from contract_builder.batch.report.figures import Funding, Spread
from contract_builder.model.french import format_number
from contract_builder.tables.plots import (
    COLOURS,
    PLOT_BOTTOM,
    colour_of,
    find_mark_width,
    iter_grid,
    iter_legend,
    iter_places,
    make_axis,
    svg_plot,
    svg_text,
)

_MILLIONS = (1_000_000, "M€", "millions d’euros")
_THOUSANDS = (1_000, "k€", "milliers d’euros")


def draw_funding(funding: Funding) -> str:
    """Stacked bars: one a year, one colour an envelope, in millions of euros, or in thousands."""
    highest = max(funding.total(year) for year in funding.years)
    unit, symbol, words = _THOUSANDS if highest < _MILLIONS[0] else _MILLIONS
    scaled = {key: amount / unit for key, amount in funding.amounts.items()}
    axis = make_axis(Decimal(0), highest / unit)
    parts = list(iter_grid(axis, symbol))
    width = find_mark_width(len(funding.years), 56)
    for centre, year in iter_places(funding.years):
        base = Decimal(0)
        for rank, envelope in enumerate(funding.envelopes):
            amount = scaled.get((year, envelope), Decimal(0))
            top, bottom = axis.height(base + amount), axis.height(base)
            base += amount
            if amount:
                parts.append(
                    f'<rect x="{centre - width / 2:.1f}" y="{top}" width="{width:.1f}" '
                    f'height="{bottom - top:.1f}" fill="{colour_of(rank)}" stroke="#fff"/>'
                )
        parts.append(svg_text(centre, PLOT_BOTTOM + 18, year, "middle"))
    for rank, envelope in enumerate(funding.envelopes):
        parts.extend(iter_legend(rank, envelope))
    told = " ; ".join(
        f"{year} : {format_number(round(funding.total(year) / unit, 2))} {words}"
        for year in funding.years
    )
    return svg_plot("financements", "Financements par enveloppe et par année", f"{told}.", parts)


def draw_spread(spread: Spread, unit: str, rank: int) -> str:
    """One disc for each value and year, as large as its establishments are many; a bar marks the
    median of each year. ``rank`` tells the drawings of a page apart.
    """
    everything = [value for values in spread.values.values() for value in values]
    axis = make_axis(min(everything), max(everything))
    parts = list(iter_grid(axis, unit))
    width = find_mark_width(len(spread.values), 44)
    for centre, year in iter_places(tuple(spread.values)):
        values = spread.values[year]
        for value, count in Counter(values).items():
            height, radius = axis.height(value), min(30.0, 3.5 * sqrt(count))
            parts.append(
                f'<circle cx="{centre}" cy="{height}" r="{radius:.1f}" '
                f'fill="{COLOURS[0]}" fill-opacity="0.55"/>'
            )
            parts.append(svg_text(round(centre + radius + 4, 1), height + 4, f"× {count}", "start"))
        middle = axis.height(spread.median(year))
        parts.append(
            f'<line x1="{centre - width:.1f}" x2="{centre}" y1="{middle}" y2="{middle}" '
            f'stroke="{COLOURS[1]}" stroke-width="3"/>'
        )
        parts.append(svg_text(centre, PLOT_BOTTOM + 18, str(year), "middle"))
    parts += [*iter_legend(0, "établissements (× n)"), *iter_legend(1, "médiane")]
    told = " ; ".join(
        f"{year} : de {format_number(values[0])} à {format_number(values[-1])}, "
        f"médiane {format_number(spread.median(year))}"
        for year, values in spread.values.items()
    )
    return svg_plot(f"dispersion-{rank}", f"Cibles de la fiche {spread.sheet}", f"{told}.", parts)
