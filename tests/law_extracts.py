"""Extracts of a code of law, as the registry of references is compared with."""

import json
from datetime import UTC, datetime
from pathlib import Path

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


_TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<TEXTE_VERSION><META><META_COMMUN><ID>LEGITEXT000099000000</ID></META_COMMUN><META_SPEC>
<META_TEXTE_CHRONICLE><DERNIERE_MODIFICATION>2026-03-14</DERNIERE_MODIFICATION>
</META_TEXTE_CHRONICLE><META_TEXTE_VERSION><TITRE>{title}</TITRE></META_TEXTE_VERSION>
</META_SPEC></META></TEXTE_VERSION>
"""
_ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<ARTICLE><META><META_COMMUN><ID>LEGIARTI</ID></META_COMMUN><META_SPEC><META_ARTICLE>
<NUM>{number}</NUM><ETAT>{state}</ETAT><DATE_DEBUT>{start}</DATE_DEBUT><DATE_FIN>{end}</DATE_FIN>
</META_ARTICLE></META_SPEC></META><VERSIONS><VERSION etat="AUTRE"><LIEN_ART num="X1"/></VERSION>
</VERSIONS></ARTICLE>
"""


def write_law_folder(
    folder: Path, articles: dict[str, Versions], title: str = "Code de la santé publique"
) -> Path:
    """The same extract as the folder of a code of the LEGI base; gives the folder."""
    texts, versions = folder / "texte" / "version", folder / "article" / "LEGI" / "ARTI"
    texts.mkdir(parents=True, exist_ok=True)
    versions.mkdir(parents=True, exist_ok=True)
    (texts / "LEGITEXT000099000000.xml").write_text(_TEXT.format(title=title), "utf-8")
    known = [(number, *version) for number, found in articles.items() for version in found]
    for rank, (number, state, start, end) in enumerate(known):
        text = _ARTICLE.format(number=number, state=state, start=start, end=end)
        (versions / f"LEGIARTI{rank:012}.xml").write_text(text, "utf-8")
    return folder
