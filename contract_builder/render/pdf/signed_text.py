"""Does a signed PDF say what the contract's own PDF says? Page by page, each difference named.

White space and the marks that guide the layout do not count, as in the gate of the text. What the
signing added is set apart: at the top or the foot of a page, a stamp that several bear or words
about a signature; a page of evidence; whatever stands in the place for signatures. A page without
any text (a scan) cannot be compared: it is named, and what it should say is not held for missing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final

from contract_builder.render.text_gate import squeeze_one

_KEY: Final = 16
"""Characters that must agree before two texts are taken to go on together."""
_LIKE: Final = 0.4
"""The share of such stretches that two states of one page have in common at least."""
_PAGES_AHEAD: Final = 4
_MOST_STRETCHES: Final = 40
"""Told one by one on a page; it also bounds the time that a hostile file may take."""
_AROUND: Final = 30
_SHOWN: Final = 160
_LONGEST_NOTE: Final = 300
_SIGNING: Final = re.compile(
    "sign(?:é|ée|ature|ataire|ed)|certificat|horodat|enveloppe|envelope|empreinte", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PageDifference:
    """What was expected at a place and what was found there, with a few words around.

    ``page`` is that of the signed file, counted from 1. Either text may be empty: nothing was
    expected, or nothing is there.
    """

    page: int
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class SignedText:
    """What differs, what the signing added, the pages without text, and the share that agrees.

    ``share`` goes from 0 to 1 and counts the contract's characters on pages that have text.
    """

    differences: tuple[PageDifference, ...]
    additions: tuple[PageDifference, ...]
    blank_pages: tuple[int, ...]
    share: float


class _Page:
    """A page without its spaces, and where each character stands in it."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        letters: list[str] = []
        self._places: list[int] = []
        for place, character in enumerate(raw):
            for letter in squeeze_one(character):
                letters.append(letter)
                self._places.append(place)
        self.text = "".join(letters)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every stretch of ``_KEY`` characters."""
        return frozenset(
            self.text[start : start + _KEY] for start in range(max(1, len(self.text) - _KEY + 1))
        )

    def is_like(self, other: "_Page") -> bool:
        """True when both are states of one page."""
        return len(self.keys & other.keys) >= _LIKE * min(len(self.keys), len(other.keys))

    def excerpt(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` and a few around; empty for a page without text."""
        if not self._places:
            return ""
        first = self._places[min(start, len(self._places) - 1)]
        last = self._places[end - 1] + 1 if end > start else first
        begin = max(0, first - _AROUND)
        while 0 < begin < first and not self._raw[begin - 1].isspace():
            begin += 1
        stop = last + _AROUND
        while last < stop < len(self._raw) and not self._raw[stop].isspace():
            stop -= 1
        line = " ".join(self._raw[begin:stop].split())
        return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


