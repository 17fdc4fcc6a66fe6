"""Frozen records, as ``dataclass(frozen=True, slots=True)`` of the standard library makes them.

That one compiles six functions a class from text, which for the 240 classes of one build takes a
tenth of its time. Here one is compiled, ``__init__``; whatever else a record does is done by
functions that all share. Type checkers see the standard decorator, whose fields, ``replace`` and
``fields`` serve as ever.

Imports nothing of the program.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Never

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, kw_only: bool = False, **options: bool
    ) -> Callable[[type], type]:
        """The decorator of a record; of any other class, the one of the standard library.

        Classes that inherit from each other must all take theirs from here, or none of them.
        """
        if not (frozen and slots) or options.keys() - {"eq"}:
            return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, **options)
        return lambda cls: _make_record(cls, kw_only=kw_only, eq=options.get("eq", True))


__all__ = ["dataclass"]


def _make_record(cls: type, *, kw_only: bool, eq: bool) -> Any:
    """The class with slots for its fields; what it defines itself is left as it is."""
    own = cls.__dict__
    if own.get("__doc__") is None:
        cls.__doc__ = cls.__name__  # else the standard decorator words its whole signature
    bare = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    record: Any = bare(cls)
    fields: tuple[Field[Any], ...] = dataclasses.fields(record)
    _add_init(record, fields)
    record.__setattr__, record.__delattr__ = _refuse_setting, _refuse_deleting
    if "__repr__" not in own:
        record.__repr__ = _tell
    if "__getstate__" not in own:
        record.__getstate__, record.__setstate__ = _get_state, _set_state
    if eq:
        _add_comparison(record, own, fields)
    return record


def _add_init(record: Any, fields: tuple[Field[Any], ...]) -> None:
    """``__init__`` with the fields in their order, those that must be named after the others."""
    known: dict[str, Any] = {"_MISSING": MISSING}
    positional: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for item in fields:
        value, default = item.name, ""
        if item.default_factory is not MISSING:
            known[f"_make_{item.name}"] = item.default_factory
            made, default = f"_make_{item.name}()", "=_MISSING"
            value = f"{made} if {item.name} is _MISSING else {item.name}" if item.init else made
        elif item.default is not MISSING:
            known[f"_default_{item.name}"] = item.default
            default = f"=_default_{item.name}"
            value = item.name if item.init else default[1:]
        elif not item.init:
            continue
        if item.init:
            (named if item.kw_only else positional).append(item.name + default)
        known[f"_set_{item.name}"] = getattr(record, item.name).__set__
        body.append(f"_set_{item.name}(self,{value})")
    if hasattr(record, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ",".join(["self", *positional, *(["*", *named] if named else [])])
    exec(f"def __init__({parameters}):\n " + "\n ".join(body or ["pass"]), known)  # noqa: S102 - names of fields alone
    init = known["__init__"]
    init.__module__, init.__qualname__ = record.__module__, f"{record.__qualname__}.__init__"
    init.__annotations__ = {item.name: item.type for item in fields if item.init} | {"return": None}
    record.__init__ = init


def _add_comparison(record: Any, own: Mapping[str, Any], fields: tuple[Field[Any], ...]) -> None:
    """Equal are two of one class whose compared fields are equal; their hash is of these."""
    compared = _read_all([item.name for item in fields if item.compare])
    hashed = _read_all(
        [item.name for item in fields if (item.compare if item.hash is None else item.hash)]
    )

    def __eq__(self: Any, other: Any) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compared(self) == compared(other)

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(hashed(self))

    if "__eq__" not in own:
        record.__eq__ = __eq__
    if own.get("__hash__") is None:
        record.__hash__ = __hash__


def _read_all(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """A reader of these attributes, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    read = attrgetter(*names) if names else None
    return lambda record: () if read is None else (read(record),)


@recursive_repr()
def _tell(self: Any) -> str:
    shown = (item.name for item in dataclasses.fields(self) if item.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{self.__class__.__qualname__}({values})"


def _refuse_setting(_: Any, name: str, __: object) -> Never:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_: Any, name: str) -> Never:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, item.name) for item in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for item, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)
