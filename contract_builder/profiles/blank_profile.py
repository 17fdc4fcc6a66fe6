"""A new profile: every key in order, its meaning above it, blank where somebody has to say.

What the layers below say is told in the comment and left blank in the file, so that it still comes
from them. Keys come from ``model.profile``, their meanings from ``model.field_help``.
"""

import re
import textwrap
import types
import typing
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from contract_builder.model.field_help import get_field_help
from contract_builder.model.french import NBSP
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record, RecordKey, iter_keys
from contract_builder.reading.tree import Tree, get_group, get_text
from contract_builder.reading.yaml_quoting import quote
from contract_builder.reading.yaml_text import render_yaml

_WIDTH = 100  # columns of a comment, indentation included
_GROUPS = ("ars", "contrat", "etablissement")  # written key by key
_REGIONAL = ("ars", "prs", "caisse_pivot", "tribunal")  # left out when the layers below say them
_HOLDERS_ONLY = ("categorie_titulaire", "activites_biologie")
_HOLDER = "titulaire"
_ASKED = "À RENSEIGNER."
_BOUND = re.compile(r"(?<=«) | (?=[»:;!?])|(?<=À) (?=RENSEIGNER)")
_LONGEST_TOLD = 60  # characters of a value that a comment repeats


@dataclass(frozen=True, slots=True)
class BlankProfile:
    """What a new profile starts from.

    ``values`` is what the file itself says, ``below`` what the region and the registries say.
    ``remarks`` are told beside keys, by path (« contrat.code »); ``header`` opens the file.
    """

    values: Mapping[str, Tree]
    below: Mapping[str, Tree]
    header: Sequence[str] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedKey:
    """A required key that nothing says yet: its path, what it is called and means."""

    path: str
    label: str
    meaning: str


def render_blank_profile(blank: BlankProfile) -> str:
    """The text of the file."""
    lines = [f"# {line}".rstrip() for line in blank.header]
    for key in iter_keys(Profile):
        if _is_left_out(key.name, blank):
            continue
        lines.append("")
        if key.name in _GROUPS:
            lines.extend(_iter_group(key, blank))
        else:
            lines.extend(_iter_key(Profile, key, blank, ""))
    return "".join(f"{line}\n" for line in lines)


def find_asked_keys(blank: BlankProfile) -> tuple[AskedKey, ...]:
    """The required keys that neither the file nor a layer below says, in the order of the file."""
    return tuple(_iter_asked(Profile, dict(blank.values), dict(blank.below), ""))


def _iter_asked(
    cls: type[Record], values: Mapping[str, Tree], below: Mapping[str, Tree], path: str
) -> Iterator[AskedKey]:
    for key in iter_keys(cls):
        if not key.is_required:
            continue
        inner = _record_of(key.kind)
        where = f"{path}{key.name}"
        if inner is not None and not _is_list(key.kind):
            yield from _iter_asked(
                inner, get_group(values, key.name), get_group(below, key.name), f"{where}."
            )
        elif not values.get(key.name) and not below.get(key.name):
            told = get_field_help(cls, key.name)
            yield AskedKey(where, told.label, told.in_files)


def _is_left_out(name: str, blank: BlankProfile) -> bool:
    return name in _REGIONAL and name not in blank.values and bool(blank.below.get(name))


def _iter_group(key: RecordKey, blank: BlankProfile) -> Iterator[str]:
    told = get_field_help(Profile, key.name)
    yield from _comment(f"{told.label}. {told.in_files}", "")
    yield f"{key.name}:"
    yield from _iter_group_keys(_record_of(key.kind), blank, key.name)


def _iter_group_keys(cls: type[Record] | None, blank: BlankProfile, group: str) -> Iterator[str]:
    kind = get_text(blank.values, "type_contrat")
    for key in iter_keys(cls) if cls is not None else ():
        if key.name in _HOLDERS_ONLY and kind != _HOLDER:
            continue
        yield from _iter_key(cls or Record, key, blank, group)


