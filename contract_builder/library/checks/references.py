"""References and sources: well written, known, declared; a registry without contradiction."""

from collections.abc import Iterator
from dataclasses import replace

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.library.cited_texts import (
    CitingText,
    FoundCitation,
    iter_citing_texts,
    iter_declared,
)
from contract_builder.library.registry import (
    covers,
    index_references,
    is_reference,
    split_reference,
)
from contract_builder.model.clause import SourceReference
from contract_builder.model.library import Library
from contract_builder.model.reference import find_unproven_ends


def check_source_documents(library: Library) -> Iterator[Diagnostic]:
    """A text whose source document is not described."""
    known = tuple(library.documents)
    for source in _iter_sources(library):
        if source.document not in library.documents:
            yield library_problems.document_inconnu(
                source.place_of("document"), source.document, known
            )


def _iter_sources(library: Library) -> Iterator[SourceReference]:
    for versions in library.clauses.values():
        for clause in versions:
            if clause.header.source is not None:
                yield clause.header.source
    for fiches in library.fiches.values():
        for fiche in fiches.values():
            yield fiche.header.source
    for coverage in library.coverages:
        yield coverage.source


def check_declared_references(library: Library) -> Iterator[Diagnostic]:
    """A front matter that declares what is no reference, or one that the registry lacks."""
    registry = index_references(library)
    for declared in iter_declared(library):
        if not is_reference(declared.text):
            yield library_problems.reference_mal_formee(declared.place, declared.text)
            continue
        code, article = split_reference(declared.text)
        if (code, article) not in registry.versions:
            near = registry.near_names(code, article)
            yield library_problems.reference_inconnue(declared.place, declared.text, near)


def check_registry(library: Library) -> Iterator[Diagnostic]:
    """Entries of the registry that are misspelt, reversed in time, or overlap.

    Both days of a version are inclusive; a version without end holds for ever.
    """
    for (code, article), versions in index_references(library).versions.items():
        name = f"{code} {article}"
        if not is_reference(name):
            yield library_problems.reference_mal_formee(versions[0].place_of("article"), name)
        for version in versions:
            if version.jusqu_au is not None and version.jusqu_au < version.depuis:
                yield library_problems.dates_inversees(version.place_of("jusqu_au"))
        ordered = sorted(versions, key=lambda version: version.depuis)
        for index, version in enumerate(ordered):
            if any(earlier.holds(version.depuis) for earlier in ordered[:index]):
                yield library_problems.references_en_conflit(version.place_of("depuis"), name)


def check_reference_ends(library: Library) -> Iterator[Diagnostic]:
    """An article said to be abrogated, or to end, without evidence that no version follows."""
    for (code, article), versions in index_references(library).versions.items():
        for version in find_unproven_ends(versions):
            key = "statut" if version.statut == "abroge" else "jusqu_au"
            yield library_problems.fin_sans_preuve(version.place_of(key), f"{code} {article}")


def check_citations_declared(library: Library) -> Iterator[Diagnostic]:
    """An article cited in a text and not declared in its front matter, once for each text.

    Of a range both ends are to be declared, of « et suivants » the first article. The policy
    references of a sheet (``politiques``) are a declaration in themselves.
    """
    for text in iter_citing_texts(library):
        told: set[str] = set()
        for found in text.found:
            if found.key == "politiques":
                continue
            for name in _undeclared(found, text):
                if name in told:
                    continue
                told.add(name)
                if found.citation.code is None:
                    yield library_problems.citation_sans_code(found.place, name)
                else:
                    yield library_problems.citation_non_declaree(found.place, name)


def _undeclared(found: FoundCitation, text: CitingText) -> Iterator[str]:
    """The ends of a citation that the front matter does not declare."""
    citation = found.citation
    declared = [split_reference(item.text) for item in text.declared]
    for article in dict.fromkeys((citation.article, citation.last or citation.article)):
        end = replace(citation, article=article, kind="direct")
        if not any(citation.code in (None, code) and covers(end, name) for code, name in declared):
            yield article if citation.code is None else f"{citation.code} {article}"
