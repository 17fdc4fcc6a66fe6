"""Full-text search over the texts of a library, by SQLite's FTS5, in memory.

Made from the texts that it is given, in some hundredths of a second: whoever holds one makes
another when the library is another, so that it is never out of date. A database of the store, be it
PostgreSQL, is not asked: the files are the truth, and what is searched is what they say.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from threading import Lock
from typing import Literal

from contract_builder.diagnostics.near_names import without_case_and_accents
from contract_builder.library.registry import Registry
from contract_builder.library.text_query import TextQuery, article_token, parse_text_query

SearchedKind = Literal["clause", "fiche", "reference"]

_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
_ENDLESS = "9999-12-31"
_RANK = "bm25(texts, 8.0, 8.0, 1.0, 6.0) * (CASE kind WHEN 'reference' THEN 0.5 ELSE 1.0 END)"
"""The lower, the better. A word of a title tells more than one of a text; who looks for words wants
clauses and sheets before articles of law."""
_SCHEMA = """
CREATE VIRTUAL TABLE texts USING fts5(
  name, title, text, articles, kind UNINDEXED, id UNINDEXED, version UNINDEXED, start UNINDEXED,
  end UNINDEXED, audiences UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
);
CREATE VIRTUAL TABLE terms USING fts5vocab(texts, row);
"""


@dataclass(frozen=True, slots=True)
class SearchedText:
    """A text as it is searched: one version of a clause, a sheet of a catalogue, an article's
    version.

    ``text`` is what people read of it. ``articles`` are those it cites, « CSP L6114-1 », or is.
    ``start`` and ``end`` are inclusive; None for no bound. ``audiences`` are the kinds of contract
    that can hold it; none for a text of all.
    """

    kind: SearchedKind
    id: str
    version: str
    title: str
    text: str
    articles: tuple[str, ...]
    start: date | None
    end: date | None
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of text; ``is_found`` for the words that were looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is looked for: ``words`` as typed, of a kind, in force on a day, for a kind of contract.

    What is None is not asked.
    """

    words: str = ""
    kind: SearchedKind | None = None
    on: date | None = None
    audience: str | None = None


@dataclass(frozen=True, slots=True)
class FoundText:
    """One item that answers: its best version, where the words stand, how many versions answer."""

    kind: SearchedKind
    id: str
    version: str
    title: tuple[Excerpt, ...]
    excerpt: tuple[Excerpt, ...]
    versions: int


@dataclass(frozen=True, slots=True)
class Hint:
    """What finds nothing by itself, and the words of the library that look like it."""

    typed: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The items found, the best first. When there is none: ``hints``, and what filters hide."""

    found: tuple[FoundText, ...]
    articles: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    hidden_by_filters: int = 0


class TextIndex:
    """The texts, ready to be searched. May be shared by threads."""

    def __init__(self, texts: Iterable[SearchedText], registry: Registry) -> None:
        self._registry = registry
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(_SCHEMA)
        self._database.executemany(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row_of, texts)
        )

    def search(self, asked: SearchRequest) -> SearchAnswer:
        """The items that have all the words; every item when no word is typed."""
        query = parse_text_query(asked.words, self._registry)
        if query is None and asked.words.strip():
            return SearchAnswer((), hints=(Hint(asked.words.strip(), ()),))
        with self._lock:
            found = _named_first(self._find(query, asked), asked.words, query)
            articles = query.articles if query else ()
            if found or query is None:
                return SearchAnswer(found, articles)
            unfiltered = len(self._find(query, SearchRequest()))
            return SearchAnswer((), articles, self._explain(query), unfiltered)

    def _find(self, query: TextQuery | None, asked: SearchRequest) -> tuple[FoundText, ...]:
        conditions, values = _conditions(asked)
        if query is not None:
            conditions.insert(0, "texts MATCH ?")
            values.insert(0, query.expression)
        # Every piece of the statement is written here; what is typed is only ever a value.
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = f"{_RANK}," if query is not None else ""
        rows = self._database.execute(
            "SELECT kind, id, version, title, highlight(texts, 1, ?, ?),"  # noqa: S608
            f" snippet(texts, 2, ?, ?, '…', 36) FROM texts{where}"
            f" ORDER BY {order} kind, id, version DESC",
            [_OPEN, _CLOSE, _OPEN, _CLOSE, *values],
        )
        return _group(rows.fetchall())

    def _explain(self, query: TextQuery) -> tuple[Hint, ...]:
        """The pieces of a question that no text answers; none when each has its own texts."""
        return tuple(
            Hint(typed, self._near(typed))
            for typed, expression in query.parts
            if not self._find(TextQuery(expression, (), ()), SearchRequest())
        )

    def _near(self, typed: str) -> tuple[str, ...]:
        terms = [term for (term,) in self._database.execute("SELECT term FROM terms")]
        return tuple(get_close_matches(without_case_and_accents(typed), terms, n=3, cutoff=0.78))


def _named_first(
    found: tuple[FoundText, ...], words: str, query: TextQuery | None
) -> tuple[FoundText, ...]:
    """The item that is asked for by its very name, or the article that is asked for, first."""
    articles = tuple(article.removeprefix("?") for article in query.articles) if query else ()
    names = {words.strip().casefold(), *(article.casefold() for article in articles)}
    return tuple(
        sorted(
            found,
            key=lambda item: (
                item.id.casefold() not in names
                and not (item.kind == "reference" and item.id.endswith(articles or ("\0",)))
            ),
        )
    )


def _row_of(text: SearchedText) -> tuple[str, ...]:
    tokens = {
        token
        for code, _, article in (item.partition(" ") for item in text.articles)
        for token in (article_token(article), article_token(article, code))
    }
    name = text.id if text.kind != "reference" else ""
    return (
        name,
        text.title,
        text.text,
        " ".join(sorted(tokens)),
        text.kind,
        text.id,
        text.version,
        text.start.isoformat() if text.start else "",
        text.end.isoformat() if text.end else _ENDLESS,
        f" {' '.join(text.audiences)} " if text.audiences else "",
    )


def _conditions(asked: SearchRequest) -> tuple[list[str], list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    if asked.kind is not None:
        conditions.append("kind = ?")
        values.append(asked.kind)
    if asked.on is not None:
        conditions.append("start <= ? AND ? <= end")
        values += [asked.on.isoformat()] * 2
    if asked.audience is not None:
        conditions.append("(audiences = '' OR instr(audiences, ?) > 0)")
        values.append(f" {asked.audience} ")
    return conditions, values


def _group(rows: Sequence[tuple[str, ...]]) -> tuple[FoundText, ...]:
    """One line an item, in the order of its best version."""
    versions: dict[tuple[str, str], int] = {}
    best: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        key = row[0], row[1]
        versions[key] = versions.get(key, 0) + 1
        best.setdefault(key, row)
    return tuple(
        FoundText(_kind(kind), name, row[2], _cut(row[4]), _cut(row[5]), versions[kind, name])
        for (kind, name), row in best.items()
    )


def _kind(word: str) -> SearchedKind:
    return "clause" if word == "clause" else "fiche" if word == "fiche" else "reference"


def _cut(marked: str) -> tuple[Excerpt, ...]:
    """The text between marks, and around them."""
    pieces = _MARKED.split(marked)
    return tuple(Excerpt(piece, rank % 2 == 1) for rank, piece in enumerate(pieces) if piece)
