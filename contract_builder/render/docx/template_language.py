"""The little that a Word template may say: fields, conditions, one list after the other.

What a template prints must stay in proportion to the contract and to the template itself, whatever
is written in it: no computation, no macro, no loop inside a loop but over what the outer one gives.
Everything else is refused before it runs, and even before Jinja computes its constants.
"""

import re
from collections.abc import Callable, Iterator, MutableMapping
from functools import lru_cache
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

FAULTS_OF_WRITING: Final = (
    jinja2.TemplateSyntaxError,
    IndexError,
    OverflowError,
    RecursionError,
    ValueError,
)
"""What reading an expression may raise: badly written, nested too deep, a number too long."""

_STRUCTURE: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Name, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.CondExpr, nodes.Test, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg,
    nodes.List, nodes.Tuple,
)  # fmt: skip
_FILTERS: Final = frozenset({
    "abs", "capitalize", "count", "d", "default", "e", "escape", "first", "int", "last", "length",
    "lower", "round", "string", "title", "trim", "upper",
})  # fmt: skip
_METHODS: Final = frozenset({"capitalize", "lower", "strip", "title", "upper"})
_UNCLOSED: Final = re.compile(r"unexpected end of template", re.IGNORECASE)
_UNOPENED: Final = re.compile(r"unknown tag '(end\w+|el\w+)'", re.IGNORECASE)
_WORD: Final = re.compile(r"unknown tag '(\w+)'", re.IGNORECASE)
_KEPT: Final = 16  # a template has a text and some headers and footers
_FRENCH: Final = re.compile("[«»’éèà]")


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without globals, where an unknown name or a costly expression is refused in French.

    A text that was compiled is not compiled again: a template is tried, then fills many contracts.
    """

    def __init__(self, finalize: Callable[[object], object]) -> None:
        super().__init__(autoescape=True, undefined=UnknownName, finalize=finalize)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self._compile_once = lru_cache(maxsize=_KEPT)(super().from_string)

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 – as Jinja calls it
        template_class: type[jinja2.Template] | None = None,
    ) -> jinja2.Template:
        """The template of a text, remembered when nothing but the text makes it."""
        if isinstance(source, str) and globals is None and template_class is None:
            return self._compile_once(source)
        return super().from_string(source, globals, template_class)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for fault in iter_template_faults(tree):
            raise jinja2.TemplateSyntaxError(fault, 1)
        return tree


class UnknownName(jinja2.StrictUndefined):
    """A name that a template may not use: refused in French wherever it would count."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"le nom « {self._undefined_name} » n’existe pas"


def iter_template_faults(tree: nodes.Node) -> Iterator[str]:
    """What a template may not say, as it stands in a parsed piece of it."""
    yield from _iter_faults(tree, ())


def _iter_faults(node: nodes.Node, loops: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _loop_faults(node, loops)
        inner = (*loops, *(name.name for name in node.target.find_all(nodes.Name)))
        if isinstance(node.target, nodes.Name):
            inner = (*loops, node.target.name)
        for child in node.iter_child_nodes():
            yield from _iter_faults(child, inner if child in node.body else loops)
        return
    fault = _fault_of(node)
    if fault:
        yield fault
    for child in node.iter_child_nodes():
        yield from _iter_faults(child, loops)


def _loop_faults(loop: nodes.For, outer: tuple[str, ...]) -> Iterator[str]:
    if loop.recursive:
        yield "une boucle « recursive » ne peut servir dans un modèle"
    source: nodes.Node = loop.iter
    while isinstance(source, nodes.Getattr | nodes.Getitem):
        source = source.node
    if not isinstance(source, nodes.Name):
        yield "une boucle « for » parcourt une liste du contrat, rien d’autre"
    elif outer and source.name != outer[-1]:
        yield "une boucle « for » dans une autre ne parcourt que ce que donne celle-ci"


def _fault_of(node: nodes.Node) -> str:
    """Why this construct may not stand in a template; empty when it may."""
    if isinstance(node, nodes.Filter) and node.name == "round" and not _rounds_little(node):
        return "un modèle arrondit à un nombre de décimales écrit tel quel, de 0 à 9"
    if isinstance(node, nodes.Filter):
        return "" if node.name in _FILTERS else f"le filtre « {node.name} » ne peut servir ici"
    if isinstance(node, nodes.Call):
        plain = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
        method = node.node.attr if isinstance(node.node, nodes.Getattr) else ""
        is_known = (plain and method in _METHODS) or method == "get"
        return "" if is_known else "un modèle n’appelle pas de fonction"
    if isinstance(node, nodes.Mul) and any(_is_count(side) for side in (node.left, node.right)):
        return ""  # docxtpl's own « {% hm %} »: columns times the turns of a loop
    if isinstance(node, nodes.BinExpr) and not isinstance(
        node, nodes.Add | nodes.Sub | nodes.And | nodes.Or
    ):
        return f"un modèle ne calcule pas (« {node.operator} ») : il imprime ce que dit le contrat"
    if isinstance(node, nodes.Stmt) and not isinstance(node, nodes.If | nodes.Output | nodes.For):
        return "seules les instructions « for » et « if » servent dans un modèle"
    if isinstance(node, _STRUCTURE):
        return ""
    return "une expression est trop compliquée pour un modèle"


def _rounds_little(node: nodes.Filter) -> bool:
    """False for ``round(-999999999)``, which computes a number of as many digits."""
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        return False
    return all(isinstance(item, nodes.Const) and item.value in range(10) for item in node.args[:1])


def _is_count(node: nodes.Node) -> bool:
    is_loop = isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)
    return is_loop and node.node.name == "loop" and node.attr == "length"  # type: ignore[attr-defined]


def word_template_reason(error: Exception) -> str:
    """Why Jinja refuses a template, in French; our own words as they are."""
    text = str(error.message or "") if isinstance(error, jinja2.TemplateError) else ""
    if _FRENCH.search(text):
        return text
    if _UNCLOSED.search(text):
        return "une instruction « for » ou « if » n’est pas fermée"
    if found := _UNOPENED.search(text):
        return f"l’instruction « {found[1]} » n’a rien à fermer ni à continuer"
    if found := _WORD.search(text):
        return f"l’instruction « {found[1]} » n’existe pas"
    return "une instruction ou une expression est mal écrite"


def parse_template_expression(text: str) -> nodes.Expr:
    """The tree of one expression. Raises one of ``FAULTS_OF_WRITING``."""
    output: Any = _PLAIN.parse("{{" + text.strip().strip("-") + "}}").body[0]
    found = output.find(nodes.Expr)
    if found is None:
        raise jinja2.TemplateSyntaxError("expression vide", 1)
    assert isinstance(found, nodes.Expr)  # noqa: S101 – what was looked for
    return found


_PLAIN: Final = jinja2.Environment(autoescape=True)
