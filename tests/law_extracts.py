"""Extracts of a code of law, as the registry of references is compared with."""

import json
from datetime import UTC, datetime

Versions = list[tuple[str, str, str]]


def extract(articles: dict[str, Versions], title: str = "Code de la santé publique") -> str:
    """An extract of two sections deep; a version is its state, its first day, the day after."""

    def milliseconds(day: str) -> int:
        return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)

    children = [
        {
            "type": "article",
            "data": {
                "num": number,
                "articleVersions": [
                    {"etat": state, "dateDebut": milliseconds(start), "dateFin": milliseconds(end)}
                    for state, start, end in versions
                ],
            },
        }
        for number, versions in articles.items()
    ]
    section = {"type": "section", "data": {"title": "Partie"}, "children": children}
    return json.dumps(
        {
            "type": "code",
            "data": {"title": title, "dateModif": "2026-03-14"},
            "children": [section],
        }
    )
