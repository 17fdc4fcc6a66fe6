"""What the template of the page may say, and what it may cost.

It has loops and macros, since a contract is a tree; so each turn of a loop, each call and each
printed character is counted, and what could grow out of all proportion to the contract in one
expression (text times a number, padding, formats) is refused. The bounds are far beyond what the
largest contract asks for.
"""

from collections.abc import Iterable
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_MOST_KNOWN = 4096
"""Answers on the safety of attributes that are kept; a template names a few dozen."""
MAX_STEPS: Final = 2_000_000
"""Turns of loops and calls for one page; a contract of sixty pages takes some ten thousand."""
MAX_CHARACTERS: Final = 50_000_000
"""Characters printed by all expressions of one page, those inside macros each time they pass."""
_MAX_KEPT: Final = 10_000  # items or characters that a loop may keep from one turn to the next

FAULTS_OF_RUNNING: Final = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template may raise when it is read or filled."""

_FILTERS: Final = frozenset({
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "forceescape", "groupby", "int", "items", "last", "length", "list", "lower", "map", "max",
    "min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "string",
    "striptags", "title", "trim", "unique", "upper", "wordcount",
})  # fmt: skip
_METHODS: Final = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "isdigit", "lower", "lstrip",
    "partition", "removeprefix", "removesuffix", "rpartition", "rstrip", "split", "splitlines",
    "startswith", "strip", "title", "upper",
})  # fmt: skip
_STEP: Final = "_pas"
_JOIN: Final = "_bout_a_bout"


class CostlyTemplateError(jinja2.TemplateError):
    """A template asks for more than any page needs; the text is the reason, in French."""


def explain_fault(error: Exception) -> str:
    """Why a template cannot be filled: our own words, else what Jinja says of it."""
    if isinstance(error, RecursionError):
        return "une de ses macros s’appelle elle-même sans fin"
    if isinstance(error, MemoryError | SyntaxError):
        return "ses instructions sont trop imbriquées"
    return str(error)


class PageEnvironment(ImmutableSandboxedEnvironment):
    """Jinja with the given names alone, strict, that counts what a page costs."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__(
            autoescape=True, undefined=jinja2.StrictUndefined, finalize=self._count_printed
        )
        self.globals = {**names, "namespace": _Kept, _STEP: self._step, _JOIN: self._join}
        filters = {name: self.filters[name] for name in _FILTERS}
        self.filters = {**filters, "sum": _sum, "join": self._joined}
        self._steps = self._characters = 0
        self._safe: dict[tuple[type, str], bool] = {}

    def start_page(self) -> None:
        """Counts from nothing again."""
        self._steps = self._characters = 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Counting().visit(tree)
        return tree

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A computation of numbers; « + » may also put two texts together."""
        numbers = all(isinstance(value, int | float) for value in (left, right))
        if operator == "**" or (operator != "+" and not numbers):
            raise CostlyTemplateError(f"« {operator} » ne sert qu’entre deux nombres")
        found = super().call_binop(context, operator, left, right)
        self._count(found)
        return found

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As in any sandbox; of a text, only what makes it no longer.

        Both look at the type and the name alone, and a page asks thousands of times.
        """
        asked = (type(obj), attr)
        found = self._safe.get(asked)
        if found is None:
            is_costly = isinstance(obj, str) and attr not in _METHODS
            found = not is_costly and super().is_safe_attribute(obj, attr, value)
            if len(self._safe) < _MOST_KNOWN:
                self._safe[asked] = found
        return found

    def wrap_str_format(self, value: Any) -> None:
        """Nothing: a format may pad as far as it likes, and counts as any other method."""

    def _step(self) -> str:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise CostlyTemplateError("ses boucles ou ses macros n’en finissent pas")
        return ""

    def _join(self, *items: Any) -> Any:
        """What « ~ » gives, counted."""
        texts = [escape(item) for item in items]
        self._count_length(sum(map(len, texts)))
        return Markup("").join(texts)

    def _joined(self, items: Iterable[Any], separator: str = "") -> Any:
        """The filter « join », counted."""
        texts = [escape(item) for item in items]
        self._count_length(sum(map(len, texts)) + len(texts) * len(separator))
        return escape(separator).join(texts)

    def _count_printed(self, value: object) -> object:
        self._count(value)
        return value

    def _count(self, value: object) -> None:
        if isinstance(value, str | list | tuple):
            self._count_length(len(value))
        elif isinstance(value, int) and value.bit_length() > _MAX_KEPT:
            raise CostlyTemplateError("il calcule un nombre démesuré")

    def _count_length(self, length: int) -> None:
        self._characters += length
        if self._characters > MAX_CHARACTERS:
            raise CostlyTemplateError("il écrit démesurément")


class _Kept(Namespace):
    """A namespace that keeps numbers and short texts from one turn of a loop to the next."""

    def __setitem__(self, name: str, value: Any) -> None:
        if hasattr(value, "__len__") and len(value) > _MAX_KEPT:
            raise CostlyTemplateError("une boucle garde un texte ou une liste démesurés")
        super().__setitem__(name, value)


class _Counting(NodeTransformer):
    """Puts a step at the start of each turn and each macro, and our own word for « ~ »."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 – named after the node
        self.generic_visit(node)
        node.body.insert(0, _counted(node))
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 – named after the node
        self.generic_visit(node)
        node.body.insert(0, _counted(node))
        return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802 – as above
        self.generic_visit(node)
        node.body.insert(0, _counted(node))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 – as above
        self.generic_visit(node)
        return _call(_JOIN, node, node.nodes)


def _counted(node: nodes.Node) -> nodes.Node:
    return nodes.ExprStmt(_call(_STEP, node, []), lineno=node.lineno)


def _call(name: str, node: nodes.Node, items: list[nodes.Expr]) -> nodes.Call:
    called = nodes.Name(name, "load", lineno=node.lineno)
    return nodes.Call(called, items, [], None, None, lineno=node.lineno)


def _sum(items: Iterable[Any], attribute: str | None = None) -> Any:
    """The filter « sum », of numbers."""
    return sum(getattr(item, attribute) if attribute else item for item in items)
