"""The state of a line in French sentences, the same on a terminal and on a page."""

from collections.abc import Iterator

from contract_builder.follow.line_states import LineState
from contract_builder.follow.values import show_declared_value
from contract_builder.model.follow_rules import RATING_WORDS
from contract_builder.model.follow_up import Evidence, FollowEntry, FollowStep
from contract_builder.model.french import NBSP, format_amount, long_date

_STEP_WORDS: dict[FollowStep, str] = {"declaration": "déclaré", "validation": "validé"}


def describe_line(state: LineState) -> Iterator[str]:
    """What is expected, what was said, its rating, what lacks; one sentence each."""
    line = state.line
    if line.expected:
        yield f"Attendu{NBSP}: {line.expected}"
    for entry in (state.declared, state.validated):
        if entry is not None:
            yield describe_entry(state, entry)
    if state.rated is not None and state.line.key.kind != "financement":
        rating = RATING_WORDS[state.rated.rating] if state.rated.rating else "sans appréciation"
        provisional = ", provisoire tant que l’agence n’a pas validé" * state.is_provisional
        yield f"Appréciation{NBSP}: {rating}{provisional} ({state.rated.criterion})"
    if state.to_recover:
        yield f"À récupérer{NBSP}: {format_amount(state.to_recover)}"
    if state.lacks_evidence:
        yield "Aucune preuve n’est donnée."
    if state.is_late and state.deadline is not None:
        yield f"En retard{NBSP}: à déclarer avant le {long_date(state.deadline)}"
    elif line.measure is not None and not state.value:
        until = f", avant le {long_date(state.deadline)}" if state.deadline else ""
        yield f"À déclarer{until}"


def describe_entry(state: LineState, entry: FollowEntry) -> str:
    """« Déclaré le 3 mars 2027 par la directrice : 85 % (pièce « bilan.pdf ») — explication »."""
    step = _STEP_WORDS[entry.step]
    value = show_declared_value(state.line.measure, entry.value)
    justified = ""
    if entry.justified is not None:
        justified = f", dont {format_amount(entry.justified)} justifiés"
    evidence = _describe_evidence(entry.evidence)
    comment = f" — {entry.comment}" if entry.comment else ""
    return (
        f"{step.capitalize()} le {long_date(entry.on)} par {entry.function}{NBSP}: {value}"
        f"{justified}{evidence}{comment}"
    )


def iter_history(state: LineState) -> Iterator[str]:
    """Every value that was said of the line, oldest first."""
    for entry in state.entries:
        yield describe_entry(state, entry)


def _describe_evidence(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    parts = [f"pièce «{NBSP}{evidence.name}{NBSP}»"] if evidence.name else []
    parts += [f"référence{NBSP}: {evidence.reference}"] if evidence.reference else []
    return f" ({' ; '.join(parts)})"
