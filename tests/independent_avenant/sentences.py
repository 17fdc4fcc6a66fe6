"""The sentences of an avenant's articles, one form after the other, as orders.

A sentence that ends with a colon is followed by what it quotes: paragraphs between « and », a table
under the header of the old one, or both.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.independent_avenant.order import Order, Side, Spot, UnitName, UnreadableError
from tests.independent_avenant.places import ORDINAL, PlaceReader, rank_of
from tests.independent_avenant.printed_contract import (
    Element,
)
from tests.independent_avenant.quoted import Quoted

_WORDS = r"(?:les mots|le mot|le nombre|le montant|la date|le taux) ?: ?"
_Q = r"(⟦\d+⟧)"
_COUNT = r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|[a-zé-]+|[0-9]+)"
_OCCURRENCE = rf"(?:, à la (?P<nth>{ORDINAL}) occurrence|(?P<each>, à chaque occurrence))?"
_REPLACE = re.compile(rf"^{_WORDS}{_Q} (?:est|sont) remplacée?s? par {_WORDS}{_Q}$")
_INSERT = re.compile(rf"^(après|avant) {_WORDS}{_Q}, (?:est|sont) insérée?s? {_WORDS}{_Q}$")
_DELETE = re.compile(rf"^{_WORDS}{_Q} (?:est|sont) supprimée?s?$")
_AT = re.compile(
    rf"^(?:au (?P<place>{ORDINAL} (?:alinéa|visa|considérant)(?: (?:de l'|de la |des |du ).*?)?)"
    rf"{_OCCURRENCE}, )(?P<rest>(?:les|le|la|après|avant) .*)$"
)
_IN_TABLE = re.compile(r"^dans (?P<place>le .*?tableau.*?), (?P<rest>.*)$")


@dataclass(slots=True)
class Sentence:
    """A sentence without its number and final stop, its quotations taken out, what follows it."""

    text: str
    places: PlaceReader
    context: Spot
    article: str
    printed: str
    quoted: Quoted

    def order(
        self,
        kind: str,
        spot: Spot,
        side: Side | None = None,
        *,
        old: str | None = None,
        new: str | None = None,
        target: UnitName | None = None,
    ) -> Order:
        """The order that it gives."""
        return Order(kind, spot, self.article, self.printed, side, old, new, target)


Form = Callable[[Sentence], Order | None]


def read_sentence(sentence: Sentence) -> Order:
    """The order of one sentence, whatever its form."""
    for form in _FORMS:
        found = form(sentence)
        if found is not None:
            return found
    raise UnreadableError(f"no known form: {sentence.printed}")


def _words(sentence: Sentence) -> Order | None:
    """Au deuxième alinéa de l'article 6.2, les mots : « A » sont…"""
    spot, rest = sentence.context, sentence.text
    found = _AT.match(sentence.text)
    if found:
        place = sentence.places.find(found["place"])
        if place is None:
            return None
        nth = rank_of(found["nth"]) if found["nth"] else None
        spot = replace(place, occurrence="each" if found["each"] else nth)
        rest = found["rest"]
    elif spot.first is None:
        return None
    quote = sentence.places.quoted
    if changed := _REPLACE.match(rest):
        return sentence.order("replace_words", spot, old=quote(changed[1]), new=quote(changed[2]))
    if changed := _INSERT.match(rest):
        side: Side = "after" if changed[1] == "après" else "before"
        old, new = quote(changed[2]), quote(changed[3])
        return sentence.order("insert_words", spot, side, old=old, new=new)
    if changed := _DELETE.match(rest):
        return sentence.order("delete_words", spot, old=quote(changed[1]))
    return None


def _completed_words(sentence: Sentence) -> Order | None:
    found = re.match(rf"^(.*?) est complétée? par {_WORDS}{_Q}$", sentence.text)
    spot = sentence.places.find(found[1]) if found else None
    if not found or spot is None or spot.first is None:
        return None
    return sentence.order("insert_words", spot, "end", new=sentence.places.quoted(found[2]))


