"""Filters of the pages: dates, states and counts in French."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime

from contract_builder.model.french import format_amount, format_number, long_date, tell_ago
from contract_builder.model.status import STATUS_WORDS
from contract_builder.web.forms.bound import BoundTable
from contract_builder.web.forms.grids import Grid, lay_grid
from contract_builder.web.forms.inherited import InheritedLines
from contract_builder.web.french_templates import bind_words
from contract_builder.web.people import ROLE_WORDS, Person, word_departments

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """« 1er juillet 2025 »; empty without a date."""
    return "" if value is None else long_date(value)


@register.filter
def exactly(value: datetime) -> str:
    """« 2 mars 2026 à 9 h 05 », in the local time of the settings."""
    local = localtime(value)
    return f"{long_date(local.date())} à {local.hour}\u00a0h\u00a0{local.minute:02d}"


@register.filter
def moment(value: datetime) -> str:
    """« il y a 2 h », with the date and the hour for who points at it, and on paper.

    After a week, the date and the hour themselves.
    """
    told, exact = tell_ago(timezone.now() - value), exactly(value)
    if not told:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), exact)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, told)


@register.filter
def euros(value: Decimal | None) -> str:
    """« 19 741,00 € »; empty without an amount."""
    return "" if value is None else format_amount(Decimal(value))


@register.filter
def role_word(person: Person) -> str:
    """« rédacteur »."""
    return ROLE_WORDS[person.role]


@register.filter
def seen(person: Person) -> str:
    """« toute la région », « départements 44, 72 »."""
    return word_departments(person)


@register.filter
def sorted_codes(departments: frozenset[str]) -> str:
    """« 44, 72 »."""
    return ", ".join(sorted(departments))


@register.filter
def grid(table: BoundTable) -> Grid | None:
    """The rows of a table of a form; None when it is shown line by line."""
    return lay_grid(table)


@register.filter
def lines_of(inherited: Mapping[str, InheritedLines] | None, name: str) -> InheritedLines | None:
    """The lines of a list that come from elsewhere; None without any."""
    return (inherited or {}).get(name)


@register.filter
def state_word(value: str | None) -> str:
    """A status in French; empty without one."""
    return next((word for status, word in STATUS_WORDS.items() if status == value), "")


@register.filter
def counted(number: int, words: str) -> str:
    """« 3 manques » from 3 and « manque,manques »; « 1 manque »."""
    one, many = words.split(",")
    return f"{number}\u00a0{one if number < 2 else many}"


@register.filter
def outcome(status: str) -> str:
    """What became of a contract of a lot, in French."""
    return _OUTCOMES.get(status, status)


@register.filter
def archive(name: str) -> str:
    """What the archive of a lot holds: « Documents du département 44 », from its file's name."""
    code = name.removeprefix("departement-").removesuffix(".zip")
    where = "sans département" if code == "inconnu" else f"du département {code}"
    return f"Documents {where}"


@register.filter
def tenth(percent: int) -> int:
    """0 to 10: what is told of a progress to who listens to it."""
    return percent // 10


@register.filter
def pace(rate: float) -> str:
    """« 4,6 par seconde », or by the minute when it is slow; ``rate`` is by the second."""
    number, unit = (rate, "seconde") if rate >= 1 else (60 * rate, "minute")
    return f"{format_number(Decimal(f'{number:.1f}'))} par {unit}"


@register.filter
def duration(seconds: float) -> str:
    """« 2 min 05 s »."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}\u00a0min\u00a0{rest:02d}\u00a0s" if minutes else f"{rest}\u00a0s"


_OUTCOMES = {
    "produit": "produit",
    "inchange": "assemblé de nouveau, inchangé",
    "a_jour": "déjà à jour",
    "refuse": "refusé",
    "echec": "en échec",
    "sans_objet": "rien à modifier",
    "sans_contrat": "sans contrat en vigueur",
}


@register.filter
def kind_of(value: object) -> str:
    """The kind of a block or of an inline, by which a page chooses how to show it."""
    return type(value).__name__


@register.filter(is_safe=True)
def bound(text: str) -> str:
    """A sentence of ours whose spaces are not broken where French asks for it."""
    return bind_words(text)
