"""The numbers that the consolidated text bears: an avenant never renumbers.

An article keeps its number for ever, a suppressed number stays empty. An inserted article takes the
number of the one before it with « -1 » (6.2-1, 6.2-2…); between 6.2 and an existing 6.2-1 it is
« 6.2-1 A »; before the first of its group « 6.1 A ». One that stands in the place of another, and
is like it, replaces it and takes its number. An inserted annex keeps the number of the new
contract where it is free in the old one, else takes the next free one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from string import ascii_uppercase

from contract_builder.amend.lines import map_lines
from contract_builder.compare.alignment import increasing_chain, match_keys
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.texts import blocks_text
from contract_builder.model.blocks import (
    CrossReference,
    Footnote,
    Inline,
    Inlines,
)
from contract_builder.model.contract import Contract, Section, iter_tree

_LETTERED = re.compile(r"(?P<base>.+) [A-Z]+")
_DASHED = re.compile(r"(?P<base>.+)-(?P<rank>\d+)")
_ANNEX = re.compile(r"(?P<prefix>.*?)(?P<rank>\d+)")


def next_article_number(before: str, first: str, taken: Iterable[str]) -> str:
    """The number of an article inserted after ``before``; before ``first`` when that is empty."""
    used = set(taken)
    lettered = _LETTERED.fullmatch(before)
    if not before or lettered:
        return _next_lettered(lettered["base"] if lettered else first, used)
    dashed = _DASHED.fullmatch(before)
    base, rank = (dashed["base"], int(dashed["rank"])) if dashed else (before, 0)
    following = f"{base}-{rank + 1}"
    return following if following not in used else _next_lettered(following, used)


def _next_lettered(number: str, used: set[str]) -> str:
    lettered = _LETTERED.fullmatch(number)
    base = lettered["base"] if lettered else number
    return next(name for letters in _letters() if (name := f"{base} {letters}") not in used)


def _letters() -> Iterator[str]:
    """A, B… Z, AA, AB…"""
    yield from ascii_uppercase
    yield from map("".join, product(ascii_uppercase, repeat=2))


def next_annex_number(own: str, before: str, taken: Iterable[str]) -> str:
    """The number of an inserted annex, which the new contract numbers ``own``."""
    used = set(taken)
    if own not in used:
        return own
    match = _ANNEX.fullmatch(before or own)
    prefix, rank = (match["prefix"], int(match["rank"])) if match else (f"{own}-", 0)
    while (number := f"{prefix}{rank + 1}") in used:
        rank += 1
    return number


def find_successors(old: Contract, new: Contract) -> dict[str, str]:
    """New id → old id of the clauses that stand in the place of another one, and are like it.

    Two variants of one subject (one site, several sites): the article is replaced, and keeps its
    number. Between two clauses that both contracts hold, those that pair best in order.
    """
    olds, news = _groups(old), _groups(new)
    known = {section.id for section in old.iter_sections()}
    left = {section.id for section in new.iter_sections()}
    likeness = Likeness[Section](lambda section: f"{section.title} {blocks_text(section.blocks)}")
    found: dict[str, str] = {}
    for parent in olds.keys() & news.keys():
        before, after = olds[parent], news[parent]
        chain = increasing_chain(
            match_keys([s.id for s in before], [s.id for s in after]), [1] * len(before)
        )
        old_at = new_at = 0
        for i, j in [*sorted(chain.items()), (len(before), len(after))]:
            gone = [section for section in before[old_at:i] if section.id not in left]
            come = [section for section in after[new_at:j] if section.id not in known]
            for k, m in likeness.best_pairs(gone, come):
                found[come[m].id] = gone[k].id
            old_at, new_at = i + 1, j + 1
    return found


def _groups(contract: Contract) -> dict[str, list[Section]]:
    """The numbered clauses of each article."""
    return {
        section.id: [child for child in section.children if child.number]
        for section in contract.sections
        if section.kind == "article"
    }


def number_as_consolidated(old: Contract, new: Contract) -> Contract:
    """``new`` without its list of gaps, with the numbers that it bears as a text amended.

    Sections that ``old`` holds keep their numbers and labels, inserted ones take free numbers, and
    links print the number of what they lead to.
    """
    kept = [section for section in new.sections if section.kind != "lacunes"]
    numbering = _Numbering(old, find_successors(old, new))
    sections = numbering.number("", kept, "", "")
    links = _Links(_numbers_by_id(kept), _numbers_by_id(sections))
    return replace(new, sections=tuple(links.rewrite(section) for section in sections))


@dataclass(slots=True)
class _Numbering:
    """Gives numbers, level by level; ``taken`` grows with each one given."""

    old: Contract
    successors: dict[str, str]
    taken: set[str] = field(init=False)
    _places: dict[str, tuple[Section, str]] = field(init=False)
    _groups: dict[str, list[Section]] = field(init=False)

    def __post_init__(self) -> None:
        """Learns where each section of the old contract stands."""
        self._places, self._groups = {}, {"": list(self.old.sections)}
        for section in self.old.sections:
            self._places[section.id] = (section, "")
        for section in self.old.iter_sections():
            self._groups[section.id] = list(section.children)
            for child in section.children:
                self._places[child.id] = (child, section.id)
        self.taken = {section.number for section in self.old.iter_sections()}

    def number(
        self, parent: str, sections: Sequence[Section], new_number: str, number: str
    ) -> list[Section]:
        """The sections below one parent, whose number in the new contract was ``new_number``."""
        standing = self._standing(parent, sections)
        found: list[Section] = []
        before = {True: "", False: ""}
        for section in sections:
            is_annex = section.kind == "annexe"
            named = self._name(section, parent, before[is_annex], (new_number, number))
            counts = bool(named.number) and named.kind != "fiche"
            place = self.successors.get(section.id, section.id)
            if counts and (place in standing or place not in self._places):
                before[is_annex] = named.number
            below = self.number(section.id, section.children, section.number, named.number)
            found.append(replace(named, children=tuple(below)))
        return found

    def _standing(self, parent: str, sections: Sequence[Section]) -> set[str]:
        """The ids of those that keep their place among their siblings."""
        group = [section.id for section in self._groups.get(parent, ())]
        ids = [self.successors.get(section.id, section.id) for section in sections]
        chain = increasing_chain(match_keys(group, ids), [1] * len(group))
        return {group[index] for index in chain}

    def _name(
        self, section: Section, parent: str, before: str, numbers: tuple[str, str]
    ) -> Section:
        """One section with the number that it keeps or takes."""
        if section.kind == "fiche":
            return section
        known = self.successors.get(section.id, section.id)
        was, place = self._places.get(known, (None, ""))
        if was is not None and place == parent and was.kind == section.kind and was.number:
            if section.number or not section.title:
                title = section.title or was.title
                return replace(section, number=was.number, label=was.label, title=title)
            return section
        if not section.number:
            return section
        number = self._free(section, parent, before, numbers)
        self.taken.add(number)
        return replace(section, number=number, label=section.label.replace(section.number, number))

    def _free(self, section: Section, parent: str, before: str, numbers: tuple[str, str]) -> str:
        if section.kind == "annexe":
            return next_annex_number(section.number, before, self.taken)
        group = [item for item in self._groups.get(parent, ()) if item.number]
        same = [item.number for item in group if item.kind not in ("annexe", "fiche")]
        if same:
            return next_article_number(before, same[0], self.taken)
        new_number, number = numbers
        if new_number and section.number.startswith(new_number):
            return f"{number}{section.number.removeprefix(new_number)}"
        return section.number


def _numbers_by_id(sections: Iterable[Section]) -> dict[str, str]:
    """The number by which a link names each section: its own, else that of the nearest above."""
    found: dict[str, str] = {}

    def visit(section: Section, above: str) -> None:
        found[section.id] = section.number or above
        for child in section.children:
            visit(child, found[section.id])

    for section in sections:
        visit(section, "")
    return found


@dataclass(frozen=True, slots=True)
class _Links:
    """Writes the links again where the number of what they lead to is another one."""

    before: dict[str, str]
    after: dict[str, str]

    def rewrite(self, section: Section) -> Section:
        """The section and all below it."""
        return replace(
            section,
            blocks=map_lines(section.blocks, self._inlines),
            children=tuple([self.rewrite(child) for child in section.children]),
        )

    def _inlines(self, content: Inlines) -> Inlines:
        return tuple([self._inline(item) for item in content])

    def _inline(self, item: Inline) -> Inline:
        match item:
            case CrossReference():
                return self._link(item)
            case Footnote(content=content):
                told = tuple(
                    [self._link(n) if isinstance(n, CrossReference) else n for n in content]
                )
                return replace(item, content=told)
            case _:
                return item

    def _link(self, link: CrossReference) -> CrossReference:
        before, after = self.before.get(link.target, ""), self.after.get(link.target, "")
        if not before or before == after:
            return link
        number = rf"(?<![\w.]){re.escape(before)}(?![\w]|\.\d)"
        return replace(link, text=re.sub(number, lambda _: after, link.text, count=1))


def iter_renumbered(new: Contract, consolidated: Contract) -> Iterator[tuple[Section, Section]]:
    """The sections whose printed number is not that of the new contract: consolidated, new."""
    printed = {section.id: section for section in new.iter_sections()}
    for section in consolidated.sections:
        for item in iter_tree(section):
            if item.heading != printed[item.id].heading and item.number != printed[item.id].number:
                yield item, printed[item.id]
