"""For whom a text is: its condition as lines that people choose, and back to what files say.

A group holds lines and other groups; what a form makes of it is a tree, which the checks of the
library then judge as they judge what was typed in a file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from contract_builder.assembly.condition_words import (
    BOUND_WORDS,
    DAY_WORDS,
    FactLabels,
    describe_condition,
)
from contract_builder.model.condition import (
    FACTS,
    THIS_SHEET,
    AllOf,
    Always,
    AnyOf,
    Condition,
    FactKind,
    Not,
    Operator,
    Test,
)
from contract_builder.model.establishment import LegalStatus
from contract_builder.model.field_help.choices import CHOICE_LABELS
from contract_builder.model.library import Library
from contract_builder.reading.conditions import parse_condition
from contract_builder.reading.scalars import parse_date, parse_decimal
from contract_builder.reading.tree import Tree, scalar_text
from contract_builder.reading.yaml_nodes import MappingNode, parse_yaml
from contract_builder.reading.yaml_text import render_yaml
from contract_builder.services.project import Project
from contract_builder.source import SourceFile

GroupKind = Literal["tous", "au_moins_un", "aucun"]
LabelledWord = tuple[str, str]
_KEY = "applicable_si"
_LABELLED = ("categorie_titulaire", "activites_biologie")
WORD_LABELS: FactLabels = {
    "statut": CHOICE_LABELS["statut"],
    "categorie": CHOICE_LABELS["categorie"],
    "ght_role": {**CHOICE_LABELS["role"], "aucun": "Hors d’un GHT"},
    "engagements": CHOICE_LABELS["theme"],
    **{key: CHOICE_LABELS[key] for key in _LABELLED},
}
"""What pages call the words that conditions compare facts with."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One comparison: its values are words, a number, a day or « oui » and « non », as in files."""

    fact: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Lines and groups that hold all together, one at least, or none of them."""

    kind: GroupKind = "tous"
    items: tuple["FactGroup | FactLine", ...] = ()


def open_condition(tree: Tree | None) -> FactGroup:
    """A condition as files say it, in lines; an empty group when there is none."""
    return _group_of(_parse(tree))


def compose_condition(group: FactGroup, former: Tree | None = None) -> Tree:
    """What files say of a group, empty for none; ``former`` itself when it says the same."""
    tree = _tree_of(group) or ""
    meant = _parse(tree)
    return former if former and meant is not None and meant == _parse(former) else tree


def describe_tree(project: Project, tree: Tree | None) -> str:
    """A condition in words; « tous les établissements » without one."""
    library, _ = project.open_library()
    return describe_condition(_parse(tree), library, WORD_LABELS)


def check_lines(group: FactGroup, path: str = "") -> Mapping[str, str]:
    """What is wrong with each line, in French, by its path in the groups: « 0.2 »."""
    found: dict[str, str] = {}
    for rank, item in enumerate(group.items):
        below = f"{path}.{rank}" if path else str(rank)
        if isinstance(item, FactGroup):
            found |= check_lines(item, below)
            if not item.items:
                found[below] = "Ce groupe est vide : ajoutez-lui une condition, ou retirez-le."
        elif message := _fault_of(item):
            found[below] = message
    return found


def list_comparisons(fact: str) -> tuple[LabelledWord, ...]:
    """The comparisons that a fact admits, each with its words; one alone needs no choice."""
    match FACTS[fact].kind:
        case "nombre":
            return tuple(BOUND_WORDS.items())
        case "date":
            return tuple(DAY_WORDS.items())
        case "ensemble":
            return (("contient", "avec l’un de"),)
        case _:
            return (("parmi", "est"),)


def list_fact_values(project: Project) -> Mapping[str, tuple[LabelledWord, ...]]:
    """The words that a fact may be compared with, each with its label; no entry for free ones."""
    library, _ = project.open_library()
    nomenclature = library.nomenclature
    devices = (nomenclature.equipements if nomenclature else None) or {}
    sheets = _sheet_titles(library)
    found: dict[str, Mapping[str, str]] = {
        "type_contrat": {key: item.titre for key, item in library.outlines.items()},
        "campagne": {key: item.intitule for key, item in library.campaigns.items()},
        **WORD_LABELS,
        "statut": {key: CHOICE_LABELS["statut"][key] for key in get_args(LegalStatus)},
        "activites": _with_codes(nomenclature.activites if nomenclature else {}),
        "modalites": _with_codes(nomenclature.modalites if nomenclature else {}),
        "mentions": _with_codes(nomenclature.mentions if nomenclature else {}),
        "equipements": {key: device.libelle for key, device in devices.items()},
        "fiches": sheets,
        "deja_engage": {THIS_SHEET: "Cette fiche", **sheets},
        "volets": dict(_iter_parts(library)),
    }
    return {key: tuple(words.items()) for key, words in found.items()}


def _with_codes(labels: Mapping[str, str]) -> Mapping[str, str]:
    return {code: f"{code} – {label}" for code, label in labels.items()}


def _sheet_titles(library: Library) -> Mapping[str, str]:
    return {
        code: f"{code} – {sheet.header.intitule}"
        for sheets in library.fiches.values()
        for code, sheet in sheets.items()
    }


def _iter_parts(library: Library) -> Iterator[LabelledWord]:
    for sheets in library.fiches.values():
        for code, sheet in sheets.items():
            for part in sheet.volets:
                yield f"{code}:{part}", f"{code} – {part}"


def _parse(tree: Tree | None) -> Condition | None:
    if not tree:
        return None
    file = SourceFile.of_text("", render_yaml({_KEY: tree}))
    node = parse_yaml(file, [])
    return parse_condition(node.entries[_KEY].value, []) if isinstance(node, MappingNode) else None


def _group_of(condition: Condition | None) -> FactGroup:
    match condition:
        case None | Always():
            return FactGroup()
        case AllOf(items=items):
            return FactGroup("tous", tuple(_iter_items(items)))
        case AnyOf(items=items):
            return FactGroup("au_moins_un", tuple(_item_of(item) for item in items))
        case Not(item=AnyOf(items=items)):
            return FactGroup("aucun", tuple(_item_of(item) for item in items))
        case Not(item=item):
            return FactGroup("aucun", (_item_of(item),))
        case _:
            return FactGroup("tous", (_item_of(condition),))


def _iter_items(items: tuple[Condition, ...]) -> Iterator[FactGroup | FactLine]:
    """Those of a group that wants all: one within it says nothing more."""
    for item in items:
        if isinstance(item, AllOf):
            yield from _iter_items(item.items)
        else:
            yield _item_of(item)


def _item_of(condition: Condition) -> FactGroup | FactLine:
    if not isinstance(condition, Test):
        return _group_of(condition)
    operand = condition.operand
    values = operand if isinstance(operand, tuple) else (scalar_text(operand),)
    return FactLine(condition.fact, condition.operator, values)


def _tree_of(item: FactGroup | FactLine) -> dict[str, Tree]:
    """Empty for a group that holds nothing."""
    if isinstance(item, FactLine):
        return {item.fact: _value_of(item)}
    trees = [tree for tree in map(_tree_of, item.items) if tree]
    if not trees:
        return {}
    if item.kind == "aucun":
        return {"non": trees[0] if len(trees) == 1 else {"au_moins_un": list(trees)}}
    if len(trees) == 1:
        return trees[0]
    if item.kind == "au_moins_un":
        return {"au_moins_un": list(trees)}
    side_by_side = _side_by_side(item, trees)
    return side_by_side if side_by_side else {"tous": list(trees)}


def _side_by_side(group: FactGroup, trees: list[dict[str, Tree]]) -> dict[str, Tree]:
    """Lines of one group in one mapping, as people write them; empty when it cannot be."""
    if not all(isinstance(item, FactLine) for item in group.items):
        return {}
    found: dict[str, Tree] = {}
    for tree in trees:
        for fact, value in tree.items():
            known = found.get(fact)
            if known is None:
                found[fact] = value
            elif isinstance(known, dict) and isinstance(value, dict) and not known.keys() & value:
                found[fact] = {**known, **value}
            else:
                return {}
    return found


def _value_of(line: FactLine) -> Tree:
    if FACTS[line.fact].kind in ("texte", "ensemble"):
        return line.values[0] if len(line.values) == 1 else list(line.values)
    value = line.values[0] if line.values else ""
    return value if line.operator == "parmi" else {line.operator: value}


def _fault_of(line: FactLine) -> str:
    spec = FACTS[line.fact]
    text = line.values[0] if line.values else ""
    if not text:
        return f"Donnez une valeur à « {spec.label} »."
    return "" if _is_readable(spec.kind, text) else f"« {text} » : {_EXPECTED[spec.kind]}."


_EXPECTED: Mapping[FactKind, str] = {
    "nombre": "un nombre est attendu",
    "date": "une date est attendue",
    "oui_non": "« oui » ou « non » est attendu",
}


def _is_readable(kind: FactKind, text: str) -> bool:
    """True for a value that files would accept."""
    try:
        match kind:
            case "nombre":
                return isinstance(parse_decimal(text), Decimal)
            case "date":
                return isinstance(parse_date(text), date)
            case "oui_non":
                return text in ("oui", "non")
            case _:
                return True
    except ValueError:
        return False
