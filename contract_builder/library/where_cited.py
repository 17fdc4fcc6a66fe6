"""« Where is this article cited? »: the answer for a whole library."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from contract_builder.library.citations import CitationKind, find_citations
from contract_builder.library.cited_texts import CitingKind, CitingText, iter_citing_texts
from contract_builder.library.registry import covers, is_reference, split_reference
from contract_builder.model.library import Library
from contract_builder.source import Place


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """One place that cites an article.

    ``how`` is ``direct``, or ``plage`` and ``suivants`` when the article is reached through « L.
    6114-1 à L. 6114-5 » or « L. 6132-1 et suivants ». ``version`` as in ``CitingText``.
    """

    kind: CitingKind
    id: str
    version: str
    place: Place
    how: CitationKind


def parse_article_reference(text: str) -> tuple[str, str] | None:
    """The code and the article that ``text`` names: « CSP R6123-9 », « article R. 6123-9 du CSP ».

    None unless it names exactly one, with its code.
    """
    if is_reference(text):
        return split_reference(text)
    found = find_citations(text)
    if len(found) != 1 or found[0].code is None or found[0].kind != "direct":
        return None
    return found[0].code, found[0].article


def find_places_citing(
    library: Library, code: str, article: str, extra_texts: Iterable[CitingText] = ()
) -> tuple[CitingPlace, ...]:
    """Every place of the library, then of ``extra_texts``, that cites ``article`` of ``code``.

    The front matter first, then the text, of each clause version and sheet. A citation whose code
    cannot be told is not counted: the check ``citation-non-declaree`` points at it.
    """
    return tuple(
        place
        for text in (*iter_citing_texts(library), *extra_texts)
        for place in _iter_places(text, code, article)
    )


def iter_texts_citing(
    library: Library, code: str, article: str, on: date
) -> Iterator[tuple[CitingText, tuple[CitingPlace, ...]]]:
    """Each clause version and sheet that a contract of the day ``on`` can hold and that cites it.

    With its places, those of its text before those of its front matter.
    """
    for text in iter_citing_texts(library, on):
        places = list(_iter_places(text, code, article))
        declared = {item.place for item in text.declared}
        if places:
            yield text, tuple(sorted(places, key=lambda item: item.place in declared))


def _iter_places(text: CitingText, code: str, article: str) -> Iterable[CitingPlace]:
    for declared in text.declared:
        if split_reference(declared.text) == (code, article):
            yield CitingPlace(text.kind, text.id, text.version, declared.place, "direct")
    for found in text.found:
        if found.citation.code == code and covers(found.citation, article):
            kind = found.citation.kind
            yield CitingPlace(text.kind, text.id, text.version, found.place, kind)
