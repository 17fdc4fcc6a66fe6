"""The law that the library cites, watched: which articles are to be read again, and why.

What is known of the law is what the registry of references says; the day is given by the caller.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contract_builder.diagnostics import Diagnostic
from contract_builder.library.registry import index_references
from contract_builder.model.french import long_date
from contract_builder.model.reference import (
    STANDING_LABELS,
    ReferenceVersion,
    find_announced_day,
    find_version,
    standing_at,
)
from contract_builder.services.presenting import CitingItem, list_citing_items
from contract_builder.services.project import Project

_SEVERE = ("abroge", "pas_en_vigueur", "inconnu")


@dataclass(frozen=True, slots=True)
class WatchedArticle:
    """An article to look at: ``is_gone`` when texts in use lean on what does not stand.

    ``reasons`` are French sentences; ``texts`` what cites it on the day.
    """

    name: str
    subject: str
    is_known: bool
    is_gone: bool
    reasons: tuple[str, ...]
    texts: tuple[CitingItem, ...]


def list_watched_articles(
    project: Project, on: date, problems: Sequence[Diagnostic]
) -> tuple[WatchedArticle, ...]:
    """The articles that texts of the day cite and that ask for a look: the gravest first.

    ``problems`` are those of the library on that day (``presenting.LibraryReview``).
    """
    library, _ = project.open_library()
    registry = index_references(library)
    aged = {
        (item.place.file, item.place.line)
        for item in problems
        if item.code == "reference-a-reverifier"
    }
    found = []
    for name, texts in list_citing_items(project, on).items():
        code, _, article = name.partition(" ")
        versions = registry.versions.get((code, article), ())
        reasons = tuple(_iter_reasons(versions, on, aged))
        if reasons:
            version = find_version(versions, on)
            subject = version.objet if version else ""
            is_gone = standing_at(versions, on) in _SEVERE
            found.append(WatchedArticle(name, subject, bool(versions), is_gone, reasons, texts))
    return tuple(sorted(found, key=lambda item: (not item.is_gone, -len(item.texts), item.name)))


def _iter_reasons(
    versions: Sequence[ReferenceVersion], on: date, aged: set[tuple[str, int]]
) -> Iterator[str]:
    standing = standing_at(versions, on)
    if standing != "en_vigueur":
        yield f"{STANDING_LABELS[standing].capitalize()}."
    version = find_version(versions, on)
    if version is not None:
        place = version.place_of("verifie_le")
        if (place.file, place.line) in aged:
            yield f"Lu pour la dernière fois dans l’état du {long_date(version.verifie_le)}."
        if version.a_verifier:
            yield version.a_verifier
    announced = find_announced_day(versions, on)
    if announced is not None:
        yield f"Change le {long_date(announced)}."