def _iter_key(cls: type[Record], key: RecordKey, blank: BlankProfile, group: str) -> Iterator[str]:
    """The comment of a key and the key, blank or with what the file says of it."""
    indent = "  " if group else ""
    path = f"{group}.{key.name}" if group else key.name
    value = (get_group(blank.values, group) if group else blank.values).get(key.name, "")
    below = (get_group(blank.below, group) if group else blank.below).get(key.name, "")
    inner = _record_of(key.kind)
    told = get_field_help(cls, key.name)
    parts = [f"{told.label}. {told.in_files}", *_choices(key.kind)]
    if blank.remarks.get(path):
        parts.append(blank.remarks[path])
    if below and not value:
        parts.append(_say_below(below))
    elif key.is_required and not value:
        parts.append(_ASKED)
    yield from _comment(" ".join(parts), indent)
    if inner is not None and not value and key.is_required and not _is_list(key.kind):
        yield f"{indent}{key.name}:"
        for required in iter_keys(inner):
            if required.is_required:
                meaning = get_field_help(inner, required.name)
                text = f"{meaning.label}. {meaning.in_files} {_ASKED}"
                yield from _comment(text, f"{indent}  ")
                yield f"{indent}  {required.name}:"
        return
    if inner is not None:
        yield from _iter_line_keys(inner, indent, of_list=_is_list(key.kind))
    if isinstance(value, str):
        yield f"{indent}{key.name}:{f' {quote(value)}' if value else ''}"
    else:
        yield from (f"{indent}{line}" for line in render_yaml({key.name: value}).splitlines())


def _iter_line_keys(cls: type[Record], indent: str, *, of_list: bool) -> Iterator[str]:
    """What may be written in a line of a list, or in a small group, key by key."""
    yield f"{indent}# {'Clés d’une ligne' if of_list else 'Clés'} :"
    for key in iter_keys(cls):
        told = get_field_help(cls, key.name)
        always = " (toujours)" if key.is_required else ""
        text = " ".join([f"{key.name}{always} : {told.in_files}", *_choices(key.kind)])
        yield from _comment(text, indent, "  ")


def _comment(text: str, indent: str, hanging: str = "") -> list[str]:
    """The text as lines of comment; a quotation mark or a colon never stands apart."""
    bound = _BOUND.sub(NBSP, text)
    lines = textwrap.wrap(
        bound,
        _WIDTH,
        initial_indent=f"{indent}# {hanging}",
        subsequent_indent=f"{indent}# {hanging}{hanging}",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(NBSP, " ") for line in lines]


def _choices(kind: Any) -> list[str]:
    """« Au choix : public, espic… » for a key that takes one word of a list."""
    words = _words_of(kind)
    return [f"Au choix : {', '.join(words)}."] if words else []


def _words_of(kind: Any) -> Collection[str]:
    if get_origin(kind) is Literal:
        return tuple(word for item in get_args(kind) for word in (_words_of(item) or (str(item),)))
    if get_origin(kind) in (typing.Union, types.UnionType, tuple):
        return tuple(word for item in get_args(kind) for word in _words_of(item))
    return ()


def _record_of(kind: Any) -> type[Record] | None:
    """The record class that a key holds, alone, in a list or by name; None for anything else."""
    if isinstance(kind, type) and issubclass(kind, Record):
        return kind
    return next((found for item in get_args(kind) if (found := _record_of(item))), None)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _say_below(below: Tree) -> str:
    if isinstance(below, list):
        count = len(below)
        return f"Déjà dit par les registres ou la région : {count} ligne{'s' * (count > 1)}."
    if isinstance(below, dict) or len(below) > _LONGEST_TOLD:
        return "Déjà dit par les registres ou la région."
    return f"Déjà dit par les registres ou la région : « {below} »."
