"""The legal references of a library in the order of the law: looking up, ranges, runs.

Order inside a code: by part (statutes L and LO; decrees R and D, which share one numbering;
orders A), then number by number: L6114-1, L6114-1-1, L6114-2, L6114-10.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from contract_builder.library.citations import Citation
from contract_builder.model.library import Library
from contract_builder.model.reference import ReferenceVersion

ArticleKey = tuple[int, tuple[int, ...]]

_ARTICLE = re.compile(r"(LO|L|R|D|A)?(\d+(?:-\d+)*)")
_PARTS = {"": 0, "L": 1, "LO": 1, "R": 2, "D": 2, "A": 3}
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WELL_FORMED = re.compile(r"[A-Z]{2,} [A-Z0-9]+(?:[-/][A-Za-z0-9]+)*")


def is_reference(text: str) -> bool:
    """True for « CODE ARTICLE » as the library writes it: « CSP L6114-1 », « DECRET 2025-180 »."""
    return _WELL_FORMED.fullmatch(text) is not None


def split_reference(text: str) -> tuple[str, str]:
    """The code and the article of a well-formed reference."""
    code, _, article = text.partition(" ")
    return code, article


@cache
def article_key(article: str) -> ArticleKey | None:
    """Where an article stands in its code; None when it is no number of parts: « DGOS/R4 »."""
    match = _ARTICLE.fullmatch(article)
    if match is None:
        return None
    return _PARTS[match[1] or ""], tuple(int(part) for part in match[2].split("-"))


def covers(citation: Citation, article: str) -> bool:
    """True when ``citation`` reaches ``article`` (of the same code), be it by a range.

    An order cited by its date alone (« ARRETE 2019-05-02 ») reaches every order of that day.
    """
    if citation.kind == "direct":
        return citation.article == article or (
            _FULL_DATE.fullmatch(citation.article) is not None
            and article.startswith(f"{citation.article}-")
        )
    first, key = article_key(citation.article), article_key(article)
    if first is None or key is None or key < first:
        return False
    if citation.kind == "suivants":
        return _chapter(key) == _chapter(first)
    last = article_key(citation.last)
    return last is not None and key <= last


def _chapter(key: ArticleKey) -> tuple[int, int]:
    """The part and the first number, which names the chapter: L6132-1 is in chapter L6132."""
    return key[0], key[1][0]


@dataclass(frozen=True, slots=True)
class Registry:
    """Every known version by code and article, and the articles of each code in legal order."""

    versions: Mapping[tuple[str, str], tuple[ReferenceVersion, ...]]
    articles: Mapping[str, tuple[tuple[ArticleKey, str], ...]]

    def expand(self, citation: Citation) -> tuple[str, ...]:
        """The known articles that ``citation`` reaches, in legal order; its own ends included.

        Ends that the registry does not know are left out: it can only tell what it knows.
        """
        first, last = article_key(citation.article), article_key(citation.last)
        if citation.code is None or first is None:
            return ()
        if last is None:
            last = (first[0], (first[1][0] + 1,))
        ordered = self.articles.get(citation.code, ())
        start = bisect_left(ordered, (first, ""))
        end = bisect_right(ordered, (last, "~"))
        return tuple(article for _, article in ordered[start:end] if covers(citation, article))

    def find_reached(self, citation: Citation) -> tuple[str, ...]:
        """The articles that a direct citation names: its own, or every order of the day it gives.

        Its own number when the registry knows nothing that it reaches.
        """
        if citation.code is None or (citation.code, citation.article) in self.versions:
            return (citation.article,)
        reached = tuple(
            name for code, name in self.versions if code == citation.code and covers(citation, name)
        )
        return reached or (citation.article,)

    def near_names(self, code: str, article: str) -> tuple[str, ...]:
        """What an unknown reference may be meant for: another letter, or another code."""
        number = article.lstrip("LORDA")
        letters = (f"{letter}{number}" for letter in ("L", "R", "D") if number[:1].isdecimal())
        same_code = [(code, name) for name in letters if (code, name) in self.versions]
        codes = (other for other in self.articles if (other, article) in self.versions)
        return tuple(
            " ".join(name) for name in (*same_code, *((other, article) for other in codes))
        )


def index_references(library: Library) -> Registry:
    """The registry of a library; versions stay in file order."""
    versions: dict[tuple[str, str], tuple[ReferenceVersion, ...]] = {}
    articles: dict[str, set[tuple[ArticleKey, str]]] = {}
    for file in library.references:
        for version in file.references:
            name = (file.code, version.article)
            versions[name] = (*versions.get(name, ()), version)
            key = article_key(version.article)
            if key is not None:
                articles.setdefault(file.code, set()).add((key, version.article))
    return Registry(versions, {code: tuple(sorted(names)) for code, names in articles.items()})
