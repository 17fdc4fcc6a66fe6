"""What two prints have in common once their typography is put aside."""

import re

_ALIKE = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "\u2011": "-", "\u00ad": ""})


def plain(text: str) -> str:
    """The text with ordinary spaces, apostrophes and hyphens; its « » stay."""
    return re.sub(r"\s+", " ", text.translate(_ALIKE)).strip()


def unquoted(text: str) -> str:
    """Plain, and with one kind of quotation mark: inside a quotation « » are printed “ ”."""
    return re.sub(r"[«“]\s*", "“", re.sub(r"\s*[»”]", "”", plain(text)))


def bare(text: str) -> str:
    """Without any space: what is compared in the end."""
    return re.sub(r"\s+", "", unquoted(text))
