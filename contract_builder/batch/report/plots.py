"""Plots of the regional report: stacked bars and discs, each with its text alternative."""

from collections import Counter
from decimal import Decimal
from math import sqrt

from contract_builder.batch.report.figures import Funding, Spread
from contract_builder.model.french import format_number
from contract_builder.tables.plots import (
    COLOURS,
    PlotFrame,
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
_FRAME = PlotFrame()


def draw_funding(funding: Funding) -> str:
    """Stacked bars: one a year, one colour an envelope, in millions of euros, or in thousands."""
    highest = max(funding.total(year) for year in funding.years)
    unit, symbol, words = _THOUSANDS if highest < _MILLIONS[0] else _MILLIONS
    scaled = {key: amount / unit for key, amount in funding.amounts.items()}
    axis = make_axis(Decimal(0), highest / unit)
    parts = list(iter_grid(_FRAME, axis, symbol))
    width = find_mark_width(_FRAME, len(funding.years), 56)
    for centre, year in iter_places(_FRAME, funding.years):
        base = Decimal(0)
        for rank, envelope in enumerate(funding.envelopes):
            amount = scaled.get((year, envelope), Decimal(0))
            top, bottom = _FRAME.place(axis, base + amount), _FRAME.place(axis, base)
            base += amount
            if amount:
                parts.append(
                    f'<rect x="{centre - width / 2:.1f}" y="{top}" width="{width:.1f}" '
                    f'height="{bottom - top:.1f}" fill="{colour_of(rank)}" stroke="#fff"/>'
                )
        parts.append(svg_text(centre, _FRAME.floor + 18, year, "middle"))
    for rank, envelope in enumerate(funding.envelopes):
        parts.extend(iter_legend(_FRAME, rank, envelope, rank))
    told = " ; ".join(
        f"{year} : {format_number(round(funding.total(year) / unit, 2))} {words}"
        for year in funding.years
    )
    return svg_plot(
        _FRAME, "financements", "Financements par enveloppe et par année", f"{told}.", parts
    )


def draw_spread(spread: Spread, unit: str, rank: int) -> str:
    """One disc for each value and year, as large as its establishments are many; a bar marks the
    median of each year. ``rank`` tells the drawings of a page apart.
    """
    everything = [value for values in spread.values.values() for value in values]
    axis = make_axis(min(everything), max(everything))
    parts = list(iter_grid(_FRAME, axis, unit))
    width = find_mark_width(_FRAME, len(spread.values), 44)
    for centre, year in iter_places(_FRAME, tuple(spread.values)):
        values = spread.values[year]
        for value, count in Counter(values).items():
            height, radius = _FRAME.place(axis, value), min(30.0, 3.5 * sqrt(count))
            parts.append(
                f'<circle cx="{centre}" cy="{height}" r="{radius:.1f}" '
                f'fill="{COLOURS[0]}" fill-opacity="0.55"/>'
            )
            parts.append(svg_text(round(centre + radius + 4, 1), height + 4, f"× {count}", "start"))
        middle = _FRAME.place(axis, spread.median(year))
        parts.append(
            f'<line x1="{centre - width:.1f}" x2="{centre}" y1="{middle}" y2="{middle}" '
            f'stroke="{COLOURS[1]}" stroke-width="3"/>'
        )
        parts.append(svg_text(centre, _FRAME.floor + 18, str(year), "middle"))
    parts += [
        *iter_legend(_FRAME, 0, "établissements (× n)", 0),
        *iter_legend(_FRAME, 1, "médiane", 1),
    ]
    told = " ; ".join(
        f"{year} : de {format_number(values[0])} à {format_number(values[-1])}, "
        f"médiane {format_number(spread.median(year))}"
        for year, values in spread.values.items()
    )
    return svg_plot(
        _FRAME, f"dispersion-{rank}", f"Cibles de la fiche {spread.sheet}", f"{told}.", parts
    )
