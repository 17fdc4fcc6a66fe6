"""Negotiated targets in the place of the sheet's: which cell, which part of it, and whether less.

A negotiated target replaces the printed cell of its year, or the one part of it that is about its
indicator; the others stay. One that asks less than the sheet is a departure, to be justified.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.fiche import (
    NUMERIC_TYPES,
    Fiche,
    TargetCell,
    TargetPart,
    TargetRow,
    TargetType,
)
from contract_builder.model.profile import NegotiatedTarget
from contract_builder.reading.target_values import number_of, read_figures

_Origin = Literal["fiche", "negocie"]
RELATIVE_TYPES: frozenset[str] = frozenset(
    {"increment", "increment_pourcentage", "increment_points"}
)
_TYPED: frozenset[str] = NUMERIC_TYPES | {"oui_non", "date"}


@dataclass(frozen=True, slots=True)
class ResolvedCell:
    """One target cell and the years that it covers; ``origin`` says who set it.

    ``printed`` is the sheet's own cell where another stands in its place.
    """

    years: tuple[int, ...]
    cell: TargetCell
    origin: _Origin
    negotiated: tuple[NegotiatedTarget, ...] = ()
    printed: TargetCell | None = None

    @property
    def is_question(self) -> bool:
        """True when a doubt is left, or a figure that the sheet leaves to the establishment."""
        return is_doubtful(self.cell) or is_open(self.cell)


@dataclass(frozen=True, slots=True)
class Departure:
    """A negotiated target that asks less than ``asked``, the sheet's text or computed value."""

    negotiated: NegotiatedTarget
    asked: str


def is_open(cell: TargetCell) -> bool:
    """True when the sheet leaves the figure, or one of its parts, to the establishment."""
    return any(part.type == "a_fixer" for part in (cell, *cell.composantes))


def is_doubtful(cell: TargetCell) -> bool:
    """True when the cell, or one of its parts, could not be read with certainty."""
    return any(part.doute for part in (cell, *cell.composantes))


def resolve_cells(
    row: TargetRow, fiche: Fiche, agreed: Sequence[NegotiatedTarget], years: Sequence[int]
) -> tuple[tuple[ResolvedCell, ...], tuple[Departure, ...]]:
    """The row's cells with the agreed ones in their place, and those that ask less.

    A merged cell is split where a year of it was negotiated; what it then leaves outside ``years``
    is dropped.
    """
    by_year: dict[int, list[NegotiatedTarget]] = {}
    for target in agreed:
        by_year.setdefault(target.annee, []).append(target)
    cells: list[ResolvedCell] = []
    departures: list[Departure] = []
    for covered, printed in row.iter_cells():
        if not any(year in by_year for year in covered):
            cells.append(ResolvedCell(covered, printed, "fiche"))
            continue
        for year in covered:
            if year in by_year:
                cell = _replace(row, printed, by_year.pop(year), year, fiche)
                cells.append(cell)
                departures.extend(_iter_departures(cell))
            elif len(covered) == 1 or year in years:
                cells.append(ResolvedCell((year,), printed, "fiche"))
    for year, targets in by_year.items():
        cells.append(_replace(row, None, targets, year, fiche))
    return tuple(cells), tuple(departures)


def part_base(row: TargetRow, cell: TargetPart, part: TargetPart) -> str:
    """The indicator whose starting value a part depends on; empty when it depends on none."""
    base = part.base or (row.base if part is cell else None)
    return base.indicateur if base is not None else ""


def _replace(
    row: TargetRow,
    printed: TargetCell | None,
    agreed: Sequence[NegotiatedTarget],
    year: int,
    fiche: Fiche,
) -> ResolvedCell:
    """The cell of a year: what was agreed, then the printed parts that it does not speak of."""
    names = [_find_indicator(row, target, printed) for target in agreed]
    by_part = printed is not None and all(names)
    new: list[TargetPart] = []
    for target, name in zip(agreed, names, strict=True):
        old: TargetPart | None = printed
        if by_part and printed is not None:
            old = next(part for part in printed.composantes if about(row, printed, part) == name)
        part = _agreed_part(target, old, row, year)
        new.append(replace(part, texte=_labelled(target, name, fiche)) if by_part else part)
    kept: list[TargetPart] = []
    if by_part and printed is not None:
        kept = [part for part in printed.composantes if about(row, printed, part) not in names]
    return ResolvedCell((year,), _cell_of([*new, *kept]), "negocie", tuple(agreed), printed)


_PART_KEYS = ("indicateur", "texte", "type", "valeur", "operateur", "unite", "reference", "base")


def _cell_of(parts: Sequence[TargetPart]) -> TargetCell:
    """The cell that one part, or several, make."""
    if len(parts) == 1:
        keys = (*_PART_KEYS, "denominateur", "doute", "repare")
        return TargetCell(**{key: getattr(parts[0], key) for key in keys})
    text = " ; ".join(part.texte for part in parts if part.texte)
    return TargetCell(texte=text, type="composite", composantes=tuple(parts))