def _paragraphs(sentence: Sentence) -> Order | None:
    noun = r"(?:alinéa|visa|considérant)s?"
    written = rf"(?:{_COUNT} {noun} ainsi rédigée?s?|les? (?:{_COUNT} )?{noun} suivants?)"
    text = sentence.text
    if found := re.match(rf"^(.*) est remplacée? par {written} :$", text):
        spot = sentence.places.get(found[1])
        return _with(sentence.order("replace_paragraph", spot), sentence.quoted.paragraphs())
    if found := re.match(
        rf"^au début(?: (?:de l'|de la |des |du )(.*))?, il est inséré {written} :$", text
    ):
        spot = sentence.places.get(found[1] or "il")
        order = sentence.order("insert_paragraphs", spot, "start")
        return _with(order, sentence.quoted.paragraphs())
    if found := re.match(rf"^(après|avant) (.*), il est inséré {written} :$", text):
        side: Side = "after" if found[1] == "après" else "before"
        order = sentence.order("insert_paragraphs", sentence.places.get(found[2]), side)
        return _with(order, sentence.quoted.paragraphs())
    if found := re.match(rf"^(.*) (?:est|sont) complétée?s? par {written} :$", text):
        order = sentence.order("insert_paragraphs", sentence.places.get(found[1]), "end")
        return _with(order, sentence.quoted.paragraphs())
    return None


def _suppressed(sentence: Sentence) -> Order | None:
    found = re.match(r"^(.*) (?:est|sont) supprimée?s?$", sentence.text)
    spot = sentence.places.find(found[1]) if found else None
    if not found or spot is None:
        return None
    if spot.first is not None:
        return sentence.order("delete_paragraphs", spot)
    return sentence.order("delete_table" if spot.is_table else f"delete_{_level(spot)}", spot)


def _level(spot: Spot) -> str:
    kind = spot.unit.kind if spot.unit else ""
    return {"fiche": "sheet", "annexe": "annex"}.get(kind, "section")


def _units(sentence: Sentence) -> Order | None:
    text, places = sentence.text, sentence.places
    if found := re.match(
        r"^(.*) (?:est|sont) remplacée?s? par les dispositions suivantes :$", text
    ):
        spot = places.get(found[1])
        return _with(sentence.order("replace_section", spot), sentence.quoted.section())
    if found := re.match(
        r"^(après|avant) (.*), il est inséré (?:un|une) (article|partie|annexe|fiche)(?: (.*?))? "
        r"ainsi rédigée? :$", text
    ):  # fmt: skip
        side: Side = "after" if found[1] == "après" else "before"
        order = sentence.order("insert_section", places.get(found[2]), side)
        return _with(order, sentence.quoted.section())
    if found := re.match(
        r"^(.*) est complétée? par (?:un|une) (article|partie|annexe|fiche)(?: (.*?))? "
        r"ainsi rédigée? :$", text
    ):  # fmt: skip
        order = sentence.order("insert_section", places.get(found[1]), "end")
        return _with(order, sentence.quoted.section())
    if found := re.match(
        r"^(.*) (?:est|sont) déplacée?s? après (.*) et garde(?:nt)? son numéro$", text
    ):
        target = places.get(found[2]).unit
        return sentence.order("move_section", places.get(found[1]), "after", target=target)
    if found := re.match(
        rf"^l'intitulé(?: (?:de l'|de la |des |du )(.*))? est remplacé par l'intitulé ?: ?{_Q}$",
        text,
    ):
        spot = places.get(found[1]) if found[1] else sentence.context
        return sentence.order("replace_title", spot, new=places.quoted(found[2]))
    return None


def _joined(sentence: Sentence) -> Order | None:
    text, places = sentence.text, sentence.places
    joined = r"(?:jointe?s? au présent avenant)"
    if found := re.match(rf"^(.*) est remplacée? par (l'annexe .*|la fiche) {joined}$", text):
        spot = places.get(found[1])
        return sentence.order(f"replace_{_level(spot)}", spot)
    if found := re.match(
        rf"^(après|avant) (.*), il est inséré (?:l'annexe|la fiche) (\S+) {joined}$", text
    ):
        side: Side = "after" if found[1] == "après" else "before"
        spot = places.get(found[2])
        level = "annex" if "l'annexe" in text.split("inséré")[1] else "sheet"
        return sentence.order(f"insert_{level}", spot, side, new=found[3])
    if found := re.match(rf"^(.*) est complétée? par (l'annexe|la fiche) (\S+) {joined}$", text):
        level = "annex" if found[2] == "l'annexe" else "sheet"
        return sentence.order(f"insert_{level}", places.get(found[1]), "end", new=found[3])
    return None


