"""Typed values of targets: what each type needs, and whether a text and a value agree.

Source of the rule: the table of types in ``docs/guide/formats.md``.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from contract_builder.frozen import dataclass
from contract_builder.model.fiche import NUMERIC_TYPES, TargetPart
from contract_builder.reading.scalars import parse_date, parse_decimal

Fault = tuple[str, str]
"""The key that is wrong, and why in French."""

_WITHOUT_VALUE = {
    "sans_objet": "« sans_objet » ne porte pas de valeur",
    "jalon": "un jalon ne porte pas de valeur",
    "texte": "un texte libre ne porte pas de valeur",
    "vide": "une cellule vide ne porte pas de valeur",
    "composite": "une cible composite porte ses valeurs dans « composantes »",
}
_YEAR = re.compile(r"\d{4}")
_FIGURE = re.compile(
    r"(?P<sign>[+−-]?)\s?(?P<number>\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<percent>\s?%)?"
)
_WORDS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt"
)
_NUMBER_WORDS = {word: rank for rank, word in enumerate(_WORDS.split())} | {"une": 1}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text says: « + 3 % » is 3, ``is_percent`` and ``is_relative``."""

    value: Decimal
    is_percent: bool = False
    is_relative: bool = False


def iter_target_faults(part: TargetPart) -> Iterator[Fault]:
    """What contradicts the type of a target, or of one of its parts."""
    for find_fault in (_fault_of_value, _fault_of_operator, _fault_of_fraction, _fault_of_text):
        fault = find_fault(part)
        if fault is not None:
            yield fault


def read_figures(text: str) -> tuple[Figure, ...]:
    """The numbers that a text says, in digits; without digits, in words up to twenty."""
    found = tuple(
        Figure(
            parse_decimal(match["number"]) * (-1 if match["sign"] in ("-", "−") else 1),
            match["percent"] is not None,
            bool(match["sign"]),
        )
        for match in _FIGURE.finditer(text)
    )
    words = re.findall(r"[\w-]+", text.lower())
    return found or tuple(
        Figure(Decimal(_NUMBER_WORDS[word])) for word in words if word in _NUMBER_WORDS
    )


def find_disagreement(text: str, value: str, kind: str) -> str | None:
    """Why a text and its typed value do not say the same, in French; None when they may.

    A text without a number agrees with any: it says in words what the value counts.
    """
    words = set(re.findall(r"\w+", text.lower()))
    said: tuple[str, ...] = ()
    if kind == "oui_non":
        said = tuple(sorted(words & {"oui", "non"}))
        agrees = not said or value in said
    elif kind == "date":
        said = tuple(_YEAR.findall(text))
        agrees = not said or value[:4] in said
    else:
        figures = read_figures(text)
        number = number_of_text(value)
        agrees = number is None or not figures or abs(number) in {abs(f.value) for f in figures}
    return None if agrees else f"le texte est « {text} » et la valeur « {value} »"


def number_of(part: TargetPart) -> Decimal | None:
    """The typed value as a number; None when it is not one."""
    return number_of_text(part.valeur)


def number_of_text(text: str) -> Decimal | None:
    """A typed value as a number; None when it is not one."""
    try:
        return parse_decimal(text)
    except ValueError:
        return None


def _fault_of_value(part: TargetPart) -> Fault | None:
    """``valeur``: there when the type needs one, readable, absent when the type has none."""
    if part.type in _WITHOUT_VALUE:
        return ("valeur", _WITHOUT_VALUE[part.type]) if part.valeur else None
    if not part.valeur:
        optional = part.doute or part.type == "a_fixer" or is_comparison(part)
        return None if optional else ("type", f"une cible « {part.type} » a une « valeur »")
    if part.doute:
        return None
    expected, read = _VALUES[part.type]
    try:
        read(part.valeur)
    except ValueError:
        return "valeur", f"« {part.valeur} » n’est pas {expected}"
    return None


def _fault_of_operator(part: TargetPart) -> Fault | None:
    """A threshold says on which side of the number the target is met."""
    if part.type == "seuil" and part.operateur is None and not part.doute:
        return "type", "un seuil a un « operateur » (>=, >, <= ou <)"
    return None


def _fault_of_fraction(part: TargetPart) -> Fault | None:
    """A denominator, positive, for fractions only."""
    if part.type != "fraction":
        given = part.denominateur is not None
        return ("denominateur", "seule une fraction a un « denominateur »") if given else None
    if part.denominateur is None:
        return None if part.doute else ("type", "une fraction a un « denominateur »")
    return None if part.denominateur > 0 else ("denominateur", "ce dénominateur n’est pas positif")


def _fault_of_text(part: TargetPart) -> Fault | None:
    """An empty cell has no text; a printed cell has one, or components that have it."""
    if part.type == "vide" and part.texte:
        return "texte", "une cellule vide n’a pas de texte"
    return None


def is_comparison(part: TargetPart) -> bool:
    """« Do better than in 2025 »: a comparison with a year, which needs no number."""
    return part.reference is not None and part.operateur is not None


def _read_yes_no(text: str) -> None:
    if text not in ("oui", "non"):
        raise ValueError(text)


def _read_date(text: str) -> None:
    if not _YEAR.fullmatch(text):
        parse_date(text)


_VALUES: dict[str, tuple[str, Callable[[str], object]]] = {
    **dict.fromkeys((*NUMERIC_TYPES, "a_fixer"), ("un nombre", parse_decimal)),
    "oui_non": ("« oui » ou « non »", _read_yes_no),
    "date": ("une date AAAA-MM-JJ ou une année", _read_date),
}
