"""An extract of a code of law, read for one thing: all the versions of each article.

The format is that of the npm package ``@socialgouv/legi-data`` (one JSON file a code, from the LEGI
base of the DILA): a tree of sections and articles; ``articleVersions`` of an article lists its
versions, each with its state and two days in milliseconds since 1970-01-01 UTC, the second one
exclusive and in 2999 when no end is known. The state of a version (« MODIFIE », « ABROGE_DIFF »)
is not read: it tells why a version ends, never what becomes of the article.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from contract_builder.errors import UserError, system_reason
from contract_builder.reading.bounded import read_bounded

_STILLBORN = "MODIFIE_MORT_NE"
_NO_END = date(2999, 1, 1)


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


def load_law_extract(path: Path) -> LawExtract:
    """The extract at ``path``; UserError when the file cannot be read or is something else."""
    try:
        data = json.loads(read_bounded(path))
        head = data["data"]
        articles = {
            _plain_number(article["num"]): _versions(article["articleVersions"])
            for article in _iter_articles(data)
            if article.get("num")
        }
        return LawExtract(head["title"], date.fromisoformat(head["dateModif"]), articles)
    except OSError as error:
        raise UserError(f"« {path} » ne se lit pas : {system_reason(error)}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UserError(
            f"« {path} » n’est pas un extrait de code : il faut un fichier JSON du paquet "
            "@socialgouv/legi-data, avec les versions de chaque article (articleVersions)."
        ) from error


def _iter_articles(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The data of every article below a node, without recursion: trees are as deep as they like."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current["type"] == "article":
            yield current["data"]
        waiting.extend(current.get("children", ()))


def _plain_number(number: str) -> str:
    """« R*6122-25 » as the registry writes it: R6122-25."""
    return number.replace("*", "").replace(" ", "").replace(".", "")


def _versions(items: list[Mapping[str, Any]]) -> tuple[ExtractedVersion, ...]:
    """The versions that were in force for a day at least, none running into the next."""
    spans = sorted(
        (start, end)
        for item in items
        if item["etat"] != _STILLBORN
        and (start := _day(item["dateDebut"])) < (end := _day(item["dateFin"]))
    )
    found = []
    for index, (start, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else _NO_END
        last = min(end, following)
        if start < last:
            found.append(
                ExtractedVersion(start, None if last >= _NO_END else last - timedelta(days=1))
            )
    return tuple(found)


def _day(milliseconds: int) -> date:
    """The day of an instant; what lies past 2999 is « no end »."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    return min(moment.date(), _NO_END)
