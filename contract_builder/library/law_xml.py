"""A code of law as the DILA publishes the LEGI base: a folder of XML files.

``article/…/LEGIARTI….xml`` is one version of one article: its number, its state, its first day and
the day after its last one (2999-01-01 without a known end). ``texte/…/LEGITEXT….xml`` tells the
title of the code and the day of its last change. Several extracts of a day lie one over the other
in one folder, as they are unpacked.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lxml import etree

from contract_builder.library.law_versions import (
    STILLBORN,
    LawExtract,
    order_versions,
    plain_number,
)
from contract_builder.reading.bounded import MAX_FILE_BYTES, read_bounded


class LawFolderError(ValueError):
    """A folder is not one code of the LEGI base; the text says why, in French."""


def load_law_folder(folder: Path) -> LawExtract:
    """The code whose files lie under ``folder``, at any depth.

    LawFolderError when they are not those of one code, OSError when one cannot be read.
    """
    title, on = _read_text(folder)
    spans: dict[str, list[tuple[date, date]]] = {}
    for path in sorted(folder.rglob("LEGIARTI*.xml")):
        article = _parse(path)
        number = plain_number(_value(article, "NUM"))
        if number and _value(article, "ETAT") != STILLBORN:
            span = (_day(path, article, "DATE_DEBUT"), _day(path, article, "DATE_FIN"))
            spans.setdefault(number, []).append(span)
    if not spans:
        raise LawFolderError("il ne contient aucun article (LEGIARTI….xml)")
    versions = {number: order_versions(found) for number, found in spans.items()}
    return LawExtract(title, on, versions)


def _read_text(folder: Path) -> tuple[str, date]:
    """The title of the code, and the day of its last change that any of its files knows."""
    titles: dict[str, None] = {}
    days: list[date] = []
    for path in _iter_texts(folder):
        text = _parse(path)
        title = _value(text, "TITRE") or _value(text, "TITRE_TEXTE")
        if title:
            titles[" ".join(title.split())] = None
        if _value(text, "DERNIERE_MODIFICATION"):
            days.append(_day(path, text, "DERNIERE_MODIFICATION"))
    if not titles or not days:
        raise LawFolderError("il ne dit ni le titre du code ni sa date (LEGITEXT….xml)")
    if len(titles) > 1:
        raise LawFolderError(f"il contient plusieurs textes : {', '.join(titles)}")
    return next(iter(titles)), max(days)


def _iter_texts(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.rglob("LEGITEXT*.xml")))


def _parse(path: Path) -> "etree._Element":
    """The root of a file; nothing that it names is fetched, nothing that it declares expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(read_bounded(path, MAX_FILE_BYTES), parser)
    except etree.XMLSyntaxError as error:
        raise LawFolderError(f"« {path.name} » n’est pas un fichier XML entier") from error


def _value(root: "etree._Element", tag: str) -> str:
    """The text of the first element of that name, empty without one."""
    found = next(root.iter(tag), None)
    return (found.text or "").strip() if found is not None else ""


def _day(path: Path, root: "etree._Element", tag: str) -> date:
    text = _value(root, tag)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise LawFolderError(f"« {path.name} » : {tag} n’est pas une date (« {text} »)") from error
