"""A printed avenant, read from its Word file alone: the orders, and what is joined to it."""

import re
from dataclasses import dataclass, field, replace

from tests.independent_avenant.order import Order, Spot, UnreadableError
from tests.independent_avenant.places import ORDINAL, PlaceReader
from tests.independent_avenant.printed_contract import Holder
from tests.independent_avenant.printed_file import Grid, Line, read_lines
from tests.independent_avenant.quoted import BLANK, CAPTION, NOTE, Quoted, read_elements
from tests.independent_avenant.sentences import Sentence, read_sentence
from tests.independent_avenant.typography import plain, unquoted

_ARTICLE = re.compile(r"^Article ([0-9]+) –")
_MARK = re.compile(r"^(?:(\d+)°|([a-z]+)\)) ")
_MODIFIED = re.compile(r"^(.*) (?:est|sont) ainsi modifiée?s? :$")
_AT_MODIFIED = re.compile(rf"^(?:au|à la) ({ORDINAL} .*) :$")
_ANNEX = re.compile(r"^Annexe ([A-Z0-9]+) – (.*)$")
_SHEET = re.compile(r"^(\S+) – (.*)$")
SPOKEN_OF = ("Objet", "Prise d’effet", "Autres stipulations")
"""The articles that order nothing."""


@dataclass(slots=True)
class ReadAvenant:
    """The orders in the order of print; the annexes and sheets joined, by number."""

    orders: list[Order] = field(default_factory=list)
    joined: dict[str, Holder] = field(default_factory=dict)


def read_avenant(docx: bytes) -> ReadAvenant:
    """All that the file orders; UnreadableError at what it cannot read."""
    avenant = ReadAvenant()
    number, body = "", list[Line | Grid]()
    lines = read_lines(docx)
    for at, line in enumerate(lines):
        is_title = isinstance(line, Line) and line.style.startswith(
            ("Heading1", "TitreSansNumero", "TitreAnnexe", "TitreFiche")
        )
        found = _ARTICLE.match(line.printed) if is_title and isinstance(line, Line) else None
        if is_title and number:
            avenant.orders += _read_article(number, body)
            number, body = "", []
        if found and isinstance(line, Line):
            number, body = ("" if line.text in SPOKEN_OF else found[1]), []
        elif isinstance(line, Line) and line.style in ("TitreAnnexe", "TitreFiche"):
            avenant.joined = _read_joined(lines[at:])
            break
        elif number:
            body.append(line)
    return avenant


def _read_joined(lines: list[Line | Grid]) -> dict[str, Holder]:
    joined: dict[str, Holder] = {}
    top = latest = Holder("", "", "", "")
    waiting: list[Line | Grid] = []
    for line in lines:
        if not isinstance(line, Line) or not line.style.startswith("Titre"):
            waiting.append(line)
            continue
        latest.items += read_elements(waiting)
        waiting = []
        if line.style == "TitreAnnexe":
            found = _ANNEX.match(plain(line.printed))
            if not found and line.text.startswith("Fiches de l’annexe"):
                top = latest = Holder("", "", "", "")
                continue
            if not found:
                raise UnreadableError(f"a joined annex without its number: {line.printed}")
            top = latest = joined[found[1]] = Holder("", "annexe", found[1], found[2])
        elif line.style == "TitreFiche":
            found = _SHEET.match(plain(line.printed))
            if not found:
                raise UnreadableError(f"a joined sheet without its code: {line.printed}")
            latest = Holder("", "fiche", found[1], found[2])
            if top.kind == "annexe":
                top.items.append(latest)
            else:
                joined[found[1]] = latest
        else:
            part = Holder("", "clause", "", plain(line.text))
            (top if top.kind == "annexe" else latest).items.append(part)
            latest = part
    latest.items += read_elements(waiting)
    return joined


def _read_article(number: str, lines: list[Line | Grid]) -> list[Order]:
    orders: list[Order] = []
    outer = inner = Spot()
    rest = list(lines)
    while rest:
        line = rest.pop(0)
        if isinstance(line, Line) and line.style == BLANK:
            continue
        if isinstance(line, Grid):
            raise UnreadableError(f"article {number}: a table without its sentence")
        text, level = _without_mark(line.text)
        context = (Spot(), outer, inner)[level]
        text = _without_stop(text)
        sentence, quotations = _take_quotations(text)
        places = PlaceReader(quotations, context)
        if header := _MODIFIED.match(sentence) or _AT_MODIFIED.match(sentence):
            spot = places.get(header[1])
            outer, inner = (spot, spot) if level == 0 else (outer, spot)
            continue
        quoted = _take_quoted(rest) if sentence.endswith(":") else Quoted()
        told = Sentence(sentence, places, context, number, line.text, quoted)
        orders.append(read_sentence(told))
    return orders


def _without_mark(text: str) -> tuple[str, int]:
    """The sentence without « 1° » or « a) », and how deep it stands."""
    found = _MARK.match(plain(text))
    if not found:
        return plain(text), 0
    return plain(text)[found.end() :], 1 if found[1] else 2


def _without_stop(text: str) -> str:
    return re.sub(r"(?: ;|\.)$", "", text)


def _take_quotations(text: str) -> tuple[str, list[str]]:
    """The sentence with ⟦0⟧, ⟦1⟧ for what it quotes, and its first letter small."""
    quotations: list[str] = []

    def mark(found: re.Match[str]) -> str:
        quotations.append(unquoted(found[1]))
        return f"⟦{len(quotations) - 1}⟧"

    marked = re.sub(r"«\s*(.*?)\s*»", mark, text)
    if "«" in marked or "»" in marked:
        raise UnreadableError(f"a quotation without end: {text}")
    return marked[:1].lower() + marked[1:], quotations


def _take_quoted(rest: list[Line | Grid]) -> Quoted:
    """Takes what belongs to the sentence: to the closing », or one table with caption and notes."""
    taken: list[Line | Grid] = []
    while rest and isinstance(rest[0], Line) and rest[0].style == BLANK:
        rest.pop(0)
    first = rest[0] if rest else None
    if not isinstance(first, Line) or not plain(first.text).startswith("«"):
        return Quoted(_take_table(rest))
    while rest:
        line = rest.pop(0)
        if isinstance(line, Grid):
            taken.append(line)
            continue
        text = plain(line.text)
        closes = re.search(r"\s*»(?: ?[;.])?$", text)
        kept = text[: closes.start()] if closes else text
        taken.append(replace(line, text=re.sub(r"^«\s*", "", kept)))
        if closes:
            return Quoted(taken + _take_tables(rest))
    raise UnreadableError(f"a quotation without end: {taken}")


def _take_tables(rest: list[Line | Grid]) -> list[Line | Grid]:
    """The tables that end what is quoted: they stand under its last paragraph."""
    taken: list[Line | Grid] = []
    while table := _take_table(rest):
        taken += table
    return taken


def _take_table(rest: list[Line | Grid]) -> list[Line | Grid]:
    """The table that comes next, with its caption and its notes, or notes alone; else nothing."""
    at = 0
    while at < len(rest) and _has_style(rest[at], CAPTION, BLANK):
        at += 1
    if at < len(rest) and isinstance(rest[at], Grid):
        at += 1
    elif at < len(rest) and _has_style(rest[at], NOTE):
        pass
    else:
        return []
    while at < len(rest) and _has_style(rest[at], NOTE):
        at += 1
    taken = rest[:at]
    del rest[:at]
    return taken


def _has_style(line: Line | Grid, *styles: str) -> bool:
    return isinstance(line, Line) and line.style in styles
