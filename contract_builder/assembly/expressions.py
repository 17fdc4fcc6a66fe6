"""What stands between the braces of a clause: fields, and how their values are written.

An expression is Jinja's, sandboxed, strict and without globals; its value never becomes markup.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from contract_builder.assembly.context import Context
from contract_builder.assembly.fields import FIELDS, FieldValue
from contract_builder.diagnostics import Problems, file_problems
from contract_builder.frozen import dataclass
from contract_builder.model.french import (
    enumerate_words,
    format_amount,
    format_number,
    long_date,
)
from contract_builder.source import Place

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment


class FormatError(Exception):
    """A format or an operation that does not suit the value; the text says so in French."""


def format_value(value: object) -> str:
    """A value as French text without any filter."""
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return str(value)


def _date_filter(value: object) -> str:
    if not isinstance(value, date):
        raise FormatError("« date » ne s’applique qu’à une date")
    return long_date(value)


def _amount_filter(value: object) -> str:
    if not isinstance(value, Decimal | int):
        raise FormatError("« montant » ne s’applique qu’à un nombre")
    return format_amount(Decimal(value))


def _number_filter(value: object) -> str:
    if not isinstance(value, Decimal | int):
        raise FormatError("« nombre » ne s’applique qu’à un nombre")
    return format_number(value)


def _year_filter(value: object) -> str:
    if not isinstance(value, date):
        raise FormatError("« annee » ne s’applique qu’à une date")
    return str(value.year)


_FORMATS: Mapping[str, Callable[[object], object]] = {
    "date": _date_filter,
    "montant": _amount_filter,
    "nombre": _number_filter,
    "annee": _year_filter,
}
_PLAIN = re.compile(r"\s*([a-z_]+)\.([a-z_]+)\s*(?:\|\s*([a-z]+)\s*)?")
"""A name alone, or a name and its format: what nearly every field of a clause is."""


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters.clear()
    environment.filters.update(_FORMATS)
    environment.tests.clear()
    return environment


# Names, formats, « x if y else z », « ~ », « + » and « - »: nothing that could call a function or
# grow without end (« 9 ** 9 ** 9 » would be computed while it is compiled).
_ADMITTED_NODES = frozenset(
    {"Template", "Output", "TemplateData", "Name", "Getattr", "Const", "Filter", "Concat"}
    | {"CondExpr", "Compare", "Operand", "Not", "And", "Or", "Add", "Sub"}
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: the fields that it names and the function that evaluates it."""

    fields: tuple[str, ...]
    evaluate: Callable[..., object]


def parse_field(text: str, place: Place, problems: Problems) -> Expression | None:
    """The expression, or None when it is malformed or names an unknown field or filter."""
    expression = _compile(text)
    if isinstance(expression, str):
        problems.append(file_problems.champ_mal_forme(place, expression))
        return None
    unknown = [name for name in expression.fields if name not in FIELDS]
    for name in unknown:
        problems.append(file_problems.champ_inconnu(_name_place(place, name), name, tuple(FIELDS)))
    if not expression.fields:
        problems.append(file_problems.champ_mal_forme(place, "il ne nomme aucune valeur"))
    return None if unknown or not expression.fields else expression


@lru_cache(maxsize=1024)
def _compile(text: str) -> Expression | str:
    """The expression, or why it is malformed; kept, for each contract asks for the same ones."""
    return _find_plain(text) or _compile_by_jinja(text)


def _find_plain(text: str) -> Expression | None:
    """A known field with a known format or none, as Jinja reads it, without asking Jinja."""
    match = _PLAIN.fullmatch(text)
    if match is None or f"{match[1]}.{match[2]}" not in FIELDS:
        return None
    space, attribute, name = match.groups()
    if name is None:
        return Expression((f"{space}.{attribute}",), lambda **given: given[space][attribute])
    if name not in _FORMATS:
        return None
    form = _FORMATS[name]
    return Expression((f"{space}.{attribute}",), lambda **given: form(given[space][attribute]))


def _compile_by_jinja(text: str) -> Expression | str:
    from jinja2 import TemplateError, nodes

    environment = _environment()
    try:
        tree = environment.parse("{{ " + text + " }}")
        if any(type(node).__name__ not in _ADMITTED_NODES for node in tree.find_all(nodes.Node)):
            return "cette opération n’est pas admise"
        evaluate = environment.compile_expression(text, undefined_to_none=False)
    except TemplateError as error:
        return _french_reason(str(error))
    return Expression(tuple(dict.fromkeys(_iter_field_names(tree))), evaluate)


def evaluate_expression(expression: Expression, context: Context) -> str | tuple[str, str]:
    """The French text of the expression, else (key, label) of the first missing field.

    Raises FormatError when the value is not of the kind that the expression needs.
    """
    namespaces: dict[str, dict[str, FieldValue]] = {}
    for name in expression.fields:
        value = FIELDS[name].get(context)
        if value is None:
            return (name, FIELDS[name].label)
        space, _, attribute = name.partition(".")
        namespaces.setdefault(space, {})[attribute] = value
    try:
        return format_value(expression.evaluate(**namespaces))
    except (ArithmeticError, TypeError, ValueError) as error:
        raise FormatError("cette opération ne s’applique pas à ces valeurs") from error


def _name_place(place: Place, name: str) -> Place:
    column = place.excerpt.find(name, place.column - 1)
    return place if column < 0 else Place(place.source, place.line, column + 1, len(name))


def _french_reason(error: str) -> str:
    if "No filter named" in error:
        known = enumerate_words([f"« {name} »" for name in _FORMATS])
        return f"ce format n’existe pas ; formats connus : {known}"
    return "un signe manque ou est de trop ; la forme est « {{ nom.de.la.valeur | format }} »"


def _iter_field_names(node: "nodes.Node") -> Iterator[str]:
    """Each dotted name of an expression, longest first (« contrat.date_effet »)."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        parts = [node.attr]
        inner: nodes.Node = node.node
        while isinstance(inner, nodes.Getattr):
            parts.append(inner.attr)
            inner = inner.node
        if isinstance(inner, nodes.Name):
            yield ".".join((inner.name, *reversed(parts)))
            return
    if isinstance(node, nodes.Name):
        yield node.name
        return
    for child in node.iter_child_nodes():
        yield from _iter_field_names(child)
