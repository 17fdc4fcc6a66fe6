"""Changes of several copies of one version: what agrees is told once, what conflicts is listed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract_builder.returned.change import ReturnedChange


@dataclass(frozen=True, slots=True)
class ReturnedConflict:
    """Changes that cannot all be accepted, by their ids, and why in French."""

    changes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The changes of all copies with their ids, untracked ones first, and their conflicts.

    ``copies`` are the changes of each file, in the order given, with the ids that they are told
    under: what two copies agree on has one id and stands in both.
    """

    changes: tuple[ReturnedChange, ...]
    conflicts: tuple[ReturnedConflict, ...]
    copies: tuple[tuple[ReturnedChange, ...], ...] = ()


def merge_changes(files: Sequence[tuple[str, Sequence[ReturnedChange]]]) -> Merged:
    """The changes of these files, by name; all must be told against the same version."""
    told: dict[tuple[object, ...], ReturnedChange] = {}
    keyed: list[tuple[int, tuple[object, ...], ReturnedChange]] = []
    for rank, (name, changes) in enumerate(files):
        own: dict[tuple[object, ...], int] = defaultdict(int)
        for change in changes:
            key: tuple[object, ...] = (
                change.tracked, change.kind, change.where, change.old, change.new,
            )  # fmt: skip
            own[key] += 1
            keyed.append((rank, (*key, own[key]), change.named(name, "")))
            told.setdefault(keyed[-1][1], change.named(name, ""))
    ordered = sorted(told.items(), key=lambda item: item[1].tracked)
    ids = {key: f"m{number}" for number, (key, _) in enumerate(ordered, start=1)}
    numbered = tuple(change.named(change.file, ids[key]) for key, change in ordered)
    copies: list[list[ReturnedChange]] = [[] for _ in files]
    for rank, whole, change in keyed:
        copies[rank].append(change.named(change.file, ids[whole]))
    return Merged(
        numbered,
        tuple(_iter_conflicts(numbered)) if len(files) > 1 else (),
        tuple(map(tuple, copies)),
    )


def _iter_conflicts(changes: Sequence[ReturnedChange]) -> Iterator[ReturnedConflict]:
    by_section: dict[str, list[ReturnedChange]] = defaultdict(list)
    for change in changes:
        by_section[change.where.section].append(change)
    for group in by_section.values():
        for rank, one in enumerate(group):
            for other in group[rank + 1 :]:
                why = _find_conflict(one, other) if one.file != other.file else ""
                if why:
                    yield ReturnedConflict((one.id, other.id), why)


def _find_conflict(one: ReturnedChange, other: ReturnedChange) -> str:
    """Why both cannot be accepted; empty when they can."""
    names = f"« {one.file} » et « {other.file} »"
    if one.cls == other.cls == "format" or one.where.line < 0:
        return ""
    removed = [change.kind == "section-removed" for change in (one, other)]
    if all(removed):
        return ""
    if any(removed) and one.where.section == other.where.section:
        return f"{names} : l’un supprime la clause que l’autre modifie."
    if one.where.line != other.where.line or (one.kind, one.old, one.new) == (
        other.kind, other.old, other.new,
    ):  # fmt: skip
        return ""
    start, end = max(one.where.start, other.where.start), min(one.where.end, other.where.end)
    if start < 0 or start > end:
        return ""
    if start == end and not one.where.start == other.where.start == start:
        return ""
    return f"{names} ne disent pas la même chose au même endroit."
