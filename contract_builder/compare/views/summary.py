"""The changes in French sentences, what matters most first, for a reader who has one minute.

Money, objectives and targets, authorisations, articles that come, go or move, wording, references,
then the rest. Years that change alike share a sentence; so do the targets of one added sheet.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from contract_builder.compare.amounts import parse_amount
from contract_builder.compare.change import STANDING_FIELDS, Change, Topic
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.excerpts import LONGEST, change_text, short
from contract_builder.compare.labels import (
    KIND_LABELS,
    TOPIC_LABELS,
    inner_place_text,
    percent_text,
    place_text,
    signed,
    year_text,
)
from contract_builder.compare.table_changes import TABLE_NOTE
from contract_builder.compare.views.text_origins import ORIGINS, TextOrigins
from contract_builder.frozen import dataclass
from contract_builder.model.french import NBSP, counted
from contract_builder.model.reference import STANDING_LABELS

_ORDER: tuple[tuple[Topic, ...], ...] = (
    ("financement",),
    ("objectif", "cible"),
    ("autorisation",),
    ("section",),
    ("contrat", "texte"),
    ("reference",),
)
_TOLD_APART: frozenset[Topic] = frozenset({"contrat", "renumerotation", "donnees-internes"})
STANDING_HEADING = "État et version"
_REST_HEADING = "Forme et données internes"
_NEGOTIATED = re.compile(
    r"\b(?P<year>\d{4})\s: cible négociée – (?P<reason>.+?)(?: \(décision\s:.*)?\.?$", re.MULTILINE
)
_NOT_IN_FORCE = frozenset({"abroge", "pas_en_vigueur"})
_NOTHING = "Néant."
_LONGEST_PIECE = 400
"""Of one side of a change of wording; what is longer is cut, and read side by side."""
_LONGEST_SENTENCE = 600
"""Of what changes in one section; each change is a sentence of its own beyond that."""
_LONGEST_START = 300
"""Of the text of a section that comes or goes, after its title."""
_LONGEST_LABEL = 60
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
    standing = [item for item in numbered if item[1].is_standing]
    important = [item for item in numbered if item[1].cls == "substance" and item not in standing]
    standings = {
        f"{item.code} {item.article}": item.status for item in comparison.new.tables.references
    }
    items: list[SummaryItem] = list(_tell_standing(standing))
    for topics in _ORDER:
        members = [item for item in important if item[1].topic in topics]
        if topics == ("reference",):
            items.extend(_tell_references(members, standings))
        elif topics == ("contrat", "texte"):
            items.extend(_by_origin(_tell_texts(members), comparison))
        else:
            items.extend(_TELLERS[topics[0]](members))
    items.extend(_tell_rest([item for item in numbered if item[1].cls != "substance"]))
    return items


def _tell_standing(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    """How far the contract has come, the state before the version."""
    for index, change in sorted(members, key=lambda item: STANDING_FIELDS.index(item[1].where.key)):
        name = change.where.key.capitalize()
        item = _item([(index, change)], f"{name}{NBSP}: {_change(change)}")
        yield replace(item, heading=STANDING_HEADING)


def _tell_money(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    """The records line by line, then the printed sums that follow from them, together."""
    typed = [item for item in members if item[1].typed]
    for group in sorted(_alike(typed), key=_weight_of, reverse=True):
        where = group[0][1].where
        years = f", {_years(group)}" if where.year is not None else ""
        label = short(where.row.partition("\n")[0] or where.key, _LONGEST_LABEL)
        each = " chaque année" if len(group) > 1 else ""
        name = f"{label}{years}"
        yield _item(group, f"{name}{NBSP}: {_change(group[0][1])}{each}")
    printed = [item for item in members if not item[1].typed]
    following = [item for item in printed if _follows_from_records(item[1], bool(typed))]
    yield from _tell_one_by_one([item for item in printed if item not in following])
    if following:
        yield _item(following, f"Sous-totaux et totaux imprimés{NBSP}: {_sums_text(following)}")


def _weight_of(group: Sequence[Numbered]) -> Decimal:
    """How much money moves, in euros over the years of a line; 0 for what is no amount."""
    total = Decimal(0)
    for _, change in group:
        if change.difference is not None:
            total += abs(change.difference.value)
        elif change.kind in _WHOLE_WORDS:
            found = parse_amount(change.new or change.old)
            total += found[0] if found is not None else 0
    return total


def _follows_from_records(change: Change, has_records: bool) -> bool:
    """True for a printed sum, and for a row or column of sums that comes or goes with records."""
    if change.difference is not None:
        return True
    whole = change.kind in ("insert", "delete") and change.where.column != TABLE_NOTE
    return whole and has_records and bool(change.where.row or change.where.column)


def _sums_text(following: Sequence[Numbered]) -> str:
    sums = [item for item in following if item[1].difference is not None]
    parts = []
    if sums:
        wanted = ("total", None)
        main = next((c for _, c in sums if (c.where.key, c.where.year) == wanted), sums[-1][1])
        told = f"{place_text(main)}{NBSP}: {_change(main)}"
        parts.append(f"{counted(len(sums), 'montant')}, dont {told}")
    if len(sums) < len(following):
        number = counted(len(following) - len(sums), "ligne ou colonne", "lignes ou colonnes")
        parts.append(f"{number} en plus ou en moins")
    return f"{NBSP}; ".join(parts)


def _tell_one_by_one(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    for index, change in members:
        text = _change(change, _LONGEST_PIECE)
        yield _item([(index, change)], f"{place_text(change)}{NBSP}: {text}")


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
    """« (négociée : motif) », as its footnote says; nothing for those that are not."""
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
        name, _, text = (change.new or change.old).partition("\n")
        told = f"{KIND_LABELS[change.kind]} de «{NBSP}{short(name)}{NBSP}»"
        start = f"{NBSP}: {short(text, _LONGEST_START)}" if text else ""
        yield _item([(index, change)], f"{told}{start}")


def _tell_texts(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    """What identifies the contract, then one sentence a section, in reading order."""
    yield from _tell_one_by_one([item for item in members if item[1].topic == "contrat"])
    sections: dict[tuple[str, str], list[Numbered]] = {}
    for item in members:
        if item[1].topic != "contrat":
            where = item[1].where
            sections.setdefault((where.section, where.heading), []).append(item)
    for group in sections.values():
        name = group[0][1].where.heading or TOPIC_LABELS["texte"]
        number = counted(len(group), "changement")
        together = f"{name} ({number}){NBSP}: {_several_texts(group)}"
        if len(group) > 1 and len(together) <= _LONGEST_SENTENCE:
            yield _item(group, together)
        else:
            yield from _tell_one_by_one(group)


def _by_origin(items: Iterable[SummaryItem], comparison: Comparison) -> list[SummaryItem]:
    """Texts under the heading that says why they differ: negotiated first, then the law."""
    origins = TextOrigins(comparison.old, comparison.new)
    told: list[tuple[int, SummaryItem]] = []
    for item in items:
        found = origins.find(comparison.changes[item.changes[0]].where.section)
        if item.topic != "texte" or found is None:
            told.append((-2 if item.topic == "contrat" else -1, item))
        else:
            told.append((ORIGINS.index(found), replace(item, heading=found)))
    return [item for _, item in sorted(told, key=lambda pair: pair[0])]


def _several_texts(group: Sequence[Numbered]) -> str:
    """Every change of a section in few words: none is hidden behind the first ones."""
    telling = [c for _, c in group if (c.old or c.new).strip() != _NOTHING] or [group[0][1]]
    texts = []
    for change in telling:
        place = inner_place_text(change)
        text = change_text(change, _LONGEST_PIECE)
        texts.append(f"{place}, {text}" if place else text)
    return f"{NBSP}; ".join(texts)


def _tell_references(
    members: Sequence[Numbered], standings: Mapping[str, str]
) -> Iterator[SummaryItem]:
    """Changed standings and abrogated articles one by one, the others in two lists."""
    words = {"insert": "désormais cité", "delete": "n’est plus cité"}
    listed: dict[str, list[Numbered]] = {}
    for index, change in members:
        key = change.where.key
        if change.kind not in words:
            yield _item([(index, change)], f"Référence {key}{NBSP}: {_change(change)}")
        elif change.kind == "insert" and standings.get(key) in _NOT_IN_FORCE:
            standing = STANDING_LABELS[standings[key]]
            text = f"Référence {key}{NBSP}: désormais citée, statut{NBSP}: {standing}"
            yield _item([(index, change)], text)
        else:
            listed.setdefault(change.kind, []).append((index, change))
    for kind, group in listed.items():
        names = ", ".join(change.where.key for _, change in group)
        if len(group) == 1:
            yield _item(group, f"Référence {names}{NBSP}: {words[kind]}")
        else:
            title = "désormais cités" if kind == "insert" else "qui ne sont plus cités"
            yield _item(group, f"{len(group)}{NBSP}textes {title}{NBSP}: {names}")


def _tell_rest(members: Sequence[Numbered]) -> Iterator[SummaryItem]:
    """Identity in other typography, renumbering, unprinted data, then the number of other looks."""
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
}


def _item(members: Sequence[Numbered], text: str) -> SummaryItem:
    text = text.rstrip(f" {NBSP};,")
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
    if first == last:
        return year_text(first)
    return f"{first} et {last}" if len(group) == 2 else f"{first} à {last}"


def _change(change: Change, longest: int = LONGEST) -> str:
    """What happened, with the distance: « 19 741,00 € → 21 000,00 € (+ 6,4 %) »."""
    text = change_text(change, longest)
    if change.difference is None:
        return text
    difference = change.difference
    distance = percent_text(difference) or signed(difference.value, difference.unit)
    return f"{text} ({distance})"
