"""How dates, amounts and numbers are written in French documents.

Groups of three digits and units are held by no-break spaces (U+00A0), which Word, PDF readers and
older encodings all know.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def long_date(value: date) -> str:
    """« 1er janvier 2025 », « 2 janvier 2025 », held together by no-break spaces."""
    day = "1er" if value.day == 1 else str(value.day)
    return f"{day}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def short_date(value: date) -> str:
    """« 01/02/2025 », for tables."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def tell_ago(elapsed: timedelta) -> str:
    """« il y a 2 h », to the minute under an hour, then to the hour, then to the day.

    Empty after a week: a date is then clearer. What is ahead (another clock) is « à l’instant ».
    """
    if elapsed >= _WEEK:
        return ""
    minutes = int(elapsed.total_seconds()) // 60
    if minutes < 1:
        return "à l’instant"
    if minutes < _HOUR:
        return f"il y a {minutes}{NBSP}min"
    hours = minutes // 60
    if hours < _DAY:
        return f"il y a {hours}{NBSP}h"
    days = hours // 24
    return f"il y a {days}{NBSP}{'jour' if days == 1 else 'jours'}"


def format_number(value: Decimal | int) -> str:
    """« 1 234,5 »: digits in groups of three, a decimal comma, no trailing zero."""
    number = Decimal(value)
    text = f"{abs(number):,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    sign = "−" if number < 0 else ""
    grouped = whole.replace(",", NBSP)
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def format_amount(value: Decimal) -> str:
    """« 1 234 567,89 € », rounded to the cent."""
    cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(cents):,.2f}".partition(".")
    sign = "−" if cents < 0 else ""
    return f"{sign}{whole.replace(',', NBSP)},{decimals}{NBSP}€"


_HOUR, _DAY, _WEEK = 60, 24, timedelta(days=7)
_ARTICLES = ("le ", "la ", "les ", "l’", "l'")
_LEADING_ARTICLE = re.compile(r"^(?:[Ll][’']|[Ll]e |[Ll]a |[Ll]es )")
_FEMININE_WORDS = re.compile(
    r"(?:trice|euse|effe|ière|ienne|esse|ente|ante|ée|ale|elle|ive|ointe|yenne)$"
)


def with_article(function: str) -> str:
    """A function inside a sentence, article before it: « Directrice » gives « la directrice ».

    The article and the gender are those of the words themselves; masculine where they tell none.
    """
    is_acronym = function[:2].isupper()
    lowered = function if is_acronym else function[:1].lower() + function[1:]
    if not lowered or lowered.startswith((*_ARTICLES, "madame ", "monsieur ")):
        return lowered
    if lowered[0] in "aàâeéèêiîoôuœ":
        return f"l’{lowered}"
    return f"{'la' if is_feminine(lowered) else 'le'} {lowered}"


def without_article(name: str) -> str:
    """A name alone in a cell: « l’Université de Modèle » gives « Université de Modèle »."""
    bare = _LEADING_ARTICLE.sub("", name)
    return bare[:1].upper() + bare[1:]


def is_feminine(function: str) -> bool:
    """True when the words of a function say that a woman holds it: « la présidente »."""
    words = function.lower().replace("’", " ").replace("'", " ").split()
    if words and words[0] in ("la", "madame", "une"):
        return True
    if words and words[0] in ("le", "monsieur", "un"):
        return False
    return any(_FEMININE_WORDS.search(word) for word in words[:2])


def counted(count: int, singular: str, plural: str = "") -> str:
    """« 1 changement », « 3 changements »; zero is singular in French."""
    word = singular if count < 2 else plural or f"{singular}s"
    return f"{count}{NBSP}{word}"


def enumerate_words(words: Sequence[str], last: str = "et") -> str:
    """« a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def describe_duration(months: int, days: int = 0) -> str:
    """« 5 ans », « 4 ans et 6 mois », « 1 an, 1 mois et 2 jours », « 0 jour »."""
    years, months = divmod(months, 12)
    parts = [
        f"{count}{NBSP}{word if count == 1 else plural}"
        for count, word, plural in (
            (years, "an", "ans"),
            (months, "mois", "mois"),
            (days, "jour", "jours"),
        )
        if count
    ]
    return enumerate_words(parts) or f"0{NBSP}jour"
