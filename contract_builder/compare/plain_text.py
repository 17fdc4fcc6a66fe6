"""The summary as plain text, for a screen or the body of a message."""

from collections import Counter

from contract_builder.compare.change import CLASSES
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.excerpts import short
from contract_builder.compare.labels import CLASS_LABELS
from contract_builder.compare.views.balance import HEADING, build_balance
from contract_builder.compare.views.summary import summarise
from contract_builder.model.french import counted

_LONGEST_REMARK = 400
NOTHING = "Les deux contrats sont identiques."
_FILES_DIFFER = (
    "Les deux contrats ont les mêmes données et le même texte, mais leurs fichiers Word diffèrent."
)


def render_summary_text(comparison: Comparison) -> str:
    """Both contracts, how many changes of each class, the balance, then one sentence a line."""
    lines = [
        f"Avant : {comparison.old_text}",
        f"Après : {comparison.new_text}",
        "",
        count_text(comparison),
        *(f"À savoir : {short(remark, _LONGEST_REMARK)}" for remark in comparison.notices),
    ]
    balance = build_balance(comparison)
    if balance:
        lines.extend(("", HEADING, *(f"– {sentence}" for sentence in balance)))
    heading = ""
    for item in summarise(comparison):
        if item.heading != heading:
            heading = item.heading
            lines.extend(("", heading))
        lines.append(f"– {item.text}")
    return "\n".join(lines) + "\n"


def count_text(comparison: Comparison) -> str:
    """« 12 changements : 9 de fond, 2 de mise en forme, 1 de typographie. »"""
    if comparison.identical:
        return NOTHING
    if not comparison.changes:
        return _FILES_DIFFER
    counts = Counter(change.cls for change in comparison.changes if not change.is_standing)
    standing = len(comparison.changes) - counts.total()
    parts = [f"{standing} d’état ou de version"] if standing else []
    parts += [f"{counts[cls]} de {CLASS_LABELS[cls].lower()}" for cls in CLASSES if counts[cls]]
    total = counted(len(comparison.changes), "changement")
    return f"{total} : {', '.join(parts)}."
