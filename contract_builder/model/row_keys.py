"""Keys of rows that nothing numbers: drawn from the words that name them, one for each row."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 60


def derive_row_keys(names: Iterable[str], given: Iterable[str] = ()) -> list[str]:
    """One key for each name, in order, no two equal: its words without accents, then « -2 »…

    A key stands as long as the name does. A name without letter or figure gives « ligne ». Where
    somebody gave a key, it is taken as it is: ``given`` has one entry a name, empty for none.
    """
    wanted = list(names)
    chosen = list(given) or [""] * len(wanted)
    taken = {key for key in chosen if key}
    keys = []
    for name, key in zip(wanted, chosen, strict=True):
        word, rank = _slug(name), 1
        found = key or word
        while not key and found in taken:
            rank += 1
            found = f"{word}-{rank}"
        taken.add(found)
        keys.append(found)
    return keys


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()
    return words[:_LONGEST].strip("-") or "ligne"
