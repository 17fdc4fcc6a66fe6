"""Plots of the regional view: for each sheet, the ratings of its contracts over the years."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from contract_builder.follow.regional import SheetYear
from contract_builder.model.follow_rules import RATING_WORDS, Rating
from contract_builder.tables.plots import (
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

_SHOWN: tuple[tuple[Rating | None, int], ...] = (
    ("atteint", 2),
    ("partiellement_atteint", 4),
    ("non_atteint", 1),
    (None, 6),
)
"""Each rating with the rank of its colour; what is not rated last."""
_FRAME = PlotFrame()


def draw_sheets(sheets: Sequence[SheetYear]) -> Iterator[tuple[str, str]]:
    """The title and the SVG of each sheet's plot: stacked bars, one a year."""
    for rank, (code, years) in enumerate(groupby(sheets, key=lambda item: item.sheet), start=1):
        own = list(years)
        yield f"{code} – {own[0].title}", _draw_sheet(code, own, rank)


def _draw_sheet(code: str, years: Sequence[SheetYear], rank: int) -> str:
    axis = make_axis(Decimal(0), Decimal(max(item.contracts for item in years)))
    parts = list(iter_grid(_FRAME, axis, ""))
    width = find_mark_width(_FRAME, len(years), 56)
    for centre, item in iter_places(_FRAME, years):
        base = Decimal(0)
        for rating, colour in _SHOWN:
            count = Decimal(item.counts.get(rating, 0))
            top, bottom = _FRAME.place(axis, base + count), _FRAME.place(axis, base)
            base += count
            if count:
                parts.append(
                    f'<rect x="{centre - width / 2:.1f}" y="{top}" width="{width:.1f}" '
                    f'height="{bottom - top:.1f}" fill="{colour_of(colour)}" stroke="#fff"/>'
                )
        parts.append(svg_text(centre, _FRAME.floor + 18, item.year, "middle"))
    parts.extend(_iter_names())
    told = " ; ".join(_tell(item) for item in years)
    return svg_plot(_FRAME, f"fiche-{rank}", f"Fiche {code}", f"{told}.", parts)


def _iter_names() -> Iterator[str]:
    for place, (rating, colour) in enumerate(_SHOWN):
        yield from iter_legend(_FRAME, place, _words(rating), colour)


def _tell(item: SheetYear) -> str:
    counts = ", ".join(f"{item.counts.get(rating, 0)} {_words(rating)}" for rating, _ in _SHOWN)
    return f"{item.year} : {counts}"


def _words(rating: Rating | None) -> str:
    return "sans appréciation" if rating is None else RATING_WORDS[rating]
