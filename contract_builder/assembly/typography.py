"""French typography of the library's own prose, applied once, when text enters the tree.

No-break spaces before « : ; ? ! » and inside guillemets, in numbers, units, hours, « n° », titles
and article numbers; curly apostrophes; « œ », « … », « 2e ». Names, addresses and codes of a
profile are never touched, nor what looks like a code or an address in the prose; the sentences of
a profile keep their letters.
Source: Lexique des règles typographiques en usage à l’Imprimerie nationale.
"""

import re
from functools import lru_cache

from contract_builder.frozen import dataclass
from contract_builder.model.french import NBSP

_ADDRESS = re.compile(r"(\S*(?:://|@|www\.|_|\\|\.\.?/)\S*)")
"""Addresses, paths and codes: their letters are never changed."""
_ADDRESS_SIGNS = ("://", "@", "www.", "_", "\\", "./")
_DIGIT = re.compile(r"\d")

_WORD = r"(?<![\w./])"
_WORD_GOES_ON = r"(?![\w’-]*(?:[/\d]|\.\w))"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What ``pattern`` finds becomes ``replacement``.

    It finds nothing in a text that holds none of ``signs``, nor in one without a digit when
    ``of_numbers``: most rules are spared for most texts, in a fifth of the time.
    """

    pattern: re.Pattern[str]
    replacement: str
    signs: tuple[str, ...]
    of_numbers: bool = False


def _rule(pattern: str, replacement: str, *signs: str) -> _Rule:
    return _Rule(re.compile(pattern), replacement, signs)


def _rule_of_numbers(pattern: str, *signs: str) -> _Rule:
    """The space that ``pattern`` finds becomes a no-break one."""
    return _Rule(re.compile(pattern), NBSP, signs, of_numbers=True)


_LETTERS: tuple[_Rule, ...] = (
    _rule(r"(?<=\w)'(?=\w)", "’", "'"),
    _rule(r"(?<![\w./-])(1)(?:ère|ere)\b(?!-)", r"\1re", "1è", "1e"),
    _rule(r"(?<![\w./-])(\d+)(?:ième|ème|eme)\b(?!-)", r"\1e", "ème", "eme"),
    _rule(
        rf"{_WORD}([Cc]h?(?=oeur)|[Ss](?=oeur)|[Mm]an(?=oeuvr)|[Nn](?=oeud)|[Vv](?=oeux?\b)"
        r"|[Bb](?=oeuf)|[Mm](?=oeurs\b)|[Ff](?=oet(?:us|al|aux))"
        rf"|(?=oeuvr|oeuf|oeil|oed[eè]m|oesophag|oestrog))oe{_WORD_GOES_ON}",
        r"\1œ",
        "oe",
    ),
    _rule(rf"{_WORD}Oe(?=uvr|uf|il|d[eè]m|sophag|strog){_WORD_GOES_ON}", "Œ", "Oe"),
    _rule(r"(?<=[\w)»’\u00a0 ])\.{3}(?![\w.])", "…", "..."),
)
"""« coexister », « moelle » and « coefficient » have two letters."""

_MONTHS = "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"
_BEFORE_MONTH = f" (?=(?:{_MONTHS}))"
_SPACED_MONTHS = tuple(f" {month}" for month in _MONTHS.split("|"))
_THOUSANDS = _rule_of_numbers(r"(?<=\d) (?=\d{3}(?!\d))", " ")
_AFTER_SIGN = _rule_of_numbers(r"(?<=[≥≤<>+±−]) (?=\d)", *"≥≤<>+±−")

_SPACES: tuple[_Rule, ...] = (
    _rule(r"(?<=[\w)»%€’])(?<!http)(?<!https)([;:?!])(?=[)»,.]*(?:\s|$))", NBSP + r"\1", *";:?!"),
    _rule(r"(?<=\S) ([;:?!»])", NBSP + r"\1", " ;", " :", " ?", " !", " »"),
    _rule(r"« ?(?=\S)", "«" + NBSP, "«"),
    _rule(r"(?<=\S)(?<!\u00a0)»", NBSP + "»", "»"),
    _THOUSANDS,
    _rule_of_numbers(r"(?<=\d) (?=[%€°]|(?:[kM]|Md)€|(?:km|m²|kg|mg|min|h)\b)", " "),
    _rule_of_numbers(r"(?<=\d\u00a0h) (?=\d\d\b)", "h "),
    _rule(
        r"\b(M\.|MM\.|Mmes?|Mlles?|Dr|Pr|Me) (?=[A-ZÀÂÇÉÈÊÎÔ])",
        r"\1" + NBSP,
        *("M. ", "Mme", "Mlle", "Dr ", "Pr ", "Me "),
    ),
    _rule_of_numbers(r"(?:(?<=§)|(?<=\bp\.)|(?<=\bal\.)) (?=\d)", "§ ", "p. ", "al. "),
    _AFTER_SIGN,
    _rule(r"\b([nN]°) ?(?=\d)", r"\1" + NBSP, "n°", "N°"),
    _rule(r"\b([LRDA]\.)[ ]?(?=\*?\d)", r"\1" + NBSP, "L.", "R.", "D.", "A."),
    _rule(
        r"\b([Aa]rticles?|[Aa]rt\.|[Aa]nnexes?) (?=\w?\.?\d|[LRD]\.)",
        r"\1" + NBSP,
        *("rticle", "rt. ", "nnexe"),
    ),
    _rule_of_numbers(r"(?<=\b1er) (?=[a-zûé]+ \d{4})", "1er "),
    _rule_of_numbers(r"(?<=\b\d)" + _BEFORE_MONTH, *_SPACED_MONTHS),
    _rule_of_numbers(r"(?<=\b\d\d)" + _BEFORE_MONTH, *_SPACED_MONTHS),
)


_BOUND: tuple[_Rule, ...] = (
    _rule(r"(?<=\S) (?=[;:?!»])", NBSP, " ;", " :", " ?", " !", " »"),
    _rule(r"(?<=«) (?=\S)", NBSP, "« "),
    _THOUSANDS,
    _rule_of_numbers(r"(?<=\d) (?=[%€°]|(?:[kM]|Md)€)", " "),
    _AFTER_SIGN,
)
"""What is done to the sentences of a profile: a space that is there, never one that is not."""


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """``text`` with French typography; applying it twice changes nothing more.

    Kept, for most texts stand in every contract.
    """
    pieces = _ADDRESS.split(text) if any(sign in text for sign in _ADDRESS_SIGNS) else [text]
    pieces[::2] = [_apply(_LETTERS, piece) for piece in pieces[::2]]
    return _apply(_SPACES, "".join(pieces))


def bind_spaces(text: str) -> str:
    """``text`` with its own spaces made no-break where French asks for it, and nothing else.

    For the sentences of a profile: « 4,1 % » must not be cut at the end of a line.
    """
    return _apply(_BOUND, text)


def _apply(rules: tuple[_Rule, ...], text: str) -> str:
    has_digit = _DIGIT.search(text) is not None
    for rule in rules:
        if rule.of_numbers and not has_digit:
            continue
        for sign in rule.signs:  # ``any`` would take longer than the rules themselves
            if sign in text:
                text = rule.pattern.sub(rule.replacement, text)
                break
    return text
