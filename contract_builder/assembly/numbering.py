"""Numbers of articles, clauses and annexes, and the words by which the text refers to them."""

from collections.abc import Mapping

from contract_builder.assembly.selection import SelectedPart
from contract_builder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SectionLabel:
    """The printed number and label of a section, and how a sentence names it.

    ``reference`` starts in lower case and takes an elided article: « article 4.2 », « annexe A5 ».
    """

    number: str
    label: str
    reference: str


def number_sections(parts: tuple[SelectedPart, ...]) -> Mapping[str, SectionLabel]:
    """The label of every section id: articles 1, 2…, clauses 4.1, 4.2…, annexes as outlined.

    A clause that shares its part's id, or stands alone or without title in its article, has no
    number of its own; a reference to it names the article.
    """
    labels: dict[str, SectionLabel] = {}
    article = 0
    for part in parts:
        entry = part.entry
        if entry.partie == "article":
            article += 1
            number = str(article)
            own = SectionLabel(number, f"Article {number}", f"article {number}")
        elif entry.partie == "annexe":
            own = SectionLabel(entry.numero, f"Annexe {entry.numero}", f"annexe {entry.numero}")
        else:
            own = SectionLabel("", "", f"partie « {entry.titre} »")
        labels[entry.id] = own
        labels.update(_number_clauses(part, own))
    return labels


def has_own_heading(part: SelectedPart, titre: str) -> bool:
    """True when a clause of this part prints its title as a heading."""
    return bool(titre) and (len(part.clauses) > 1 or part.entry.partie == "annexe")


def _number_clauses(part: SelectedPart, own: SectionLabel) -> dict[str, SectionLabel]:
    labels: dict[str, SectionLabel] = {}
    count = 0
    for clause, _ in part.clauses:
        if clause.id == part.entry.id:
            continue
        if part.entry.partie == "article" and has_own_heading(part, clause.header.titre):
            count += 1
            number = f"{own.number}.{count}"
            labels[clause.id] = SectionLabel(number, number, f"article {number}")
        else:
            labels[clause.id] = SectionLabel("", "", own.reference)
    return labels
