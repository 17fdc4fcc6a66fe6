"""Which parts of a library a contract of a given day can hold, before there is any profile."""

from datetime import date

from contract_builder.model.clause import Clause
from contract_builder.model.condition import AllOf, Condition, Test
from contract_builder.model.library import Library


def find_closed_clauses(library: Library, on: date) -> frozenset[str]:
    """The clauses that only outlines, or entries of outlines, out of force at ``on`` name."""
    named: set[str] = set()
    usable: set[str] = set()
    for outline in library.outlines.values():
        for entry in outline.contenu:
            named.update(entry.clauses)
            if _holds(outline.en_vigueur_du, outline.en_vigueur_au, on) and (
                _holds(entry.en_vigueur_du, entry.en_vigueur_au, on)
                and _may_be_true(entry.applicable_si, on)
            ):
                usable.update(entry.clauses)
    return frozenset(named - usable)


def can_hold(clause: Clause, on: date) -> bool:
    """True unless the version is out of force at ``on`` or its condition refuses that day."""
    return clause.is_in_force(on) and _may_be_true(clause.header.applicable_si, on)


def find_first_day(library: Library, catalogue: str, on: date | None) -> date | None:
    """The first day of the campaign that offers ``catalogue`` at ``on``; None without one.

    Without ``on``: of the first campaign that offers it.
    """
    days = (
        campaign.date_effet_du
        for campaign in library.campaigns.values()
        if campaign.fiches == catalogue and (on is None or campaign.covers(on))
    )
    return min(days, default=None)


def find_last_day(library: Library, catalogue: str) -> date | None:
    """The last day on which a campaign offers ``catalogue``; None without an end."""
    ends = [
        campaign.date_effet_au
        for campaign in library.campaigns.values()
        if campaign.fiches == catalogue
    ]
    return None if None in ends else max((end for end in ends if end), default=None)


def _holds(start: date | None, end: date | None, on: date) -> bool:
    return (start is None or start <= on) and (end is None or on <= end)


def _may_be_true(condition: Condition | None, on: date) -> bool:
    """False when a test on the date of effect refuses ``on``; all other facts are unknown here."""
    if isinstance(condition, AllOf):
        return all(_may_be_true(item, on) for item in condition.items)
    if (
        isinstance(condition, Test)
        and condition.fact == "date_effet"
        and isinstance(condition.operand, date)
    ):
        bound = condition.operand
        return {
            "au_moins": on >= bound,
            "au_plus": on <= bound,
            "plus_de": on > bound,
            "moins_de": on < bound,
        }.get(condition.operator, on == bound)
    return True
