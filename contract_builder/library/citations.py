"""The articles of law that a French text cites: « L. 6114-1 et suivants du même code ».

One pass over the text, by ``citation_patterns``. The rules of attribution: a code that follows a
list of articles holds for the whole list; « du même code » is the last code named; an article
without code takes the last code named before it, else the default one. What is read here is words:
whether an article exists is for ``reference_checks``.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from contract_builder.library import citation_patterns as patterns
from contract_builder.library.code_names import CODES, LAWS

CitationKind = Literal["direct", "plage", "suivants"]

_UNKNOWN = ""
_LONGEST_GAP = 260


@dataclass(frozen=True, slots=True)
class Citation:
    """An article, or a run of articles, cited at ``text[start:end]``.

    ``code`` is the registry's identifier (« CSP », « DECRET »), None when nothing tells it or when
    the code named is not one we know. ``article`` is written « L6122-15 », without star. ``kind``
    is ``direct``; ``plage`` from ``article`` to ``last``, both included; or ``suivants`` for an
    article and those that follow it.
    """

    code: str | None
    article: str
    start: int
    end: int
    kind: CitationKind = "direct"
    last: str = ""

    @property
    def reference(self) -> str:
        """« CSP L6114-1 », « CSP L6114-1 à L6114-5 », « CSP L6132-1 et suivants »."""
        run = {"direct": "", "plage": f" à {self.last}", "suivants": " et suivants"}[self.kind]
        return f"{self.code or '?'} {self.article}{run}"


def find_citations(text: str, default_code: str | None = None) -> tuple[Citation, ...]:
    """Every citation of an article or of a law in ``text``, in order of position.

    ``default_code`` is the code of the articles before any code is named. Offsets are those of
    ``text``.
    """
    if not patterns.may_cite(text):
        return ()
    reader = _Reader(patterns.simplify(text), default_code)
    for match in patterns.TOKEN.finditer(reader.text):
        reader.read(match)
    reader.close_list()
    return tuple(sorted(reader.found, key=lambda citation: (citation.start, citation.end)))


@dataclass(slots=True)
class _Reader:
    """Reads the tokens of one text in order; ``pending`` is the list of articles still open."""

    text: str
    last_code: str | None
    found: list[Citation] = field(default_factory=list)
    pending: list[Citation] = field(default_factory=list)
    bare: bool = False

    def read(self, match: re.Match[str]) -> None:
        """Takes one token."""
        match match.lastgroup:
            case "more":
                self.read_article(match)
            case "bare":
                self.read_bare(match)
            case "code":
                name = " ".join(match["code"].lower().split())
                self.read_code(match, CODES[name])
            case "same":
                self.read_code(match, self.last_code)
            case "abbreviation":
                self.read_abbreviation(match)
            case "union":
                self.found.append(Citation("UE", match["union"], *match.span("union")))
            case _:
                self.found.extend(_iter_laws(match))

    def read_article(self, match: re.Match[str]) -> None:
        """An article, with the numbers that follow it under the same letter."""
        start, end = match.span()
        joint = self.joint(start)
        if not self.is_article(match, joint):
            return
        if joint is None:
            self.close_list()
        letter = match["letter"].upper()
        number_end = match.end("number")
        self.add(Citation(None, letter + match["number"], start, number_end), joint == "plage")
        for more in patterns.MORE_NUMBERS.finditer(self.text, number_end, end):
            if _leading(more["number"]) != _leading(match["number"]):
                break
            citation = Citation(None, letter + more["number"], *more.span("number"))
            self.add(citation, more["joint"] == "a")
        self.add_following()

    def joint(self, start: int) -> Literal["plage", "liste"] | None:
        """What ties an article at ``start`` to the open list; None when it begins another."""
        gap = self.gap(start)
        if gap is None or self.bare:
            return None
        if patterns.RANGE_GAP.fullmatch(gap):
            return "plage"
        return "liste" if patterns.LIST_GAP.fullmatch(gap) else None

    def is_article(self, match: re.Match[str], joint: str | None) -> bool:
        """Tells « L. 6114-1 » from an annex « A5 », a year or a code of the nomenclature."""
        first, *others = match["number"].split("-")
        if len(first) > 5 or any(len(part) > 3 for part in others):
            return False
        if self.follows_article_word(match.start()):
            return bool(others) or len(first) > 1 or bool(match["dot"])
        if joint:
            return bool(others) or bool(match["dot"])
        letter = match["letter"]
        if letter.islower() or not others:
            return False
        return bool(match["dot"]) or (len(first) > 2 and letter != "A")

    def follows_article_word(self, start: int) -> bool:
        """True just after « article », « articles » or « art. »."""
        return patterns.ARTICLE_WORD.search(self.text, max(0, start - 12), start) is not None

    def read_bare(self, match: re.Match[str]) -> None:
        """Numbers without letter: kept only if a code closes the list."""
        self.close_list()
        for item in patterns.BARE_NUMBERS.finditer(self.text, *match.span("bare")):
            article = item["number"].removesuffix("er")
            self.add(Citation(None, article, *item.span("number")), item["joint"] == "a")
        self.bare = True

    def read_abbreviation(self, match: re.Match[str]) -> None:
        """« CSP » is a code beside an article or after « le », « du »; else it is another word."""
        start, end = match.span()
        gap = self.gap(start)
        closes = gap is not None and patterns.CODE_GAP.fullmatch(gap)
        if (
            closes
            or patterns.BEFORE_ABBREVIATION.search(self.text, max(0, start - 6), start)
            or patterns.AFTER_ABBREVIATION.match(self.text, end)
        ):
            self.read_code(match, match["abbreviation"])

    def read_code(self, match: re.Match[str], code: str | None) -> None:
        """A code: the one of the open list when it closes it, and from here on the last named."""
        gap = self.gap(match.start())
        if gap is not None and patterns.CODE_GAP.fullmatch(gap):
            self.bare = False
            self.settle(code)
        else:
            self.close_list()
        self.last_code = code

    def close_list(self) -> None:
        """Ends the open list where no known code follows it."""
        if not self.pending:
            return
        end = self.pending[-1].end
        after = patterns.close_up(self.text[end : end + _LONGEST_GAP])
        if patterns.UNKNOWN_CODE.match(after):
            self.last_code = _UNKNOWN
        self.settle(self.last_code)

    def settle(self, code: str | None) -> None:
        """Gives the open list its code; numbers without letter and without code are no citation."""
        if not self.bare:
            self.found.extend(replace(item, code=code or None) for item in self.pending)
        self.pending.clear()
        self.bare = False

    def gap(self, start: int) -> str | None:
        """The text between the open list and ``start``; None without list, or far from it."""
        if not self.pending or start - self.pending[-1].end > _LONGEST_GAP:
            return None
        return patterns.close_up(self.text[self.pending[-1].end : start])

    def add(self, citation: Citation, ends_range: bool) -> None:
        """One more article in the open list, or the end of the range that its last item opens."""
        first = self.pending[-1] if self.pending else None
        if ends_range and first is not None and _may_run(first, citation):
            self.pending[-1] = replace(first, end=citation.end, kind="plage", last=citation.article)
        else:
            self.pending.append(citation)

    def add_following(self) -> None:
        """Makes the last article « et suivants » when these words come next."""
        last = self.pending[-1]
        following = patterns.FOLLOWING.match(self.text, last.end)
        if following and last.kind == "direct":
            self.pending[-1] = replace(last, end=following.end(), kind="suivants")


def _may_run(first: Citation, last: Citation) -> bool:
    """True when a range may go from one to the other: both in the law, or both in decrees."""
    return first.kind == "direct" and _part(first.article) == _part(last.article)


def _part(article: str) -> str:
    return article[0].replace("D", "R")


def _leading(number: str) -> tuple[str, int]:
    """What two numbers under one letter have in common: a first digit and a length."""
    first = number.partition("-")[0]
    return first[0], len(first)


def _iter_laws(match: re.Match[str]) -> list[Citation]:
    """The laws of one mention: each by its number, else one by its date."""
    code = LAWS[match["law"].lower()]
    if match["numbers"]:
        start, end = match.span("numbers")
        numbers = list(patterns.LAW_NUMBERS.finditer(match.string, start, end))
        spans = [item.span() for item in numbers]
        spans[0] = (match.start(), spans[0][1])
        return [
            Citation(code, item.group(), *span) for item, span in zip(numbers, spans, strict=True)
        ]
    dated = patterns.DATE_AS_CITED.search(match["words"])
    if dated is None:
        return []
    day, month, year = dated.groups()
    number = f"{year}-{patterns.MONTHS_AS_CITED.index(month.lower()) + 1:02d}-{int(day):02d}"
    return [Citation(code, number, match.start(), match.start("words") + dated.end())]
