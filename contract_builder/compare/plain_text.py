"""The summary in its parts, and as plain text for a screen or the body of a message."""

from collections import Counter
from itertools import groupby

from contract_builder.compare.change import CLASSES
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.excerpts import short
from contract_builder.compare.labels import CLASS_LABELS
from contract_builder.compare.views.balance import BALANCE_HEADING, build_balance
from contract_builder.compare.views.summary import summarise
from contract_builder.frozen import dataclass
from contract_builder.model.french import counted

_LONGEST_REMARK = 400
_NOTHING = "Les deux contrats sont identiques."
_FILES_DIFFER = (
    "Les deux contrats ont les mêmes données et le même texte, mais leurs fichiers Word diffèrent."
)


@dataclass(frozen=True, slots=True)
class DigestPart:
    """Sentences about one thing, under its heading."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A comparison in short: both contracts, how many changes, what to know, then the sentences."""

    old: str
    new: str
    count: str
    notices: tuple[str, ...]
    parts: tuple[DigestPart, ...]


def render_summary_text(comparison: Comparison) -> str:
    """Both contracts, how many changes of each class, the balance, then one sentence a line."""
    digest = make_digest(comparison)
    lines = [
        f"Avant : {digest.old}",
        f"Après : {digest.new}",
        "",
        digest.count,
        *(f"À savoir : {notice}" for notice in digest.notices),
    ]
    for part in digest.parts:
        lines.extend(
            ("", *([part.heading] if part.heading else []), *(f"– {t}" for t in part.sentences))
        )
    return "\n".join(lines) + "\n"


def make_digest(comparison: Comparison) -> Digest:
    """The summary in its parts, the balance first."""
    balance = build_balance(comparison)
    parts = [DigestPart(BALANCE_HEADING, balance)] if balance else []
    for heading, items in groupby(summarise(comparison), key=lambda item: item.heading):
        parts.append(DigestPart(heading, tuple(item.text for item in items)))
    return Digest(
        comparison.old_text,
        comparison.new_text,
        count_text(comparison),
        tuple(short(remark, _LONGEST_REMARK) for remark in comparison.notices),
        tuple(parts),
    )


def count_text(comparison: Comparison) -> str:
    """« 12 changements : 9 de fond, 2 de mise en forme, 1 de typographie. »"""
    if comparison.identical:
        return _NOTHING
    if not comparison.changes:
        return _FILES_DIFFER
    counts = Counter(change.cls for change in comparison.changes if not change.is_standing)
    standing = len(comparison.changes) - counts.total()
    parts = [f"{standing} d’état ou de version"] if standing else []
    parts += [f"{counts[cls]} de {CLASS_LABELS[cls].lower()}" for cls in CLASSES if counts[cls]]
    total = counted(len(comparison.changes), "changement")
    return f"{total} : {', '.join(parts)}."
