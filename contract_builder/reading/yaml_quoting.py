"""How a text is written as one YAML scalar: quotation marks only where needed."""

import json
import re

_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ0-9][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff:#,\[\]{}\"]*")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# Numbers of things rather than amounts: quoted, so that no reader of YAML makes a number of them.
_IDENTIFIER = re.compile(r"0\d+|\d{9,}|[0-9]+[eE][0-9]+|[\d_]*_[\d_]*")
_NEGATIVE = re.compile(r"-\d+(\.\d+)?")


def quote(text: str) -> str:
    """The scalar as YAML writes it."""
    if _NEGATIVE.fullmatch(text):
        return text
    plain = _PLAIN.fullmatch(text) and text == text.strip()
    if plain and text.lower() not in _RESERVED and not _IDENTIFIER.fullmatch(text):
        return text
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match.group()):04x}", escaped
    )
