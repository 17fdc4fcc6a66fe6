"""The changes in French sentences, what matters most first, for a reader who has one minute.

Money, objectives and targets, authorisations, articles that come, go or move, wording, references,
then the rest. Years that change alike share a sentence; so do the targets of one added sheet.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from contract_builder.compare.change import Change, Topic
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.excerpts import change_text, short
from contract_builder.compare.labels import (
    KIND_LABELS,
    TOPIC_LABELS,
    counted,
    percent_text,
    place_text,
    signed,
    year_text,
)
from contract_builder.model.french import NBSP

_ORDER: tuple[tuple[Topic, ...], ...] = (
    ("financement",),
    ("objectif", "cible"),
    ("autorisation",),
    ("section",),
    ("contrat", "texte"),
    ("reference",),
)
_TOLD_APART: frozenset[Topic] = frozenset({"contrat", "renumerotation", "donnees-internes"})
_REST_HEADING = "Forme et données internes"
_NEGOTIATED = re.compile(
    r"\b(?P<year>\d{4})\s: cible négociée – (?P<reason>.+?)(?: \(décision\s:.*)?\.?$", re.MULTILINE
)
_WHOLE_WORDS = {"insert": "ajouté", "delete": "retiré"}


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """One sentence; ``changes`` are the indexes in ``Comparison.changes`` that it tells.

    ``heading`` names what sentences next to each other are about.
    """

    topic: Topic
    text: str
    changes: tuple[int, ...]
    heading: str


Numbered = tuple[int, Change]


def summarise(comparison: Comparison) -> list[SummaryItem]:
    """The sentences, most important first; every change belongs to exactly one."""
    numbered = list(enumerate(comparison.changes))
    important = [item for item in numbered if item[1].cls == "substance"]
    items: list[SummaryItem] = []
    for topics in _ORDER:
        members = [item for item in important if item[1].topic in topics]
        items.extend(_TELLERS[topics[0]](members))
    items.extend(_tell_rest([item for item in numbered if item[1].cls != "substance"]))
    return items


def _tell_money(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    """The records line by line, then the printed sums that follow from them, together."""
    for group in _alike([item for item in members if item[1].typed]):
        where = group[0][1].where
        years = f" {_years(group)}" if where.year is not None else ""
        yield _item(group, f"Financement {where.key}{years}{NBSP}: {_change(group[0][1])}")
    printed = [item for item in members if not item[1].typed]
    sums = [item for item in printed if item[1].difference is not None]
    yield from _tell_one_by_one([item for item in printed if item not in sums])
    if sums:
        wanted = ("total", None)
        main = next((c for _, c in sums if (c.where.key, c.where.year) == wanted), sums[-1][1])
        text = f"Sous-totaux et totaux imprimés{NBSP}: {counted(len(sums), 'montant')}"
        yield _item(sums, f"{text}, dont {place_text(main)}{NBSP}: {_change(main)}")


def _tell_one_by_one(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    for index, change in members:
        yield _item([(index, change)], f"{place_text(change)}{NBSP}: {_change(change)}")


def _tell_targets(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    whole = {
        (change.where.key, change.kind)
        for _, change in members
        if change.topic == "objectif" and change.kind in _WHOLE_WORDS
    }
    folded = [
        item
        for item in members
        if item[1].topic == "cible" and (item[1].where.key, item[1].kind) in whole
    ]
    for index, change in members:
        if change.topic != "objectif":
            continue
        own = [
            item
            for item in folded
            if (item[1].where.key, item[1].kind) == (change.where.key, change.kind)
        ]
        if change.kind in _WHOLE_WORDS:
            number = f" ({counted(len(own), 'cible')})" if own else ""
            title = short(change.new or change.old)
            text = f"Fiche {change.where.key} {_WHOLE_WORDS[change.kind]}e{number}{NBSP}: {title}"
            yield _item([(index, change), *own], text)
        else:
            yield _item([(index, change)], f"Objectif {change.where.key}{NBSP}: {_change(change)}")
    for group in _alike([i for i in members if i[1].topic == "cible" and i not in folded]):
        change = group[0][1]
        name = " – ".join(
            part for part in (change.where.key or change.where.heading, change.where.volet) if part
        )
        years = f" {_years(group)}" if change.where.year is not None else ""
        agreed = _negotiation(group)
        yield _item(group, f"Cible {name}{years}{NBSP}: {_change(change)}{agreed}")


def _negotiation(group: Sequence[Numbered]) -> str:
    """« (négociée : motif) », as printed below the targets; nothing for those that are not."""
    years = {change.where.year for _, change in group}
    reasons = {
        found["reason"]: None
        for _, change in group
        for detail in change.details
        for found in _NEGOTIATED.finditer(detail.new)
        if int(found["year"]) in years
    }
    return f" (négociée{NBSP}: {short(' ; '.join(reasons))})" if reasons else ""


def _tell_authorisations(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    for index, change in members:
        name = f"Autorisation {change.where.key}" if change.where.key else place_text(change)
        yield _item([(index, change)], f"{name}{NBSP}: {_change(change)}")


def _tell_sections(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    for index, change in members:
        name = short((change.new or change.old).partition("\n")[0])
        yield _item([(index, change)], f"{KIND_LABELS[change.kind]} de «{NBSP}{name}{NBSP}»")


def _tell_texts(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    return _tell_one_by_one(sorted(members, key=lambda item: item[1].topic != "contrat"))


def _tell_references(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    words = {"insert": "désormais cité", "delete": "n’est plus cité"}
    for index, change in members:
        told = words.get(change.kind) or _change(change)
        yield _item([(index, change)], f"Référence {change.where.key}{NBSP}: {told}")


def _tell_rest(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    """Version and state, renumbering, unprinted data, then how many changes of look there are."""
    yield from _tell_one_by_one([item for item in members if item[1].topic == "contrat"])
    for index, change in members:
        if change.topic == "renumerotation":
            yield _item([(index, change)], f"Renumérotation{NBSP}: {_renumbering(change)}")
        elif change.topic == "donnees-internes":
            yield _item([(index, change)], f"Sans effet sur les documents{NBSP}: {change.new}")
    others = [item for item in members if item[1].topic not in _TOLD_APART]
    for cls, name in (
        ("format", "de mise en forme"),
        ("typographie", "de typographie (espaces, apostrophes, guillemets)"),
    ):
        same = [item for item in others if item[1].cls == cls]
        if same:
            yield _item(same, f"{counted(len(same), 'changement')} {name}")


def _renumbering(change: Change) -> str:
    """« 10 numéros, de 4.13 → 4.12 à 4.22 → 4.21 »; the change itself lists them all."""
    pairs = list(zip(change.old.split(" ; "), change.new.split(" ; "), strict=True))
    arrows = [f"{old} → {new}" for old, new in pairs]
    if len(arrows) > 3:
        return f"{counted(len(arrows), 'numéro')}, de {arrows[0]} à {arrows[-1]}"
    return change.new if change.old == change.new else ", ".join(arrows)


_TELLERS: dict[Topic, Callable[[Sequence[Numbered]], Iterator[SummaryItem]]] = {
    "financement": _tell_money,
    "objectif": _tell_targets,
    "autorisation": _tell_authorisations,
    "section": _tell_sections,
    "contrat": _tell_texts,
    "reference": _tell_references,
}


def _item(members: Sequence[Numbered], text: str) -> SummaryItem:
    sentence = text if text.endswith((".", "…")) else f"{text}."
    change = members[0][1]
    heading = TOPIC_LABELS[change.topic] if change.cls == "substance" else _REST_HEADING
    return SummaryItem(change.topic, sentence, tuple(index for index, _ in members), heading)


def _alike(members: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Changes of one line that say the same for years that follow each other."""
    for _, group in groupby(members, key=lambda item: _likeness(item[1])):
        run: list[Numbered] = []
        for item in group:
            if run and not _follows(run[-1][1], item[1]):
                yield run
                run = []
            run.append(item)
        yield run


def _likeness(change: Change) -> tuple[object, ...]:
    where = change.where
    place = (where.table, where.key, where.volet, where.category)
    return (*place, change.kind, change.old, change.new, bool(change.difference))


def _follows(before: Change, after: Change) -> bool:
    return bool(before.where.year) and after.where.year == (before.where.year or 0) + 1


def _years(group: Sequence[Numbered]) -> str:
    first, last = group[0][1].where.year, group[-1][1].where.year
    return year_text(first) if first == last else f"{first} à {last}"


def _change(change: Change) -> str:
    """What happened, with the distance: « 19 741,00 € → 21 000,00 € (+ 6,4 %) »."""
    text = change_text(change)
    if change.difference is None:
        return text
    difference = change.difference
    if difference.percent:
        return f"{text} ({percent_text(difference)})"
    return f"{text} ({signed(difference.value, difference.unit)})"
