"""What a person types to find a text → a question for SQLite's full-text search.

Whatever is typed gives a question or none: its signs are words to find, never operators. The rules
of French that a search needs and SQLite does not have: « hôpitaux » is « hôpital », and an article
of law is one however it is spelt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contract_builder.library.citation_patterns import TOKEN, simplify
from contract_builder.library.citations import Citation, find_citations
from contract_builder.library.code_names import ABBREVIATIONS
from contract_builder.library.registry import Registry

_LONGEST = 300
_MOST_WORDS = 16
_WORD = re.compile(r"[^\W_]+(?:[’'\-\u2010-\u2013./_][^\W_]+)*")
_ELISION = re.compile(r"^(?:[ldnscjm]|qu|jusqu|lorsqu|puisqu)[’'](?=.)", re.I)
_PARTS = re.compile(r"[^\W_]+")
_SMALL_LETTER = re.compile(r"(?<![\w/-])[lrda](?=[ .*\u00a0\u202f]{0,4}\d+[-\u2010-\u2013]\d)")
_SMALL_CODE = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(ABBREVIATIONS))})(?![\w-])", re.I)
_CHAPTER = re.compile(r"(?<![\w/-])(LO|[LRDA])[ .*]{0,4}(\d{3,5})(?![\w/-])", re.I)
_TOO_COMMON = frozenset(
    ("d", "l", "s", "n", "c", "j", "m", "qu", "de", "du", "des", "la", "le", "les", "un", "une")
) | {"et", "ou", "à", "au", "aux", "en"}
_AROUND_AN_ARTICLE = frozenset(
    ("article", "articles", "art", "suivants", "suivantes", "code", "même", "nos", *_TOO_COMMON)
)


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A question: ``expression`` is in the language of FTS5, with every sign quoted.

    ``parts`` are the same question cut in pieces, each with what was typed of it: to tell which
    one finds nothing. ``articles`` are the articles asked for, « CSP L6114-1 », « ? L6114-1 ».
    """

    expression: str
    parts: tuple[tuple[str, str], ...]
    articles: tuple[str, ...]


def parse_text_query(typed: str, registry: Registry) -> TextQuery | None:
    """The question that ``typed`` asks; None when it asks nothing (no letter and no figure)."""
    text = "".join(sign if sign.isprintable() else " " for sign in typed[:_LONGEST])
    text = _SMALL_CODE.sub(_in_capitals, _SMALL_LETTER.sub(_in_capitals, text))
    parts: list[tuple[str, str]] = []
    rest, articles = text, []
    for citation in sorted(find_citations(text), key=lambda item: -item.start):
        shown = text[citation.start : citation.end]
        parts.append((shown, _expression_of(citation, shown, registry)))
        articles.append(citation.reference)
        rest = f"{rest[: citation.start]} {rest[citation.end :]}"
    if not articles:
        rest = _CHAPTER.sub(lambda found: _note_chapter(found, parts), rest)
    else:
        rest = _without_codes(rest)
    words = list(_iter_words(rest, beside_an_article=bool(parts)))
    parts = [*reversed(parts), *((word, _expression_of_word(word)) for word in words)]
    if not parts:
        return None
    kept = tuple(parts[:_MOST_WORDS])
    return TextQuery(" AND ".join(expression for _, expression in kept), kept, tuple(articles))


def article_token(article: str, code: str = "") -> str:
    """One word that stands for an article in the index: « L6114-1 » → « artl6114x1 »."""
    return f"{code.lower()}art{''.join(_PARTS.findall(article)[:1])}".lower() + "".join(
        f"x{part.lower()}" for part in _PARTS.findall(article)[1:]
    )


def _in_capitals(found: re.Match[str]) -> str:
    return found.group().upper()


def _note_chapter(found: re.Match[str], parts: list[tuple[str, str]]) -> str:
    token = article_token(f"{found[1].upper()}{found[2]}")
    parts.append((found.group(), f"articles : ({_quoted(token)} OR {_quoted(f'{token}x')} *)"))
    return " "


def _without_codes(text: str) -> str:
    """The text without the names of codes: they say which article is meant."""
    for found in reversed(list(TOKEN.finditer(simplify(text)))):
        if found.lastgroup in ("code", "same", "abbreviation"):
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _expression_of(citation: Citation, shown: str, registry: Registry) -> str:
    """The texts that cite the article, one of its divisions, or one of a run of articles.

    The words as typed are looked for as well, in vain or not: the excerpt shows where they stand.
    """
    code = citation.code or ""
    articles = {citation.article, citation.last} - {""}
    if citation.kind != "direct":
        articles.update(registry.expand(citation) if citation.code else ())
    tokens = [article_token(article, code) for article in sorted(articles)]
    exact = " OR ".join(f"{_quoted(token)} OR {_quoted(f'{token}x')} *" for token in tokens)
    wanted = f"articles : ({exact})"
    phrase = _PARTS.findall(re.sub(r"([LRDA]O?)(?=\d)", r"\1 ", citation.article))
    spelt = {_quoted(" ".join(phrase)), _quoted(citation.article), _quoted(shown)}
    return f"({wanted} AND ({wanted} OR {{title text}} : ({' OR '.join(sorted(spelt))})))"


def _iter_words(text: str, *, beside_an_article: bool) -> Iterator[str]:
    """The words to look for: the small ones only when there is nothing else."""
    found = [_ELISION.sub("", match.group()) for match in _WORD.finditer(text)]
    if beside_an_article:
        found = [word for word in found if word.lower() not in _AROUND_AN_ARTICLE]
    telling = [word for word in found if word.lower() not in _TOO_COMMON]
    yield from dict.fromkeys(telling or ([] if beside_an_article else found))


def _expression_of_word(word: str) -> str:
    """Any word that begins so, in the singular or in the plural."""
    return f"({' OR '.join(f'{_quoted(form)} *' for form in _iter_forms(word))})"


def _iter_forms(word: str) -> Iterator[str]:
    """« hôpitaux » → « hôpital », « hôpitau » ; « national » → « national », « nationaux »."""
    low = word.lower()
    if len(low) > 4 and low.endswith("aux"):
        yield from (f"{low[:-3]}al", f"{low[:-3]}ail")
    if len(low) > 4 and low.endswith("al"):
        yield f"{low[:-2]}aux"
    yield low[:-1] if len(low) > 3 and low[-1] in "sx" else low


def _quoted(words: str) -> str:
    return '"' + words.replace('"', " ") + '"'
