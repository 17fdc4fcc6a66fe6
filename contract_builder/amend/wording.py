"""Words of French amending texts: ranks, numbers, what a quoted text is, quotation marks.

Source of the forms: the drafting guide of French statutes (Guide de légistique, 3.4) and
the practice of the Journal officiel. Nothing here knows contracts.
"""

import re
from dataclasses import dataclass
from typing import Final

from contract_builder.model.french import MONTHS, NBSP

_ORDINALS: Final = (
    "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième",
    "huitième", "neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième",
    "quinzième", "seizième", "dix-septième", "dix-huitième", "dix-neuvième", "vingtième",
)  # fmt: skip
_NUMBERS: Final = (
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
)  # fmt: skip

LAST: Final = -1
"""The rank of what is last."""

ORDINAL_PATTERN: Final = "(?:premi(?:er|ère)|derni(?:er|ère)|[a-zè-]+ième|\\d+e)"
NUMBER_PATTERN: Final = "(?:une?|[a-z-]+|\\d+)"


def ordinal(rank: int, *, feminine: bool = False) -> str:
    """« premier », « première », « deuxième »… « vingtième », then « 21e »; -1 is the last."""
    if rank == LAST:
        return "dernière" if feminine else "dernier"
    if rank == 1 and feminine:
        return "première"
    return _ORDINALS[rank - 1] if rank <= len(_ORDINALS) else f"{rank}e"


def read_ordinal(word: str) -> int | None:
    """The rank that a word of ``ordinal`` tells; None for any other word."""
    if word in ("dernier", "dernière"):
        return LAST
    if word == "première":
        return 1
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    digits = word.removesuffix("e")
    return int(digits) if digits != word and digits.isascii() and digits.isdecimal() else None


def number_word(count: int, *, feminine: bool = False) -> str:
    """« un », « une », « deux »… « vingt », then « 21 »."""
    if count == 1 and feminine:
        return "une"
    return _NUMBERS[count - 1] if count <= len(_NUMBERS) else str(count)


@dataclass(frozen=True, slots=True)
class Quality:
    """What a quoted text is: the noun that announces it, with its article and agreement."""

    noun: str
    is_feminine: bool = False
    is_plural: bool = False

    @property
    def ending(self) -> str:
        """What a participle takes: nothing, « e », « s »."""
        return ("e" if self.is_feminine else "") + ("s" if self.is_plural else "")

    @property
    def auxiliary(self) -> str:
        """« est » or « sont »."""
        return "sont" if self.is_plural else "est"


WORDS: Final = Quality("les mots", is_plural=True)
WORD: Final = Quality("le mot")
NUMBER: Final = Quality("le nombre")
AMOUNT: Final = Quality("le montant")
DATE: Final = Quality("la date", is_feminine=True)
RATE: Final = Quality("le taux")
QUALITIES: Final = (WORDS, WORD, NUMBER, AMOUNT, DATE, RATE)

_DIGITS = r"[−-]?\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?"
_PATTERNS: Final = (
    (RATE, re.compile(rf"{_DIGITS}[ \u00a0\u202f]?%")),
    (AMOUNT, re.compile(rf"{_DIGITS}[ \u00a0\u202f]?(?:k€|M€|€|euros?)")),
    (
        DATE,
        re.compile(
            rf"(?:1er|\d{{1,2}})[ \u00a0](?:{'|'.join(MONTHS)})[ \u00a0]\d{{4}}|\d\d/\d\d/\d{{4}}"
        ),
    ),
    (NUMBER, re.compile(_DIGITS)),
)


def quality_of(text: str) -> Quality:
    """How a quoted text is announced: « le taux », « la date », else « le mot » or « les mots »."""
    for quality, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return quality
    return WORD if text and not re.search(r"\s", text.strip()) else WORDS


OPENING: Final = f"«{NBSP}"
CLOSING: Final = f"{NBSP}»"
_INNER: Final = str.maketrans("«»", "“”")
_OUTER: Final = str.maketrans("“”", "«»")


def inner_marks(text: str) -> str:
    """The text as it stands inside a quotation: its own « » are printed “ ”."""
    return text.translate(_INNER)


def outer_marks(text: str) -> str:
    """The text as the contract has it, from inside a quotation.

    A contract's own “ ” cannot be told from its « » there: both give « ».
    """
    return text.translate(_OUTER)


def told_text(text: str) -> str:
    """A text as a quotation can tell it: its “ ” and its « » look alike there."""
    return outer_marks(inner_marks(text))


def quoted(text: str) -> str:
    """The text between guillemets."""
    return f"{OPENING}{inner_marks(text)}{CLOSING}"


def announced(text: str) -> str:
    """« les mots : « A » », « la date : « … » »."""
    return f"{quality_of(text).noun}{NBSP}: {quoted(text)}"


def plural(count: int, singular: str, several: str) -> str:
    """One of two words, by number."""
    return singular if count == 1 else several


def list_marker(number: int) -> str:
    """« 1° », « 2° »: what numbers the operations on one unit."""
    return f"{number}°{NBSP}"


def sentence_case(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]
