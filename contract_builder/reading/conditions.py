"""YAML nodes → conditions, checked against the known facts and their kinds."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from contract_builder.diagnostics import Problems, file_problems
from contract_builder.model.condition import (
    FACTS,
    AllOf,
    Always,
    AnyOf,
    Condition,
    FactKind,
    Not,
    Operand,
    Operator,
    Test,
)
from contract_builder.reading.scalars import parse_bool, parse_date, parse_decimal
from contract_builder.reading.yaml_nodes import Entry, MappingNode, Node, Scalar, Sequence

_OPERATORS: dict[str, tuple[Operator, frozenset[FactKind]]] = {
    "parmi": ("parmi", frozenset({"texte"})),
    "contient": ("contient", frozenset({"ensemble"})),
    "au_moins": ("au_moins", frozenset({"nombre", "date"})),
    "au_plus": ("au_plus", frozenset({"nombre", "date"})),
    "plus_de": ("plus_de", frozenset({"nombre", "date"})),
    "moins_de": ("moins_de", frozenset({"nombre", "date"})),
}


def parse_condition(node: Node, problems: Problems) -> Condition | None:
    """The condition that ``node`` holds, or None; unknown facts and operators are problems."""
    if isinstance(node, Scalar) and node.text == "toujours":
        return Always()
    if not isinstance(node, MappingNode) or not node.entries:
        problems.append(
            file_problems.attendu(node.place, "une condition « fait: valeur » ou « toujours »")
        )
        return None
    parts = [_parse_entry(key, entry, problems) for key, entry in node.entries.items()]
    items = tuple(part for part in parts if part is not None)
    if len(items) < len(parts):
        return None
    return items[0] if len(items) == 1 else AllOf(items)


def _parse_entry(key: str, entry: Entry, problems: Problems) -> Condition | None:
    if key in ("tous", "au_moins_un"):
        items = _parse_items(entry.value, problems)
        if items is None:
            return None
        return AllOf(items) if key == "tous" else AnyOf(items)
    if key == "non":
        inner = parse_condition(entry.value, problems)
        return None if inner is None else Not(inner)
    spec = FACTS.get(key)
    if spec is None:
        problems.append(file_problems.fait_inconnu(entry.key_place, key, tuple(FACTS)))
        return None
    if isinstance(entry.value, MappingNode):
        return _parse_operators(key, spec.kind, entry.value, problems)
    operand = _parse_operand(spec.kind, entry.value, problems)
    if operand is None:
        return None
    operator: Operator = "contient" if spec.kind == "ensemble" else "parmi"
    return Test(key, operator, operand, entry.key_place)


def _parse_items(node: Node, problems: Problems) -> tuple[Condition, ...] | None:
    if not isinstance(node, Sequence) or not node.items:
        problems.append(file_problems.attendu(node.place, "une liste de conditions"))
        return None
    items = [parse_condition(item, problems) for item in node.items]
    found = tuple(item for item in items if item is not None)
    return found if len(found) == len(items) else None


def _parse_operators(
    fact: str, kind: FactKind, node: MappingNode, problems: Problems
) -> Condition | None:
    tests: list[Condition] = []
    for name, entry in node.entries.items():
        known = _OPERATORS.get(name)
        if known is None or kind not in known[1]:
            usable = tuple(key for key, (_, kinds) in _OPERATORS.items() if kind in kinds)
            problems.append(file_problems.operateur_inconnu(entry.key_place, name, fact, usable))
            return None
        operand = _parse_operand(kind, entry.value, problems)
        if operand is None:
            return None
        tests.append(Test(fact, known[0], operand, entry.key_place))
    return tests[0] if len(tests) == 1 else AllOf(tuple(tests))


def _parse_operand(kind: FactKind, node: Node, problems: Problems) -> Operand | None:
    if kind in ("texte", "ensemble"):
        items = node.items if isinstance(node, Sequence) else (node,)
        texts = tuple(item.text for item in items if isinstance(item, Scalar) and item.text)
        if len(texts) == len(items) and texts:
            return texts
        problems.append(file_problems.attendu(node.place, "un mot ou une liste de mots"))
        return None
    expected, parse = _SCALAR_OPERANDS[kind]
    if isinstance(node, Scalar):
        try:
            return parse(node.text)
        except ValueError:
            pass
    problems.append(file_problems.attendu(node.place, expected, _text_of(node)))
    return None


def _text_of(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


_SCALAR_OPERANDS: dict[FactKind, tuple[str, Callable[[str], Decimal | date | bool]]] = {
    "nombre": ("un nombre", parse_decimal),
    "date": ("une date AAAA-MM-JJ", parse_date),
    "oui_non": ("« oui » ou « non »", parse_bool),
}
