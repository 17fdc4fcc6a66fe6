"""The plan of a contract in a form: parts and clauses moved by buttons, nothing written before.

Ranks in the names of fields and of buttons are those on the page, from 0.
"""

from collections.abc import Sequence
from dataclasses import replace

from contract_builder.services.planning import PlannedPart
from contract_builder.web.forms.library_fields import read_typed_text
from contract_builder.web.forms.posted import Posted

_MOST_PARTS, _MOST_CLAUSES = 200, 400
Parts = tuple[PlannedPart, ...]


def parse_plan_lines(sent: Posted, known: Parts) -> Parts:
    """The parts that a form sent, in its order; ``known`` are those of the file."""
    closed = {part.id for part in known if not part.holds_clauses}
    parts: list[PlannedPart] = []
    while len(parts) < _MOST_PARTS:
        name = f"partie.{len(parts)}"
        kind = sent.get(f"{name}.sorte")
        if kind is None:
            break
        title = " ".join(read_typed_text(sent.get(f"{name}.titre") or "").split())
        clauses = tuple(sent.getlist(f"{name}.clause")[:_MOST_CLAUSES])
        part = sent.get(name) or ""
        parts.append(PlannedPart(part, kind, title, clauses, part not in closed))
    return tuple(parts)


def change_plan_lines(parts: Parts, act: str, place: str, added: str) -> tuple[Parts, str]:
    """The parts after a button, and the place of what was moved; as they are for another button.

    ``place`` is a rank, of a part, or two, of a clause in it. ``added`` is a clause to place.
    """
    steps = place.split(".")
    if not all(step.isdecimal() and len(step) < 4 for step in steps):
        return parts, ""
    ranks = [int(step) for step in steps]
    if ranks[0] >= len(parts):
        return parts, ""
    if len(ranks) == 1:
        return _change_part(parts, act, ranks[0], added)
    if ranks[1] >= len(parts[ranks[0]].clauses):
        return parts, ""
    return _change_clause(parts, act, ranks[0], ranks[1])


def _change_part(parts: Parts, act: str, at: int, added: str) -> tuple[Parts, str]:
    part = parts[at]
    if act == "placer" and added:
        return _with(parts, at, (*part.clauses, added)), f"{at}.{len(part.clauses)}"
    if act == "retirer" and not part.clauses:
        return (*parts[:at], *parts[at + 1 :]), ""
    to = at - 1 if act == "monter" else at + 1
    if act not in ("monter", "descendre") or not 0 <= to < len(parts):
        return parts, ""
    moved = list(parts)
    moved[at], moved[to] = moved[to], moved[at]
    return tuple(moved), str(to)


def _change_clause(parts: Parts, act: str, at: int, rank: int) -> tuple[Parts, str]:
    clauses = parts[at].clauses
    others = (*clauses[:rank], *clauses[rank + 1 :])
    if act == "retirer":
        return _with(parts, at, others), ""
    step = {"monter": -1, "descendre": 1}.get(act, 0)
    if not step:
        return parts, ""
    to = rank + step
    if 0 <= to < len(clauses):
        moved = (*others[:to], clauses[rank], *others[to:])
        return _with(parts, at, moved), f"{at}.{to}"
    return _move_to_next(parts, at, rank, step)


def _move_to_next(parts: Parts, at: int, rank: int, step: int) -> tuple[Parts, str]:
    """The clause in the part before, as its last one, or after, as its first one."""
    to = at + step
    while 0 <= to < len(parts) and not parts[to].holds_clauses:
        to += step
    if not 0 <= to < len(parts):
        return parts, ""
    clause, clauses = parts[at].clauses[rank], parts[at].clauses
    left = _with(parts, at, (*clauses[:rank], *clauses[rank + 1 :]))
    if step < 0:
        return _with(left, to, (*left[to].clauses, clause)), f"{to}.{len(left[to].clauses)}"
    return _with(left, to, (clause, *left[to].clauses)), f"{to}.0"


def _with(parts: Sequence[PlannedPart], at: int, clauses: tuple[str, ...]) -> Parts:
    return (*parts[:at], replace(parts[at], clauses=clauses), *parts[at + 1 :])
