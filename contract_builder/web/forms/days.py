"""A day typed in a field or written in an address."""

from datetime import date

from contract_builder.errors import UserError
from contract_builder.reading.written_values import parse_written_date


def find_typed_day(text: str) -> date | None:
    """The day of a filter; None for what is no day: the filter is left aside."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def parse_typed_day(text: str) -> date | None:
    """The day of a field with a calendar; None when it is empty, UserError for what is no day."""
    day = find_typed_day(text)
    if day is None and text.strip():
        raise UserError(f"« {text} » n’est pas une date.")
    return day


def parse_wanted_day(text: str) -> date:
    """The day of a field with a calendar that may not stay empty; UserError without one."""
    day = find_typed_day(text)
    if day is None:
        raise UserError("Donnez un jour, par exemple avec le calendrier du champ.")
    return day


def parse_written_day(text: str) -> date | None:
    """The day of a field where people write it their way; None when it is empty, else UserError."""
    if not text:
        return None
    try:
        return parse_written_date(text)
    except ValueError as error:
        raise UserError(
            f"« {text} » n’est pas une date : écrivez par exemple 01/07/2026."
        ) from error
