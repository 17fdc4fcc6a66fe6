"""The shape of identifiers: they become bookmarks, anchors and file names."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.model.identifiers import is_identifier
from contract_builder.model.library import Library
from contract_builder.model.record import Record


def check_identifiers(library: Library) -> Iterator[Diagnostic]:
    """Ids of clauses, parts of outlines, campaigns, categories and coverage items."""
    for name, record in _iter_named(library):
        if not is_identifier(name):
            yield library_problems.identifiant_mal_forme(record.place_of("id"), name)


def _iter_named(library: Library) -> Iterator[tuple[str, Record]]:
    for versions in library.clauses.values():
        for clause in versions:
            yield clause.id, clause.header
    for outline in library.outlines.values():
        for entry in outline.contenu:
            yield entry.id, entry
    for campaign in library.campaigns.values():
        yield campaign.id, campaign
        for category in campaign.categories:
            yield category.id, category
    for coverage in library.coverages:
        for item in coverage.elements:
            yield item.id, item
