"""The comparison at a glance: what each side holds, and how many changes of each kind."""

from collections import Counter
from decimal import Decimal

from contract_builder.compare.change import Change, ChangeKind, Topic
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.labels import TOPIC_LABELS
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract
from contract_builder.model.french import format_amount, format_number

_OTHER = "Mise en forme, typographie et données internes"
_TOPICS: tuple[Topic, ...] = (
    "financement",
    "objectif",
    "cible",
    "autorisation",
    "section",
    "texte",
    "contrat",
    "reference",
)


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One topic: what each side holds (empty when it cannot be counted), and its changes.

    ``first`` is the number of its first change, counted from 1. What is moved and modified counts
    as moved.
    """

    label: str
    old: str
    new: str
    counts: dict[ChangeKind, int]
    first: int


def build_overview(comparison: Comparison) -> list[OverviewLine]:
    """Changes of substance by topic, what matters most first, then all others in one line."""
    numbered = list(enumerate(comparison.changes, start=1))
    lines = []
    for topic in _TOPICS:
        members = [(n, c) for n, c in numbered if c.cls == "substance" and c.topic == topic]
        if members:
            old, new = _holding(comparison.old, topic), _holding(comparison.new, topic)
            lines.append(OverviewLine(TOPIC_LABELS[topic], old, new, *_count(members)))
    others = [(n, c) for n, c in numbered if c.cls != "substance" or c.topic not in _TOPICS]
    if others:
        lines.append(OverviewLine(_OTHER, "", "", *_count(others)))
    return lines


def _count(members: list[tuple[int, Change]]) -> tuple[dict[ChangeKind, int], int]:
    counts: Counter[ChangeKind] = Counter()
    for _, change in members:
        counts["move" if change.kind == "move+modify" else change.kind] += 1
    return dict(counts), members[0][0]


def _holding(contract: Contract, topic: Topic) -> str:
    """How much of a topic a contract holds, as printed."""
    tables = contract.tables
    match topic:
        case "financement":
            return format_amount(sum((f.amount for f in tables.fundings), Decimal(0)))
        case "objectif":
            return format_number(len(tables.objectives))
        case "cible":
            return format_number(len(tables.targets))
        case "autorisation":
            return format_number(len(tables.authorisations))
        case "section":
            return format_number(sum(1 for _ in contract.iter_sections()))
        case "reference":
            return format_number(len(tables.references))
        case _:
            return ""
