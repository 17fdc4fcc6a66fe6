"""Words as a French reader sees them: the smallest pieces that a comparison may show.

An amount with its groups and unit is one token (« 1 234 567,00 € »), « l’ » is apart from its noun,
every space, whatever its kind, is a token of its own. The tokens of a text, joined, are the text.
"""

import re

HELD_HYPHEN = "\uffff"
"""Stands for Word's no-break hyphen, which is no character; no text of a document can hold it."""

_SPACE = r"[^\S\n]"
_TOKEN = re.compile(
    rf"(?<!\w)[−+-]?\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?(?:{_SPACE}?[€%])?"
    rf"|\d+,\d+(?:{_SPACE}?[€%])?"
    rf"|\d+{_SPACE}?[€%]"
    r"|\d+(?:/\d+)+"
    r"|[Aa]ujourd[’']hui"
    r"|[^\W\d_]+[’'ʼ](?=\w)"
    rf"|\w+(?:[-\u2011{HELD_HYPHEN}]\w+)*"
    r"|.",
    re.DOTALL,
)
_WORDS = re.compile(r"\w+")


def split_tokens(text: str) -> list[str]:
    """The tokens of ``text``; joined they give it back. An empty text has one empty token."""
    return _TOKEN.findall(text) or [""]


def is_word(token: str) -> bool:
    """True for a token that a reader reads: not a space, not punctuation alone."""
    return len(token) > 1 or token.isalnum()


def find_words(text: str) -> list[str]:
    """The words of ``text`` in lower case, without punctuation: only for telling likeness."""
    return _WORDS.findall(text.lower())
