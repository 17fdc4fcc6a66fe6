"""Days as a command line writes them, and today."""

import argparse
from datetime import date


def parse_day(text: str) -> date:
    """The day that ``text`` writes, as « 2024-06-30 »; told by argparse when it writes none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"« {text} » n’est pas une date : écrivez l’année, le mois et le jour, par exemple "
            "2024-06-30"
        ) from error


def today() -> date:
    """The agency's own calendar day: legal deadlines are counted in local days."""
    return date.today()  # noqa: DTZ011 - a day, not an instant
