"""Are two texts the same but for typography? Asked after the comparison, never before it.

Typography is: the kind and number of spaces, spaces next to punctuation and units, apostrophes,
quotation marks, hyphens and dashes, the dots of an ellipsis, composed or decomposed accents.
"""

import re
import unicodedata

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ´`′", "'"),
        **dict.fromkeys("«»“”„″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
        "…": "...",
    }
)
_SPACES = re.compile(r"\s+")
_AROUND_QUOTES = re.compile(r' ?" ?')
_BEFORE_MARK = re.compile(r" (?=[;:!?%€),.\]])")
_AFTER_MARK = re.compile(r"(?<=[(\[]) ")
_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?=,\d|€)")


def normal_form(text: str) -> str:
    """``text`` without its typography: only for telling classes of changes apart."""
    text = unicodedata.normalize("NFC", text).translate(_CHARACTERS)
    text = _AROUND_QUOTES.sub('"', _SPACES.sub(" ", text))
    text = _AFTER_MARK.sub("", _BEFORE_MARK.sub("", text))
    return _GROUPS.sub(lambda match: match.group().replace(" ", ""), text).strip()


def differ_in_typography_only(old: str, new: str) -> bool:
    """True for two different texts that a reader would pronounce and understand alike."""
    return old != new and normal_form(old) == normal_form(new)
