"""Every citation against the law at a date: the one at which a contract takes effect."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from contract_builder.diagnostics import Diagnostic, Problems, library_problems
from contract_builder.library.citations import Citation
from contract_builder.library.cited_texts import CitingText, iter_citing_texts
from contract_builder.library.registry import (
    Registry,
    covers,
    index_references,
    is_reference,
    split_reference,
)
from contract_builder.model.french import long_date
from contract_builder.model.library import Library
from contract_builder.model.reference import (
    ReferenceVersion,
    find_version,
    first_known_day,
    standing_at,
)
from contract_builder.source import Place

STALE_AFTER_MONTHS = 24


def check_references_at(
    library: Library, on: date, stale_after_months: int = STALE_AFTER_MONTHS
) -> Problems:
    """What the registry says, at ``on``, of the articles that a contract of that day may cite.

    At the place of the citation, as warnings: articles unknown, abrogated (also inside « L. 6114-1
    à L. 6114-5 »), without version in force; as notes: an article known only in later wordings, or
    rewritten since the clause, or the sheet's campaign, began. At the place of the registry, as a
    note once for each article: a wording never checked since it began, or not for more than
    ``stale_after_months`` months.
    """
    checker = _Checker(index_references(library), on, stale_after_months)
    return [
        problem for text in iter_citing_texts(library, on) for problem in checker.check_text(text)
    ]


@dataclass(slots=True)
class _Checker:
    registry: Registry
    on: date
    stale_after_months: int
    aged: set[tuple[str, str]] = field(default_factory=set)

    def check_text(self, text: CitingText) -> Iterator[Diagnostic]:
        """Declared references, then what only the text names."""
        declared = [split_reference(item.text) for item in text.declared]
        for item in text.declared:
            if is_reference(item.text):
                yield from self.check_article(*split_reference(item.text), item.place, text.since)
        for found in text.found:
            citation = found.citation
            if citation.code is None:
                continue
            for article in dict.fromkeys((citation.article, citation.last or citation.article)):
                end = replace(citation, article=article, kind="direct")
                if any(code == citation.code and covers(end, name) for code, name in declared):
                    continue
                for name in self.registry.find_reached(end):
                    yield from self.check_article(citation.code, name, found.place, text.since)
            if citation.kind == "plage":
                yield from self.check_inside(citation, found.place)

    def check_article(
        self, code: str, article: str, place: Place, since: date | None
    ) -> Iterator[Diagnostic]:
        """The standing of one cited article."""
        name = f"{code} {article}"
        versions = self.registry.versions.get((code, article), ())
        version = find_version(versions, self.on)
        if not versions:
            yield library_problems.reference_inconnue(
                place, name, self.registry.near_names(code, article)
            )
        elif standing_at(versions, self.on) == "redaction_inconnue":
            first = long_date(first_known_day(versions))
            yield library_problems.redaction_anterieure_inconnue(place, name, first)
        elif version is None:
            yield library_problems.reference_pas_en_vigueur(place, name, long_date(self.on))
        elif version.statut == "abroge":
            yield library_problems.reference_abrogee(place, name, long_date(version.depuis))
        else:
            if since is not None and find_version(versions, since) not in (None, version):
                yield library_problems.reference_modifiee(place, name, long_date(version.depuis))
            if (code, article) not in self.aged:
                self.aged.add((code, article))
                yield from self.check_age(name, version)

    def check_inside(self, citation: Citation, place: Place) -> Iterator[Diagnostic]:
        """The abrogated articles that a reader counts between the two ends of a range.

        « L. 6114-1 à L. 6114-5 » says 2, 3 and 4; an article since inserted (L. 6114-1-1) is not
        named, so that its abrogation leaves the citation right.
        """
        depth = max(citation.article.count("-"), citation.last.count("-"))
        for article in self.registry.expand(citation):
            if article in (citation.article, citation.last) or article.count("-") > depth:
                continue
            name = f"{citation.code} {article}"
            versions = self.registry.versions[citation.code or "", article]
            version = find_version(versions, self.on)
            if version is not None and version.statut == "abroge":
                yield library_problems.reference_abrogee(place, name, long_date(version.depuis))

    def check_age(self, name: str, version: ReferenceVersion) -> Iterator[Diagnostic]:
        """A wording to be read again: never checked since it began, or too long ago."""
        checked = version.verifie_le
        if checked < version.depuis or _is_older(checked, self.on, self.stale_after_months):
            place = version.place_of("verifie_le")
            yield library_problems.reference_a_reverifier(place, name, long_date(checked))


def _is_older(checked: date, on: date, months: int) -> bool:
    """True when more than ``months`` months separate the two days."""
    limit = checked.year * 12 + checked.month + months
    return (limit, checked.day) < (on.year * 12 + on.month, on.day)
