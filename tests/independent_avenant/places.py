"""How a sentence calls a place: « le deuxième alinéa de l'article 6.2 », « du tableau « T » »."""

import re
from dataclasses import replace

from tests.independent_avenant.order import Spot, UnitName, UnreadableError

_ORDINALS = (
    *("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième"),
    *("huitième", "neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième"),
    *("quinzième", "seizième", "dix-septième", "dix-huitième", "dix-neuvième", "vingtième"),
)
ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|première|dernier|dernière|[0-9]+e)"
_LAST = ("dernier", "dernière")
QUOTE = r"⟦(\d+)⟧"
_UNIT = re.compile(
    r"^(?:(?:l'|la |les |le )?)(?P<kind>article|annexe|fiche|partie|visas|considérants|"
    r"désignation des parties|parties)"
    r"(?: (?P<name>⟦\d+⟧|[0-9]+(?:[.-][0-9]+| [A-Z]+)*|[A-Z][A-Za-z0-9_]*))?"
    r"(?: (?:de l'|de la |des |du |de )(?P<holder>.+))?$"
)
_ALINEA = re.compile(
    rf"^(?:les |le |la |au |aux )?(?P<first>{ORDINAL})(?: (?:à|et) (?P<last>{ORDINAL}))? "
    r"(?P<noun>alinéa|visa|considérant)s?(?: (?:de l'|de la |des |du )(?P<holder>.+))?$"
)
_TABLE = re.compile(
    rf"^(?:le |au |du |dans le )?(?:(?P<rank>{ORDINAL}) )?tableau(?: (?P<title>⟦\d+⟧))?"
    r"(?: (?:de l'|de la |des |du )(?P<holder>.+))?$"
)
_ROW = re.compile(
    rf"^la (?:(?P<rank>{ORDINAL}) )?ligne(?: (?P<name>⟦\d+⟧))?(?: (?:du )(?P<holder>.+))?$"
)
_NOTE = re.compile(rf"^la (?:(?P<rank>{ORDINAL}) )?note(?: (?:du )(?P<holder>.+))?$")
NOUNS = {"visa": "visas", "considérant": "considérants"}


def rank_of(ordinal: str) -> int:
    """« troisième » is 3, « 21e » 21, « dernier » -1."""
    if ordinal in _LAST:
        return -1
    if ordinal == "première":
        return 1
    return int(ordinal[:-1]) if ordinal[0].isdigit() else _ORDINALS.index(ordinal) + 1


class PlaceReader:
    """Reads the places of one sentence, whose quotations were taken out (⟦0⟧, ⟦1⟧…)."""

    def __init__(self, quotations: list[str], context: Spot) -> None:
        self._quotations = quotations
        self._context = context

    def quoted(self, mark: str) -> str:
        """The words of a quotation."""
        found = re.fullmatch(QUOTE, mark)
        return self._quotations[int(found[1])] if found else mark

    def unit(self, phrase: str) -> UnitName | None:
        """The unit called so; None when the phrase calls none."""
        found = _UNIT.match(phrase)
        if not found:
            return None
        holder = self.unit(found["holder"]) if found["holder"] else None
        if found["holder"] and holder is None:
            return None
        if found["kind"] == "partie" and holder is None and self._context.unit is not None:
            holder = self._context.unit
        return UnitName(found["kind"], self.quoted(found["name"] or ""), holder)

    def find(self, phrase: str) -> Spot | None:
        """The place called so, completed by what the sentences above already said."""
        return (
            self._find_alinea(phrase)
            or self._find_row(phrase)
            or self._find_note(phrase)
            or self._find_table(phrase)
            or self._find_unit(phrase)
        )

    def get(self, phrase: str) -> Spot:
        """The same, and an exception when it is no place."""
        found = self.find(phrase)
        if found is None:
            raise UnreadableError(f"no place: {phrase}")
        return found

    def _find_unit(self, phrase: str) -> Spot | None:
        if phrase in ("il", "elle", "ils", "elles"):
            return self._context
        unit = self.unit(phrase)
        return None if unit is None else Spot(unit)

    def _below(self, holder: str | None) -> Spot | None:
        """What a place is said to be of; the context when nothing is said."""
        return self.find(holder) if holder else self._context

    def _find_alinea(self, phrase: str) -> Spot | None:
        found = _ALINEA.match(phrase)
        if not found:
            return None
        noun = found["noun"]
        above = Spot(UnitName(NOUNS[noun])) if noun in NOUNS else self._below(found["holder"])
        if above is None:
            return None
        last = rank_of(found["last"]) if found["last"] else None
        return replace(above, first=rank_of(found["first"]), last=last)

    def _find_table(self, phrase: str) -> Spot | None:
        found = _TABLE.match(phrase)
        if not found:
            return None
        above = self._below(found["holder"])
        if above is None or (above.is_table and found["holder"]):
            return None
        if not found["title"] and not found["rank"]:
            return above if above.is_table else replace(above, is_table=True)
        return replace(
            above,
            is_table=True,
            table=self.quoted(found["title"]) if found["title"] else None,
            table_rank=rank_of(found["rank"]) if found["rank"] else None,
        )

    def _find_row(self, phrase: str) -> Spot | None:
        found = _ROW.match(phrase)
        above = self._below(found["holder"]) if found else None
        if not found or above is None:
            return None
        return replace(
            above,
            row=self.quoted(found["name"]) if found["name"] else None,
            row_rank=rank_of(found["rank"]) if found["rank"] else None,
        )

    def _find_note(self, phrase: str) -> Spot | None:
        found = _NOTE.match(phrase)
        above = self._below(found["holder"]) if found else None
        if not found or above is None:
            return None
        return replace(above, note_rank=rank_of(found["rank"]) if found["rank"] else 1)
