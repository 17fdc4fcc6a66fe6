"""French typography of the library's own prose, applied once, when text enters the tree.

No-break spaces before « : ; ? ! » and inside guillemets, in numbers, units, « n° » and article
numbers; curly apostrophes. Values of a profile (names, addresses, codes) are never touched.
Source: Lexique des règles typographiques en usage à l’Imprimerie nationale.
"""

import re
from functools import lru_cache

from contract_builder.model.french import NBSP

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w)'(?=\w)", "’"),
        (r"(?<=[\w)»%€’])(?<!http)(?<!https)([;:?!])(?=[)»,.]*(?:\s|$))", NBSP + r"\1"),
        (r"(?<=\S) ([;:?!»])", NBSP + r"\1"),
        (r"« ?(?=\S)", "«" + NBSP),
        (r"(?<=\S)(?<!\u00a0)»", NBSP + "»"),
        (r"(?<=\d) (?=\d{3}(?!\d))", NBSP),
        (r"(?<=\d) (?=[%€°])", NBSP),
        (r"(?<=[≥≤<>+±−]) (?=\d)", NBSP),
        (r"\bn° ?(?=\d)", "n°" + NBSP),
        (r"\b([LRDA]\.)[ ]?(?=\*?\d)", r"\1" + NBSP),
        (r"\b([Aa]rticles?|[Aa]rt\.|[Aa]nnexes?) (?=\w?\.?\d|[LRD]\.)", r"\1" + NBSP),
        (r"(?<=\b1er) (?=[a-zûé]+ \d{4})", NBSP),
        (r"(?<=\b\d) (?=(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))", NBSP),
        (r"(?<=\b\d\d) (?=(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))", NBSP),
    )
)


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """``text`` with French typography; applying it twice changes nothing more.

    Kept, for most texts stand in every contract.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