def about(row: TargetRow, cell: TargetPart, part: TargetPart) -> str:
    """What a part counts: the indicator of its starting value, else its own."""
    return part_base(row, cell, part) or part.indicateur


def _find_indicator(
    row: TargetRow, target: NegotiatedTarget, printed: TargetCell | None
) -> str | None:
    """The indicator that a negotiated target is about; None when it replaces the whole cell.

    Unnamed, a figure can only be about the one indicator whose target the cell gives in figures.
    """
    if printed is None or not printed.composantes:
        return None
    known = {about(row, printed, part) for part in printed.composantes}
    if target.indicateur:
        return target.indicateur if target.indicateur in known else None
    figured = {
        base
        for part in printed.composantes
        if number_of(part) is not None and (base := part_base(row, printed, part))
    }
    is_figure = bool(target.valeur) or len(read_figures(target.texte)) == 1
    return figured.pop() if len(figured) == 1 and is_figure else None


def _agreed_part(
    target: NegotiatedTarget, printed: TargetPart | None, row: TargetRow, year: int
) -> TargetPart:
    """A negotiated target as a typed part; the sheet's type where it gives a value without one."""
    kind: TargetType = target.type or "texte"
    if target.type is None and target.valeur:
        kind = printed.type if printed is not None and printed.type in _TYPED else "nombre"
    value = target.valeur
    if kind in NUMERIC_TYPES and not value:
        figures = read_figures(target.texte)
        value = str(figures[0].value) if len(figures) == 1 else ""
    reference = (printed.reference if printed is not None else None) or year - 1
    return TargetPart(
        indicateur=printed.indicateur if printed is not None else "",
        texte=target.texte,
        type=kind,
        valeur=value,
        operateur=">=" if kind == "seuil" else None,
        unite=printed.unite if printed is not None else "",
        denominateur=printed.denominateur if printed and kind == "fraction" else None,
        reference=reference if kind in RELATIVE_TYPES else None,
        base=(printed.base if printed is not None else None) or row.base,
    )


def _labelled(target: NegotiatedTarget, name: str | None, fiche: Fiche) -> str:
    """« Mammographies : 780 »: the text says what it counts, now that others stand beside it."""
    label = fiche.label_of_indicator(name or "")
    told = label == fiche.header.intitule or label[:5].lower() in target.texte.lower()
    return target.texte if told else f"{label} : {target.texte}"


def _iter_departures(item: ResolvedCell) -> Iterator[Departure]:
    """The agreed parts of a cell that plainly ask less than the printed part in their place.

    What the sheet computes from a starting value is compared when it is computed.
    """
    printed = item.printed
    if printed is None or is_doubtful(printed):
        return
    parts = item.cell.composantes or (item.cell,)
    for target, agreed in zip(item.negotiated, parts, strict=False):
        asked: TargetPart = printed
        if agreed.indicateur and printed.composantes:
            named = (p for p in printed.composantes if p.indicateur == agreed.indicateur)
            asked = next(named, printed)
        if is_less(agreed, asked):
            yield Departure(target, asked.texte or printed.texte)


def is_less(agreed: TargetPart, asked: TargetPart) -> bool:
    """True when the agreed target plainly asks less than the other; False when it cannot be told.

    A count is compared with an increase too: what there is in all cannot be less than what is to
    be added.
    """
    if asked.type == "oui_non":
        return asked.valeur == "oui" and (agreed.valeur or agreed.texte.strip().lower()) == "non"
    if asked.type == "date":
        last = f"{asked.valeur}-12-31" if len(asked.valeur) == 4 else asked.valeur
        return agreed.type == "date" and agreed.valeur > last
    value, wanted = _value_of(agreed), number_of(asked)
    if value is None or wanted is None or asked.denominateur != agreed.denominateur:
        return False
    if (_kind_of(agreed), _kind_of(asked)) not in _COMPARABLE:
        return False
    return value > wanted if asked.operateur in ("<", "<=") else value < wanted


_COMPARABLE = {(kind, kind) for kind in ("", "%", "+", "+%", "+points", "/")} | {("", "+")}


def _kind_of(part: TargetPart) -> str:
    """What a number means: « » a count, « % » a share, « + » an increase, « +% », « +points »."""
    kinds = {
        "pourcentage": "%",
        "increment": "+",
        "increment_pourcentage": "+%",
        "increment_points": "+points",
        "fraction": "/",
    }
    if part.type in kinds:
        return kinds[part.type]
    percent = "%" in f"{part.unite} {part.texte}"
    relative = part.type == "texte" and any(f.is_relative for f in read_figures(part.texte))
    return f"{'+' if relative else ''}{'%' if percent else ''}"


def _value_of(part: TargetPart) -> Decimal | None:
    """The number of a target, else the only one that its text says."""
    number = number_of(part)
    figures = read_figures(part.texte) if number is None else ()
    return figures[0].value if len(figures) == 1 else number
