"""A code of law as the npm package ``@socialgouv/legi-data`` gives it: one JSON file.

From the LEGI base of the DILA: a tree of sections and articles; ``articleVersions`` of an article
lists its versions, each with its state and two days in milliseconds since 1970-01-01 UTC, the
second one exclusive and in 2999 when no end is known. The state of a version (« MODIFIE »,
« ABROGE_DIFF ») is not read: it tells why a version ends, never what becomes of the article.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contract_builder.library.law_versions import (
    NO_END,
    STILLBORN,
    ExtractedVersion,
    LawExtract,
    order_versions,
    plain_number,
)


def parse_law_json(source: bytes) -> LawExtract:
    """The code of a file; ValueError, KeyError, TypeError or AttributeError when it is no code."""
    data = json.loads(source)
    head = data["data"]
    articles = {
        plain_number(article["num"]): _versions(article["articleVersions"])
        for article in _iter_articles(data)
        if article.get("num")
    }
    return LawExtract(head["title"], date.fromisoformat(head["dateModif"]), articles)


def _iter_articles(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The data of every article below a node, without recursion: trees are as deep as they like."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current["type"] == "article":
            yield current["data"]
        waiting.extend(current.get("children", ()))


def _versions(items: list[Mapping[str, Any]]) -> tuple[ExtractedVersion, ...]:
    return order_versions(
        (_day(item["dateDebut"]), _day(item["dateFin"]))
        for item in items
        if item["etat"] != STILLBORN
    )


def _day(milliseconds: int) -> date:
    """The day of an instant; what lies past 2999 is « no end »."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    return min(moment.date(), NO_END)
