"""Each datum told once: what only repeats or adds up a changed datum becomes its detail.

One site renamed is printed under each of its authorisations; one amount changes its line's total,
its envelope's and the grand total; a line that goes takes its note along. A change is folded only
when *all* that differs in it follows: text between the values is never hidden.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from contract_builder.compare.amounts import parse_number
from contract_builder.compare.change import Change
from contract_builder.compare.header_changes import PARTY
from contract_builder.compare.quantities import Quantity, find_quantities
from contract_builder.compare.table_changes import TABLE_NOTE
from contract_builder.compare.texts import blocks_text
from contract_builder.compare.tokens import find_words
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.dates import count_months_and_days, find_mid_term
from contract_builder.model.french import long_date
from contract_builder.model.renewal_law import last_day_to_request

_TERM = ("date d’effet", "date de fin")
_SHORTEST_NAME = 8
_LEADING = re.compile(r"(\d*)(.*)", re.DOTALL)
_SEPARATOR = re.compile(r" \| | ; |\s: ")


@dataclass(frozen=True, slots=True)
class _Renaming:
    """A datum that was ``old`` and is ``new``; ``origin`` is the index of the change that tells."""

    old: str
    new: str
    origin: int


def fold_consequences(
    old: Contract, new: Contract, changes: Sequence[Change]
) -> tuple[Change, ...]:
    """The changes, in order, those that follow from another one among its details."""
    folder = _Folder(old, new, changes)
    folded: dict[int, int] = {}
    for index in range(len(changes)):
        for origin in folder.origins(index):
            if _root(origin, folded) != index:
                folded[index] = origin
    details: dict[int, list[Change]] = {}
    for index, origin in folded.items():
        details.setdefault(_root(origin, folded), []).append(changes[index])
    return tuple(
        change.with_details(details.get(index, ()))
        for index, change in enumerate(changes)
        if index not in folded
    )


def _root(index: int, folded: dict[int, int]) -> int:
    """The change that tells; a detail of a detail goes to the first."""
    while index in folded:
        index = folded[index]
    return index


class _Folder:
    def __init__(self, old: Contract, new: Contract, changes: Sequence[Change]) -> None:
        self._changes = changes
        self._old, self._new = old, new
        self._renamings = [*self._find_renamings(), *self._find_deduced(old.header, new.header)]

    @cached_property
    def _quantities(self) -> Sequence[Quantity]:
        return find_quantities(self._old, self._new)

    @cached_property
    def _text(self) -> str:
        """All that the new contract prints. Most comparisons ask neither for it nor for sums."""
        return "\n".join(blocks_text(section.blocks) for section in self._new.iter_sections())

    def origins(self, index: int) -> Iterator[int]:
        """The change that this one follows from; nothing when it stands on its own."""
        change = self._changes[index]
        if change.cls != "substance" or (change.typed and change.topic != "contrat"):
            return
        if change.is_standing:
            return
        found = self._repeated(index)
        if found is None:
            found = self._added_up(index)
        if found is None and change.topic == "cible":
            found = self._target_of(index)
        if found is None and change.topic == "financement":
            found = self._row_of_sums(index)
        if found is None and change.where.key.startswith(PARTY):
            found = self._party_of(index)
        if found is None and change.where.column == TABLE_NOTE:
            found = self._note_of(index)
        if found is not None:
            yield found

    def _find_renamings(self) -> Iterator[_Renaming]:
        """Data that change as a whole: of the header, of the profile, names in their table."""
        seen: set[tuple[str, str]] = set()
        for index, change in enumerate(self._changes):
            if change.kind != "modify" or change.cls != "substance" or change.is_standing:
                continue
            for before, after in self._data_of(change):
                if before.strip() and after.strip() and (before, after) not in seen:
                    seen.add((before, after))
                    yield _Renaming(before, after, index)

    def _find_deduced(self, old: ContractHeader, new: ContractHeader) -> Iterator[_Renaming]:
        """The days that are computed from the term of the contract, when the term changes."""
        origin = next(
            (
                index
                for index, change in enumerate(self._changes)
                if change.topic == "contrat" and change.where.key in _TERM
            ),
            None,
        )
        if origin is None:
            return
        for before, after in zip(_deduced_days(old), _deduced_days(new), strict=True):
            if before != after:
                yield _Renaming(long_date(before), long_date(after), origin)
        if _duration(old) == _duration(new) and old.end_date != new.end_date:
            yield _Renaming(long_date(old.end_date), long_date(new.end_date), origin)

    def _data_of(self, change: Change) -> Iterator[tuple[str, str]]:
        yield from change.values
        is_named = change.topic in ("contrat", "objectif") and change.typed
        is_cell = bool(change.where.column) and not change.typed
        if is_named or (is_cell and self._is_renaming(change)):
            yield change.old, change.new

    def _is_renaming(self, change: Change) -> bool:
        """True for a cell whose old text is a name that the new contract holds nowhere."""
        name = change.old
        return (
            change.difference is None
            and len(name) >= _SHORTEST_NAME
            and name not in self._text
            and any(letter.isalpha() for letter in name)
        )

    def _repeated(self, index: int) -> int | None:
        """The change of a datum whose replacement explains the whole difference."""
        change = self._changes[index]
        if change.kind != "modify":
            return None
        text, used = change.old, []
        for renaming in self._renamings:
            if renaming.origin == index:
                continue
            replaced = _replace(text, renaming)
            if replaced != text:
                text = replaced
                used.append(renaming.origin)
            if text == change.new:
                return used[0]
        return None

    def _added_up(self, index: int) -> int | None:
        """The change that decides the sums and counts of this one, when nothing else differs."""
        change = self._changes[index]
        if change.kind != "modify":
            return None
        pairs = change.values or ((change.old, change.new),)
        if change.values and not _differs_by_values_alone(change):
            return None
        if not change.values and not change.where.column:
            return None
        origins = [self._origin_of_number(index, *pair) for pair in pairs]
        known = [origin for origin in origins if origin is not None]
        return known[0] if known and len(known) == len(origins) else None

    def _origin_of_number(self, index: int, old: str, new: str) -> int | None:
        before, after = parse_number(old), parse_number(new)
        if before is None:
            before, after = map(parse_number, _leading_numbers(old, new))
        if before is None or after is None:
            return None
        for quantity in self._quantities:
            if (quantity.old, quantity.new) == (before, after):
                found = self._origin(index, quantity)
                if found is not None:
                    return found
        return None

    def _origin(self, index: int, quantity: Quantity) -> int | None:
        """The first change that decides a quantity, never one that may only repeat it."""
        for at, change in enumerate(self._changes):
            if at == index or change.cls != "substance" or not quantity.follows(change):
                continue
            if (parse_number(change.old), parse_number(change.new)) == (quantity.old, quantity.new):
                continue
            return at
        return None

    def _target_of(self, index: int) -> int | None:
        """The recorded target of the sheet and year that a computed figure shows."""
        shown = self._changes[index]
        at = (shown.where.section, shown.where.year, shown.old, shown.new)
        same = (
            position
            for position, other in enumerate(self._changes)
            if other.typed and (other.where.section, other.where.year, other.old, other.new) == at
        )
        return next(same, None)

    def _row_of_sums(self, index: int) -> int | None:
        """The record that a row or column of sums comes or goes with."""
        change = self._changes[index]
        if change.kind not in ("insert", "delete"):
            return None
        numbers = [parse_number(part) for part in _SEPARATOR.split(change.new or change.old)]
        sums = {q.new if change.new else q.old for q in self._quantities}
        if not any(numbers) or not all(not n or n in sums for n in numbers):
            return None
        return next(
            (
                at
                for at, other in enumerate(self._changes)
                if other.typed and (other.topic, other.kind) == ("financement", change.kind)
            ),
            None,
        )

    def _party_of(self, index: int) -> int | None:
        """The row that says which party comes or goes."""
        change = self._changes[index]
        name = change.where.key.removeprefix(PARTY)
        same = (
            at
            for at, other in enumerate(self._changes)
            if other.kind == change.kind and other.where.row == name and at != index
        )
        return next(same, None) if change.kind in ("insert", "delete") else None

    def _note_of(self, index: int) -> int | None:
        """The row of the same table whose words are those that differ in its note."""
        note = self._changes[index]
        gone, come = _different_words(note)
        for at, change in enumerate(self._changes):
            if at == index or change.where.table != note.where.table:
                continue
            if change.kind == "move" and not (gone or come):
                return at
            if change.cls != "substance":
                continue
            told = (change, *change.details)
            before = {word for item in told for word in find_words(item.old)}
            after = {word for item in told for word in find_words(item.new)}
            if change.kind == note.kind and change.kind in ("insert", "delete"):
                name = change.where.row.partition("\n")[0]
                if name and name in note.old + note.new:
                    return at
            elif note.kind == "modify" and gone <= before and come <= after:
                return at
        return None


def _deduced_days(header: ContractHeader) -> tuple[date, date]:
    """The mid-term evaluation and the last day to ask for a renewal."""
    mid_term = find_mid_term(header.effective_date, header.end_date)
    return mid_term, last_day_to_request(header.end_date)


def _duration(header: ContractHeader) -> tuple[int, int]:
    return count_months_and_days(header.effective_date, header.end_date)


def _replace(text: str, renaming: _Renaming) -> str:
    """The text with the new datum, also where a sentence begins with it or goes on with it."""
    text = text.replace(renaming.old, renaming.new)
    for change_case in (str.lower, str.upper):
        before, after = (change_case(name[0]) + name[1:] for name in (renaming.old, renaming.new))
        if before != renaming.old:
            text = text.replace(before, after)
    return text


def _leading_numbers(old: str, new: str) -> tuple[str, str]:
    """« 4 » and « 5 » of « 4 exemplaires… » and « 5 exemplaires… »; else both texts."""
    (before, left), (after, right) = (_LEADING.match(text).groups() for text in (old, new))  # type: ignore[union-attr]
    return (before, after) if before and _singular(left) == _singular(right) else (old, new)


def _differs_by_values_alone(change: Change) -> bool:
    """True when the words between the values stand, but for the mark of a plural."""
    text = change.old
    for before, after in change.values:
        text = text.replace(before, after)
    return _singular(text) == _singular(change.new)


def _singular(text: str) -> list[str]:
    return [word.rstrip("s") for word in find_words(text)]


def _different_words(change: Change) -> tuple[set[str], set[str]]:
    before, after = set(find_words(change.old)), set(find_words(change.new))
    return before - after, after - before
