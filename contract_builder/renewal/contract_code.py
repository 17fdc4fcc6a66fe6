"""Contract codes from one generation to the next: « 990000011AA », then « 990000011AB »."""

import re
from collections.abc import Collection

_CODE = re.compile(r"(?P<stem>.*?[0-9A-Z]{9}[-_ ]?)(?P<letters>[A-Z]{2})(?:-\d{4})?")
_FIRST, _COUNT = ord("A"), 26


def find_next_code(code: str, taken: Collection[str]) -> str | None:
    """The code of the next generation: the first pair of letters after ``code`` that is free.

    A year after the letters is dropped. None when the code does not end with two letters, or when
    no pair is left.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    first, second = (ord(letter) - _FIRST for letter in found["letters"])
    for rank in range(first * _COUNT + second + 1, _COUNT**2):
        letters = "".join(chr(_FIRST + digit) for digit in divmod(rank, _COUNT))
        candidate = f"{found['stem']}{letters}"
        if candidate not in taken:
            return candidate
    return None
