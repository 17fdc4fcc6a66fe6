"""Which files are of the SAE as the DREES publishes it, by the titles of their columns.

Besides the forms, a year has a table of sites (ST) and two summaries without the name of a form:
one of sites (SYGEN), one of hospital groups (GHT). They hold nothing that a profile has.
"""

from collections.abc import Sequence
from itertools import islice

from contract_builder.registries.delimited import fold_title
from contract_builder.registries.text_files import TextFile, iter_lines

FORM_COLUMNS = ("BOR", "AN", "FI", "FI_EJ")
_OTHER_COLUMNS = (
    ("BOR", "AN", "FI"),
    ("FI", "FI_EJ", "AN", "LIT_MED"),
    ("CODE_GHT", "LIT_MED"),
    ("GHT_CODE", "LIT_MED"),
)
_SUMMARY = "synthèse"
_FIRST_LINES = 20  # among which a file has its titles


def is_form(lines: Sequence[str]) -> bool:
    """True when one of the first lines of a file has the columns of a file of the survey."""
    return any(_is_readable(titles) or _is_unread(titles) for titles in map(_titles, lines))


def find_unread_titles(file: TextFile) -> tuple[int, str] | None:
    """The line of the titles of a file of the survey that has other columns, and its name.

    None for a file with the columns of the forms that are read.
    """
    for number, text in enumerate(islice(iter_lines(file), _FIRST_LINES), start=1):
        titles = _titles(text)
        if _is_readable(titles):
            return None
        if _is_unread(titles):
            has_name = fold_title("BOR") in titles
            following = next(islice(iter_lines(file), number, None), "")
            return number, following.split(";")[0].strip('" ') if has_name else _SUMMARY
    return None


def _titles(line: str) -> frozenset[str]:
    return frozenset(fold_title(title.strip('" \r\n')) for title in line.split(";"))


def _is_readable(titles: frozenset[str]) -> bool:
    return {fold_title(title) for title in FORM_COLUMNS} <= titles


def _is_unread(titles: frozenset[str]) -> bool:
    return any({fold_title(title) for title in names} <= titles for names in _OTHER_COLUMNS)