def _rows(sentence: Sentence) -> Order | None:
    text, places = sentence.text, sentence.places
    coming = rf"(?:la ligne suivante|les {_COUNT} lignes suivantes)"
    if found := re.match(rf"^au début du (.*), (?:est|sont) insérée?s? {coming} :$", text):
        order = sentence.order("insert_rows", _table(places.get(f"le {found[1]}")), "start")
        return _with(order, sentence.quoted.rows())
    if found := re.match(rf"^(.*) est complété par {coming} :$", text):
        order = sentence.order("insert_rows", _table(places.get(found[1])), "end")
        return _with(order, sentence.quoted.rows())
    found = _IN_TABLE.match(text)
    above = places.find(found["place"]) if found else sentence.context
    if above is None or not above.is_table:
        return None
    rest = found["rest"] if found else text
    inner = PlaceReader(places._quotations, above)
    if row := re.match(rf"^(la .*ligne.*) est remplacée par {coming} :$", rest):
        return _with(sentence.order("replace_row", inner.get(row[1])), sentence.quoted.rows())
    if row := re.match(rf"^(après|avant) (la .*), (?:est|sont) insérée?s? {coming} :$", rest):
        side: Side = "after" if row[1] == "après" else "before"
        order = sentence.order("insert_rows", inner.get(row[2]), side)
        return _with(order, sentence.quoted.rows())
    if row := re.match(r"^(la .*ligne.*) est supprimée$", rest):
        return sentence.order("delete_row", inner.get(row[1]))
    return None


def _row_suppressed(sentence: Sentence) -> Order | None:
    found = re.match(
        r"^(la (?:\S+ )?ligne.*) est (?:supprimée|(remplacée) par la ligne suivante :)$",
        sentence.text,
    )
    spot = sentence.places.find(found[1]) if found else None
    if not found or spot is None:
        return None
    if found[2]:
        return _with(sentence.order("replace_row", spot), sentence.quoted.rows())
    return sentence.order("delete_row", spot)


def _table(spot: Spot) -> Spot:
    if not spot.is_table:
        raise UnreadableError(f"no table: {spot}")
    return spot


def _tables(sentence: Sentence) -> Order | None:
    text, places = sentence.text, sentence.places
    if found := re.match(r"^(.*) est remplacé par le tableau suivant :$", text):
        spot = _table(places.get(found[1]))
        return _with(sentence.order("replace_table", spot), sentence.quoted.table())
    coming = r"le tableau(?: ⟦\d+⟧)? suivant"
    if found := re.match(
        rf"^au début(?: (?:de l'|de la |des |du )(.*))?, il est inséré {coming} :$", text
    ):
        order = sentence.order("insert_table", places.get(found[1] or "il"), "start")
        return _with(order, sentence.quoted.table())
    if found := re.match(rf"^(après|avant) (.*), il est inséré {coming} :$", text):
        side: Side = "after" if found[1] == "après" else "before"
        order = sentence.order("insert_table", places.get(found[2]), side)
        return _with(order, sentence.quoted.table())
    if found := re.match(rf"^(.*) (?:est|sont) complétée?s? par {coming} :$", text):
        order = sentence.order("insert_table", places.get(found[1]), "end")
        return _with(order, sentence.quoted.table())
    return None


def _notes(sentence: Sentence) -> Order | None:
    text, places = sentence.text, sentence.places
    if found := re.match(r"^(la .*note.*) est remplacée par la note suivante :$", text):
        order = sentence.order("replace_note", places.get(found[1]))
        return _with(order, sentence.quoted.notes())
    if found := re.match(r"^(le .*tableau.*|il) est complété par la note suivante :$", text):
        order = sentence.order("replace_note", _table(places.get(found[1])), "end")
        return _with(order, sentence.quoted.notes())
    return None


def _with(order: Order, elements: list[Element]) -> Order:
    return replace(order, elements=tuple(elements))


_FORMS: tuple[Form, ...] = (
    _words, _completed_words, _paragraphs, _units, _joined, _notes, _tables, _row_suppressed,
    _rows, _suppressed,
)  # fmt: skip
