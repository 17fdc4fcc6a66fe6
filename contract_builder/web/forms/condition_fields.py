"""A condition in a form without script: groups and lines by path, what was sent, what is shown.

Each group says its kind (``si.0.genre``), each line its fact (``si.0.1.fait``); ranks count from 0
without a gap, so that what was sent tells its own shape.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from contract_builder.model.condition import FACTS, FactKind, Operator
from contract_builder.services.restricting import (
    FactGroup,
    FactLine,
    GroupKind,
    LabelledWord,
    list_comparisons,
)
from contract_builder.web.forms.library_fields import read_typed_text
from contract_builder.web.forms.posted import Posted

_PREFIX = "si"
_MOST_LINES, _DEEPEST = 60, 4
_MOST_BOXES = 8
GROUP_WORDS: Mapping[GroupKind, str] = {
    "tous": "toutes ces conditions",
    "au_moins_un": "au moins une de ces conditions",
    "aucun": "aucune de ces conditions",
}
ConditionAct = Literal["ajouter", "retirer"]
FactWords = Mapping[str, tuple[LabelledWord, ...]]


@dataclass(frozen=True, slots=True)
class LineControls:
    """One line as it is shown: ``boxes`` are words with whether they are chosen.

    ``more`` are the words that one may add, ``text`` a number or a day, or free words.
    """

    path: str
    name: str
    fact: str
    label: str
    kind: FactKind
    comparisons: tuple[LabelledWord, ...]
    operator: str
    boxes: tuple[tuple[str, str, bool], ...] = ()
    more: tuple[LabelledWord, ...] = ()
    text: str = ""
    message: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class GroupControls:
    """One group as it is shown; ``depth`` counts from 0, ``may_nest`` while it is not too deep."""

    path: str
    name: str
    kind: GroupKind
    depth: int
    may_nest: bool
    items: tuple["GroupControls | LineControls", ...]
    message: str = ""
    kinds: tuple[LabelledWord, ...] = tuple((str(key), text) for key, text in GROUP_WORDS.items())
    is_group: bool = True


def parse_condition_fields(sent: Posted) -> FactGroup | None:
    """The groups and lines that a form sent; None when it has no condition at all.

    What is beyond sixty lines of a group, or five groups deep, is left out.
    """
    return _parse_group(sent, "", 0) if sent.get(f"{_PREFIX}.genre") else None


def change_condition(group: FactGroup, act: ConditionAct, path: str, added: str = "") -> FactGroup:
    """The groups with a line or a group more at the end of the group at ``path``, or without it.

    ``added`` is a fact, or the kind of a new group; what is not there changes nothing.
    """
    steps = path.split(".") if path else []
    if not all(step.isdecimal() and len(step) < 4 for step in steps):
        return group
    ranks = [int(step) for step in steps]
    return _change(group, ranks, None if act == "retirer" else _new_item(added))


def show_condition(
    group: FactGroup, values: FactWords, messages: Mapping[str, str], path: str = ""
) -> GroupControls:
    """The controls of a condition; ``messages`` are by the path of their line."""
    depth = len(path.split(".")) if path else 0
    items = tuple(
        show_condition(item, values, messages, below)
        if isinstance(item, FactGroup)
        else _show_line(item, values.get(item.fact, ()), below, messages.get(below, ""))
        for below, item in ((_below(path, rank), item) for rank, item in enumerate(group.items))
    )
    message = messages.get(path, "") if path else ""
    return GroupControls(path, _name(path), group.kind, depth, depth < _DEEPEST, items, message)


def list_fact_groups() -> tuple[tuple[str, tuple[LabelledWord, ...]], ...]:
    """The facts that a line may be about, by kind: what to choose from."""
    titles: Mapping[FactKind, str] = {
        "texte": "Le contrat et l’établissement",
        "oui_non": "Oui ou non",
        "ensemble": "Ce qu’il a ou a choisi",
        "nombre": "Nombres",
        "date": "Dates",
    }
    return tuple(
        (title, tuple((name, spec.label) for name, spec in FACTS.items() if spec.kind == kind))
        for kind, title in titles.items()
    )


def _parse_group(sent: Posted, path: str, depth: int) -> FactGroup:
    kind = _find_kind(sent.get(f"{_name(path)}.genre") or "") or "tous"
    items: list[FactGroup | FactLine] = []
    for rank in range(_MOST_LINES):
        below = _below(path, rank)
        if sent.get(f"{_name(below)}.fait") in FACTS:
            items.append(_parse_line(sent, _name(below), sent.get(f"{_name(below)}.fait") or ""))
        elif sent.get(f"{_name(below)}.genre") and depth < _DEEPEST:
            items.append(_parse_group(sent, below, depth + 1))
        else:
            break
    return FactGroup(kind, tuple(items))


def _parse_line(sent: Posted, name: str, fact: str) -> FactLine:
    known = [word for word, _ in list_comparisons(fact)]
    chosen = sent.get(f"{name}.comparaison")
    operator = chosen if chosen and chosen in known else known[0]
    free = (sent.get(f"{name}.mots") or "").split(",")
    words = [*sent.getlist(f"{name}.valeur"), sent.get(f"{name}.plus") or "", *free]
    kept = tuple(dict.fromkeys(word for word in map(_plain, words) if word))
    if FACTS[fact].kind not in ("texte", "ensemble"):
        kept = kept[:1]
    return FactLine(fact, _operator(operator), kept)


def _plain(word: str) -> str:
    return " ".join(read_typed_text(word).split())


def _operator(word: str) -> Operator:
    return next(known for known in get_args(Operator) if known == word)


def _change(
    group: FactGroup, ranks: Sequence[int], added: FactGroup | FactLine | None
) -> FactGroup:
    items = list(group.items)
    if not ranks:
        return replace(group, items=(*items, added)) if added is not None else group
    rank, *rest = ranks
    if rank >= len(items):
        return group
    inner = items[rank]
    if isinstance(inner, FactGroup) and (rest or added is not None):
        items[rank] = _change(inner, rest, added)
    elif not rest and added is None:
        del items[rank]
    return replace(group, items=tuple(items))


def _new_item(added: str) -> FactGroup | FactLine | None:
    if added in FACTS:
        return FactLine(added, _operator(list_comparisons(added)[0][0]))
    kind = _find_kind(added)
    return None if kind is None else FactGroup(kind)


def _find_kind(word: str) -> GroupKind | None:
    return next((known for known in GROUP_WORDS if known == word), None)


def _show_line(
    line: FactLine, words: tuple[LabelledWord, ...], path: str, message: str
) -> LineControls:
    spec = FACTS[line.fact]
    labels = dict(words)
    chosen: tuple[LabelledWord, ...] = ()
    others: tuple[LabelledWord, ...] = ()
    if 0 < len(words) <= _MOST_BOXES:
        strangers = tuple((word, word) for word in line.values if word not in labels)
        chosen = (*words, *strangers)
    elif words:
        chosen = tuple((word, labels.get(word, word)) for word in line.values)
        others = tuple(choice for choice in words if choice[0] not in line.values)
    return LineControls(
        path=path,
        name=_name(path),
        fact=line.fact,
        label=spec.label,
        kind=spec.kind,
        comparisons=list_comparisons(line.fact),
        operator=line.operator,
        boxes=tuple((word, label, word in line.values) for word, label in chosen),
        more=others,
        text="" if words else ", ".join(line.values),
        message=message,
    )


def _below(path: str, rank: int) -> str:
    return f"{path}.{rank}" if path else str(rank)


def _name(path: str) -> str:
    return f"{_PREFIX}.{path}" if path else _PREFIX
