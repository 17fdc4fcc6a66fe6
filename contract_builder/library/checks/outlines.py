"""Outlines, campaigns and coverage lists: what they name exists, their dates make sense."""

from collections.abc import Iterator
from datetime import date

from contract_builder.diagnostics import Diagnostic, library_problems, profile_problems
from contract_builder.model.library import Library, Outline
from contract_builder.model.record import Record
from contract_builder.reading.places import locate_words


def check_outline_clauses(library: Library) -> Iterator[Diagnostic]:
    """A clause named by an outline and absent from the library."""
    for outline in library.outlines.values():
        for entry in outline.contenu:
            for clause in entry.clauses:
                if clause not in library.clauses:
                    place = locate_words(entry.place_of("clauses"), clause)
                    yield library_problems.clause_inconnue(place, clause, tuple(library.clauses))


def check_outline_names(library: Library) -> Iterator[Diagnostic]:
    """One name for two things of a contract, which share one space of cross-references.

    A part may bear the name of its clause when it holds that clause alone.
    """
    for outline in library.outlines.values():
        seen: dict[str, Record] = {}
        clauses = {clause for entry in outline.contenu for clause in entry.clauses}
        for entry in outline.contenu:
            place = entry.place_of("id")
            if entry.id in seen:
                yield library_problems.identifiant_en_double(
                    place, entry.id, str(seen[entry.id].place)
                )
            elif entry.id in clauses and entry.clauses != (entry.id,):
                yield library_problems.identifiant_en_double(
                    place, entry.id, "c’est celui d’une clause"
                )
            seen.setdefault(entry.id, entry)


def check_plan_dates(library: Library) -> Iterator[Diagnostic]:
    """An outline, an entry, a campaign or a nomenclature that ends before it begins."""
    for record, first, last in _iter_periods(library):
        start, end = getattr(record, first), getattr(record, last)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            yield library_problems.dates_inversees(record.place_of(last))


def _iter_periods(library: Library) -> Iterator[tuple[Record, str, str]]:
    for outline in library.outlines.values():
        for record in (outline, *outline.contenu):
            yield record, "en_vigueur_du", "en_vigueur_au"
    for campaign in library.campaigns.values():
        yield campaign, "date_effet_du", "date_effet_au"
    if library.nomenclature is not None:
        yield library.nomenclature, "en_vigueur_du", "en_vigueur_au"


def check_campaigns(library: Library) -> Iterator[Diagnostic]:
    """A campaign without outline or sheets, or with one name for two categories."""
    for campaign in library.campaigns.values():
        if campaign.type not in library.outlines:
            place = campaign.place_of("type")
            yield profile_problems.plan_inconnu(place, campaign.type, tuple(library.outlines))
        if campaign.fiches and campaign.fiches not in library.fiches:
            place = campaign.place_of("fiches")
            yield library_problems.catalogue_inconnu(place, campaign.fiches, tuple(library.fiches))
        seen: dict[str, Record] = {}
        for category in campaign.categories:
            if category.id in seen:
                place, first = category.place_of("id"), seen[category.id]
                yield library_problems.identifiant_en_double(place, category.id, str(first.place))
            seen.setdefault(category.id, category)


def check_coverages(library: Library) -> Iterator[Diagnostic]:
    """A coverage list that counts on a clause or a part that its outline does not hold."""
    for coverage in library.coverages:
        outline = library.outlines.get(coverage.type)
        if outline is None:
            place = coverage.place_of("type")
            yield profile_problems.plan_inconnu(place, coverage.type, tuple(library.outlines))
            continue
        carriers = _carriers(outline)
        for item in coverage.elements:
            for name in item.porte_par:
                if name not in carriers:
                    place = locate_words(item.place_of("porte_par"), name)
                    yield library_problems.porteur_inconnu(place, name, carriers)


def _carriers(outline: Outline) -> tuple[str, ...]:
    names = (name for entry in outline.contenu for name in (entry.id, *entry.clauses))
    return tuple(dict.fromkeys(names))
