"""Filters of the pages: dates, states and counts in French."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from contract_builder.model.french import format_amount, long_date
from contract_builder.model.status import STATUS_WORDS
from contract_builder.web.forms.bound import BoundTable
from contract_builder.web.forms.grids import Grid, lay_grid

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """« 1er juillet 2025 »; empty without a date."""
    return "" if value is None else long_date(value)


@register.filter
def moment(value: datetime) -> str:
    """« 2 mars 2026 à 9 h 05 », in the local time of the settings."""
    from django.utils.timezone import localtime

    local = localtime(value)
    return f"{long_date(local.date())} à {local.hour}\u00a0h\u00a0{local.minute:02d}"


@register.filter
def euros(value: Decimal | None) -> str:
    """« 19 741,00 € »; empty without an amount."""
    return "" if value is None else format_amount(Decimal(value))


@register.filter
def grid(table: BoundTable) -> Grid | None:
    """The rows of a table of a form; None when it is shown line by line."""
    return lay_grid(table)


@register.filter
def state_word(value: str | None) -> str:
    """A status in French; empty without one."""
    return next((word for status, word in STATUS_WORDS.items() if status == value), "")


@register.filter
def counted(number: int, words: str) -> str:
    """« 3 manques » from 3 and « manque,manques »; « 1 manque »."""
    one, many = words.split(",")
    return f"{number}\u00a0{one if number < 2 else many}"
