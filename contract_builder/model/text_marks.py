"""Marks that every document prints alike: what stands before list items, how a note is told.

« au 2, a) » must lead to the same item in the Word file and in the PDF.
"""

from typing import Final

BULLETS: Final = ("•", "–", "▪")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def bullet(depth: int) -> str:
    """The bullet of an item that stands in ``depth`` other bulleted lists."""
    return BULLETS[depth % len(BULLETS)]


def item_number(number: int, depth: int) -> str:
    """The number of an item that stands in ``depth`` other numbered lists: 1. then a) then i.

    A list may begin at 0, which neither letters nor Roman numerals can say: it stays « 0 ».
    """
    form = depth % 3 if number > 0 else 0
    ending = ")" if depth % 3 == 1 else "."
    return (str, letters, roman)[form](number) + ending


def letters(number: int) -> str:
    """The number, from 1, as Word writes it in letters: a … z, aa, bb (17.18.59)."""
    repeats, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (repeats + 1)


def roman(number: int) -> str:
    """The number, from 1, in small Roman numerals."""
    text = ""
    for value, numeral in _ROMAN:
        repeats, number = divmod(number, value)
        text += numeral * repeats
    return text


def note_in_text(text: str) -> str:
    """A footnote told at its call, right after its number: how documents are read back."""
    return f" [{text}]"
