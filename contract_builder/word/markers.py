"""The names by which a section or a value is found again inside a Word file.

Both functions are pure: who holds the contract computes the same names again and so recognises
the clauses and values of a file that comes back edited.
"""

import re
from hashlib import sha256
from typing import Final

BOOKMARK_PREFIX: Final = "s_"
BOOKMARK_MAX: Final = 40  # Word cuts longer names (limit of its Bookmark dialog)
TAG_MAX: Final = 64  # Word refuses longer tags in content controls

_PLAIN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOT_IN_BOOKMARK = re.compile(r"[^A-Za-z0-9]+")
_DIGEST_LENGTH = 10


def bookmark_name(section_id: str) -> str:
    """The bookmark of a section: ``s_`` and its id, hyphens as underscores.

    At most 40 characters, ASCII letters, digits and underscores only. An id that is longer or
    has other characters keeps its beginning and gets a digest, so that two ids never meet.
    """
    plain = BOOKMARK_PREFIX + section_id.replace("-", "_")
    if _PLAIN_ID.fullmatch(section_id) and len(plain) <= BOOKMARK_MAX:
        return plain
    readable = _NOT_IN_BOOKMARK.sub("_", section_id)
    kept = BOOKMARK_MAX - len(BOOKMARK_PREFIX) - _DIGEST_LENGTH - 2
    # The double underscore never occurs in a plain name made from a well-formed id.
    return f"{BOOKMARK_PREFIX}{readable[:kept].strip('_')}__{_digest(section_id)}"


def control_tag(key: str) -> str:
    """The tag of the content control of a value: its key, shortened with a digest if too long."""
    if len(key) <= TAG_MAX:
        return key
    return f"{key[: TAG_MAX - _DIGEST_LENGTH - 1]}~{_digest(key)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
