"""The versions of the articles of a code, as extracts of the law give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

NO_END = date(2999, 1, 1)
"""The day that stands for « no known end » in the LEGI base."""
STILLBORN = "MODIFIE_MORT_NE"
"""The state of a version that never came into force."""


@dataclass(frozen=True, slots=True)
class ExtractedVersion:
    """One version of an article; both days are inclusive, ``end`` is None without a known end."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class LawExtract:
    """The versions of every article of one code, in order of time, as of the day ``on``."""

    title: str
    on: date
    articles: Mapping[str, tuple[ExtractedVersion, ...]]


def order_versions(spans: Iterable[tuple[date, date]]) -> tuple[ExtractedVersion, ...]:
    """The versions that were in force for a day at least, none running into the next.

    A span has its first day and the day after its last one, ``NO_END`` or later without a known
    end.
    """
    real = sorted(span for span in spans if span[0] < span[1])
    found = []
    for index, (start, end) in enumerate(real):
        following = real[index + 1][0] if index + 1 < len(real) else NO_END
        last = min(end, following)
        if start < last:
            found.append(
                ExtractedVersion(start, None if last >= NO_END else last - timedelta(days=1))
            )
    return tuple(found)


def plain_number(number: str) -> str:
    """« R*6122-25 » as the registry writes it: R6122-25."""
    return number.replace("*", "").replace(" ", "").replace(".", "")