_NO_PAGE = _Page("")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A page of the signed file, counted from 1, and that of the contract's PDF it stands for."""

    number: int
    old: _Page
    new: _Page
    is_for_signing: bool

    @property
    def is_scanned(self) -> bool:
        """True for a page that is there, and has no text where the contract's has some."""
        return bool(self.old.text) and not self.new.text and self.new is not _NO_PAGE


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A stretch of both states of a page that does not agree."""

    pair: _Pair
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def is_addition(self) -> bool:
        return self.old_start == self.old_end

    @property
    def is_at_edge(self) -> bool:
        """True for what was added before or after all that the page says."""
        return self.is_addition and self.old_start in (0, len(self.pair.old.text))

    @property
    def found(self) -> str:
        return self.pair.new.text[self.new_start : self.new_end]

    @property
    def pattern(self) -> str:
        """What was found, the digits apart: « page 3 sur 48 » stands on every page."""
        return re.sub(r"\d+", "#", self.found)

    def tell(self) -> PageDifference:
        return PageDifference(
            self.pair.number,
            self.pair.old.excerpt(self.old_start, self.old_end),
            self.pair.new.excerpt(self.new_start, self.new_end),
        )


def compare_signed_pages(
    reference: Sequence[str], signed: Sequence[str], signing_texts: Sequence[str]
) -> SignedText:
    """What the pages of a signed file say otherwise than those of the contract's own PDF.

    ``signing_texts`` are those under which one signs: what is added on their page is set apart.
    """
    old = [_Page(page) for page in reference]
    new = [_Page(page) for page in signed]
    if not any(page.text for page in new):
        return SignedText((), (), tuple(range(1, len(new) + 1)), 0.0)
    pairs = list(_iter_pairs(old, new, _find_signing_pages(old, signing_texts)))
    blank = tuple(pair.number for pair in pairs if pair.is_scanned)
    hunks = [hunk for pair in pairs if not pair.is_scanned for hunk in _iter_hunks(pair)]
    patterns = {(hunk.pattern, hunk.pair.number) for hunk in hunks if hunk.is_at_edge}
    counts = Counter(pattern for pattern, _ in patterns)
    apart = [hunk for hunk in hunks if hunk.is_addition and _is_of_signing(hunk, counts)]
    differing = [hunk for hunk in hunks if hunk not in apart]
    wanted = sum(len(pair.old.text) for pair in pairs if not pair.is_scanned)
    lost = sum(hunk.old_end - hunk.old_start for hunk in differing)
    return SignedText(
        tuple(hunk.tell() for hunk in differing),
        tuple(hunk.tell() for hunk in apart),
        blank,
        (wanted - lost) / wanted if wanted else 0.0,
    )


def _find_signing_pages(reference: Sequence[_Page], texts: Sequence[str]) -> frozenset[int]:
    """The pages, from 0, that bear the most of the texts under which one signs."""
    wanted = [_Page(text).text for text in texts]
    counts = [sum(text in page.text for text in wanted) for page in reference]
    most = max(counts, default=0)
    return frozenset(number for number, count in enumerate(counts) if most and count == most)


def _iter_pairs(
    old: Sequence[_Page], new: Sequence[_Page], signing: frozenset[int]
) -> Iterator[_Pair]:
    """Each page of either with its other state; a page that was added or is missing has none.

    Pages follow each other as they were: after one that is unlike, the next few are looked at.
    """
    i = j = 0
    while i < len(old) or j < len(new):
        added, missing = _find_step(old, i, new, j)
        for _ in range(added):
            yield _Pair(j + 1, _NO_PAGE, new[j], is_for_signing=False)
            j += 1
        for _ in range(missing):
            yield _Pair(min(j + 1, len(new)), old[i], _NO_PAGE, is_for_signing=False)
            i += 1
        if i < len(old) and j < len(new):
            yield _Pair(j + 1, old[i], new[j], is_for_signing=i in signing)
            i, j = i + 1, j + 1


def _find_step(old: Sequence[_Page], i: int, new: Sequence[_Page], j: int) -> tuple[int, int]:
    """How many pages were added here, how many are missing, before two that are alike."""
    if i == len(old) or j == len(new):
        return len(new) - j, len(old) - i
    if not new[j].text or old[i].is_like(new[j]):
        return 0, 0
    for ahead in range(1, _PAGES_AHEAD):
        if j + ahead < len(new) and old[i].is_like(new[j + ahead]):
            return ahead, 0
        if i + ahead < len(old) and old[i + ahead].is_like(new[j]):
            return 0, ahead
    return 0, 0


def _iter_hunks(pair: _Pair) -> Iterator[_Hunk]:
    """What does not agree, in order: the shortest stretches after which the texts agree again.

    All in one for two pages that are unlike, and for what comes after many stretches.
    """
    old, new = pair.old.text, pair.new.text
    i = j = _common_start(old, new)
    end = _common_start(old[i:][::-1], new[j:][::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    is_same_page = pair.old.is_like(pair.new)
    for told in count():
        if i == len(old) and j == len(new):
            return
        is_detailed = is_same_page and told < _MOST_STRETCHES
        whole = (len(old) - i, len(new) - j)
        left_out, added = _find_again(old[i:], new[j:]) if is_detailed else whole
        yield _Hunk(pair, i, i + left_out, j, j + added)
        i, j = i + left_out, j + added
        same = _common_start(old[i:], new[j:])
        i, j = i + same, j + same


def _common_start(old: str, new: str) -> int:
    """How many characters both begin with."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _find_again(old: str, new: str) -> tuple[int, int]:
    """How much of each to leave out so that they agree again; all of both when they never do."""
    places: dict[str, int] = {}
    for added in range(len(new) - _KEY + 1):
        places.setdefault(new[added : added + _KEY], added)
    best = (len(old), len(new))
    for left_out in range(len(old) - _KEY + 1):
        if left_out >= sum(best):
            break
        at = places.get(old[left_out : left_out + _KEY])
        if at is not None and left_out + at < sum(best):
            best = (left_out, at)
    return best


def _is_of_signing(hunk: _Hunk, repeated: Counter[str]) -> bool:
    """True for words that were added by the act of signing; for a page of evidence too.

    In the middle of a page, only where one signs: elsewhere, words change what was agreed.
    """
    if hunk.pair.old is _NO_PAGE:
        return _SIGNING.search(hunk.found) is not None
    if len(hunk.found) > _LONGEST_NOTE:
        return False
    is_stamp = repeated[hunk.pattern] > 1 or _SIGNING.search(hunk.found) is not None
    return hunk.pair.is_for_signing or (hunk.is_at_edge and is_stamp)
