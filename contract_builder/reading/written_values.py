"""What people write or paste → values: amounts, numbers, dates, FINESS numbers.

The one place that decides for profiles and for cells of spreadsheets alike. Forms that are common
and have a single reading are read; one that has two raises AmbiguousTextError; anything else,
ValueError.
"""

import re
from datetime import date
from decimal import Decimal

from contract_builder.model.french import MONTHS
from contract_builder.model.identifiers import is_finess
from contract_builder.reading.scalars import AmbiguousTextError, parse_date, parse_decimal

_GAP = r"[ .\u00a0\u2009\u202f]+"
_NUMERIC_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED_DATE = re.compile(rf"(\d{{1,2}})(?:er)?{_GAP}([a-zûé]+){_GAP}(\d{{4}})")
_EURO = re.compile(r"[\s\u00a0\u202f]*(?:€|euros?|eur)", re.IGNORECASE)
_THOUSANDS_AND_DECIMALS = re.compile(
    r"(?P<sign>[+−-]?)(?P<whole>\d{1,3}(?:(?P<mark>[.,])\d{3})+)(?P<point>[.,])(?P<rest>\d+)"
)
_SEVERAL_THOUSANDS = re.compile(r"[+−-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_CENTS = 2


class TooPreciseError(ValueError):
    """An amount in euros with more than two decimals."""


def parse_written_number(text: str) -> Decimal:
    """A number: « 1234.5 », « 1 234,50 », « 1.234.567,89 », « 1,234,567.89 »."""
    plain = text.strip()
    if _SEVERAL_THOUSANDS.fullmatch(plain):
        return parse_decimal(re.sub("[.,]", "", plain))
    match = _THOUSANDS_AND_DECIMALS.fullmatch(plain)
    if match is not None and match["mark"] != match["point"]:
        whole = re.sub("[.,]", "", match["whole"])
        return parse_decimal(f"{match['sign']}{whole}.{match['rest']}")
    return parse_decimal(plain)


def parse_written_amount(text: str) -> Decimal:
    """An amount in euros, its sign « € » or its word left out or not; two decimals at most.

    Raises TooPreciseError beyond.
    """
    try:
        return check_cents(parse_written_number(_EURO.sub("", text.strip())), text)
    except AmbiguousTextError as error:
        cents = tuple(item for item in error.readings if len(item.partition(".")[2]) <= _CENTS)
        raise AmbiguousTextError(text, cents) from None


def parse_written_percentage(text: str) -> Decimal:
    """The number of a percentage, its sign « % » left out or not: 65 for « 65 % »."""
    return parse_written_number(text.strip().removesuffix("%"))


def check_cents(amount: Decimal, text: str = "") -> Decimal:
    """The amount itself; raises TooPreciseError when it does not stop at the cent."""
    normal = amount.normalize()
    exponent = normal.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _CENTS:
        raise TooPreciseError(text or f"{amount:f}")
    return amount


def parse_written_date(text: str) -> date:
    """A day: « 2025-03-11 », « 11/03/2025 », « 11.03.2025 », « 11 mars 2025 », « 1er mars 2025 ».

    The day comes first, as in French. Two digits of a year are a question, whether one or both of
    its readings (day first, year first) are days of the calendar.
    """
    plain = text.strip().lower()
    match = _NUMERIC_DATE.fullmatch(plain)
    if match is not None:
        first, _, month, last = match.groups()
        if len(last) == 4:
            return parse_date(f"{last}-{month:0>2}-{first:0>2}")
        raise AmbiguousTextError(text, _two_digit_readings(first, month, last))
    match = _NAMED_DATE.fullmatch(plain)
    if match is not None and match[2] in MONTHS:
        return parse_date(f"{match[3]}-{MONTHS.index(match[2]) + 1:02d}-{match[1]:0>2}")
    return parse_date(text.strip())


def parse_finess(text: str) -> str:
    """A FINESS number in capitals and without spaces: « 990 000 119 » gives « 990000119 »."""
    number = compact_finess(text.upper())
    if not is_finess(number):
        raise ValueError(text)
    return number


def compact_finess(text: str) -> str:
    """The FINESS number without the spaces of « 990 000 119 »; any other text as it is."""
    number = _SPACES.sub("", text)
    return number if is_finess(number) else text


def _two_digit_readings(first: str, month: str, last: str) -> tuple[str, ...]:
    """The days that two-digit years may mean, as ``AAAA-MM-JJ``; day first, then year first."""
    readings = []
    for day, year in ((first, last), (last, first)):
        try:
            readings.append(parse_date(f"20{year:0>2}-{month:0>2}-{day:0>2}").isoformat())
        except ValueError:
            continue
    if not readings:
        raise ValueError(f"{first}/{month}/{last}")
    return tuple(dict.fromkeys(readings))
