"""Days as they are typed: with a calendar, by hand, in an address."""

from datetime import date

import pytest

from contract_builder.errors import UserError
from contract_builder.web.forms.days import (
    find_typed_day,
    parse_typed_day,
    parse_wanted_day,
    parse_written_day,
)

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "parse", [find_typed_day, parse_typed_day, parse_wanted_day, parse_written_day]
)
def test_a_day_of_the_calendar_is_understood_everywhere(parse) -> None:
    assert parse("2026-03-01") == DAY


@pytest.mark.parametrize("parse", [find_typed_day, parse_typed_day, parse_written_day])
def test_an_empty_field_has_no_day(parse) -> None:
    assert parse("") is None


def test_a_filter_that_is_no_day_is_left_aside() -> None:
    assert find_typed_day("hier") is None


@pytest.mark.parametrize("parse", [parse_typed_day, parse_written_day])
def test_what_is_no_day_is_told_as_it_was_typed(parse) -> None:
    with pytest.raises(UserError, match="« 31/02/2026 » n’est pas une date"):
        parse("31/02/2026")


@pytest.mark.parametrize("text", ["", "hier", "2026-02-31"])
def test_a_day_that_is_needed_is_asked_for(text: str) -> None:
    with pytest.raises(UserError, match="Donnez un jour"):
        parse_wanted_day(text)


def test_a_day_is_read_as_people_write_it_where_they_may() -> None:
    assert parse_written_day("1er mars 2026") == DAY
    assert parse_written_day("01/03/2026") == DAY
