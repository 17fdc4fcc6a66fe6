"""Operations and the old contract → the contract that they make of it.

Strict: what an operation quotes must stand where it says. All numbers and quotations speak of the
old contract; operations are simultaneous and never overlap, so their order only matters among those
that put something in at one place. Numbers, links and what no section holds stay the old ones.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from contract_builder.amend.failures import OperationError
from contract_builder.amend.sameness import read_alike
from contract_builder.amend.text_edits import edit_unit
from contract_builder.amend.units import Unit, list_units
from contract_builder.model.amendment import Operation, OperationKind
from contract_builder.model.contract import Contract, Section, iter_tree

_TREE: frozenset[OperationKind] = frozenset(
    {
        "replace_section",
        "insert_section",
        "delete_section",
        "move_section",
        "replace_title",
        "replace_sheet",
        "insert_sheet",
        "delete_sheet",
        "replace_annex",
        "insert_annex",
        "delete_annex",
    }
)


def apply_operations(operations: Iterable[Operation], old: Contract) -> Contract:
    """The contract that the operations make of ``old``; OperationError when one does not apply."""
    ordered = tuple(operations)
    tree = _Tree({unit.id: unit for unit in list_units(old)}, parents_by_id(old))
    text: dict[str, list[Operation]] = {}
    for operation in ordered:
        unit = tree.units.get(operation.where.unit)
        if unit is None:
            raise OperationError(operation, "unknown_unit")
        if operation.kind in _TREE:
            tree.plan(operation, unit)
        else:
            text.setdefault(unit.id, []).append(operation)
    for operation in ordered:
        tree.check_overlap(operation)
    for unit_id, edits in text.items():
        tree.edit(tree.units[unit_id], edits)
    made = replace(old, sections=tuple(tree.rebuild(old.sections, "")))
    _check_unique(made, ordered)
    return made


def _check_unique(made: Contract, operations: Sequence[Operation]) -> None:
    """OperationError for the operation that puts in a section which stands already."""
    counts = Counter(section.id for section in made.iter_sections())
    for operation in operations:
        for section in operation.content or ():
            if isinstance(section, Section) and any(counts[s.id] > 1 for s in iter_tree(section)):
                raise OperationError(operation, "twice")


@dataclass(slots=True)
class _Tree:
    """What happens to the sections, by id."""

    units: dict[str, Unit]
    parents: dict[str, str]
    edited: dict[str, Section] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, tuple[Section, ...]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    moved: dict[str, tuple[Section, ...]] = field(default_factory=dict)
    after: dict[str, list[Section | str]] = field(default_factory=dict)
    before: dict[str, list[Section | str]] = field(default_factory=dict)
    first: dict[str, list[Section | str]] = field(default_factory=dict)
    last: dict[str, list[Section | str]] = field(default_factory=dict)

    def plan(self, operation: Operation, unit: Unit) -> None:
        """Notes an operation on whole sections."""
        match operation.kind:
            case "replace_title":
                self._retitle(operation, unit)
            case "move_section":
                self._move(operation, unit)
            case "insert_section" | "insert_sheet" | "insert_annex":
                self._insert(operation, unit)
            case _:
                self._settle(operation, unit, _sections(operation))

    def check_overlap(self, operation: Operation) -> None:
        """OperationError for what is changed inside a part that is replaced or suppressed."""
        unit = operation.where.unit
        beside = operation.kind in _TREE and (
            operation.side != "end" and operation.kind != "replace_title"
        )
        place: str | None = self.parents.get(unit) if beside else unit
        while place is not None:
            if place in self.replaced:
                raise OperationError(operation, "overlap")
            place = self.parents.get(place)

    def _retitle(self, operation: Operation, unit: Unit) -> None:
        if unit.id in self.titles:
            raise OperationError(operation, "overlap")
        if operation.old is not None and not read_alike(operation.old, unit.section.title):
            raise OperationError(operation, "other_text")
        if not isinstance(operation.new, str):
            raise OperationError(operation, "content")
        self.titles[unit.id] = operation.new

    def _settle(self, operation: Operation, unit: Unit, content: tuple[Section, ...]) -> None:
        """Another text for a unit, or none; what continues it after it goes with it."""
        if unit.id in self.replaced:
            raise OperationError(operation, "overlap")
        if operation.kind.startswith("replace_") and not content:
            raise OperationError(operation, "content")
        self.replaced[unit.id] = content
        self.gone.update(_followers(unit))

    def _insert(self, operation: Operation, unit: Unit) -> None:
        content = _sections(operation)
        if not content:
            raise OperationError(operation, "content")
        if operation.side == "end":
            self.last.setdefault(unit.id, []).extend(content)
        elif operation.side == "before":
            self.before.setdefault(unit.id, []).extend(content)
        else:
            self.after.setdefault(_last_section(unit), []).extend(content)

    def _move(self, operation: Operation, unit: Unit) -> None:
        target = next(
            (u for u in self.units.values() if u.name == operation.new and u is not unit), None
        )
        if target is None:
            raise OperationError(operation, "unknown_unit")
        if unit.id in self.moved:
            raise OperationError(operation, "overlap")
        places = self.before if operation.side == "before" else self.after
        at = target.id if operation.side == "before" else _last_section(target)
        places.setdefault(at, []).append(unit.id)
        self.moved[unit.id] = ()

    def edit(self, unit: Unit, operations: Sequence[Operation]) -> None:
        """Carries out the operations on the alinéas and tables of a unit."""
        edits = edit_unit(unit, operations)
        self.edited.update(edits.sections)
        self.gone.update(edits.gone)
        for anchor, content in edits.inserted:
            if anchor == unit.id and not _followers(unit):
                self.first.setdefault(anchor, []).extend(content)
            else:
                self.after.setdefault(anchor, []).extend(content)

    def rebuild(self, sections: Sequence[Section], parent: str) -> list[Section]:
        """The sections below one parent, after all that was planned."""
        self._keep_moved(sections)
        made: list[Section] = []
        made.extend(self._put(self.first.get(parent, ())))
        for section in sections:
            made.extend(self._put(self.before.get(section.id, ())))
            if section.id not in self.moved and section.id not in self._carried():
                made.extend(self._one(section))
            made.extend(self._put(self.after.get(section.id, ())))
        made.extend(self._put(self.last.get(parent, ())))
        return made

    def _one(self, section: Section) -> tuple[Section, ...]:
        if section.id in self.replaced:
            return self.replaced[section.id]
        if section.id in self.gone:
            return ()
        own = self.edited.get(section.id, section)
        return (
            replace(
                own,
                title=self.titles.get(section.id, section.title),
                children=tuple(self.rebuild(section.children, section.id)),
            ),
        )

    def _keep_moved(self, sections: Sequence[Section]) -> None:
        """Makes ready the sections that leave their place, with those that continue them."""
        for section in sections:
            if section.id in self.moved:
                unit = self.units[section.id]
                ids = {unit.id, *_followers(unit)}
                whole = [one for item in sections if item.id in ids for one in self._one(item)]
                self.moved[section.id] = tuple(whole)

    def _carried(self) -> set[str]:
        return {name for unit in self.moved for name in _followers(self.units[unit])}

    def _put(self, content: Iterable[Section | str]) -> Iterable[Section]:
        for item in content:
            if isinstance(item, str):
                yield from self.moved[item]
            else:
                yield item


def _sections(operation: Operation) -> tuple[Section, ...]:
    content = operation.content or ()
    sections = tuple(item for item in content if isinstance(item, Section))
    if len(sections) < len(content):
        raise OperationError(operation, "content")
    return sections


def _followers(unit: Unit) -> tuple[str, ...]:
    """The clauses without number that continue a unit and stand beside it in the tree."""
    inside = {section.id for section in iter_tree(unit.section)}
    return tuple(section.id for section in unit.sections if section.id not in inside)


def _last_section(unit: Unit) -> str:
    """The section of the unit after which its next sibling stands."""
    followers = _followers(unit)
    return followers[-1] if followers else unit.id


def parents_by_id(contract: Contract) -> dict[str, str]:
    """Each section's id with that of the section that holds it."""
    return {
        child.id: section.id for section in contract.iter_sections() for child in section.children
    }
