"""What the printed summary says: who was compared, what is proved, the sentences, the sums.

The Typst template only lays it out. ``document_lines`` is the same text in reading order, against
which the finished PDF is read back.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from contract_builder.compare.change import Change, Topic
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.excerpts import short
from contract_builder.compare.labels import (
    percent_text,
    place_text,
    signed,
    year_text,
)
from contract_builder.compare.plain_text import count_text
from contract_builder.compare.projection import Proof
from contract_builder.compare.views.balance import BALANCE_HEADING, build_balance
from contract_builder.compare.views.summary import summarise
from contract_builder.frozen import dataclass
from contract_builder.model.french import NBSP, long_date
from contract_builder.render.text import TextLine

ITEM_MARK = "–"

_TABLES: tuple[tuple[str, tuple[Topic, ...]], ...] = (
    ("Montants qui changent", ("financement",)),
    ("Cibles chiffrées qui changent", ("cible",)),
)
_COLUMNS = ("Ligne", "Année", "Avant", "Après", "Écart", "Écart en %")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who established the summary, when, and what was proved of the comparison."""

    author: str
    at: datetime
    proof: Proof
    with_word_file: bool


@dataclass(frozen=True, slots=True)
class SumTable:
    """One table of sums: a caption, and rows of as many texts as there are columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SummaryDocument:
    """All the texts of the printed summary, in reading order."""

    title: str
    facts: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    tables: tuple[SumTable, ...]

    @property
    def data(self) -> dict[str, Any]:
        """What the template reads."""
        return {
            "titre": self.title,
            "faits": [list(fact) for fact in self.facts],
            "remarques": list(self.remarks),
            "parties": [{"titre": title, "phrases": list(items)} for title, items in self.parts],
            "tableaux": [
                {
                    "titre": table.caption,
                    "colonnes": list(table.columns),
                    "lignes": [list(row) for row in table.rows],
                }
                for table in self.tables
            ],
        }


def build_summary_document(comparison: Comparison, signature: Signature) -> SummaryDocument:
    """The printed summary of a comparison: the balance, then every sentence of the summary."""
    facts = (
        ("Avant", comparison.old_text),
        ("Après", comparison.new_text),
        ("Changements", count_text(comparison)),
        ("Preuve", _proof_text(signature)),
        ("Établi", f"le {long_date(signature.at.date())} par {signature.author}."),
    )
    items = summarise(comparison)
    balance = build_balance(comparison)
    return SummaryDocument(
        title="Écarts au texte standard" if comparison.old_name else "Comparaison de deux contrats",
        facts=facts,
        remarks=comparison.notices,
        parts=(
            *(((BALANCE_HEADING, balance),) if balance else ()),
            *(
                (heading, tuple(item.text for item in group))
                for heading, group in groupby(items, key=lambda item: item.heading)
            ),
        ),
        tables=tuple(_iter_tables(comparison.changes)),
    )


def document_lines(document: SummaryDocument) -> list[TextLine]:
    """The texts as the page shows them; rows know the header that a new page repeats."""
    texts = [document.title]
    texts.extend(text for fact in document.facts for text in fact)
    texts.extend(f"À savoir{NBSP}: {remark}" for remark in document.remarks)
    for title, items in document.parts:
        texts.append(title)
        texts.extend(f"{ITEM_MARK} {item}" for item in items)
    lines = [TextLine(text) for text in texts]
    for table in document.tables:
        header = "".join(table.columns)
        lines.extend((TextLine(table.caption), TextLine(header)))
        lines.extend(TextLine(text, header) for row in table.rows for text in row)
    return lines


def _proof_text(signature: Signature) -> str:
    proof = signature.proof
    if not (proof.accept_all_equals_new and proof.reject_all_equals_old):
        return "La comparaison n’a pas pu être prouvée."
    text = (
        "Tous les changements acceptés donnent exactement le nouveau contrat, tous refusés "
        "exactement l’ancien"
    )
    checked = f"{NBSP}; vérifié aussi sur le fichier Word des changements"
    return f"{text}{checked if signature.with_word_file else ''}."


def _iter_tables(changes: Sequence[Change]) -> Iterator[SumTable]:
    for caption, topics in _TABLES:
        members = [change for change in changes if change.topic in topics]
        rows = tuple(_iter_rows(_ranked(members)))
        if rows:
            yield SumTable(caption, _COLUMNS, rows)


def _ranked(changes: Iterable[Change]) -> Iterator[Change]:
    """The lines by how much moves over their years, printed sums last; targets as they stand."""
    lines: dict[tuple[bool, str, str], list[Change]] = {}
    for change in changes:
        is_money = change.topic == "financement" and change.typed
        key = (is_money, change.where.table, change.where.key) if is_money else (False, "", "")
        lines.setdefault(key, []).append(change)
    ranked = sorted(lines.items(), key=lambda line: (line[0][0], _weight(line[1])), reverse=True)
    for _, line in ranked:
        yield from line


def _weight(line: Iterable[Change]) -> Decimal:
    return sum((abs(c.difference.value) for c in line if c.difference is not None), Decimal(0))


def _iter_rows(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    for change in changes:
        where, difference = change.where, change.difference
        if difference is None:
            continue
        line = where.row.partition("\n")[0] if change.topic == "financement" else ""
        name = " – ".join(part for part in (line or where.key, where.volet) if part)
        yield (
            name if change.typed else place_text(change),
            year_text(where.year),
            short(change.old),
            short(change.new),
            signed(difference.value, difference.unit),
            percent_text(difference),
        )
