"""The catalogue of the keys of a profile is complete, and says each thing in French."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from contract_builder.model.field_help import FIELD_HELP, get_field_help
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record, iter_keys


def _records(cls: type[Record]) -> Iterator[type[Record]]:
    """The class and every class that its keys hold."""
    yield cls
    for key in iter_keys(cls):
        yield from _records_in(key.kind)


def _records_in(kind: Any) -> Iterator[type[Record]]:
    if isinstance(kind, type) and issubclass(kind, Record):
        yield from _records(kind)
    for item in get_args(kind):
        yield from _records_in(item)


CLASSES = tuple(dict.fromkeys(_records(Profile)))


@pytest.mark.parametrize("cls", CLASSES)
def test_every_key_of_a_profile_has_its_label_and_its_meaning(cls: type[Record]) -> None:
    keys = [key.name for key in iter_keys(cls)]
    assert list(FIELD_HELP[cls.__name__]) == keys
    for key in keys:
        told = get_field_help(cls, key)
        assert told.label[0].isupper()
        assert not told.label.endswith(".")
        assert told.meaning.endswith((".", "…"))
        assert "'" not in told.label + told.meaning, "typographic apostrophes"


def test_the_catalogue_holds_nothing_that_a_profile_does_not() -> None:
    assert set(FIELD_HELP) == {cls.__name__ for cls in CLASSES}
