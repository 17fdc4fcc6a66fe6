"""French typography of the library's own prose, applied once, when text enters the tree.

No-break spaces before « : ; ? ! » and inside guillemets, in numbers, units, hours, « n° », titles
and article numbers; curly apostrophes; « œ », « … », « 2e ». Names, addresses and codes of a
profile are never touched, nor what looks like a code or an address in the prose; the sentences of
a profile keep their letters.
Source: Lexique des règles typographiques en usage à l’Imprimerie nationale.
"""

import re
from functools import lru_cache

from contract_builder.model.french import NBSP

_ADDRESS = re.compile(r"(\S*(?:://|@|www\.|_|\\|\.\.?/)\S*)")
"""Addresses, paths and codes: their letters are never changed."""

_WORD = r"(?<![\w./])"
_WORD_GOES_ON = r"(?![\w’-]*(?:[/\d]|\.\w))"

_LETTERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w)'(?=\w)", "’"),
        (r"(?<![\w./-])(1)(?:ère|ere)\b(?!-)", r"\1re"),
        (r"(?<![\w./-])(\d+)(?:ième|ème|eme)\b(?!-)", r"\1e"),
        (
            rf"{_WORD}([Cc]h?(?=oeur)|[Ss](?=oeur)|[Mm]an(?=oeuvr)|[Nn](?=oeud)|[Vv](?=oeux?\b)"
            r"|[Bb](?=oeuf)|[Mm](?=oeurs\b)|[Ff](?=oet(?:us|al|aux))"
            rf"|(?=oeuvr|oeuf|oeil|oed[eè]m|oesophag|oestrog))oe{_WORD_GOES_ON}",
            r"\1œ",
        ),
        (rf"{_WORD}Oe(?=uvr|uf|il|d[eè]m|sophag|strog){_WORD_GOES_ON}", "Œ"),
        (r"(?<=[\w)»’\u00a0 ])\.{3}(?![\w.])", "…"),
    )
)
"""« coexister », « moelle » and « coefficient » have two letters."""

_SPACES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[\w)»%€’])(?<!http)(?<!https)([;:?!])(?=[)»,.]*(?:\s|$))", NBSP + r"\1"),
        (r"(?<=\S) ([;:?!»])", NBSP + r"\1"),
        (r"« ?(?=\S)", "«" + NBSP),
        (r"(?<=\S)(?<!\u00a0)»", NBSP + "»"),
        (r"(?<=\d) (?=\d{3}(?!\d))", NBSP),
        (r"(?<=\d) (?=[%€°]|(?:[kM]|Md)€|(?:km|m²|kg|mg|min|h)\b)", NBSP),
        (r"(?<=\d\u00a0h) (?=\d\d\b)", NBSP),
        (r"\b(M\.|MM\.|Mmes?|Mlles?|Dr|Pr|Me) (?=[A-ZÀÂÇÉÈÊÎÔ])", r"\1" + NBSP),
        (r"(?:(?<=§)|(?<=\bp\.)|(?<=\bal\.)) (?=\d)", NBSP),
        (r"(?<=[≥≤<>+±−]) (?=\d)", NBSP),
        (r"\b([nN]°) ?(?=\d)", r"\1" + NBSP),
        (r"\b([LRDA]\.)[ ]?(?=\*?\d)", r"\1" + NBSP),
        (r"\b([Aa]rticles?|[Aa]rt\.|[Aa]nnexes?) (?=\w?\.?\d|[LRD]\.)", r"\1" + NBSP),
        (r"(?<=\b1er) (?=[a-zûé]+ \d{4})", NBSP),
        (r"(?<=\b\d) (?=(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))", NBSP),
        (r"(?<=\b\d\d) (?=(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))", NBSP),
    )
)


_BOUND: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), NBSP)
    for pattern in (
        r"(?<=\S) (?=[;:?!»])",
        r"(?<=«) (?=\S)",
        r"(?<=\d) (?=\d{3}(?!\d))",
        r"(?<=\d) (?=[%€°]|(?:[kM]|Md)€)",
        r"(?<=[≥≤<>+±−]) (?=\d)",
    )
)
"""What is done to the sentences of a profile: a space that is there, never one that is not."""


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """``text`` with French typography; applying it twice changes nothing more.

    Kept, for most texts stand in every contract.
    """
    pieces = _ADDRESS.split(text)
    pieces[::2] = [_apply(_LETTERS, piece) for piece in pieces[::2]]
    return _apply(_SPACES, "".join(pieces))


def bind_spaces(text: str) -> str:
    """``text`` with its own spaces made no-break where French asks for it, and nothing else.

    For the sentences of a profile: « 4,1 % » must not be cut at the end of a line.
    """
    return _apply(_BOUND, text)


def _apply(rules: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
