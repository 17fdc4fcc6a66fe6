"""The values that are declared: from what somebody wrote to one form, and back to French.

A value is kept as text in one form: a number with a point, « oui », « non », « en_partie », an ISO
day, or ``NOT_APPLICABLE``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeVar

from contract_builder.model.follow_up import NOT_APPLICABLE, FollowLine, MeasureKind
from contract_builder.model.french import NBSP, format_amount, format_number, long_date
from contract_builder.reading.scalars import AmbiguousTextError
from contract_builder.reading.written_values import (
    TooPreciseError,
    check_cents,
    parse_written_amount,
    parse_written_date,
    parse_written_number,
)

T = TypeVar("T")
ValueFault = Literal["illisible", "hors-bornes", "unite"]

REALISATIONS: Final = ("oui", "en partie", "non")
YES_NO: Final = ("oui", "non")
NOT_APPLICABLE_WORDS: Final = "sans objet"
MEASURE_WORDS: Final[Mapping[MeasureKind, str]] = {
    "nombre": "un nombre",
    "pourcentage": "un pourcentage : 85 pour 85 %",
    "points": "un nombre de points",
    "oui_non": "« oui » ou « non »",
    "date": "une date, JJ/MM/AAAA",
    "realisation": "« oui », « en partie » ou « non »",
    "euros": "un montant en euros",
}
_UNITS: Final[Mapping[MeasureKind, str]] = {
    "pourcentage": f"{NBSP}%",
    "points": f"{NBSP}points",
}
_WORDS: Final = {"oui": "oui", "non": "non", "en partie": "en_partie", "en_partie": "en_partie"}
_LARGEST: Final = 10**15
"""What no value reaches, as ``parse_decimal`` takes fifteen digits before the point."""
_SUSPECT_TARGET: Final = 2
"""In percent: under it, a value of 0 to 1 may well be meant."""


class RefusedValueError(ValueError):
    """What was written is not a value of the line; ``reason`` is a French clause."""

    def __init__(self, fault: ValueFault, reason: str) -> None:
        super().__init__(reason)
        self.fault: ValueFault = fault
        self.reason = reason


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """What somebody wrote: the text, and what a spreadsheet knows of it besides.

    ``is_percentage``: the cell is formatted so, and ``number`` already counts hundredths.
    ``fault`` says why the cell has no value: « #REF! », « formule sans résultat enregistré ».
    """

    text: str
    number: Decimal | None = None
    is_percentage: bool = False
    day: date | None = None
    fault: str = ""


def parse_value(line: FollowLine, written: WrittenValue, latest: date) -> str:
    """The value in its one form; RefusedValueError when it is none, or none of this line.

    A day after ``latest`` is out of bounds.
    """
    text = written.text.strip()
    if text.lower() == NOT_APPLICABLE_WORDS or text == NOT_APPLICABLE:
        return NOT_APPLICABLE
    measure = line.measure
    if measure is None:
        raise RefusedValueError("illisible", f"rien n’est attendu : {line.why_unasked}")
    if measure == "date":
        return _parse_day(written, latest)
    if measure in ("oui_non", "realisation"):
        word = _WORDS.get(text.lower().replace("\u00a0", " "), "")
        if not word or (measure == "oui_non" and word == "en_partie"):
            raise RefusedValueError("illisible", f"attendu : {MEASURE_WORDS[measure]}")
        return word
    number = _parse_number(measure, written)
    _check_unit(line, number, written)
    _check_bounds(line, number)
    return number_text(number)


def parse_declared_day(written: WrittenValue, year: int, latest: date) -> date:
    """The day on which a value of ``year`` was declared or validated; RefusedValueError if none.

    Nobody declares a year before it begins, nor after ``latest``.
    """
    day = date.fromisoformat(_parse_day(written, latest))
    if day.year < year:
        reason = f"ce jour est avant l’année {year}, qui est déclarée"
        raise RefusedValueError("hors-bornes", reason)
    return day


def number_text(number: Decimal) -> str:
    """A number in its one form: no exponent, no trailing zero."""
    text = f"{number:f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if number == 0 else short


def show_declared_value(measure: MeasureKind | None, value: str) -> str:
    """A kept value in French: « 85 % », « 12 500,00 € », « 31 mars 2026 », « en partie »."""
    if not value or value == NOT_APPLICABLE:
        return NOT_APPLICABLE_WORDS if value else ""
    if measure == "date":
        return long_date(date.fromisoformat(value))
    if measure in (None, "oui_non", "realisation"):
        return value.replace("_", " ")
    if measure == "euros":
        return format_amount(Decimal(value))
    return show_number_with_unit(measure, Decimal(value))


def show_number_with_unit(measure: MeasureKind | None, number: Decimal) -> str:
    """« 85 % », « 3 points », « 762 »."""
    unit = "" if measure is None else _UNITS.get(measure, "")
    return f"{format_number(number)}{unit}"


def _parse_day(written: WrittenValue, latest: date) -> str:
    day = written.day or _read_text(written, parse_written_date, MEASURE_WORDS["date"])
    if day > latest:
        raise RefusedValueError("hors-bornes", f"cette date est après le {long_date(latest)}")
    return day.isoformat()


def _parse_number(measure: MeasureKind, written: WrittenValue) -> Decimal:
    parse = parse_written_amount if measure == "euros" else _parse_with_unit
    number = written.number
    try:
        if number is None:
            return _read_text(written, parse, MEASURE_WORDS[measure])
        return check_cents(number) if measure == "euros" else number
    except TooPreciseError as error:
        shown = written.text if number is None else format_number(number)
        reason = f"un montant en euros s’arrête au centime : « {shown} »"
        raise RefusedValueError("illisible", reason) from error


def _parse_with_unit(text: str) -> Decimal:
    for unit in ("%", "€", "points", "point"):
        if text.endswith(unit):
            text = text.removesuffix(unit).rstrip(" \u00a0\u202f")
    return parse_written_number(text)


def _read_text(written: WrittenValue, parse: Callable[[str], T], expected: str) -> T:
    """What ``parse`` makes of the text; TooPreciseError is left to who reads amounts."""
    try:
        return parse(written.text.strip())
    except AmbiguousTextError as error:
        raise RefusedValueError(
            "illisible",
            f"« {written.text} » peut se lire de plusieurs façons ; écrivez "
            f"{' ou '.join(error.readings)}",
        ) from error
    except TooPreciseError:
        raise
    except ValueError as error:
        raise RefusedValueError("illisible", f"attendu : {expected}") from error


def _check_unit(line: FollowLine, number: Decimal, written: WrittenValue) -> None:
    """0.85 for 85 %: no rate of a target of several percent is under one by chance."""
    if line.measure != "pourcentage" or written.is_percentage or "%" in written.text:
        return
    target = line.target or Decimal(0)
    if 0 < abs(number) <= 1 and abs(target) >= _SUSPECT_TARGET:
        meant = format_number(number * 100)
        raise RefusedValueError(
            "unite",
            f"« {format_number(number)} » est sans doute une fraction : pour {meant}{NBSP}%, "
            f"écrivez {meant} ; pour {format_number(number)}{NBSP}%, écrivez le signe %",
        )


def _check_bounds(line: FollowLine, number: Decimal) -> None:
    if abs(number) >= _LARGEST:
        raise RefusedValueError("hors-bornes", "ce nombre est démesuré")
    if number < 0 and not line.is_progress and line.measure != "points":
        raise RefusedValueError("hors-bornes", "une valeur négative n’a pas de sens ici")
    if line.maximum is not None and number > line.maximum:
        most = show_number_with_unit(line.measure, line.maximum)
        raise RefusedValueError("hors-bornes", f"la valeur ne peut dépasser {most}")
