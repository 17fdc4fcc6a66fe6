"""Days as a command line writes them, today, and the moment that signs changes."""

import argparse
from datetime import UTC, date, datetime, time


def parse_day(text: str) -> date:
    """The day that ``text`` writes, as « 2024-06-30 »; told by argparse when it writes none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"« {text} » n’est pas une date : écrivez l’année, le mois et le jour, par exemple "
            "2024-06-30"
        ) from error


def add_day_in_force_option(parser: argparse.ArgumentParser) -> None:
    """``--on``: the day for which to tell what is in force, and the deadlines."""
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="jour pour lequel dire ce qui est en vigueur et les échéances (par défaut : "
        "aujourd’hui)",
    )


def add_day_option(parser: argparse.ArgumentParser) -> None:
    """Adds ``--on``, the day on which a command places itself; None without it."""
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="DATE",
        help="jour auquel se placer, par exemple 2024-06-30 (par défaut : aujourd’hui)",
    )


def today() -> date:
    """The agency's own calendar day: legal deadlines are counted in local days."""
    return date.today()  # noqa: DTZ011 - a day, not an instant


def signing_moment(day: date | None) -> datetime:
    """The beginning of the given day; without one, now, with the agency's own calendar day."""
    return datetime.now().astimezone() if day is None else datetime.combine(day, time(), UTC)
