"""Where a few words stand in the file that a value was read from."""

from contract_builder.source import Place

_INSIDE = (" ", "-", "")
_WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"


def locate_words(place: Place, words: str) -> Place:
    """The first place of ``words`` at or after ``place``, as whole words; else ``place`` itself.

    Lists and folded texts know only where they begin; this finds one item of them. Looks no
    further than the next key at the margin, or the end of the front matter.
    """
    lines = place.source.lines
    column = place.column - 1
    for number in range(place.line - 1, len(lines)):
        line = lines[number]
        if number >= place.line and (line[:1] not in _INSIDE or line.startswith("---")):
            break
        found = _find_words(line, words, column)
        if found >= 0:
            return Place(place.source, number + 1, found + 1, len(words))
        column = 0
    return place


def _find_words(line: str, words: str, start: int) -> int:
    found = line.find(words, start)
    while found >= 0:
        after = line[found + len(words) : found + len(words) + 1]
        if not after or after not in _WORD:
            return found
        found = line.find(words, found + 1)
    return -1
