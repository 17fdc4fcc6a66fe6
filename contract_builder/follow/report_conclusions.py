"""What the parties said and concluded, in a report of evaluation; the caps of penalties."""

from collections.abc import Iterator
from typing import Final

from contract_builder.follow.evaluation import EvaluationFacts
from contract_builder.follow.report_blocks import list_block, report_table, text_block
from contract_builder.model.blocks import Align, Block, Gap
from contract_builder.model.evaluation import EvaluationConclusions
from contract_builder.model.french import NBSP, counted, format_amount, format_number, long_date
from contract_builder.model.penalty_law import PENALTY_CAPS, reckon_cap

_CENTER: Final[Align] = "center"
_LEFT: Final[Align] = "left"
_RIGHT: Final[Align] = "right"


def iter_remark_blocks(facts: EvaluationFacts) -> Iterator[Block]:
    """What both parties say of the whole contract."""
    remarks = [item for item in facts.file.observations if not item.sur]
    if remarks:
        yield report_table(
            "evaluation-observations",
            "",
            [("L’établissement", 5, _LEFT), ("L’agence", 5, _LEFT)],
            [
                (f"{rank}", [item.etablissement, item.agence])
                for rank, item in enumerate(remarks, start=1)
            ],
        )


def iter_meeting_blocks(facts: EvaluationFacts) -> Iterator[Block]:
    """The day and who was there; a gap while the day is not known."""
    meeting = facts.file.reunion
    day = meeting.date if meeting else None
    said = long_date(day) if day else Gap("evaluation.reunion", "date de la réunion")
    yield text_block("Les parties se sont réunies le ", said, ".")
    if meeting and meeting.participants:
        yield report_table(
            "evaluation-participants",
            "Participants, par fonction",
            [("Organisme", 4, _LEFT), ("Fonction", 6, _LEFT)],
            [
                (f"{rank}", [item.organisme, item.fonction])
                for rank, item in enumerate(meeting.participants, start=1)
            ],
        )


def iter_conclusion_blocks(facts: EvaluationFacts) -> Iterator[Block]:
    """Perspectives, whether an avenant is needed, formal notice; a gap for what is not decided."""
    found = facts.file.conclusions
    if found is None or found.avenant is None:
        yield text_block(
            "Conclusion : ", Gap("evaluation.conclusion", "un avenant est-il nécessaire ?"), "."
        )
    if found is None:
        return
    if found.perspectives:
        yield text_block(f"Perspectives{NBSP}:")
        yield list_block(found.perspectives)
    if found.avenant is not None:
        yield text_block(
            "Un avenant est nécessaire." if found.avenant else "Aucun avenant n’est nécessaire."
        )
    yield from _iter_proposed(found)
    if found.mise_en_demeure:
        yield text_block(
            f"L’agence met l’établissement en demeure{NBSP}: {found.mise_en_demeure} Les "
            "observations, les délais et la décision suivent la procédure de l’article R. 6114-10 "
            "du code de la santé publique."
        )


def _iter_proposed(found: EvaluationConclusions) -> Iterator[Block]:
    if not found.cibles:
        return
    rows = [
        (
            f"{item.fiche}-{item.annee}-{rank}",
            [f"{item.fiche} {item.indicateur}".strip(), str(item.annee), item.texte, item.motif],
        )
        for rank, item in enumerate(found.cibles, start=1)
    ]
    count = counted(len(found.cibles), "cible nouvelle", "cibles nouvelles")
    yield report_table(
        "evaluation-cibles",
        f"{count} à porter par avenant",
        [("Fiche", 4, _LEFT), ("Année", 2, _CENTER), ("Cible", 4, _LEFT), ("Motif", 6, _LEFT)],
        rows,
    )


def iter_penalty_blocks(facts: EvaluationFacts) -> Iterator[Block]:
    """Both caps with their formula; nothing where no basis was given."""
    bases = facts.file.penalites
    if bases is None:
        return
    source = f" ({bases.source})" if bases.source else ""
    yield text_block(f"Dernier exercice clos{NBSP}: {bases.exercice_clos}{source}.")
    rows = []
    for cap in PENALTY_CAPS:
        reckoned = reckon_cap(cap, bases.basis(cap.basis), facts.on)
        amount = "" if reckoned.amount is None else format_amount(reckoned.amount)
        why = f"\n{reckoned.why}" if reckoned.why else ""
        rows.append(
            (
                cap.basis,
                [
                    cap.article,
                    f"{format_number(cap.rate)}{NBSP}% des {cap.basis_words}",
                    f"{reckoned.formula}{why}",
                    amount,
                ],
            )
        )
    yield report_table(
        "evaluation-penalites",
        "Plafond d’une année",
        [("Texte", 3, _LEFT), ("Règle", 6, _LEFT), ("Calcul", 6, _LEFT), ("Plafond", 3, _RIGHT)],
        rows,
    )
    yield text_block(
        "Ces plafonds sont calculés pour mémoire. Une pénalité est proportionnée à la gravité du "
        "manquement ; elle suppose une mise en demeure motivée, des observations et une décision : "
        "ce rapport n’en applique aucune."
    )
