"""A record of ours does what the standard library's does, whatever its fields ask for."""

import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from contract_builder import frozen

Decorator = Callable[..., Callable[[type], type]]


def _make_sheet(dataclass: Decorator) -> Any:
    """A class that asks for everything a field may ask for."""

    class Sheet:
        """A sheet."""

        code: str
        rank: int = 1
        place: str = field(default="", compare=False, repr=False)
        tags: list[str] = field(default_factory=list, hash=False)
        size: int = field(init=False, default=7)
        seen: dict[str, int] = field(init=False, default_factory=dict, compare=False)
        year: int = field(kw_only=True, default=2026)

    return dataclass(frozen=True, slots=True)(Sheet)


OURS, THEIRS = _make_sheet(frozen.dataclass), _make_sheet(dataclasses.dataclass)
CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("a",), {}),
    (("a", 2, "lieu", ["x"]), {"year": 2025}),
    ((), {"code": "a", "tags": ["x"]}),
]


@frozen.dataclass(frozen=True, slots=True)
class Base:
    """At the top of the module, where pickle finds it."""

    name: str


@frozen.dataclass(frozen=True, slots=True, kw_only=True)
class Heir(Base):
    """A record that inherits from another, and completes itself."""

    size: int
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.told.append(f"{self.name} {self.size}")


@frozen.dataclass(frozen=True, slots=True)
class Empty:
    """A record without a field."""


@frozen.dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A record that is equal to itself alone, and words itself."""

    name: str

    def __repr__(self) -> str:
        return "connu"


@pytest.mark.parametrize(("positional", "named"), CALLS)
def test_what_a_record_says_of_itself_is_what_the_standard_one_says(
    positional: tuple[Any, ...], named: dict[str, Any]
) -> None:
    ours, theirs = OURS(*positional, **named), THEIRS(*positional, **named)
    assert repr(ours) == repr(theirs)
    assert hash(ours) == hash(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)


def test_the_class_is_called_and_matched_as_the_standard_one() -> None:
    ours, theirs = (inspect.signature(cls).parameters.values() for cls in (OURS, THEIRS))
    assert [(p.name, p.kind, p.annotation) for p in ours] == [
        (p.name, p.kind, p.annotation) for p in theirs
    ]
    assert OURS.__match_args__ == THEIRS.__match_args__
    assert OURS.__slots__ == THEIRS.__slots__
    assert OURS.__doc__ == THEIRS.__doc__
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'code'"):
        OURS()


def test_records_are_equal_by_the_fields_that_are_compared() -> None:
    assert OURS("a", 1, "ici") == OURS("a", 1, "là")
    assert OURS("a", 1) != OURS("a", 2)
    assert OURS("a") != THEIRS("a")
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert Base("a") == Base("a")
    assert Base("a") != Base("b")
    assert Base("a") != Heir(name="a", size=1)


def test_a_default_that_is_made_is_made_anew_each_time() -> None:
    assert OURS("a").tags is not OURS("a").tags
    assert OURS("a").seen is not OURS("a").seen


@pytest.mark.parametrize("name", ["code", "size", "unknown"])
def test_nothing_of_a_record_can_be_changed(name: str) -> None:
    record = OURS("a")
    with pytest.raises(FrozenInstanceError, match=name):
        setattr(record, name, 1)
    with pytest.raises(FrozenInstanceError, match=name):
        delattr(record, name)


def test_a_record_is_replaced_and_copied_through_its_class() -> None:
    heir = Heir(name="a", size=1)
    assert dataclasses.replace(heir, size=2, told=[]).told == ["a 2"]
    assert pickle.loads(pickle.dumps(heir)) == heir  # noqa: S301 – made the line before
    assert repr(heir) == "Heir(name='a', size=1, told=['a 1'])"


def test_what_a_class_defines_or_refuses_stays_its_own() -> None:
    one, other = Known("a"), Known("a")
    assert repr(one) == "connu"
    assert one != other
    assert len({one, other}) == 2


def test_a_class_that_is_no_frozen_record_is_left_to_the_standard_library() -> None:
    @frozen.dataclass(slots=True)
    class Counter:
        """It counts."""

        value: int = 0

    @frozen.dataclass(frozen=True, slots=True, order=True)
    class Rank:
        """It is sorted."""

        value: int

    counter = Counter()
    counter.value += 1
    assert counter == Counter(1)
    assert Rank(1) < Rank(2)
